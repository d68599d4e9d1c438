// Every route against every role, as tests/http/RoleMatrix.h says.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "http/ApiFixture.h"
#include "http/RoleMatrix.h"

namespace tickmark::http::test {
namespace {

constexpr std::array<const char*, 9> callers{"lea", "aud", "pia", "otto", "ida", "tom", "xavi", "admin", ""};

/// References by the names that the matrix uses.
std::map<std::string, std::string> seed(Site& site) {
    std::map<std::string, std::string> refs;
    refs["audit"] = site.newAudit();
    const std::string at = "/api/v1/audits/" + refs["audit"];
    must(200,
         site.as("lea").put(at + "/shares/xavi", R"({"until":"2099-12-31"})", site.as("lea").get(at).tag()));
    refs["finding"] = site.newIssuedFinding(refs["audit"]);
    refs["evidence"] = "E-0001";
    refs["action"] = site.newAction(refs["finding"]);
    refs["request"] = site.newRequest(refs["audit"]);
    must(200, site.as("lea").post("/api/v1/requests/" + refs["request"] + "/events", R"({"event":"open"})",
                                  site.as("lea").get("/api/v1/requests/" + refs["request"]).tag()));
    refs["improvement"] = site.newImprovement(refs["finding"]);
    refs["bundle"] =
        must(201, site.as("lea").post("/api/v1/bundles", R"({"audit":")" + refs["audit"] + R"("})"))
            .text("ref");
    refs["review"] =
        must(201, site.as("ida").post("/api/v1/reviews",
                                      R"({"title":"Half year","day":"2022-01-10","chair":"Management"})"))
            .text("ref");
    refs["policy"] = must(201, site.as("ida").post("/api/v1/improvement-policy",
                                                   R"({"title":"Policy","text":"We measure."})"))
                         .text("ref");
    refs["kpi"] =
        must(201, site.as("ida").post("/api/v1/kpis", R"({"name":"Share closed","unit":"%"})")).text("ref");
    must(201, site.as("ida").post("/api/v1/kpis/" + refs["kpi"] + "/measurements",
                                  R"({"on":"2026-01-31","value":1,"evidence":"E-0001/v1"})"));
    return refs;
}

std::string filled(std::string_view text, const std::map<std::string, std::string>& refs) {
    std::string out(text);
    for (const auto& [name, ref] : refs) {
        const std::string place = "{" + name + "}";
        for (std::size_t at = out.find(place); at != std::string::npos; at = out.find(place)) {
            out.replace(at, place.size(), ref);
        }
    }
    return out;
}

std::string outcomeOf(int status) {
    if (status >= 200 && status < 300) return "ok";
    if (status == 400 || status == 409 || status == 422) return "in";
    return std::to_string(status);
}

const Route* routeNamed(const Router& router, std::string_view name) {
    for (const auto& route : router.routes()) {
        if (route->name == name) return route.get();
    }
    return nullptr;
}

/// Changes carry a revision that never fits, so that whoever is let in is refused as stale and nothing moves.
Ask callOf(const Route& route, const MatrixRow& row, const std::map<std::string, std::string>& refs) {
    Ask ask{route.method, filled(row.target, refs), filled(row.body, refs)};
    if (route.isUpload) ask.type = "application/octet-stream";
    if (row.body == "no csv") ask.type = "text/csv";
    if (route.method != "GET") ask.match = "\"999999\"";
    return ask;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_role_matrix)

BOOST_AUTO_TEST_CASE(every_route_lets_in_exactly_the_roles_of_its_row) {
    Site site;
    const auto refs = seed(site);
    for (const char* caller : callers) {
        if (*caller != '\0') BOOST_TEST(site.as(caller).get("/api/v1/session").status == 200);
    }
    for (const MatrixRow& row : roleMatrix) {
        const Route* route = routeNamed(site.server->router(), row.route);
        BOOST_REQUIRE_MESSAGE(route != nullptr, "no route is called " << row.route);
        const Ask ask = callOf(*route, row, refs);
        std::istringstream words{std::string(row.expected)};
        for (const char* caller : callers) {
            std::string expected;
            BOOST_REQUIRE(words >> expected);
            const Client client = *caller == '\0' ? site.nobody() : site.as(caller);
            const Reply reply = client.send(ask);
            BOOST_CHECK_MESSAGE(outcomeOf(reply.status) == expected,
                                row.route << " as " << (*caller == '\0' ? "nobody" : caller) << ": expected "
                                          << expected << ", got " << reply.status << " " << reply.body);
        }
    }
}

BOOST_AUTO_TEST_CASE(no_api_route_is_without_a_row) {
    Site site;
    for (const auto& route : site.server->router().routes()) {
        const bool forPrograms = route->pattern.starts_with("/api/") || route->pattern == "/healthz" ||
                                 route->pattern == "/metrics";
        if (!forPrograms) continue;
        const bool listed = std::any_of(std::begin(roleMatrix), std::end(roleMatrix),
                                        [&](const MatrixRow& row) { return row.route == route->name; });
        BOOST_CHECK_MESSAGE(listed, route->name << " has no row in tests/http/RoleMatrix.h");
        BOOST_CHECK_MESSAGE(!route->roles.empty(), route->name << " does not say who may");
    }
}

BOOST_AUTO_TEST_CASE(a_lead_auditor_of_another_team_cannot_even_see_it) {
    Site site;
    const auto refs = seed(site);
    const Client& lou = site.as("lou");
    for (const char* target :
         {"/api/v1/audits/{audit}", "/api/v1/findings/{finding}", "/api/v1/actions/{action}",
          "/api/v1/requests/{request}", "/api/v1/improvements/{improvement}", "/api/v1/evidence/{evidence}",
          "/api/v1/evidence/{evidence}/v/1/content", "/api/v1/evidence/{evidence}/v/1/receipt",
          "/api/v1/bundles/{bundle}", "/api/v1/bundles/{bundle}/content"}) {
        BOOST_CHECK_MESSAGE(lou.get(filled(target, refs)).status == 404, target);
    }
    BOOST_TEST(lou.get("/api/v1/findings").body == R"({"items":[]})");
    BOOST_TEST(lou.get("/api/v1/findings?audit=" + refs.at("audit")).status == 404);
    BOOST_TEST(
        lou.post("/api/v1/findings/" + refs.at("finding") + "/events", R"({"event":"withdraw"})", "\"2\"")
            .status == 404);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
