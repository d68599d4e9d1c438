// The table of routes: what exists, who may call it, what it does.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Result.h"
#include "tickmark/http/server/Request.h"
#include "tickmark/http/server/Response.h"

namespace tickmark::http {

/// The values of a pattern's {names}: decoded text, never empty.
class PathParameters {
  public:
    PathParameters() = default;
    explicit PathParameters(std::vector<NameValue> values) : m_values(std::move(values)) {}
    /// The value of {name}; empty when the pattern has no such name.
    [[nodiscard]] std::string_view at(std::string_view name) const { return valueOf(m_values, name); }
    [[nodiscard]] const std::vector<NameValue>& all() const noexcept { return m_values; }

  private:
    std::vector<NameValue> m_values{};
};

/// Translates a request to a call of the application and its result to an answer. Runs on a worker thread,
/// many at once. An exception becomes a 500 problem; its text goes to the log only.
using Handler = std::function<Response(Request&, const PathParameters&)>;

/// One row of the table.
struct Route {
    std::string method{};  ///< "GET" also answers HEAD
    std::string
        pattern{};       ///< "/api/v1/findings/{ref}"; a last segment "{rest...}" takes one or more segments
    std::string name{};  ///< stable and unique: operationId, label of metrics, row of the role matrix
    Handler handler{};
    bool isPublic = false;   ///< needs nobody signed in
    bool needsCsrf = false;  ///< a form of a page: the CSRF token is checked by the before-hook
    bool isUpload = false;   ///< reads its body as a stream (for documentation and limits)
    std::uint64_t bodyCap = 1024U * 1024U;  ///< bytes; a longer declared body is refused with 413 unread
    std::string roles{};                    ///< who may, in the words of the role matrix; opaque here
    std::string summary{};                  ///< one line for documentation; opaque here
};

/// Collects routes, then finds the one for a request. Not changed after the server has started.
class Router {
  public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// Adds a row. Errors: Internal "route" when the pattern is malformed, the name is taken or another row
    /// answers the same method and the same shape of path.
    [[nodiscard]] Result<void> add(Route route);
    /// All rows in the order they were added.
    [[nodiscard]] const std::vector<std::unique_ptr<Route>>& routes() const noexcept { return m_routes; }

    /// What a lookup found: a route with its parameters, or the methods that the path would answer (none:
    /// 404).
    struct Match {
        const Route* route = nullptr;
        PathParameters parameters{};
        std::vector<std::string> allowed{};
    };
    /// `path` is decoded and starts with '/'. Fixed segments win over {names}, earlier ones over later.
    [[nodiscard]] Match match(std::string_view method, std::string_view path) const;

  private:
    struct Shape;
    /// The shape of that kind that is there already, or this one put in its place.
    [[nodiscard]] Shape& homeOf(std::unique_ptr<Shape> shape);
    std::vector<std::unique_ptr<Route>> m_routes{};
    std::vector<std::unique_ptr<Shape>> m_shapes{};
};

}  // namespace tickmark::http
