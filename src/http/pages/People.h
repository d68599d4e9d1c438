// Shared by the pages of accounts: secrets that are shown once.
#pragma once

#include <string>

#include "http/pages/Page.h"
#include "http/pages/Prove.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::http::pages {

/// The page of an invented password or a new token.
struct SecretPage {
    std::string heading{};
    std::string words{};
    std::string example{};
    std::string section{};
    std::string back{};
};
/// Answers the form itself, never kept by a cache; there is no address at which it could be seen again.
[[nodiscard]] Response secretPage(WebApp& web, Request& request, const SecretPage& shown,
                                  const Secret& secret);

/// Rows that addAccountPages brings along.
[[nodiscard]] Result<void> addMePages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addSecondFactorPages(Router& router, WebApp& web);

}  // namespace tickmark::http::pages
