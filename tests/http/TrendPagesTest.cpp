// The trend review: every number opens a list of that length; repeats are proposed and marked.
#include <boost/test/unit_test.hpp>
#include <regex>
#include <string>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

struct Wanted {
    std::string audit{};
    std::string clause{"8.6.1"};
    std::string process{"Incident management"};
    std::string cause{};
};

/// An issued finding; answered when a cause is given.
std::string issue(Site& site, const Wanted& wanted) {
    const Client& lea = site.as("lea");
    const Reply file =
        must(201, lea.upload("audit=" + wanted.audit + "&file_name=l.txt&title=Log", wanted.cause + "log"));
    const Reply made = must(
        201,
        lea.post(
            "/api/v1/findings",
            R"({"audit":")" + wanted.audit + R"(","title":"Closed early","clauses":[")" + wanted.clause +
                R"("],"process":")" + wanted.process +
                R"(","requirement":"R","objective_evidence":"O","nature":"N","owner":"pia","evidence":[")" +
                file.text("version") + R"("]})"));
    const std::string at = "/api/v1/findings/" + made.text("ref");
    must(200, lea.post(at + "/events", R"({"event":"issue"})", made.tag()));
    if (!wanted.cause.empty()) {
        must(200, site.as("pia").put(
                      at + "/response",
                      R"({"correction":"C","extent":"E","fishbone":[{"branch":"People","cause":"x"}],
            "root_causes":[{"code":"RC-1","text":")" +
                          wanted.cause + R"("}]})",
                      lea.get(at).tag()));
    }
    return made.text("ref");
}

std::string auditOf(Site& site, const std::string& day) {
    const Client& lea = site.as("lea");
    const Reply made = must(
        201, lea.post("/api/v1/audits", R"({"title":"Audit of )" + day +
                                            R"(","auditee":"Desk","catalog":"iso20000-1","from":")" + day +
                                            R"(","to":")" + day +
                                            R"(","team":[{"account":"lea","lead":true},{"account":"aud"}],
        "checklist":[{"clause":"9.2","question":"Q"}]})"));
    must(200, lea.post("/api/v1/audits/" + made.text("ref") + "/events", R"({"event":"start-fieldwork"})",
                       made.tag()));
    must(200,
         lea.put("/api/v1/audits/" + made.text("ref") + "/checklist/1",
                 R"({"clause":"9.2","question":"Q","result":"conforming","sample":{"size":3}})", "\"1\""));
    return made.text("ref");
}

std::string unescaped(std::string text) {
    for (std::size_t at = text.find("&amp;"); at != std::string::npos; at = text.find("&amp;"))
        text.erase(at + 1, 4);
    return text;
}

