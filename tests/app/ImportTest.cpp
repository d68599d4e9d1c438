#include <fstream>
#include <regex>
#include <set>

#include "app/House.h"
#include "tickmark/app/Import.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Findings.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;
namespace fs = std::filesystem;

namespace {

fs::path dataFolder() { return fs::path(TICKMARK_SOURCE_DIR) / "tests" / "data"; }

std::string fileNamed(const std::string& name) {
    return must(archive::readSmallFile(dataFolder() / name, 64U << 20U));
}

/// Every line that the refusal and its parts name.
std::set<int> linesIn(const Error& error) {
    std::set<int> lines;
    const std::string text = describe(error);
    const std::regex pattern("line ([0-9]+)");
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
        lines.insert(std::stoi((*at)[1].str()));
    }
    return lines;
}

std::size_t findingsIn(const House& house) {
    return must(house.context().database->read([&](storage::ReadSession& session) {
               return storage::findingsOf(session, house.audit().id);
           }))
        .size();
}

Result<app::ImportOutcome> importFile(House& house, const std::string& name, bool dryRun = false) {
    const std::string text = fileNamed("csv/" + name);
    if (name.starts_with("actions"))
        return app::importActions(house.context(), house.as("la-01"), "IA-1", text, dryRun);
    if (name.starts_with("catalog")) {
        return app::importCatalog(house.context(), house.as("la-01"), "test-catalog", "Test", text, dryRun);
    }
    return app::importFindings(house.context(), house.as("la-01"), "IA-1", text, dryRun);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(imports, House)

BOOST_AUTO_TEST_CASE(every_test_file_is_taken_or_refused_as_its_readme_says) {
    int refusedFiles = 0;
    for (const auto& entry : fs::directory_iterator(dataFolder() / "csv")) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(".csv")) continue;
        House house;
        const auto before = house.entries();
        const auto outcome = importFile(house, name);
        BOOST_TEST_CONTEXT(name) {
            if (test::holds(name, "-good") || name == "findings-formula-cells.csv") {
                BOOST_CHECK_MESSAGE(outcome.ok(), (outcome.ok() ? "" : describe(outcome.error())));
                if (outcome.ok())
                    BOOST_CHECK_EQUAL(findingsIn(house), static_cast<std::size_t>(outcome->created));
                continue;
            }
            if (name == "findings-header-only.csv") {
                if (outcome.ok()) BOOST_CHECK_EQUAL(outcome->created, 0);
                BOOST_CHECK_EQUAL(findingsIn(house), 0U);
                continue;
            }
            ++refusedFiles;
            BOOST_CHECK(!outcome.ok());
            if (!outcome.ok()) BOOST_CHECK(outcome.error().kind == ErrorKind::Invalid);
            BOOST_CHECK_EQUAL(findingsIn(house), 0U);
            BOOST_CHECK_EQUAL(house.entries(), before);
        }
    }
    BOOST_CHECK_EQUAL(refusedFiles, 23);
}

BOOST_AUTO_TEST_CASE(every_bad_row_is_named_by_the_line_it_begins_on) {
    const auto linesOf = [](const std::string& name) {
        House house;
        return linesIn(test::refusal(importFile(house, name)));
    };
    BOOST_CHECK(linesOf("findings-rules-broken-on-lines-3-and-7.csv") == std::set<int>({3, 7}));
    // Its first row has a line break in the title, which is one line; its second row begins on line 4.
    BOOST_CHECK(linesOf("findings-rule-broken-after-line-breaks-in-cells.csv") == std::set<int>({2, 4}));
    BOOST_CHECK(linesOf("findings-reference-twice.csv").contains(4));
    BOOST_CHECK(linesOf("findings-reference-with-slash.csv") == std::set<int>({2}));
    BOOST_CHECK(linesOf("findings-clause-unknown.csv") == std::set<int>({2}));
    BOOST_CHECK(linesOf("findings-row-too-wide.csv").contains(3));
    BOOST_CHECK(linesOf("findings-quote-not-closed.csv").contains(3));
    BOOST_CHECK(linesOf("findings-text-after-quote.csv").contains(2));
    BOOST_CHECK(linesOf("catalog-parent-unknown.csv").contains(3));
}

BOOST_AUTO_TEST_CASE(bad_actions_are_named_by_line_and_column) {
    issued();  // takes F-0001
    must(importFile(*this, "findings-good.csv"));
    step("la-01", domain::FindingRef("F-101"), domain::FindingEvent::Discard,
         "Only its reference is needed.");
    const auto kind = test::refusal(importFile(*this, "actions-kind-unknown.csv"));
    BOOST_CHECK(test::holds(describe(kind), "repair"));
    BOOST_CHECK(linesIn(kind).contains(2));
    const auto date = test::refusal(importFile(*this, "actions-date-impossible.csv"));
    BOOST_CHECK(linesIn(date).contains(2));
    BOOST_CHECK(linesIn(date).contains(3));
}

BOOST_AUTO_TEST_CASE(a_dry_run_says_what_would_be_created_and_keeps_nothing) {
    const auto before = entries();
    const auto tried = must(importFile(*this, "findings-good.csv", true));
    BOOST_CHECK(tried.dryRun);
    BOOST_CHECK_EQUAL(tried.created, 3);
    BOOST_CHECK_EQUAL(findingsIn(*this), 0U);
    BOOST_CHECK_EQUAL(entries(), before);
    const auto real = must(importFile(*this, "findings-good.csv"));
    BOOST_CHECK(real.refs == tried.refs);
    BOOST_CHECK_EQUAL(entries(), before + 3);
}

