// The interface for programs says what the pages say, to the same people.
#include <boost/test/unit_test.hpp>
#include <set>
#include <sstream>

#include "http/ApiFixture.h"
#include "tickmark/domain/ImprovementSteps.h"
#include "tickmark/domain/Transitions.h"

namespace tickmark::http::test {
namespace {

using Words = std::set<std::string>;

Words rolesOf(const Server& server, std::string_view route) {
    Words roles;
    for (const auto& row : server.router().routes()) {
        if (row->name != route) continue;
        std::istringstream words(row->roles);
        for (std::string word; words >> word;) roles.insert(word);
    }
    return roles;
}

/// Everybody whom some arrow of the machine waits for.
template <class Table>
void addRoles(Words& roles, const Table& arrows) {
    using domain::Role;
    for (const auto& arrow : arrows) {
        for (const Role role : {Role::LeadAuditor, Role::Auditor, Role::ProcessOwner, Role::ActionOwner,
                                Role::ImprovementManager, Role::TopManagement, Role::CertificationAuditor,
                                Role::Administrator}) {
            if (arrow.roles.has(role)) roles.emplace(domain::roleCode(role));
        }
    }
}

/// An audit with one checklist item, shared with xavi, in which pia owns a finding and otto an action.
std::string sharedAudit(Site& site) {
    const Client& lea = site.as("lea");
    const Reply made = must(201, lea.post("/api/v1/audits", R"({"title":"Change audit","auditee":"Desk",
        "catalog":"iso20000-1","team":[{"account":"lea","lead":true},{"account":"aud"}],
        "checklist":[{"clause":"8.6.1","question":"Is it recorded?"}]})"));
    const std::string at = "/api/v1/audits/" + made.text("ref");
    must(200, lea.put(at + "/shares/xavi", R"({"until":"2099-12-31"})", made.tag()));
    must(200, lea.post(at + "/events", R"({"event":"start-fieldwork"})", lea.get(at).tag()));
    static_cast<void>(site.newAction(site.newIssuedFinding(made.text("ref"))));
    return made.text("ref");
}

std::size_t lengthOf(const Reply& reply, const char* member) {
    return reply.json.find(member)->items()->size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_agreement)

BOOST_AUTO_TEST_CASE(the_list_names_the_clauses_of_a_finding_as_the_finding_itself_does) {
    Site site;
    const Client& lea = site.as("lea");
    const std::string audit = site.newAudit();
    for (const char* clauses : {"[]", R"(["8.6.1"])", R"(["8.7.1","8.6.1","10.1"])"}) {
        must(201, lea.post("/api/v1/findings",
                           R"({"audit":")" + audit + R"(","title":"T","clauses":)" + clauses + "}"));
    }
    const Reply list = must(200, lea.get("/api/v1/findings"));
    BOOST_REQUIRE(list.json.find("items")->items()->size() == 3U);
    for (const codec::Json& row : *list.json.find("items")->items()) {
        const Reply one = must(200, lea.get("/api/v1/findings/" + std::string(row.textAt("ref"))));
        BOOST_TEST(codec::prettyJson(*row.find("clauses")) == codec::prettyJson(*one.json.find("clauses")));
    }
}

BOOST_AUTO_TEST_CASE(a_clause_that_reads_like_several_is_refused) {
    Site site;
    const Client& lea = site.as("lea");
    const std::string free =
        must(201, lea.post("/api/v1/audits", R"({"title":"T","auditee":"D"})")).text("ref");
    for (const char* clause : {"5.1, 5.2", "5.1;5.2", "clause 5"}) {
        const Reply refused = lea.post(
            "/api/v1/findings", R"({"audit":")" + free + R"(","title":"T","clauses":[")" + clause + R"("]})");
        BOOST_TEST(refused.status == 400, clause);
        BOOST_TEST(refused.body.find("reads like several clauses") != std::string::npos, clause);
    }
}

BOOST_AUTO_TEST_CASE(working_papers_and_sharing_are_sent_to_those_whose_page_shows_them) {
    Site site;
    const std::string audit = sharedAudit(site);
    for (const char* account : {"lea", "aud", "pia", "otto", "ida", "tom", "xavi"}) {
        const Reply sent = must(200, site.as(account).get("/api/v1/audits/" + audit));
        const Reply page = must(200, site.as(account).get("/audits/" + audit));
        const bool papers = page.body.find("Checklist and samples") != std::string::npos;
        const bool sharing = page.body.find("2099-12-31") != std::string::npos;
        BOOST_TEST((lengthOf(sent, "checklist") == 1U) == papers, account);
        BOOST_TEST((lengthOf(sent, "shares") == 1U) == sharing, account);
    }
    BOOST_TEST(lengthOf(site.as("aud").get("/api/v1/audits/" + audit), "checklist") == 1U);
    BOOST_TEST(lengthOf(site.as("pia").get("/api/v1/audits/" + audit), "checklist") == 0U);
    BOOST_TEST(lengthOf(site.as("ida").get("/api/v1/audits/" + audit), "shares") == 1U);
    BOOST_TEST(lengthOf(site.as("xavi").get("/api/v1/audits/" + audit), "shares") == 0U);
}

BOOST_AUTO_TEST_CASE(a_step_is_open_to_exactly_the_roles_that_its_machine_names) {
    Site site;
    Words finding;
    for (const auto kind : {domain::FindingKind::Nonconformity, domain::FindingKind::Suggestion,
                            domain::FindingKind::Conformity}) {
        addRoles(finding, domain::findingTransitions(kind));
    }
    Words action;
    Words request;
    Words audit;
    Words evidence;
    addRoles(action, domain::actionTransitions());
    addRoles(request, domain::requestTransitions());
    addRoles(audit, domain::auditTransitions());
    addRoles(evidence, domain::evidenceTransitions());
    Words improvement;
    addRoles(improvement, domain::improvementTransitions());
    const auto same = [&](const char* route, const Words& machine) {
        const Words routed = rolesOf(*site.server, route);
        BOOST_TEST_CONTEXT(route)
        BOOST_CHECK_EQUAL_COLLECTIONS(routed.begin(), routed.end(), machine.begin(), machine.end());
    };
    same("findings.move", finding);
    same("form.finding-step", finding);
    same("actions.move", action);
    same("form.action-step", action);
    same("improvements.move", improvement);
    same("form.improvement-step", improvement);
    same("requests.move", request);
    same("form.request-step", request);
    same("audits.move", audit);
    same("form.audit-step", audit);
    same("evidence.move", evidence);
    same("form.evidence-step", evidence);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
