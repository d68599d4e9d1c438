// Lists: paging by key, filters, search, and the cache that must never show what is over.
#include <boost/test/unit_test.hpp>

#include <set>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

std::vector<std::string> refsOf(const Reply& reply) {
    std::vector<std::string> refs;
    const codec::Json* items = reply.json.find("items");
    if (items == nullptr) return refs;
    for (const codec::Json& item : *items->items()) refs.emplace_back(item.textAt("ref"));
    return refs;
}

std::string record(Site& site, const std::string& audit, const std::string& title,
                   const std::string& more = {}) {
    return must(201, site.as("lea").post("/api/v1/findings", R"({"audit":")" + audit + R"(","title":")" +
                                                                 title + "\"" + more + "}"))
        .text("ref");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_lists)

BOOST_AUTO_TEST_CASE(paging_shows_every_finding_once_and_ends) {
    Site site;
    const std::string audit = site.newAudit();
    std::set<std::string> made;
    for (int i = 0; i < 7; ++i) made.insert(record(site, audit, "Finding number " + std::to_string(i)));
    std::set<std::string> seen;
    std::string after;
    int pages = 0;
    do {
        const Reply page = must(
            200, site.as("lea").get("/api/v1/findings?limit=3" + (after.empty() ? "" : "&after=" + after)));
        for (const std::string& ref : refsOf(page)) BOOST_TEST(seen.insert(ref).second);
        after = page.text("next");
        ++pages;
        // What is recorded meanwhile stands before the first page and moves no later one.
        if (pages == 1) [[maybe_unused]]
            const std::string late = record(site, audit, "Recorded meanwhile");
    } while (!after.empty() && pages < 10);
    BOOST_TEST(pages == 3);
    BOOST_CHECK_EQUAL_COLLECTIONS(seen.begin(), seen.end(), made.begin(), made.end());
}

BOOST_AUTO_TEST_CASE(filters_and_words_find_what_they_should) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string other = site.newAudit();
    const std::string major =
        record(site, audit, "Backups are not tested",
               R"(,"class":"major","owner":"pia","close_due":"2026-06-01","clauses":["8.7.1"])");
    const std::string minor = record(site, audit, "Changes lack a review", R"(,"close_due":"2027-06-01")");
    const std::string elsewhere = record(site, other, "Backups stand in the same room");
    const auto find = [&](const std::string& query) {
        const auto refs = refsOf(must(200, site.as("lea").get("/api/v1/findings?" + query)));
        return std::set<std::string>(refs.begin(), refs.end());
    };
    using Set = std::set<std::string>;
    BOOST_TEST((find("q=backups") == Set{major, elsewhere}));
    BOOST_TEST((find("q=backups&audit=" + audit) == Set{major}));
    BOOST_TEST((find("q=backups+test") == Set{major}));
    BOOST_TEST((find("class=major") == Set{major}));
    BOOST_TEST((find("owner=pia") == Set{major}));
    BOOST_TEST((find("clause=8.7.1") == Set{major}));
    BOOST_TEST((find("due_before=2027-01-01") == Set{major}));
    BOOST_TEST((find("due_after=2027-01-01") == Set{minor}));
    BOOST_TEST((find("state=draft&state=issued") == Set{major, minor, elsewhere}));
    BOOST_TEST(find("state=closed").empty());
    BOOST_TEST((refsOf(site.as("lea").get("/api/v1/findings?order=close_due")) ==
                std::vector<std::string>{major, minor}));
}

BOOST_AUTO_TEST_CASE(a_list_never_shows_a_state_that_is_over) {
    Site site;
    const std::string finding = site.newIssuedFinding(site.newAudit());
    const auto stateInList = [&](const char* account) {
        const Reply reply = site.as(account).get("/api/v1/findings");
        const auto* items = reply.json.find("items")->items();
        return items->empty() ? std::string("none") : std::string(items->front().textAt("state"));
    };
    for (int i = 0; i < 3; ++i) BOOST_TEST(stateInList("lea") == "issued");
    must(200, site.as("lea").post("/api/v1/findings/" + finding + "/events",
                                  R"({"event":"withdraw","reason":"Recorded twice."})", "\"2\""));
    BOOST_TEST(stateInList("lea") == "withdrawn");
}

BOOST_AUTO_TEST_CASE(one_persons_cached_list_is_not_anothers) {
    Site site;
    [[maybe_unused]] const std::string draft = site.newFinding(site.newAudit());
    BOOST_TEST(refsOf(site.as("lea").get("/api/v1/findings")).size() == 1U);
    BOOST_TEST(refsOf(site.as("lou").get("/api/v1/findings")).empty());
    BOOST_TEST(refsOf(site.as("pia").get("/api/v1/findings")).empty());
    BOOST_TEST(refsOf(site.as("tom").get("/api/v1/findings")).empty());
    BOOST_TEST(refsOf(site.as("lea").get("/api/v1/findings")).size() == 1U);
}

BOOST_AUTO_TEST_CASE(every_list_refuses_a_wrong_page) {
    Site site;
    for (const char* list : {"findings", "audits", "actions", "requests", "evidence", "bundles"}) {
        const std::string at = "/api/v1/" + std::string(list);
        BOOST_TEST_CONTEXT(list) {
            BOOST_TEST(site.as("lea").get(at + "?limit=0").status == 400);
            BOOST_TEST(site.as("lea").get(at + "?limit=201").status == 400);
            BOOST_TEST(site.as("lea").get(at + "?limit=x").text("field") == "limit");
            BOOST_TEST(site.as("lea").get(at + "?after=not-ours").status == 400);
            BOOST_TEST(site.as("lea").get(at + "?limit=1&limit=2").problem() == "repeated-parameter");
            BOOST_TEST(site.as("lea").get(at + "?state=no-such").text("field") == "state");
            BOOST_TEST(must(200, site.as("lea").get(at)).json.find("items")->items()->empty());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
