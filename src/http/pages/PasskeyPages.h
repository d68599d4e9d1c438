// What the pages of signing in share with those of passkeys.
#pragma once

#include <string>
#include <string_view>

#include "http/pages/Page.h"

namespace tickmark::http::pages {

/// Only addresses of this server, "/" for any other.
[[nodiscard]] std::string localTarget(std::string_view wish);

/// The section PASSKEY with its NEXT, where the server knows its name.
void offerPasskey(WebApp& web, const Request& request, view::Model& model, const std::string& next);

[[nodiscard]] Result<void> addPasskeyPages(Router& router, WebApp& web);

}  // namespace tickmark::http::pages
