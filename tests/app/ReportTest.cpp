// The audit report: what it says to whom, and that it depends on the catalog alone.
#include "tickmark/app/Report.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/House.h"
#include "tickmark/app/Lists.h"
#include "tickmark/view/ReportFields.h"

using namespace tickmark;
using codec::Json;
using test::House;
using test::must;
using test::refusedAs;

namespace {

const domain::AuditRef theAudit("IA-1");

/// A container may forbid the namespaces that the jail is made of; then only the refusals can be tested.
boost::test_tools::assertion_result theMachineJails(boost::unit_test::test_unit_id /*test*/) {
    constexpr const char* probe =
        "/usr/bin/bwrap --unshare-all --ro-bind / / --proc /proc --dev /dev /usr/bin/true >/dev/null 2>&1";
    boost::test_tools::assertion_result stands(std::system(probe) == 0);  // NOLINT(cert-env33-c): fixed words
    if (!stands) stands.message() << "this machine lets nobody make namespaces";
    return stands;
}

/// Every member that the data model does not know, as paths.
void findUnknown(const Json& object, const std::string& front, std::vector<std::string>& unknown) {
    for (const auto& [name, value] : *object.members()) {
        const std::string path = front + name;
        const view::ReportField* field = view::reportField(path);
        const bool isBar = front == "charts." && name == "bars";
        if (field == nullptr && !isBar) unknown.push_back(path);
        if (isBar || value.items() == nullptr) continue;
        for (const Json& item : *value.items()) findUnknown(item, path + ".", unknown);
    }
}

struct ReportHouse : House {
    Json report(const std::string& account = "la-01") {
        return must(app::gatherReport(context(), app::scopeOf(context(), as(account)), theAudit));
    }
    Json whole() { return must(app::gatherReport(context(), storage::everything(), theAudit)); }
};

std::vector<std::string> refsIn(const Json& report) {
    std::vector<std::string> refs;
    for (const Json& finding : *report.find("findings")->items())
        refs.emplace_back(finding.textAt("reference"));
    return refs;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(report, ReportHouse)

BOOST_AUTO_TEST_CASE(it_says_only_what_the_data_model_knows) {
    closed();
    verified();
    std::vector<std::string> unknown;
    findUnknown(whole(), "", unknown);
    BOOST_TEST(unknown == std::vector<std::string>{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(drafts_are_not_in_it_for_anybody) {
    const std::string draftRef = recorded().ref.text();
    const std::string issuedRef = issued().ref.text();
    const auto expected = std::vector<std::string>{issuedRef};
    BOOST_TEST(refsIn(whole()) == expected, boost::test_tools::per_element());
    BOOST_TEST(refsIn(report("la-01")) == expected, boost::test_tools::per_element());
    const auto made = must(app::makeReport(context(), storage::everything(), theAudit));
    BOOST_TEST(!test::holds(made.document.html, ">" + draftRef + "<"));
    BOOST_TEST(test::holds(made.document.html, issuedRef));
}

BOOST_AUTO_TEST_CASE(the_same_catalog_gives_the_same_report_whatever_the_time_and_whoever_read) {
    closed();
    const auto attached = issued();
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    must(app::attachEvidence(context(), as("la-01"), attached.ref, attached.rev,
                             {app::versionName(receipt.version)}));
    const auto before = must(app::makeReport(context(), storage::everything(), theAudit));
    clock().set(clock().now().plusSeconds(86'400 * 30));
    must(app::downloadEvidence(context(), as("la-01"), {receipt.version.ref, 1}));
    const auto after = must(app::makeReport(context(), storage::everything(), theAudit));
    BOOST_TEST(after.document.html == before.document.html);
    BOOST_TEST(view::reportDigest(after.data) == view::reportDigest(before.data));
    BOOST_TEST(app::reportMoment(after.data).seconds() > 0);
}

BOOST_AUTO_TEST_CASE(a_process_owner_reads_an_excerpt_and_a_stranger_nothing) {
    const auto finding = issued();
    const Json owners = report("po-01");
    BOOST_TEST(*owners.find("excerpt")->boolean());
    BOOST_TEST(refsIn(owners) == std::vector<std::string>{finding.ref.text()},
               boost::test_tools::per_element());
    BOOST_TEST(!*report("im-01").find("excerpt")->boolean());
    for (const char* account : {"po-02", "la-02", "au-02", "xa-01", "ad-01"}) {
        BOOST_TEST_CONTEXT(account) {
            const auto refused = app::gatherReport(context(), app::scopeOf(context(), as(account)), theAudit);
            BOOST_REQUIRE(!refused.ok());
            BOOST_TEST((refused.error().kind == ErrorKind::NotFound));
        }
    }
}

BOOST_AUTO_TEST_CASE(templates_of_the_data_directory_take_the_place_of_the_programs_own) {
    issued();
    const auto folder = root() / "report-templates";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "report.html") << "{{%AUTOESCAPE context=\"HTML\"}}<h1>Firm: {{TITLE}}</h1>";
    std::ofstream(folder / "report.css") << "h1 { color: black }";
    const auto made = must(app::makeReport(context(), storage::everything(), theAudit));
    BOOST_TEST(test::holds(made.document.html, "<h1>Firm: "));
    std::ofstream(folder / "report.html") << "{{%AUTOESCAPE context=\"HTML\"}}\n<h1>{{COLOUR}}</h1>";
    const auto refused = app::makeReport(context(), storage::everything(), theAudit);
    BOOST_TEST(refusedAs(refused, ErrorKind::Invalid, "report-template"));
    BOOST_TEST(refused.error().parts.front().field == "report.html:2 COLOUR");
}

BOOST_AUTO_TEST_CASE(without_the_programs_the_answer_names_the_package) {
    app::PdfPrograms programs;
    programs.weasyprint = "/none/weasyprint";
    const auto none = app::reportPdf("<p>x", {}, {}, programs);
    BOOST_TEST(refusedAs(none, ErrorKind::Environment, "no-pdf-maker"));
    BOOST_TEST(test::holds(none.error().message, "package weasyprint"));
    programs = {};
    programs.jail = "/none/bwrap";
    BOOST_TEST(
        test::holds(test::refusal(app::reportPdf("<p>x", {}, {}, programs)).message, "package bubblewrap"));
}

BOOST_AUTO_TEST_CASE(a_pdf_that_costs_too_much_is_given_up,
                     *boost::unit_test::precondition(theMachineJails)) {
    app::PdfLimits limits;
    limits.output = 100;
    BOOST_TEST(refusedAs(app::reportPdf("<p>words", {}, limits), ErrorKind::TooLarge, "pdf-too-large"));
    limits = {};
    limits.memory = 64UL * 1024 * 1024;
    BOOST_TEST(refusedAs(app::reportPdf("<p>words", {}, limits), ErrorKind::Environment, "pdf-failed"));
}

BOOST_AUTO_TEST_CASE(the_same_document_and_moment_give_the_same_bytes,
                     *boost::unit_test::precondition(theMachineJails)) {
    const auto moment = Timestamp::fromSeconds(1'700'000'000);
    const std::string first = must(app::reportPdf("<h1>Same</h1>", moment));
    BOOST_TEST(first.starts_with("%PDF-"));
    BOOST_TEST((must(app::reportPdf("<h1>Same</h1>", moment)) == first));
}

BOOST_AUTO_TEST_SUITE_END()
