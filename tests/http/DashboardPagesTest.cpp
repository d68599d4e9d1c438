// Every number of every home page opens a list of exactly that length, for the very person who reads it.
#include <boost/test/unit_test.hpp>
#include <regex>
#include <string>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

std::string plain(std::string text) {
    for (std::size_t at = text.find("&amp;"); at != std::string::npos; at = text.find("&amp;"))
        text.erase(at + 1, 4);
    return text;
}

std::size_t countOf(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

/// The rows of the list's own table (charts and other tables have none of these), on one page.
std::size_t rowsOf(const std::string& body) {
    const std::regex row(R"re(<tr><td (?:data-label|class="pick"))re");
    return static_cast<std::size_t>(
        std::distance(std::sregex_iterator(body.begin(), body.end(), row), std::sregex_iterator()));
}

struct Numbers {
    Site site{};
    Numbers() {
        const std::string audit = site.newAudit();
        const std::string issued = site.newIssuedFinding(audit);
        const std::string late = site.newIssuedFinding(audit);
        const Client& lea = site.as("lea");
        const std::string at = "/api/v1/findings/" + late;
        must(200, lea.post(at + "/assignment", R"({"response_due":"2020-01-31","close_due":"2020-03-31"})",
                           lea.get(at).tag()));
        must(200, site.as("pia").put(
                      "/api/v1/findings/" + issued + "/response",
                      R"({"correction":"C","extent":"E","root_causes":[{"code":"RC-1","text":"No rule"}]})",
                      lea.get("/api/v1/findings/" + issued).tag()));
        [[maybe_unused]] const std::string action = site.newAction(issued);
        must(200, site.as("pia").post("/api/v1/findings/" + issued + "/events", R"({"event":"respond"})",
                                      lea.get("/api/v1/findings/" + issued).tag()));
    }

    /// Follows each link that carries a number; how many there were.
    std::size_t follow(const Client& reader, const std::string& page) {
        const std::regex link(
            R"re(<a [^>]*href="(/(?:findings|actions|requests|audits|improvements|waiting)(?:\?[^"]*)?)"[^>]*>((?:<[^>]*>|[^<])*?)</a>)re");
        const std::regex number(R"re((?:^|[> ])([0-9][0-9,]*)(?:<|$| wait))re");
        std::size_t links = 0;
        for (std::sregex_iterator at(page.begin(), page.end(), link), end; at != end; ++at) {
            const std::string inside = (*at)[2];
            std::smatch found;
            if (!std::regex_search(inside, found, number)) continue;
            const std::string target = plain((*at)[1]);
            const Reply list = must(200, reader.get(target));
            const std::string said = "data-count=\"" + found[1].str() + "\"";
            BOOST_TEST(list.body.find(said) != std::string::npos, target + " should hold " + found[1].str());
            if (found[1].str().size() <= 2 && std::stoul(found[1]) <= 50)
                BOOST_TEST(rowsOf(list.body) == std::stoul(found[1]), target);
            ++links;
        }
        return links;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(dashboard_pages, Numbers)

BOOST_AUTO_TEST_CASE(every_number_of_every_home_page_opens_a_list_of_that_length) {
    const std::vector<std::pair<const char*, std::size_t>> readers{
        {"lea", 14}, {"aud", 8}, {"pia", 7}, {"ida", 5}, {"tom", 5}, {"xavi", 2}, {"otto", 0}};
    for (const auto& [account, least] : readers) {
        const Reply home = must(200, site.as(account).get("/"));
        BOOST_TEST_CONTEXT(account) { BOOST_TEST(follow(site.as(account), home.body) >= least); }
    }
}

BOOST_AUTO_TEST_CASE(what_waits_stands_first_with_its_verb_oldest_date_first) {
    const Reply home = must(200, site.as("pia").get("/"));
    const auto late = home.body.find("2020-01-31");
    BOOST_REQUIRE(late != std::string::npos);
    BOOST_TEST(home.body.find(">Respond <") != std::string::npos);
    BOOST_TEST(home.body.find("You still owe one thing") != std::string::npos);
    BOOST_TEST(home.body.find("One is past its date") != std::string::npos);
    const Reply lead = must(200, site.as("lea").get("/"));
    BOOST_TEST(lead.body.find(">Judge the response <") != std::string::npos);
    BOOST_TEST(lead.body.find("Lead auditor: <a") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_list_of_what_waits_is_narrowed_by_kind_and_date) {
    const Client& pia = site.as("pia");
    BOOST_TEST(rowsOf(must(200, pia.get("/waiting")).body) == 1U);
    BOOST_TEST(rowsOf(must(200, pia.get("/waiting?kind=finding&past=1")).body) == 1U);
    BOOST_TEST(rowsOf(must(200, pia.get("/waiting?kind=action")).body) == 0U);
    const Reply refused = pia.get("/waiting?kind=weather");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.body.find("Choose finding, action") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_administrator_sees_accounts_storage_and_the_log_and_no_content) {
    const Reply home = must(200, site.as("admin").get("/"));
    BOOST_TEST(home.body.find("Last signed checkpoint") != std::string::npos);
    BOOST_TEST(home.body.find("Free on the disk") != std::string::npos);
    BOOST_TEST(home.body.find("/findings") == std::string::npos);
    std::smatch tile;
    const std::regex accounts(R"re(href="/admin/accounts"><strong>([0-9]+))re");
    BOOST_REQUIRE(std::regex_search(home.body, tile, accounts));
    const Reply list = must(200, site.as("admin").get("/admin/accounts"));
    BOOST_TEST(countOf(list.body, "id=\"account-") == std::stoul(tile[1]));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