struct Numbers {
    Site site{};
    std::string first = auditOf(site, "2024-03-01");
    std::string second = auditOf(site, "2025-03-01");
    std::string earlier =
        issue(site, {first, "8.6.1", "Incident management", "The tool allows closing without priority"});
    std::string other = issue(site, {first, "8.5.1", "Change", ""});
    std::string later =
        issue(site, {second, "8.6.1", "incident management", "Tool allowed closing, no priority set"});
    std::string plain = issue(site, {second, "8.6.1", "Incident management", ""});
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(trend_pages, Numbers)

BOOST_AUTO_TEST_CASE(every_number_opens_a_list_of_that_length) {
    const std::regex link(R"re(<a href="(/findings\?[^"]*)">(?:<strong>)?([0-9]+))re");
    for (const char* account : {"lea", "ida", "tom"}) {
        const Client& reader = site.as(account);
        for (const char* by : {"clause", "process", "cause", "branch", "class"}) {
            for (const char* over : {"audit", "year"}) {
                const Reply page = must(200, reader.get(std::string("/trends?by=") + by + "&over=" + over));
                std::size_t links = 0;
                for (std::sregex_iterator at(page.body.begin(), page.body.end(), link), end; at != end;
                     ++at) {
                    const std::string target = unescaped((*at)[1]);
                    const Reply list = must(200, reader.get("/api/v1" + target + "&limit=200"));
                    BOOST_TEST(list.json.find("items")->items()->size() == std::stoul((*at)[2]), target);
                    const Reply shown = must(200, reader.get(target));
                    BOOST_TEST(shown.status == 200);
                    ++links;
                }
                BOOST_TEST(links > 8U, by);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_interface_for_programs_gives_the_same_counts) {
    const Reply trends = must(200, site.as("lea").get("/api/v1/trends?by=process&over=year"));
    const auto& groups = *trends.json.find("groups")->items();
    BOOST_REQUIRE(groups.size() == 2U);
    BOOST_TEST(groups[0].textAt("value") == "incident management");
    BOOST_TEST(groups[0].textAt("label") == "Incident management");
    BOOST_TEST(*groups[0].find("total")->integer() == 3);
    BOOST_TEST(trends.json.find("columns")->items()->front().textAt("label") == "2024");
    const auto& counts = *groups[0].find("counts")->items();
    BOOST_TEST(*counts[0].integer() == 1);
    BOOST_TEST(*counts[1].integer() == 2);
}

BOOST_AUTO_TEST_CASE(what_is_not_a_question_is_refused_with_what_can_be_asked) {
    const Client& lea = site.as("lea");
    for (const char* query : {"by=weather", "over=month", "catalog=none-such"}) {
        const Reply refused = lea.get(std::string("/api/v1/trends?") + query);
        BOOST_TEST(refused.status == 400, query);
        BOOST_TEST(!refused.text("fix").empty(), query);
    }
}

BOOST_AUTO_TEST_CASE(coverage_marks_clauses_nobody_looked_at_for_those_who_read_the_papers) {
    const auto coverageOf = [&](const char* account) {
        return *must(200, site.as(account).get("/api/v1/trends")).json.find("coverage");
    };
    const codec::Json lea = coverageOf("lea");
    BOOST_TEST(lea.find("audits")->items()->size() == 2U);
    std::size_t gaps = 0;
    for (const codec::Json& row : *lea.find("rows")->items()) {
        const std::string clause(row.textAt("clause"));
        const bool gap = *row.find("gap")->boolean();
        gaps += gap ? 1U : 0U;
        if (clause == "8.6.1" || clause == "8.5.1" || clause == "9.2" || clause == "8")
            BOOST_TEST(!gap, clause);
        if (clause == "7.2") BOOST_TEST(gap, clause);
    }
    BOOST_TEST(static_cast<std::int64_t>(gaps) == *lea.find("gaps")->integer());
    const codec::Json tom = coverageOf("tom");
    BOOST_TEST(*tom.find("gaps")->integer() == 0);
    BOOST_TEST(*tom.find("samples_shown")->boolean() == false);
}

BOOST_AUTO_TEST_CASE(a_repeat_is_proposed_to_auditors_with_its_reason_and_marked_with_one_button) {
    const Reply shown = must(200, site.as("aud").get("/findings/" + later));
    BOOST_TEST(says(shown, "Mark as a repeat of " + earlier));
    BOOST_TEST(says(shown, "similar cause: The tool allows closing without priority"));
    BOOST_TEST(!says(must(200, site.as("pia").get("/findings/" + later)), "May be a repeat"));
    BOOST_TEST(!says(must(200, site.as("aud").get("/findings/" + earlier)), "May be a repeat"));
    BOOST_TEST(says(must(200, site.as("aud").get("/findings/" + plain)), "no cause known yet"));
    const Client& aud = site.as("aud");
    const auto mark = [&](const std::string& ref, const std::string& of) {
        return aud.send({"POST", "/findings/" + ref + "/repeat",
                         "rev=" + aud.get("/api/v1/findings/" + ref).tag().substr(1, 1) + "&repeat_of=" + of,
                         "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
    };
    must(303, mark(later, earlier));
    const Reply after = must(200, aud.get("/api/v1/findings/" + later));
    BOOST_TEST(after.text("repeat_of") == earlier);
    BOOST_TEST(after.json.find("repeat_proposals") == nullptr);
    BOOST_TEST(mark(earlier, later).status == 400);  // a circle
    BOOST_TEST(mark(plain, plain).status == 400);
    BOOST_TEST(mark(plain, "F-9999").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
