// The OpenAPI document and the table of routes say the same.
#include <boost/test/unit_test.hpp>

#include <set>

#include "http/ApiFixture.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::test {
namespace {

codec::Json descriptionOf(Site& site) {
    const Reply reply = must(200, site.nobody().get("/api/openapi.json"));
    return reply.json;
}

/// "GET /api/v1/findings findings.list LA AU …" for every operation.
std::set<std::string> describedRows(const codec::Json& document) {
    std::set<std::string> rows;
    for (const auto& [path, methods] : *document.find("paths")->members()) {
        for (const auto& [method, operation] : *methods.members()) {
            rows.insert(method + " " + path + " " + std::string(operation.textAt("operationId")) + " " +
                        std::string(operation.textAt("x-roles")));
        }
    }
    return rows;
}

const codec::Json* operationNamed(const codec::Json& document, std::string_view name) {
    for (const auto& [path, methods] : *document.find("paths")->members()) {
        for (const auto& [method, operation] : *methods.members()) {
            if (operation.textAt("operationId") == name) return &operation;
        }
    }
    return nullptr;
}

/// The names after "Known are: " in the refusal of an unknown parameter, or none.
std::set<std::string> acceptedParameters(const Reply& refusal) {
    const std::string fix = refusal.text("fix");
    std::set<std::string> names;
    const std::size_t at = fix.find("Known are: ");
    if (at == std::string::npos) return names;
    std::string rest = fix.substr(at + 11);
    rest.pop_back();
    for (std::size_t comma = 0; comma != std::string::npos; rest.erase(0, comma + 2)) {
        comma = rest.find(", ");
        names.insert(rest.substr(0, comma));
        if (comma == std::string::npos) break;
    }
    return names;
}

void collectReferences(const codec::Json& value, std::set<std::string>& references) {
    if (const auto* members = value.members()) {
        for (const auto& [name, member] : *members) {
            if (name == "$ref") references.insert(*member.text());
            collectReferences(member, references);
        }
    }
    if (const auto* items = value.items()) {
        for (const codec::Json& item : *items) collectReferences(item, references);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_description)

BOOST_AUTO_TEST_CASE(routes_and_description_agree_both_ways) {
    Site site;
    std::set<std::string> routed;
    for (const auto& route : site.server->router().routes()) {
        const bool forPrograms = route->pattern.starts_with("/api/") || route->pattern == "/healthz" ||
                                 route->pattern == "/metrics";
        if (!forPrograms || route->name == "docs.show") continue;
        routed.insert(lower(route->method) + " " + route->pattern + " " + route->name + " " + route->roles);
    }
    const auto described = describedRows(descriptionOf(site));
    BOOST_TEST(routed.size() > 60);
    BOOST_CHECK_EQUAL_COLLECTIONS(routed.begin(), routed.end(), described.begin(), described.end());
}

BOOST_AUTO_TEST_CASE(query_parameters_are_described_as_they_are_accepted) {
    Site site;
    const codec::Json document = descriptionOf(site);
    const std::string audit = site.newAudit();
    for (const char* list : {"findings", "audits", "actions", "requests", "improvements", "evidence",
                             "bundles", "ledger", "kpis"}) {
        const std::string name = std::string(list) + ".list";
        const codec::Json* operation = operationNamed(document, name);
        BOOST_REQUIRE(operation != nullptr);
        std::set<std::string> described;
        for (const codec::Json& parameter : *operation->find("parameters")->items()) {
            if (parameter.textAt("in") == "query") described.insert(std::string(parameter.textAt("name")));
        }
        const auto accepted =
            acceptedParameters(site.as("lea").get("/api/v1/" + std::string(list) + "?no-such=1"));
        BOOST_TEST_CONTEXT(name)
        BOOST_CHECK_EQUAL_COLLECTIONS(described.begin(), described.end(), accepted.begin(), accepted.end());
    }
}

BOOST_AUTO_TEST_CASE(every_reference_in_the_description_leads_somewhere) {
    Site site;
    const codec::Json document = descriptionOf(site);
    BOOST_TEST(document.textAt("openapi") == "3.1.0");
    std::set<std::string> references;
    collectReferences(document, references);
    BOOST_TEST(references.size() > 40);
    for (const std::string& reference : references) {
        const codec::Json* at = &document;
        std::string rest = reference.substr(2);
        while (at != nullptr && !rest.empty()) {
            const std::size_t slash = rest.find('/');
            at = at->find(rest.substr(0, slash));
            rest = slash == std::string::npos ? std::string() : rest.substr(slash + 1);
        }
        BOOST_CHECK_MESSAGE(at != nullptr, reference << " leads nowhere");
    }
}

BOOST_AUTO_TEST_CASE(the_described_findings_have_the_members_that_are_answered) {
    Site site;
    const codec::Json document = descriptionOf(site);
    const std::string finding = site.newIssuedFinding(site.newAudit());
    const Reply one = must(200, site.as("lea").get("/api/v1/findings/" + finding));
    const Reply all = must(200, site.as("lea").get("/api/v1/findings"));
    const codec::Json& schemas = *document.find("components")->find("schemas");
    const auto unknown = [&](const char* schema, const codec::Json& answer) {
        for (const auto& [name, value] : *answer.members()) {
            BOOST_CHECK_MESSAGE(schemas.find(schema)->find("properties")->find(name) != nullptr,
                                schema << " does not describe " << name);
        }
        for (const codec::Json& name : *schemas.find(schema)->find("required")->items()) {
            BOOST_CHECK_MESSAGE(answer.find(*name.text()) != nullptr, schema << " lacks " << *name.text());
        }
    };
    unknown("Finding", one.json);
    unknown("FindingRow", all.json.find("items")->items()->front());
    unknown("EvidenceVersion", one.json.find("evidence_versions")->items()->front());
    unknown("Step", one.json.find("steps")->items()->front());
    unknown("Problem", site.as("lea").get("/api/v1/findings/none-such").json);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
