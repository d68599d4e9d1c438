#include "http/api/Call.h"

#include <algorithm>

#include "tickmark/http/server/Problem.h"

namespace tickmark::http::api {
namespace {

/// Parameters that may stand more than once.
bool isRepeatable(std::string_view name) { return name == "state"; }

/// Whether an earlier entry has the same name and this is the second of them.
bool isSecond(const std::vector<NameValue>& query, const NameValue& given) {
    const auto sameName = [&given](const NameValue& other) { return other.name == given.name; };
    return std::count_if(query.data(), &given, sameName) == 1;
}

Error unknownParameter(const std::string& name, const std::vector<std::string_view>& known) {
    std::string names;
    for (const std::string_view other : known) names.append(names.empty() ? "" : ", ").append(other);
    return invalid("unknown-parameter", name, "There is no query parameter of this name here.",
                   names.empty() ? "Leave it out." : "Known are: " + names + ".");
}

Result<void> checkQuery(const Request& request, const std::vector<std::string_view>& known) {
    std::vector<Error> problems;
    for (const NameValue& given : request.query) {
        if (std::find(known.begin(), known.end(), given.name) == known.end()) {
            problems.push_back(unknownParameter(given.name, known));
        } else if (!isRepeatable(given.name) && isSecond(request.query, given)) {
            problems.push_back(invalid("repeated-parameter", given.name,
                                       "This query parameter is given more than once.", "Give it once."));
        }
    }
    if (problems.empty()) return {};
    if (problems.size() == 1) return problems.front();
    Error error = invalid("query", "", std::to_string(problems.size()) + " query parameters are wrong.");
    error.parts = std::move(problems);
    return error;
}

Result<Response> answer(Call& call, const ApiRow& row) {
    TM_CHECK(checkQuery(call.request, row.query));
    return row.handler(call);
}

Route routeOf(WebApp& web, ApiRow row) {
    Route route;
    route.method = row.method;
    route.pattern = row.pattern;
    route.name = row.name;
    route.isPublic = row.roles == "public";
    route.isUpload = row.isUpload;
    route.bodyCap = row.bodyCap;
    route.roles = row.roles;
    route.summary = row.summary;
    route.handler = [&web, row = std::move(row)](Request& request, const PathParameters& parameters) {
        Call call{web, request, parameters};
        auto answered = answer(call, row);
        if (answered) return *std::move(answered);
        return problem(answered.error(), apiStatusOf(answered.error()), request.id);
    };
    return route;
}

}  // namespace

int apiStatusOf(const Error& error) {
    if (error.type == "media-type") return 415;
    if (error.type == "length-needed") return 411;
    if (error.type == "revision-needed") return 428;
    return statusOf(error);
}

Result<void> addRows(Router& router, WebApp& web, std::vector<ApiRow> rows) {
    for (ApiRow& row : rows) TM_CHECK(router.add(routeOf(web, std::move(row))));
    return {};
}

}  // namespace tickmark::http::api
