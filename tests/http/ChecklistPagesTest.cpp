// Pages and addresses of the working papers and of the audit programme.
#include <boost/test/unit_test.hpp>
#include <regex>
#include <string>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

/// An audit led by lea with aud on its team, with rows for two clauses.
struct Papers {
    Site site{};
    std::string audit = site.newAudit();
    std::string page = "/audits/" + audit + "/checklist";
    std::string api = "/api/v1" + page;

    Papers() { chosen("clause=8.6.1&clause=8.6.3"); }

    [[nodiscard]] std::string rev() {
        const std::string tag = must(200, site.as("lea").get(api)).tag();
        return tag.substr(1, tag.size() - 2);
    }
    void chosen(const std::string& clauses) {
        must(303, fill(site.as("lea"), page, "rev=" + rev() + "&deed=clauses&" + clauses));
    }
    [[nodiscard]] std::string rowRev(const std::string& row) {
        const std::string tag = must(200, site.as("lea").get(api + "/" + row)).tag();
        return tag.substr(1, tag.size() - 2);
    }
    [[nodiscard]] std::size_t length(const char* who = "lea") {
        return must(200, site.as(who).get(api)).json.find("items")->items()->size();
    }
};

const std::string seen =
    "&question=Recorded%3F&population=890+incidents&method=every+tenth&size=89"
    "&looked_at=Numbers+ending+in+0&evidence=&findings=&reason=&note=&result=conforming";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(checklist_pages, Papers)

BOOST_AUTO_TEST_CASE(the_lead_chooses_clauses_and_each_is_a_row) {
    const Reply list = must(200, site.as("aud").get(page));
    BOOST_TEST(says(list, "<strong>0</strong> of 2 rows have a result"));
    BOOST_TEST(says(list, page + "/1\""));
    BOOST_TEST(says(list, "Look at the next row"));
    BOOST_TEST(!says(list, page + "/add"));
    const Reply choice = must(200, site.as("lea").get(page + "/add"));
    BOOST_TEST(!says(choice, "name=\"clause\" value=\"8.6.1\""));
    BOOST_TEST(says(choice, "name=\"clause\" value=\"8.6.2\""));
    const Reply none = fill(site.as("lea"), page, "rev=" + rev() + "&deed=clauses");
    BOOST_TEST(none.status == 400);
    BOOST_TEST(says(none, "No clause was chosen"));
    const Reply own =
        fill(site.as("lea"), page, "rev=" + rev() + "&deed=row&clause=99.9&question=My+own+question");
    BOOST_TEST(own.status == 400);
    BOOST_TEST(says(own, "My own question"));
    must(303, fill(site.as("lea"), page, "rev=" + rev() + "&deed=row&clause=&question=My+own+question"));
    BOOST_TEST(length() == 3U);
}

BOOST_AUTO_TEST_CASE(a_written_row_shows_its_sample_result_and_writer) {
    must(303, fill(site.as("aud"), page + "/1", "rev=" + rowRev("1") + seen));
    const Reply list = must(200, site.as("lea").get(page));
    BOOST_TEST(says(list, "<strong>1</strong> of 2 rows have a result"));
    BOOST_TEST(says(list, "<strong>89</strong> looked at"));
    BOOST_TEST(says(list, "of 890 incidents"));
    BOOST_TEST(says(must(200, site.as("lea").get(page + "?result=conforming")), page + "/1\""));
    BOOST_TEST(!says(must(200, site.as("lea").get(page + "?result=open")), "<code>8.6.1</code>"));
    BOOST_TEST(says(must(200, site.as("lea").get(page + "?result=finding")), "No row fits"));
    const Reply audited = must(200, site.as("lea").get("/audits/" + audit));
    BOOST_TEST(says(audited, "<a href=\"" + page + "\"><strong>1</strong> of 2 rows have a result</a>"));
    BOOST_TEST(says(audited, "<a href=\"" + page + "\"><strong>2</strong> checklist rows</a>"));
}

BOOST_AUTO_TEST_CASE(what_was_written_stays_when_something_is_wrong) {
    const Reply vague =
        fill(site.as("aud"), page + "/1",
             "rev=" + rowRev("1") + "&question=Q&looked_at=&result=conforming&note=Kept+%3Cnote%3E");
    BOOST_TEST(vague.status == 400);
    BOOST_TEST(says(vague, "does not say what was looked at"));
    BOOST_TEST(says(vague, "Kept &lt;note&gt;"));
    const Reply sized = fill(site.as("aud"), page + "/1", "rev=" + rowRev("1") + "&question=Q&size=many");
    BOOST_TEST(sized.status == 400);
    BOOST_TEST(says(sized, "value=\"many\""));
    BOOST_TEST(fill(site.as("aud"), page + "/1", "rev=" + rowRev("1") + "&question=Q&result=passed").status ==
               400);
    BOOST_TEST(site.as("aud").get(page + "/none").status == 404);
    BOOST_TEST(site.as("aud").get(page + "/77").status == 404);
}