BOOST_AUTO_TEST_CASE(importing_the_same_file_twice_is_refused_and_changes_nothing) {
    must(importFile(*this, "findings-good.csv"));
    const auto before = entries();
    const auto refused = test::refusal(importFile(*this, "findings-good.csv"));
    BOOST_CHECK_EQUAL(refused.parts.size(), 3U);
    BOOST_CHECK_EQUAL(entries(), before);
}

BOOST_AUTO_TEST_CASE(cells_that_a_spreadsheet_would_run_are_kept_as_text) {
    must(importFile(*this, "findings-formula-cells.csv"));
    const auto all = must(context().database->read(
        [&](storage::ReadSession& session) { return storage::findingsOf(session, audit().id); }));
    BOOST_CHECK(
        std::any_of(all.begin(), all.end(), [](const auto& one) { return one.title.starts_with("="); }));
}

BOOST_AUTO_TEST_CASE(who_may_not_record_may_not_import) {
    const std::string csv = fileNamed("csv/findings-good.csv");
    BOOST_CHECK(refusedAs(app::importFindings(context(), as("tm-01"), "IA-1", csv, false),
                          ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(refusedAs(app::importFindings(context(), as("la-02"), "IA-1", csv, false),
                          ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(app::importFindings(context(), as("au-01"), "IA-1", csv, false).ok());
    const std::string plan = "finding,kind,title\nF-101,corrective,Do it\n";
    BOOST_CHECK(refusedAs(app::importActions(context(), as("au-01"), "IA-1", plan, false),
                          ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_CASE(actions_are_imported_for_issued_findings_only) {
    const auto shown = issued();
    const auto hidden = recorded();
    const auto csvFor = [](const domain::FindingRef& ref) {
        return "finding,kind,title,due,owner\n" + ref.text() +
               ",corrective,Make it mandatory,2026-05-13,ao-01\n";
    };
    BOOST_CHECK(refusedAs(app::importActions(context(), as("la-01"), "IA-1", csvFor(hidden.ref), false),
                          ErrorKind::Invalid, "import"));
    BOOST_CHECK(refusedAs(
        app::importActions(context(), as("la-01"), "IA-1", csvFor(domain::FindingRef("F-9999")), false),
        ErrorKind::Invalid, "import"));
    const auto made = must(app::importActions(context(), as("la-01"), "IA-1", csvFor(shown.ref), false));
    BOOST_CHECK_EQUAL(made.created, 1);
    BOOST_CHECK(action(domain::ActionRef(made.refs.front())).owner == as("ao-01").id);
}

BOOST_AUTO_TEST_CASE(audits_are_imported_all_or_none) {
    const std::string good =
        "ref,title,auditee,type,from\nSA-1,First,Town,surveillance,2026-01-05\nSA-2,Second,School,,\n";
    BOOST_CHECK_EQUAL(must(app::importAudits(context(), as("la-01"), good, false)).created, 2);
    const std::string bad =
        "ref,title,auditee,type,from\nSA-3,Third,Town,party,2026-01-05\nSA-4,Fourth,School,,05.01.2026\n";
    const auto refused = test::refusal(app::importAudits(context(), as("la-01"), bad, false));
    BOOST_CHECK(linesIn(refused) == std::set<int>({2, 3}));
    BOOST_CHECK(
        refusedAs(app::importAudits(context(), as("au-01"), good, false), ErrorKind::Invalid, "import"));
}

BOOST_AUTO_TEST_CASE(a_real_oscal_catalog_becomes_clauses_with_their_parents) {
    const std::string file =
        fileNamed("oscal/NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json");
    const auto tried = must(app::importCatalog(context(), as("la-01"), "nist-low", "", file, true));
    BOOST_CHECK(
        refusedAs(app::showCatalog(context(), as("la-01"), "nist-low"), ErrorKind::NotFound, "not-found"));
    const auto made = must(app::importCatalog(context(), as("la-01"), "nist-low", "", file, false));
    BOOST_CHECK_EQUAL(made.created, tried.created);
    BOOST_CHECK_EQUAL(lastEvent().kind, "catalog.load");
    const auto catalog = must(app::showCatalog(context(), as("po-01"), "nist-low"));
    BOOST_CHECK(test::holds(catalog.title, "800-53"));
    const auto at = std::find_if(catalog.clauses.begin(), catalog.clauses.end(),
                                 [](const domain::Clause& clause) { return clause.code == "ac-2"; });
    BOOST_REQUIRE(at != catalog.clauses.end());
    BOOST_CHECK_EQUAL(at->title, "Account Management");
    BOOST_CHECK_EQUAL(at->parent, "ac");
    BOOST_CHECK(refusedAs(app::importCatalog(context(), as("la-01"), "nist-low", "", file, false),
                          ErrorKind::Conflict, "duplicate"));
}

BOOST_AUTO_TEST_CASE(what_is_no_catalog_is_refused_with_a_reason) {
    const auto load = [&](std::string_view text) {
        return app::importCatalog(context(), as("ad-01"), "x-1", "X", text, false);
    };
    BOOST_CHECK(refusedAs(load(fileNamed("oscal/ifa_plan-of-action-and-milestones.json")), ErrorKind::Invalid,
                          "oscal"));
    BOOST_CHECK(!load("{\"catalog\": {\"groups\": 5}}").ok());
    BOOST_CHECK(!load("{\"catalog\": {}}").ok());
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    BOOST_CHECK(!load("{\"catalog\": " + deep + "}").ok());
    BOOST_CHECK(!load("{\"catalog\": ").ok());
    BOOST_CHECK(
        refusedAs(app::importCatalog(context(), as("au-01"), "x-1", "X", "code,parent,title\n1,,A\n", false),
                  ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(load("code,parent,title\n1,,A\n1.1,1,B\n").ok());
}

BOOST_AUTO_TEST_SUITE_END()
