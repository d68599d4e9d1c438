#include <boost/test/unit_test.hpp>
#include <set>

#include "bundle/ReportPage.h"
#include "bundle/SealingHouse.h"

using namespace tickmark;
using namespace tickmark::bundle;
using tickmark::bundle::test::SealingHouse;

namespace {

bool holds(const std::string& page, std::string_view text) { return page.find(text) != std::string::npos; }

std::size_t count(const std::string& page, std::string_view text) {
    std::size_t found = 0;
    for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) ++found;
    return found;
}

/// The values of one attribute, in order.
std::vector<std::string> valuesOf(const std::string& page, const std::string& attribute) {
    std::vector<std::string> values;
    const std::string start = " " + attribute + "=\"";
    for (auto at = page.find(start); at != std::string::npos; at = page.find(start, at + 1)) {
        const auto from = at + start.size();
        values.push_back(page.substr(from, page.find('"', from) - from));
    }
    return values;
}

/// The content of an SVG's description.
std::string described(const std::string& page, const std::string& chart) {
    const std::string start = "<desc id=\"chart-" + chart + "-desc\">";
    const auto from = page.find(start) + start.size();
    return page.substr(from, page.find('<', from) - from);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bundle_report_page, SealingHouse)

BOOST_AUTO_TEST_CASE(what_people_wrote_is_escaped) {
    const std::string page = reportPage(content);
    BOOST_TEST(holds(page, "Priority is not confirmed &lt;/script&gt;&lt;b&gt;"));
    BOOST_TEST(!holds(page, "<b>"));
    BOOST_TEST(!holds(page, "<script"));
    BOOST_TEST(holds(page, "196 of 890 incidents"));
    BOOST_TEST(holds(page, "Write the rule"));
}

