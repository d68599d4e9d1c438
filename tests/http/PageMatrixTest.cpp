// Every page and form against every role, as tests/http/PageMatrix.h says, and what holds on each of them.
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <sstream>

#include "http/ApiFixture.h"
#include "http/PageMatrix.h"

namespace tickmark::http::test {
namespace {

constexpr std::array<const char*, 9> callers{"lea", "aud", "pia", "otto", "ida", "tom", "xavi", "admin", ""};
using References = std::map<std::string, std::string>;

References seed(Site& site) {
    References refs;
    const Client& lea = site.as("lea");
    refs["audit"] = site.newAudit();
    const std::string at = "/api/v1/audits/" + refs["audit"];
    must(200, lea.put(at + "/shares/xavi", R"({"until":"2099-12-31"})", lea.get(at).tag()));
    refs["finding"] = site.newIssuedFinding(refs["audit"]);
    refs["evidence"] = "E-0001";
    refs["action"] = site.newAction(refs["finding"]);
    refs["request"] = site.newRequest(refs["audit"]);
    const std::string request = "/api/v1/requests/" + refs["request"];
    must(200, lea.post(request + "/events", R"({"event":"open"})", lea.get(request).tag()));
    refs["improvement"] = site.newImprovement(refs["finding"]);
    refs["bundle"] =
        must(201, lea.post("/api/v1/bundles", R"({"audit":")" + refs["audit"] + R"("})")).text("ref");
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
    refs["draft"] = site.newFinding(refs["audit"]);
    return refs;
}

std::string filled(std::string_view text, const References& refs) {
    std::string out(text);
    for (const auto& [name, ref] : refs) {
        const std::string place = "{" + name + "}";
        for (std::size_t at = out.find(place); at != std::string::npos; at = out.find(place)) {
            out.replace(at, place.size(), ref);
        }
    }
    return out;
}

bool isPage(const Route& route) { return route.name.starts_with("page.") || route.name.starts_with("form."); }

const MatrixRow* rowOf(const Route& route) {
    const auto* row = std::find_if(std::begin(pageMatrix), std::end(pageMatrix),
                                   [&](const MatrixRow& one) { return one.route == route.name; });
    return row == std::end(pageMatrix) ? nullptr : row;
}

const Route* routeNamed(const Router& router, std::string_view name) {
    for (const auto& route : router.routes()) {
        if (route->name == name) return route.get();
    }
    return nullptr;
}

std::string outcomeOf(int status) {
    if (status >= 200 && status < 300) return "ok";
    if (status == 400 || status == 409 || status == 422) return "in";
    return std::to_string(status);
}

/// The caller's name makes signing in with a wrong password a different account each time.
Ask askOf(const Route& route, const MatrixRow& row, References refs, const std::string& caller) {
    refs["caller"] = caller;
    return {route.method, filled(row.target, refs), filled(row.body, refs),
            "application/x-www-form-urlencoded", "Accept: text/html\r\n"};
}

std::size_t countOf(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

/// What is true of every page, whoever looks at it.
void isSoundPage(const std::string& html, bool signedIn) {
    BOOST_TEST(countOf(html, "<h1") == 1U);
    BOOST_TEST(countOf(html, "<main") == 1U);
    BOOST_TEST(countOf(html, "class=\"primary\"") + countOf(html, "class=\"button primary\"") <= 1U);
    BOOST_TEST(countOf(html, "<title> ·") == 0U);
    BOOST_TEST(countOf(html, "href=\"#main\"") == 1U);
    BOOST_TEST(countOf(html, "{{") == 0U);
    BOOST_TEST(countOf(html, "href=\"\"") == 0U);
    BOOST_TEST(countOf(html, "action=\"\"") == 0U);
    if (signedIn) BOOST_TEST(countOf(html, "name=\"csrf\" value=\"\"") == 0U);
    BOOST_TEST(countOf(html, "href=\"#i-") == countOf(html, "<use "));
}

constexpr std::size_t mostLinks = 300;

/// Addresses on this server that the page links to, without fragments.
std::vector<std::string> linksOf(const Reply& reply) {
    std::vector<std::string> links;
    if (reply.header("Content-Type").find("text/html") == std::string::npos) return links;
    for (std::size_t at = reply.body.find("<a "); at != std::string::npos;
         at = reply.body.find("<a ", at + 1)) {
        const std::size_t href = reply.body.find("href=\"", at) + 6;
        std::string link = reply.body.substr(href, reply.body.find('"', href) - href);
        for (std::size_t amp = link.find("&amp;"); amp != std::string::npos; amp = link.find("&amp;")) {
            link.replace(amp, 5, "&");
        }
        if (link.starts_with('/')) links.push_back(link.substr(0, link.find('#')));
    }
    return links;
}

/// The audit trail names every thing, also a draft that only auditors open.
bool isDraftInLog(const std::string& caller, const std::string& from, const std::string& target,
                  const References& refs) {
    return (caller == "ida" || caller == "tom") && from.starts_with("/log") &&
           target == "/findings/" + refs.at("draft");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page_matrix)

BOOST_AUTO_TEST_CASE(every_page_lets_in_exactly_the_roles_of_its_row) {
    Site site;
    const References refs = seed(site);
    for (const char* caller : callers) {
        if (*caller != '\0') BOOST_TEST(site.as(caller).get("/api/v1/session").status == 200);
    }
    for (const MatrixRow& row : pageMatrix) {
        const Route* route = routeNamed(site.server->router(), row.route);
        BOOST_CHECK_MESSAGE(route != nullptr, "no route is called " << row.route);
        if (route == nullptr) continue;
        std::istringstream words{std::string(row.expected)};
        for (const char* caller : callers) {
            std::string expected;
            BOOST_REQUIRE(words >> expected);
            const Client client = *caller == '\0' ? site.nobody() : site.as(caller);
            const Reply reply = client.send(askOf(*route, row, refs, caller));
            BOOST_CHECK_MESSAGE(outcomeOf(reply.status) == expected,
                                row.route << " as " << (*caller == '\0' ? "nobody" : caller) << ": expected "
                                          << expected << ", got " << reply.status);
        }
    }
}

BOOST_AUTO_TEST_CASE(no_page_and_no_form_is_without_a_row) {
    Site site;
    for (const auto& route : site.server->router().routes()) {
        if (route->pattern.starts_with("/api/") || route->pattern == "/healthz" ||
            route->pattern == "/metrics") {
            continue;
        }
        BOOST_CHECK_MESSAGE(isPage(*route), route->pattern << " is called " << route->name);
        BOOST_CHECK_MESSAGE(rowOf(*route) != nullptr,
                            route->name << " has no row in tests/http/PageMatrix.h");
        BOOST_CHECK_MESSAGE(!route->roles.empty(), route->name << " does not say who may");
    }
}

BOOST_AUTO_TEST_CASE(every_answer_to_a_browser_is_a_sound_page_under_a_strict_policy) {
    Site site;
    const References refs = seed(site);
    for (const auto& route : site.server->router().routes()) {
        const MatrixRow* row = isPage(*route) ? rowOf(*route) : nullptr;
        if (row == nullptr || route->name == "form.logout") continue;
        for (const char* caller : callers) {
            const Client client = *caller == '\0' ? site.nobody() : site.as(caller);
            const Reply reply = client.send(askOf(*route, *row, refs, caller));
            BOOST_TEST_CONTEXT(route->name << " as " << caller << ": " << reply.status) {
                BOOST_TEST(reply.status < 500);
                BOOST_TEST(reply.header("X-Content-Type-Options") == "nosniff");
                if (reply.header("Content-Type").find("text/html") == std::string::npos) continue;
                const std::string policy = reply.header("Content-Security-Policy");
                // What a frame of the evidence's page shows is no page: it is shut in.
                const bool isFrame = route->name == "page.evidence-preview" && reply.status == 200;
                if (isFrame)
                    BOOST_TEST(policy.starts_with("sandbox; default-src 'none'"));
                else
                    isSoundPage(reply.body, *caller != '\0');
                BOOST_TEST(policy.find("default-src 'none'") != std::string::npos);
                BOOST_TEST(policy.find("unsafe") == std::string::npos);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(every_form_is_refused_without_the_secret_of_the_session) {
    Site site;
    const References refs = seed(site);
    std::size_t forms = 0;
    for (const auto& route : site.server->router().routes()) {
        const MatrixRow* row = isPage(*route) ? rowOf(*route) : nullptr;
        if (row == nullptr || route->method == "GET" || route->name == "form.login") continue;
        for (const char* caller : callers) {
            if (*caller == '\0') continue;
            Client client = site.as(caller);
            Ask ask = askOf(*route, *row, refs, caller);
            for (const char* secret : {"", "csrf=wrong&"}) {
                client.csrf.clear();
                ask.body = secret + filled(row->body, refs);
                const Reply plain = client.send(ask);
                BOOST_TEST_CONTEXT(route->name << " as " << caller) {
                    BOOST_TEST((plain.status == 403 || plain.status == 400 || plain.status == 404));
                    BOOST_TEST(plain.status >= 400);
                }
            }
        }
        ++forms;
    }
    BOOST_TEST(forms > 15U);
    for (const char* caller : callers) {
        if (*caller != '\0') BOOST_TEST(site.as(caller).get("/api/v1/session").status == 200);
    }
}

BOOST_AUTO_TEST_CASE(every_link_of_every_page_leads_somewhere_for_the_one_who_sees_it) {
    Site site;
    const References refs = seed(site);
    for (const char* caller : callers) {
        if (*caller == '\0') continue;
        std::map<std::string, std::string> seenOn{{"/", "the beginning"}};
        std::vector<std::string> open{"/"};
        while (!open.empty() && seenOn.size() < mostLinks) {
            const std::string target = open.back();
            open.pop_back();
            const Reply reply = site.as(caller).send({"GET", target, {}, {}, "Accept: text/html\r\n"});
            BOOST_CHECK_MESSAGE(reply.status == 200 || isDraftInLog(caller, seenOn.at(target), target, refs),
                                caller << " follows a link from " << seenOn.at(target) << " to " << target
                                       << ": " << reply.status);
            for (const std::string& link : linksOf(reply)) {
                if (seenOn.emplace(link, target).second) open.push_back(link);
            }
        }
        BOOST_TEST(seenOn.size() > 4U);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
