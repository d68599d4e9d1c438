// The signatures of a bundle on its page, and the forms that add one.
#pragma once

#include "http/pages/Page.h"
#include "tickmark/app/Bundles.h"

namespace tickmark::http::pages {

/// Table of signatures, level, and the forms that this caller may use.
void putSignatures(view::Model& model, const WebApp& web, const Caller& caller, const app::BundleView& view);
[[nodiscard]] Result<void> addBundleSigningPages(Router& router, WebApp& web);
/// The bundle's page with an error on top.
[[nodiscard]] Result<Response> bundlePageWith(WebApp& web, Request& request, const domain::BundleRef& ref,
                                              const Error& error);

}  // namespace tickmark::http::pages