BOOST_AUTO_TEST_CASE(a_second_writer_of_a_row_sees_both_texts) {
    const std::string rev = rowRev("1");
    must(303, fill(site.as("lea"), page + "/1", "rev=" + rev + "&question=First+writer"));
    const Reply conflict = fill(site.as("aud"), page + "/1", "rev=" + rev + "&question=Second+writer");
    BOOST_TEST(conflict.status == 409);
    BOOST_TEST(says(conflict, "What stands now, beside yours"));
    BOOST_TEST(says(conflict, "First writer"));
    BOOST_TEST(says(conflict, ">Second writer</textarea>"));
    BOOST_TEST(says(conflict, "name=\"rev\" value=\"" + rowRev("1") + "\""));
}

BOOST_AUTO_TEST_CASE(a_finding_is_recorded_from_a_row_with_its_clause_and_audit_filled_in) {
    must(303, fill(site.as("aud"), page + "/1", "rev=" + rowRev("1") + seen));
    const Reply row = must(200, site.as("aud").get(page + "/1"));
    const std::string address = "/findings/new?audit=" + audit + "&amp;row=1";
    BOOST_TEST(says(row, address));
    const Reply form = must(200, site.as("aud").get("/findings/new?audit=" + audit + "&row=1"));
    BOOST_TEST(says(form, "name=\"clauses\" value=\"8.6.1\""));
    BOOST_TEST(says(form, "name=\"row\" value=\"1\""));
    BOOST_TEST(says(form, "Numbers ending in 0"));
    const Reply made =
        must(303, fill(site.as("aud"), "/findings",
                       "audit=" + audit + "&class=minor&title=Not+recorded&clauses=8.6.1&row=1"));
    BOOST_TEST(says(must(200, site.as("lea").get(page)), made.header("Location")));
    BOOST_TEST(must(200, site.as("lea").get(api + "/1")).text("result") == "finding");
    const Reply stray = fill(site.as("aud"), "/findings", "audit=" + audit + "&class=minor&title=T&row=9");
    BOOST_TEST(stray.status == 400);
}

BOOST_AUTO_TEST_CASE(whom_the_audit_is_shared_with_reads_the_papers_and_writes_nothing) {
    BOOST_TEST(site.as("xavi").get(page).status == 404);
    const std::string shared = "/audits/" + audit + "/shares";
    must(303, fill(site.as("lea"), shared, "rev=" + rev() + "&deed=share&account=xavi&until=2099-01-01"));
    must(303, fill(site.as("aud"), page + "/1", "rev=" + rowRev("1") + seen));
    const Reply list = must(200, site.as("xavi").get(page));
    BOOST_TEST(says(list, "Recorded?"));
    BOOST_TEST(!says(list, "Look at the next row"));
    const Reply row = must(200, site.as("xavi").get(page + "/1"));
    BOOST_TEST(says(row, "Numbers ending in 0"));
    BOOST_TEST(!says(row, "<textarea"));
    BOOST_TEST(must(200, site.as("xavi").get(page + "/export")).body.find("8.6.1") != std::string::npos);
    BOOST_TEST(site.as("xavi").get(page + "/add").status == 404);
    for (const char* who : {"lou", "pia", "tom"}) BOOST_TEST(site.as(who).get(page).status == 404, who);
}

BOOST_AUTO_TEST_CASE(a_row_is_removed_with_a_reason) {
    BOOST_TEST(fill(site.as("lea"), page + "/2/removal", "rev=" + rowRev("2") + "&reason=").status == 400);
    must(303, fill(site.as("lea"), page + "/2/removal", "rev=" + rowRev("2") + "&reason=Out+of+scope"));
    BOOST_TEST(length() == 1U);
}

BOOST_AUTO_TEST_CASE(a_csv_is_tried_first_and_then_taken_or_refused_as_a_whole) {
    const std::string good = "row%2Cclause%2Cquestion%0D%0A%2C8.6.2%2CRequests%3F%0D%0A";
    const Reply tried = must(200, fill(site.as("lea"), page + "/import", "csv=" + good + "&try=1"));
    BOOST_TEST(says(tried, "Nothing was imported yet"));
    BOOST_TEST(length() == 2U);
    const Reply refused =
        fill(site.as("lea"), page + "/import", "csv=" + good + "7%2C8.6.2%2CThere+is+no+row+7%0D%0A");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(says(refused, "line 3"));
    BOOST_TEST(says(refused, "There is no row 7"));
    BOOST_TEST(length() == 2U);
    must(303, fill(site.as("lea"), page + "/import", "csv=" + good));
    BOOST_TEST(length() == 3U);
}

