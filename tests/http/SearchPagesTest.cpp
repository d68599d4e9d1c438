// The search page and its API.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"
#include "tickmark/app/TextIndex.h"

namespace tickmark::http::test {
namespace {

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

const codec::Json& listIn(const codec::Json& json, std::string_view name) { return *json.find(name); }

void follow(Site& site) {
    BOOST_REQUIRE(app::indexText(*site.context, {}, [] { return true; }).ok());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(search_pages)

BOOST_AUTO_TEST_CASE(what_matched_is_marked_and_what_was_sent_stays_text) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string evidence = site.newEvidence(audit, "before <script>alert(1)</script> pangolin after");
    const std::string finding = site.newFinding(audit);
    follow(site);
    const Reply page = must(200, site.as("aud").get("/search?q=pangolin"));
    BOOST_TEST(says(page, "href=\"/evidence/" + evidence + "\""));
    BOOST_TEST(says(page, "<mark>pangolin</mark>"));
    BOOST_TEST(says(page, "&lt;script&gt;alert"));
    BOOST_TEST(!says(page, "<script>alert"));
    BOOST_TEST(
        says(must(200, site.as("aud").get("/search?q=" + finding)), "href=\"/findings/" + finding + "\""));
    BOOST_TEST(!says(must(200, site.as("pia").get("/search?q=pangolin")), "/evidence/" + evidence));
    BOOST_TEST(
        says(must(200, site.as("aud").get("/evidence/" + evidence)), "47 bytes of words can be found."));
    BOOST_TEST(says(must(200, site.as("aud").get("/")), "action=\"/search\""));
    BOOST_TEST(!says(must(200, site.as("admin").get("/")), "action=\"/search\""));
    const Reply signs = site.as("aud").get("/search?q=--");
    BOOST_TEST(signs.status == 400);
    BOOST_TEST(says(signs, "The search names no word."));
}

BOOST_AUTO_TEST_CASE(a_kind_with_many_hits_goes_on) {
    Site site;
    const std::string audit = site.newAudit();
    for (int i = 0; i < 12; ++i) (void)site.newEvidence(audit, "tapir " + std::to_string(i));
    follow(site);
    const Reply first = must(200, site.as("aud").get("/api/v1/search?q=tapir&limit=5"));
    const auto& groups = listIn(first.json, "groups");
    BOOST_TEST(groups.items()->size() == 5U);
    const Reply one = must(200, site.as("aud").get("/api/v1/search?q=tapir&kind=evidence&limit=5"));
    const auto& group = listIn(one.json, "groups").items()->at(0);
    BOOST_TEST(listIn(group, "hits").items()->size() == 5U);
    const std::string next(group.textAt("next"));
    BOOST_TEST(!next.empty());
    const Reply two =
        must(200, site.as("aud").get("/api/v1/search?q=tapir&kind=evidence&limit=10&after=" + next));
    BOOST_TEST(listIn(listIn(two.json, "groups").items()->at(0), "hits").items()->size() == 7U);
    const auto& hit = listIn(group, "hits").items()->at(0);
    BOOST_TEST(listIn(hit, "passage_matches").items()->size() == 1U);
    BOOST_TEST(site.as("aud").get("/api/v1/search?q=tapir&kind=zebra").problem() == "search-kind");
    BOOST_TEST(says(must(200, site.as("aud").get("/search?q=tapir")), "More Evidence"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