BOOST_AUTO_TEST_CASE(nothing_is_loaded_and_each_link_leads_to_the_page_or_to_a_file_of_the_bundle) {
    const std::string page = reportPage(content);
    BOOST_TEST(holds(page, "default-src 'none'; style-src 'sha256-"));
    BOOST_TEST(!holds(page, "unsafe-inline"));
    BOOST_TEST(!holds(page, "src=\""));
    BOOST_TEST(!holds(page, "url("));
    BOOST_TEST(!holds(page, " style="));
    BOOST_TEST(!holds(page, "@import"));
    std::set<std::string> files{"../README-VERIFY.txt", "manifest.json", "oscal/assessment-results.json",
                                "oscal/poam.json", "audit-trail/entries.jsonl"};
    for (const auto& [version, path] : layOut(content)) files.insert(path.text().substr(5));
    const auto ids = valuesOf(page, "id");
    const auto links = valuesOf(page, "href");
    BOOST_REQUIRE(links.size() > files.size());
    for (const std::string& link : links) {
        const bool inside =
            link.front() == '#' && std::find(ids.begin(), ids.end(), link.substr(1)) != ids.end();
        BOOST_TEST((inside || files.contains(link)), link);
    }
    BOOST_TEST(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
}

BOOST_AUTO_TEST_CASE(the_charts_say_in_words_what_they_show) {
    content.findings[0].classCode = "major";
    content.findings[0].createdAt = content.snapshotAt.plusSeconds(-100 * 86'400);
    content.findings[1].state = domain::FindingState::Closed;
    const std::string page = reportPage(content);
    BOOST_TEST(count(page, "<svg ") == 5U);
    BOOST_TEST(count(page, "<desc ") == 5U);
    BOOST_TEST(described(page, "classes") == "Minor nonconformity: 1, Major nonconformity: 1.");
    BOOST_TEST(described(page, "states") == "Closed: 1, Plan accepted: 1.");
    BOOST_TEST(described(page, "ages") == "0 to 30: 0, 31 to 60: 0, 61 to 90: 0, 91 to 180: 1, over 180: 0.");
    BOOST_TEST(described(page, "actions") == "Planned: 1.");
}

BOOST_AUTO_TEST_CASE(improvements_show_goals_result_lesson_and_how_they_were_measured) {
    const std::string page = reportPage(content);
    for (const char* text :
         {"II-0001 Confirm priorities &lt;at once&gt;", "93.5 %", "Success: A rule beats a reminder.",
          "Target met", "K-0001 Priority confirmed", "KS-0001", "Counted twice.", "Written down by hand.",
          "Group 1 of 2: 22.25, Group 2 of 2: 93.5; baseline 22; target 90, in %."}) {
        BOOST_TEST((page.find(text) != std::string::npos), text);
    }
    content.improvements.clear();
    content.kpis.clear();
    content.series.clear();
    const std::string without = reportPage(content);
    BOOST_TEST(without.find("<h2>Improvements") == std::string::npos);
    BOOST_TEST(without.find("<h2>Measurements") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_long_label_is_cut_between_characters_and_told_in_full_in_words) {
    content.findings[0].classCode = "a\xC3\xA9" + std::string(40, 'x');
    const std::string page = reportPage(content);
    BOOST_TEST(holds(page, ">a\xC3\xA9" + std::string(25, 'x') + "\xE2\x80\xA6</text>"));
    BOOST_TEST(holds(described(page, "classes"), content.findings[0].classCode + ": 1"));
}

BOOST_AUTO_TEST_CASE(ages_end_where_the_next_begins) {
    const auto open = [&](std::int64_t days) {
        content.findings.resize(1);
        content.findings[0].createdAt = content.snapshotAt.plusSeconds(-days * 86'400);
        return described(reportPage(content), "ages");
    };
    BOOST_TEST(open(0).starts_with("0 to 30: 1"));
    BOOST_TEST(open(30).starts_with("0 to 30: 1"));
    BOOST_TEST(open(31).starts_with("0 to 30: 0, 31 to 60: 1"));
    BOOST_TEST(open(180).ends_with("91 to 180: 1, over 180: 0."));
    BOOST_TEST(open(181).ends_with("over 180: 1."));
}

BOOST_AUTO_TEST_CASE(each_file_stands_with_its_digest_and_a_withheld_one_with_its_reason) {
    const std::string page = reportPage(content);
    for (const auto& version : content.versions) {
        BOOST_TEST(holds(page, "SHA-256 " + version.digest.hex()), version.originalName);
    }
    BOOST_TEST(holds(page, "Withheld: Personal data."));
    BOOST_TEST(holds(page, "Evidence in the bundle (5)"));
    BOOST_TEST(holds(page, "Withheld files (1)"));
}

BOOST_AUTO_TEST_CASE(a_delta_names_the_bundle_it_continues_and_what_did_not_change) {
    content.bundle.selection = {domain::SelectionKind::Delta, {"F-0001"}, domain::BundleRef("B-0000"),
                                content.versions[0].digest,   7,          {"F-0002", "F-0003"}};
    content.bundle.supersedes = domain::BundleRef("B-0009");
    content.bundle.supersedesDigest = content.versions[1].digest;
    const std::string page = reportPage(content);
    BOOST_TEST(holds(page, "What changed since an earlier bundle"));
    BOOST_TEST(holds(page, "B-0000, SHA-256 " + content.versions[0].digest.hex()));
    BOOST_TEST(holds(page, "F-0002, F-0003"));
    BOOST_TEST(holds(page, "B-0009, SHA-256 " + content.versions[1].digest.hex()));
}

BOOST_AUTO_TEST_CASE(a_page_without_findings_actions_and_files_is_a_page_still) {
    Content bare;
    bare.audit.ref = domain::AuditRef("IA-1");
    bare.bundle.ref = domain::BundleRef("B-1");
    const std::string page = reportPage(bare);
    BOOST_TEST(holds(page, "The bundle speaks of no finding."));
    BOOST_TEST(holds(page, "The bundle contains no evidence file."));
    BOOST_TEST(described(page, "classes") == "None.");
    BOOST_TEST(!holds(page, "Withheld files"));
}

BOOST_AUTO_TEST_CASE(the_same_content_in_another_order_gives_the_same_page) {
    const std::string before = reportPage(content);
    std::reverse(content.findings.begin(), content.findings.end());
    std::reverse(content.versions.begin(), content.versions.end());
    std::reverse(content.parties.begin(), content.parties.end());
    BOOST_TEST((reportPage(content) == before));
}

BOOST_AUTO_TEST_SUITE_END()