BOOST_AUTO_TEST_CASE(the_interface_for_programs_makes_writes_and_exchanges_rows) {
    const Client& lea = site.as("lea");
    must(200, lea.post(api, R"({"clauses":["8.6.2"]})", must(200, lea.get(api)).tag()));
    BOOST_TEST(lea.post(api, R"({"clauses":["8.6.2"]})", must(200, lea.get(api)).tag()).status == 400);
    BOOST_TEST(lea.post(api, R"({"question":"Q"})").status == 428);
    const Reply row = must(200, lea.get(api + "/3"));
    BOOST_TEST(row.text("clause") == "8.6.2");
    must(200, lea.put(api + "/3",
                      R"({"clause":"8.6.2","question":"Q","result":"not_examined","reason":"Next year"})",
                      row.tag()));
    BOOST_TEST(lea.put(api + "/3", R"({"question":"Q"})", row.tag()).status == 409);
    BOOST_TEST(lea.put(api + "/3", R"({"question":"Q","sample":{"colour":"red"}})", row.tag()).status == 400);
    const Reply papers = must(200, lea.get(api));
    BOOST_TEST(papers.json.find("progress")->integerAt("not_examined") == 1);
    const Reply csv = must(200, lea.get(api + "/export"));
    const Reply back = must(200, lea.send({"POST", api + "/imports", csv.body, "text/csv"}));
    BOOST_TEST(back.json.integerAt("changed") == 0);
    BOOST_TEST(lea.send({"POST", api + "/imports", "clause\r\n8.6.2\r\n", "text/csv"}).status == 400);
    const Reply refused = lea.put("/api/v1/audits/" + audit, R"({"title":"T","auditee":"D","checklist":[]})",
                                  must(200, lea.get("/api/v1/audits/" + audit)).tag());
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(says(refused, "checklist"));
}

BOOST_AUTO_TEST_CASE(every_number_of_the_programme_opens_a_list_of_that_length) {
    const Client& lea = site.as("lea");
    must(303, fill(site.as("aud"), page + "/1", "rev=" + rowRev("1") + seen));
    for (const char* days :
         {R"("from":"2021-02-01","to":"2021-02-03")", R"("from":"2021-05-01")", R"("title":"-")"}) {
        std::string body = R"({"auditee":"Change","catalog":"iso20000-1",)";
        body += std::string_view(days).find("title") == std::string::npos ? R"("title":"Old audit",)" : "";
        must(201, lea.post("/api/v1/audits", body + days + "}"));
    }
    const Reply programme =
        must(200, lea.get("/audits/programme?from=2021-01-01&to=2021-12-31&catalog=iso20000-1"));
    BOOST_TEST(says(programme, "Past its date"));
    const std::regex link(
        R"re(<a href="(/audits\?[^"]*)">(?:<strong>)?([0-9]+)(?:</strong>| audits</a>|</a>))re");
    std::size_t links = 0;
    for (std::sregex_iterator at(programme.body.begin(), programme.body.end(), link), end; at != end; ++at) {
        std::string target = (*at)[1];
        for (std::size_t amp = target.find("&amp;"); amp != std::string::npos; amp = target.find("&amp;"))
            target.erase(amp + 1, 4);
        const Reply list = must(200, lea.get(target));
        BOOST_TEST(says(list, "data-count=\"" + std::string((*at)[2]) + "\"") !=
                       ((*at)[2] == "0" && !says(list, "data-count=\"0\"")),
                   target);
        ++links;
    }
    BOOST_TEST(links > 5U);
}

BOOST_AUTO_TEST_CASE(a_clause_counts_as_looked_at_only_with_a_result) {
    const Client& lea = site.as("lea");
    const Reply before = must(200, lea.get("/audits/programme?from=2000-01-01&catalog=iso20000-1"));
    const std::regex headline("<h2>([0-9]+) of ([0-9]+) clauses");
    std::smatch found;
    const auto covered = [&](const Reply& reply) {
        BOOST_REQUIRE(std::regex_search(reply.body, found, headline));
        return std::stoi(found[1]);
    };
    const int none = covered(before);
    BOOST_TEST(none == 0);
    must(200,
         lea.put("/api/v1/audits/" + audit,
                 R"({"title":"T","auditee":"D","catalog":"iso20000-1","from":"2022-03-01","to":"2022-03-02",
        "team":[{"account":"lea","lead":true},{"account":"aud"}]})",
                 must(200, lea.get("/api/v1/audits/" + audit)).tag()));
    const std::string address = "/audits/programme?from=2022-01-01&to=2022-12-31&catalog=iso20000-1";
    BOOST_TEST(covered(must(200, lea.get(address))) == 0);
    must(303, fill(site.as("aud"), page + "/1", "rev=" + rowRev("1") + seen));
    BOOST_TEST(covered(must(200, lea.get(address))) == 1);
    BOOST_TEST(says(must(200, lea.get(address + "&clauses=covered")), "<code>8.6.1</code>"));
    BOOST_TEST(!says(must(200, lea.get(address + "&clauses=never")), "<code>8.6.1</code>"));
    BOOST_TEST(covered(must(
                   200, lea.get("/audits/programme?from=2023-01-01&to=2023-12-31&catalog=iso20000-1"))) == 0);
    BOOST_TEST(says(must(200, site.as("tom").get(address)), "only the audit teams read"));
    BOOST_TEST(lea.get("/audits/programme?from=2023-01-01&to=2022-12-31").status == 400);
    BOOST_TEST(lea.get("/audits/programme?catalog=no-such").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
