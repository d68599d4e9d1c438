#include <boost/test/unit_test.hpp>
#include <functional>
#include <set>

#include "bundle/Oscal.h"
#include "bundle/OscalNames.h"
#include "bundle/SealingHouse.h"

using namespace tickmark;
using namespace tickmark::bundle;
using codec::Json;
using tickmark::bundle::test::SealingHouse;

namespace {

/// The value at a path of member names and list places, "results/0/findings".
const Json& at(const Json& document, std::string_view path) {
    const Json* here = &document;
    while (!path.empty()) {
        const auto slash = path.find('/');
        const std::string step(path.substr(0, slash));
        here = here->items() != nullptr ? &here->items()->at(std::stoul(step)) : here->find(step);
        if (here == nullptr) throw std::runtime_error("nothing at " + step);
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    }
    return *here;
}

void eachObject(const Json& value, const std::function<void(const Json&)>& visit) {
    if (value.items() != nullptr) {
        for (const Json& item : *value.items()) eachObject(item, visit);
    } else if (value.members() != nullptr) {
        visit(value);
        for (const auto& [name, member] : *value.members()) eachObject(member, visit);
    }
}

std::string_view prop(const Json& object, std::string_view name) {
    const Json* props = object.find("props");
    if (props == nullptr) return {};
    for (const Json& one : *props->items()) {
        if (one.textAt("name") == name) return one.textAt("value");
    }
    return {};
}

const Json& resource(const Json& document, std::string_view version) {
    for (const Json& one : *at(document, "back-matter/resources").items()) {
        if (prop(one, "version") == version) return one;
    }
    throw std::runtime_error("no such resource");
}

struct Documents : SealingHouse {
    [[nodiscard]] Json results() const { return at(oscalAssessmentResults(content), "assessment-results"); }
    [[nodiscard]] Json poam() const { return at(oscalPoam(content), "plan-of-action-and-milestones"); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bundle_oscal, Documents)

BOOST_AUTO_TEST_CASE(an_identifier_is_of_version_five_and_the_same_for_the_same_name) {
    const oscal::Identifiers ids("Example");
    const std::string first = ids.of("finding", "F-0001");
    BOOST_TEST(first.size() == 36U);
    BOOST_TEST(first[14] == '5');
    BOOST_TEST(std::string("89ab").find(first[19]) != std::string::npos);
    BOOST_TEST(first == ids.of("finding", "F-0001"));
    BOOST_TEST(first != ids.of("finding", "F-0002"));
    BOOST_TEST(first != ids.of("action", "F-0001"));
    BOOST_TEST(first != oscal::Identifiers("Another").of("finding", "F-0001"));
    // Python: uuid.uuid5(uuid.UUID("9548e54c-c1e8-4653-9e72-cbd07cd9651e"), "Example\nfinding\nF-0001")
    BOOST_TEST(first == "6182d9a2-04d1-5caf-bd5d-0a34fae514b3");
}

BOOST_AUTO_TEST_CASE(tokens_are_names_that_xml_takes) {
    BOOST_TEST(oscal::tokenOf("ac-2") == "ac-2");
    BOOST_TEST(oscal::tokenOf("8.6.1") == "c-8.6.1");
    BOOST_TEST(oscal::tokenOf("a b") == "c-a-b");
    BOOST_TEST(oscal::tokenOf("") == "c-");
}

BOOST_AUTO_TEST_CASE(a_line_has_no_white_space_at_its_ends_and_no_breaks) {
    BOOST_TEST(oscal::lineOf("  one\n two\t") == "one two");
    BOOST_TEST(oscal::lineOf("\xC2\xA0 wide \xE2\x80\x89 space\xE3\x80\x80") == "wide space");
    BOOST_TEST(oscal::lineOf(" \r\n ").empty());
    BOOST_TEST(oscal::lineOf("\xE2\x80\x94 dash") == "\xE2\x80\x94 dash");
}

BOOST_AUTO_TEST_CASE(each_finding_is_there_with_its_observation_risk_and_clause) {
    const Json document = results();
    const Json& finding = at(document, "results/0/findings/0");
    BOOST_TEST(prop(finding, "ref") == "F-0001");
    BOOST_TEST(prop(finding, "clause") == "8.6.1");
    BOOST_TEST(at(finding, "target").textAt("target-id") == "c-8.6.1");
    BOOST_TEST(at(finding, "target/status").textAt("state") == "not-satisfied");
    BOOST_TEST(finding.textAt("description") == "Classification is left out under load.");
    const Json& observation = at(document, "results/0/observations/0");
    BOOST_TEST(observation.textAt("uuid") ==
               at(finding, "related-observations/0").textAt("observation-uuid"));
    BOOST_TEST(at(observation, "relevant-evidence").items()->size() == 3U);
    BOOST_TEST(at(finding, "related-risks/0").textAt("risk-uuid") ==
               at(document, "results/0/risks/0").textAt("uuid"));
    BOOST_TEST(at(document, "results/0/findings").items()->size() == 2U);
    BOOST_TEST(at(document, "results/0/reviewed-controls/control-selections/0/include-controls/0")
                   .textAt("control-id") == "c-8.6.1");
}

BOOST_AUTO_TEST_CASE(a_conformity_is_satisfied_and_no_risk) {
    content.findings[0].classCode = "conformity";
    const Json document = results();
    const Json& finding = at(document, "results/0/findings/1");
    BOOST_TEST(at(finding, "target/status").textAt("state") == "satisfied");
    BOOST_TEST(finding.find("related-risks") == nullptr);
    BOOST_TEST(at(document, "results/0/risks").items()->size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_in_the_bundle_has_a_link_beside_the_document_and_its_digest) {
    for (const Json& document : {results(), poam()}) {
        const Json& one = resource(document, "E-0002/v1");
        BOOST_TEST(at(one, "rlinks/0").textAt("href") == "../evidence/F-0001/E-0002.v1.incident_log.csv");
        BOOST_TEST(at(one, "rlinks/0").textAt("media-type") == "application/octet-stream");
        BOOST_TEST(at(one, "rlinks/0/hashes/0").textAt("algorithm") == "SHA-256");
        BOOST_TEST(at(one, "rlinks/0/hashes/0").textAt("value") == content.versions[1].digest.hex());
        BOOST_TEST(at(document, "back-matter/resources").items()->size() == content.versions.size() + 1);
    }
}

BOOST_AUTO_TEST_CASE(a_withheld_file_has_no_link_but_a_digest_and_the_reason) {
    const Json document = results();
    const Json& one = resource(document, "E-0005/v1");
    BOOST_TEST(one.find("rlinks") == nullptr);
    BOOST_TEST(one.textAt("remarks") == "Withheld: Personal data.");
    BOOST_TEST(prop(one, "sha256") == content.versions[4].digest.hex());
    BOOST_TEST(prop(one, "status") == "withheld");
}

BOOST_AUTO_TEST_CASE(an_action_is_an_item_with_a_milestone_and_its_owner) {
    const Json document = poam();
    const Json& item = at(document, "poam-items/0");
    BOOST_TEST(prop(item, "ref") == "AC-0001");
    BOOST_TEST(prop(item, "due") == "2024-02-01");
    BOOST_TEST(prop(item, "owner") == "desk");
    BOOST_TEST(at(item, "related-findings/0").textAt("finding-uuid") ==
               at(document, "findings/0").textAt("uuid"));
    // The response comes first, the actions follow.
    const Json& task = at(document, "risks/0/remediations/1/tasks/0");
    BOOST_TEST(task.textAt("type") == "milestone");
    BOOST_TEST(at(task, "timing/on-date").textAt("date") == "2024-02-01T00:00:00Z");
    BOOST_TEST(at(task, "responsible-roles/0").textAt("role-id") == "action-owner");
    BOOST_TEST(*at(task, "responsible-roles/0/party-uuids/0").text() ==
               oscal::Identifiers(content.organisation).of("party", "desk"));
}

BOOST_AUTO_TEST_CASE(a_finding_without_an_action_is_an_item_that_says_so) {
    const Json document = poam();
    BOOST_REQUIRE(at(document, "poam-items").items()->size() == 2U);
    BOOST_TEST(prop(at(document, "poam-items/1"), "finding") == "F-0002");
    BOOST_TEST(prop(at(document, "poam-items/1"), "state") == "no-action");
    content.findings.clear();
    content.actions.clear();
    BOOST_TEST(at(poam(), "poam-items").items()->size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_owner_in_words_is_a_role_with_a_remark) {
    content.actions[0].owner = {};
    content.actions[0].ownerRole = "Head of operations";
    const Json document = poam();
    const Json& role = at(document, "risks/0/remediations/1/tasks/0/responsible-roles/0");
    BOOST_TEST(role.find("party-uuids") == nullptr);
    BOOST_TEST(role.textAt("remarks") == "Head of operations");
}

BOOST_AUTO_TEST_CASE(every_reference_leads_somewhere_and_every_role_is_declared) {
    for (const Json& document : {results(), poam()}) {
        std::set<std::string, std::less<>> known;
        std::set<std::string, std::less<>> roles;
        for (const Json& role : *at(document, "metadata/roles").items()) roles.emplace(role.textAt("id"));
        eachObject(document, [&](const Json& object) {
            if (const auto uuid = object.textAt("uuid"); !uuid.empty())
                BOOST_TEST(known.emplace(uuid).second, uuid);
        });
        eachObject(document, [&](const Json& object) {
            for (const auto* name : {"observation-uuid", "risk-uuid", "finding-uuid", "actor-uuid"}) {
                if (const auto to = object.textAt(name); !to.empty()) BOOST_TEST(known.contains(to), name);
            }
            if (const auto href = object.textAt("href"); href.starts_with('#'))
                BOOST_TEST(known.contains(href.substr(1)), href);
            if (const Json* parties = object.find("party-uuids")) {
                for (const Json& party : *parties->items()) BOOST_TEST(known.contains(*party.text()));
            }
            if (const auto role = object.textAt("role-id"); !role.empty())
                BOOST_TEST(roles.contains(role), role);
        });
    }
}

BOOST_AUTO_TEST_CASE(the_same_content_in_another_order_gives_the_same_documents) {
    const std::string before = codec::canonicalJson(results()) + codec::canonicalJson(poam());
    std::reverse(content.findings.begin(), content.findings.end());
    std::reverse(content.versions.begin(), content.versions.end());
    std::reverse(content.parties.begin(), content.parties.end());
    BOOST_TEST((codec::canonicalJson(results()) + codec::canonicalJson(poam()) == before));
}

BOOST_AUTO_TEST_CASE(a_finding_keeps_its_identifier_in_the_next_bundle) {
    const std::string first(at(results(), "results/0/findings/0").textAt("uuid"));
    const std::string document(results().textAt("uuid"));
    content.bundle.ref = domain::BundleRef("B-0002");
    BOOST_TEST(at(results(), "results/0/findings/0").textAt("uuid") == first);
    BOOST_TEST(results().textAt("uuid") != document);
}

BOOST_AUTO_TEST_SUITE_END()
