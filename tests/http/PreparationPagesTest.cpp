// The page that seals: which part of an audit, which bundle it follows, which class.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

struct Audited {
    Audited()
        : audit(site.newAudit()), first(site.newIssuedFinding(audit)), second(site.newIssuedFinding(audit)) {}

    [[nodiscard]] Reply fill(const std::string& fields, const std::string& step = "seal") {
        return site.as("lea").send({"POST", "/bundles", "step=" + step + "&title=T&audit=" + audit + fields,
                                    "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
    }
    /// What the API says of the bundle that the form led to.
    [[nodiscard]] Reply sealed(const std::string& fields) {
        const std::string to = must(303, fill(fields)).header("Location");
        return must(200, site.as("lea").get("/api/v1" + to.substr(0, to.find('?'))));
    }

    Site site{};
    std::string audit;
    std::string first;
    std::string second;
};

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

std::string kindOf(const Reply& bundle) { return std::string(bundle.json.find("selection")->textAt("kind")); }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(preparation_pages, Audited)

BOOST_AUTO_TEST_CASE(ticked_findings_are_sealed_alone) {
    const Reply bundle = sealed("&covers=findings&finding=" + second);
    BOOST_TEST(kindOf(bundle) == "findings");
    const auto& named = *bundle.json.find("selection")->find("findings")->items();
    BOOST_REQUIRE_EQUAL(named.size(), 1U);
    BOOST_TEST(*named.front().text() == second);
}

BOOST_AUTO_TEST_CASE(ticks_do_not_count_for_the_whole_audit_and_are_kept) {
    const Reply page = must(200, fill("&covers=audit&finding=" + first, "preview"));
    BOOST_TEST(says(page, "<strong>2</strong> findings"));
    BOOST_TEST(says(page, "value=\"" + first + "\" checked"));
    BOOST_TEST(!says(page, "value=\"" + second + "\" checked"));
    BOOST_TEST(kindOf(sealed("&covers=audit&finding=" + first)) == "audit");
}

BOOST_AUTO_TEST_CASE(a_delta_continues_a_bundle_and_says_what_did_not_change) {
    const Reply whole = sealed("");
    const Reply nothing = fill("&covers=changes&since=" + whole.text("ref"));
    BOOST_TEST(nothing.status == 422);
    BOOST_TEST(says(nothing, "Nothing changed in audit"));
    const std::string third = site.newIssuedFinding(audit);
    const Reply page = must(200, fill("&covers=changes&since=" + whole.text("ref"), "preview"));
    BOOST_TEST(says(page, "Unchanged since " + whole.text("ref")));
    BOOST_TEST(says(page, first + ", " + second));
    const Reply delta = sealed("&covers=changes&supersedes=&since=" + whole.text("ref"));
    BOOST_TEST(kindOf(delta) == "delta");
    BOOST_TEST(delta.json.find("selection")->textAt("since") == whole.text("ref"));
    BOOST_TEST(*delta.json.find("selection")->find("findings")->items()->front().text() == third);
}

BOOST_AUTO_TEST_CASE(what_is_missing_in_the_choice_is_said) {
    const Reply unticked = fill("&covers=findings");
    BOOST_TEST(unticked.status == 400);
    BOOST_TEST(says(unticked, "No finding is ticked."));
    BOOST_TEST(says(fill("&covers=changes", "preview"), "No bundle is chosen"));
    BOOST_TEST(fill("&covers=half").status == 400);
    BOOST_TEST(fill("&covers=findings&finding=F-9999").status == 400);
    BOOST_TEST(says(must(200, site.as("lea").get("/bundles")), "No bundle fits."));
}

BOOST_AUTO_TEST_CASE(a_superseded_bundle_can_be_continued_but_not_superseded_again) {
    const Reply old = sealed("&class=portable");
    const Reply next = sealed("&supersedes=" + old.text("ref"));
    BOOST_TEST(next.text("supersedes") == old.text("ref"));
    const Reply page = must(200, site.as("lea").get("/bundles/new?audit=" + audit));
    const auto supersede = page.body.find("name=\"supersedes\"");
    const auto since = page.body.find("name=\"since\"");
    BOOST_REQUIRE(supersede != std::string::npos);
    BOOST_REQUIRE(since > supersede);
    const std::string option = "<option value=\"" + old.text("ref") + "\"";
    const auto firstOption = page.body.find(option);
    BOOST_TEST(firstOption > since);
    BOOST_TEST(firstOption != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_of_the_audit_itself_can_be_withheld_too) {
    const std::string own = site.newEvidence(audit, "the plan of the audit");
    const Reply page = must(200, site.as("lea").get("/bundles/new?audit=" + audit));
    BOOST_TEST(says(page, "name=\"withhold\" value=\"" + own + "/v1\""));
    const Reply bundle = sealed("&withhold=" + own + "%2Fv1&reason-" + own + "%2Fv1=Internal");
    BOOST_TEST(bundle.json.integerAt("withheld") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
