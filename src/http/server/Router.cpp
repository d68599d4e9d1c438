#include "tickmark/http/server/Router.h"

#include <algorithm>

#include "http/server/Characters.h"

namespace tickmark::http {

namespace {

struct Segment {
    std::string text{};  ///< fixed text, or the name of the parameter
    bool isParameter = false;
    bool takesRest = false;
};

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> parts;
    path.remove_prefix(1);
    for (;;) {
        const std::size_t end = path.find('/');
        parts.push_back(path.substr(0, end));
        if (end == std::string_view::npos) return parts;
        path.remove_prefix(end + 1);
    }
}

Error badRoute(const Route& route, const std::string& why) {
    return {ErrorKind::Internal, "route", "Route " + route.method + " " + route.pattern + ": " + why};
}

bool isName(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return isAlpha(c) || isDigit(c) || c == '_'; });
}

/// A parsed segment; an empty text of a parameter means that it is malformed.
Segment parseSegment(std::string_view part) {
    Segment segment{std::string(part), false, false};
    if (part.find_first_of("{}") == std::string_view::npos) return segment;
    segment.isParameter = true;
    if (part.size() < 3 || part.front() != '{' || part.back() != '}') return {{}, true, false};
    part = part.substr(1, part.size() - 2);
    if (part.ends_with("...")) {
        segment.takesRest = true;
        part.remove_suffix(3);
    }
    segment.text = isName(part) ? std::string(part) : std::string();
    return segment;
}

/// Orders shapes so that the first one that fits is the right one: fixed before parameter before rest.
int weight(const Segment& segment) { return segment.takesRest ? 2 : (segment.isParameter ? 1 : 0); }

bool sameSegment(const Segment& a, const Segment& b) {
    return weight(a) == weight(b) && (a.isParameter || a.text == b.text);
}

}  // namespace

/// One shape of path with the routes that answer it, one for each method.
struct Router::Shape {
    std::vector<Segment> segments{};
    std::vector<const Route*> byMethod{};

    [[nodiscard]] static Result<std::unique_ptr<Shape>> parse(const Route& route) {
        if (!route.pattern.starts_with('/')) return badRoute(route, "the pattern does not start with '/'.");
        auto shape = std::make_unique<Shape>();
        for (const std::string_view part : split(route.pattern)) {
            if (!shape->segments.empty() && shape->segments.back().takesRest) {
                return badRoute(route, "{name...} must be last.");
            }
            shape->segments.push_back(parseSegment(part));
            const Segment& segment = shape->segments.back();
            if (segment.isParameter && segment.text.empty()) return badRoute(route, "a {name} is malformed.");
        }
        return shape;
    }

    [[nodiscard]] bool sameAs(const Shape& other) const {
        return std::equal(segments.begin(), segments.end(), other.segments.begin(), other.segments.end(),
                          sameSegment);
    }

    [[nodiscard]] bool comesBefore(const Shape& other) const {
        return std::lexicographical_compare(
            segments.begin(), segments.end(), other.segments.begin(), other.segments.end(),
            [](const Segment& x, const Segment& y) { return weight(x) < weight(y); });
    }

    [[nodiscard]] bool fits(const std::vector<std::string_view>& parts) const {
        const bool rest = segments.back().takesRest;
        if (rest ? parts.size() < segments.size() : parts.size() != segments.size()) return false;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const Segment& segment = segments[i];
            if (segment.isParameter ? parts[i].empty() : parts[i] != segment.text) return false;
        }
        return true;
    }

    [[nodiscard]] PathParameters parametersOf(const Route& route, std::string_view path,
                                              const std::vector<std::string_view>& parts) const {
        // Names come from the route's own pattern: rows of one shape may name their parameters differently.
        const auto own = split(route.pattern);
        std::vector<NameValue> values;
        for (std::size_t i = 0; i < segments.size(); ++i) {
            if (!segments[i].isParameter) continue;
            const auto at = static_cast<std::size_t>(parts[i].data() - path.data());
            const std::string_view value = segments[i].takesRest ? path.substr(at) : parts[i];
            values.push_back({parseSegment(own[i]).text, std::string(value)});
        }
        return PathParameters(std::move(values));
    }
};

Router::Router() = default;
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

Result<void> Router::add(Route route) {
    if (!isToken(route.method)) return badRoute(route, "the method is no token.");
    if (!route.handler) return badRoute(route, "there is no handler.");
    const bool taken = std::any_of(m_routes.begin(), m_routes.end(),
                                   [&](const auto& row) { return row->name == route.name; });
    if (taken || route.name.empty()) return badRoute(route, "the name is empty or taken.");
    TM_TRY(auto parsed, Shape::parse(route));
    Shape& shape = homeOf(std::move(parsed));
    for (const Route* row : shape.byMethod) {
        if (row->method == route.method)
            return badRoute(route, "the route " + row->name + " answers it already.");
    }
    m_routes.push_back(std::make_unique<Route>(std::move(route)));
    shape.byMethod.push_back(m_routes.back().get());
    return {};
}

Router::Shape& Router::homeOf(std::unique_ptr<Shape> shape) {
    const auto same = std::find_if(m_shapes.begin(), m_shapes.end(),
                                   [&shape](const auto& other) { return other->sameAs(*shape); });
    if (same != m_shapes.end()) return **same;
    const auto place = std::upper_bound(m_shapes.begin(), m_shapes.end(), shape,
                                        [](const auto& a, const auto& b) { return a->comesBefore(*b); });
    return **m_shapes.insert(place, std::move(shape));
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
    Match match;
    if (!path.starts_with('/')) return match;
    const auto parts = split(path);
    const std::string_view wanted = method == "HEAD" ? std::string_view("GET") : method;
    for (const auto& shape : m_shapes) {
        if (!shape->fits(parts)) continue;
        for (const Route* route : shape->byMethod) {
            if (route->method == method || route->method == wanted) {
                match.route = route;
                match.parameters = shape->parametersOf(*route, path, parts);
                match.allowed.clear();
                return match;
            }
            match.allowed.push_back(route->method);
            if (route->method == "GET") match.allowed.emplace_back("HEAD");
        }
    }
    std::sort(match.allowed.begin(), match.allowed.end());
    match.allowed.erase(std::unique(match.allowed.begin(), match.allowed.end()), match.allowed.end());
    return match;
}

}  // namespace tickmark::http
