// One call of the JSON API, and the shape of the API's table of routes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/http/WebApp.h"

namespace tickmark::http::api {

/// What a handler of the API works with.
struct Call {
    WebApp& web;
    Request& request;
    const PathParameters& parameters;

    [[nodiscard]] app::Context& context() const { return *web.context; }
    /// Who calls; only on routes that are not public.
    [[nodiscard]] const domain::Actor& actor() const { return callerOf(request).actor; }
    /// The path's {name} as text.
    [[nodiscard]] std::string path(std::string_view name) const { return std::string(parameters.at(name)); }
    /// A code of the caller's second factor, for steps that ask for it (app::stepUp); empty when none.
    [[nodiscard]] std::string code() const { return std::string(request.header("x-second-factor")); }
    /// The path's {ref} as a typed reference.
    template <class Reference>
    [[nodiscard]] Reference ref() const {
        return Reference(path("ref"));
    }
};

/// Translates one call; an Error becomes a problem document.
using ApiHandler = Result<Response> (*)(Call&);

/// One row; becomes a Route.
struct ApiRow {
    std::string method{};
    std::string pattern{};
    std::string name{};
    std::string roles{};  ///< "public", "all", or two-letter codes
    std::string summary{};
    ApiHandler handler = nullptr;
    std::vector<std::string_view> query{};  ///< names of query parameters; any other is refused
    std::uint64_t bodyCap = 1024U * 1024U;
    bool isUpload = false;
};

/// Adds the rows: wraps each handler so that unknown or doubled query parameters are refused and errors
/// become problem documents. Errors: as Router::add.
[[nodiscard]] Result<void> addRows(Router& router, WebApp& web, std::vector<ApiRow> rows);

/// The status of an error at this edge: 411 for "length-needed", 415 for "media-type", 428 for
/// "revision-needed", otherwise statusOf.
[[nodiscard]] int apiStatusOf(const Error& error);

}  // namespace tickmark::http::api
