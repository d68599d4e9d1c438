// The pages of the improvement register.
#include <boost/test/unit_test.hpp>
#include <string>

#include "http/ApiFixture.h"
#include "http/MeasuredSite.h"

namespace tickmark::http::test {
namespace {

Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

std::string part(const Reply& reply, std::string_view from, std::string_view to) {
    const std::size_t begin = reply.body.find(from);
    if (begin == std::string::npos) throw std::runtime_error("the page lacks " + std::string(from));
    return reply.body.substr(begin, reply.body.find(to, begin) - begin);
}

std::string revOf(const Client& client, const std::string& ref) {
    return std::to_string(client.get("/api/v1/improvements/" + ref).json.integerAt("rev"));
}

const std::string complete =
    "title=Confirm+it&source=kpi&owner=pia&value=4&effort=2&due=2030-06-30&kpi=K-0001&unit=%25&baseline=22"
    "&target=95&analysis=Skipped&plan=Mandatory&process=Incident+management";

}  // namespace

BOOST_AUTO_TEST_SUITE(improvement_pages)

BOOST_AUTO_TEST_CASE(an_improvement_is_recorded_edited_moved_and_reported_with_forms) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    const Client& pia = site.as("pia");
    const Reply made = fill(ida, "/improvements", "title=First&owner=pia");
    BOOST_TEST(made.status == 303);
    const std::string at = made.header("Location");
    BOOST_TEST(at == "/improvements/II-0001");
    const auto step = [&](const Client& who, const std::string& event) {
        return fill(who, at + "/events", "event=" + event + "&rev=" + revOf(who, "II-0001")).status;
    };
    BOOST_TEST(step(pia, "set-goals") == 422);
    BOOST_TEST(fill(pia, at + "/edit", complete + "&rev=" + revOf(pia, "II-0001")).status == 303);
    for (const char* event : {"set-goals", "analyse"}) BOOST_TEST(step(pia, event) == 303);
    BOOST_TEST(step(ida, "approve-plan") == 303);
    BOOST_TEST(step(pia, "start") == 303);
    BOOST_TEST(fill(pia, at + "/report",
                    "progress=80&result=96&outcome=Good&insight=Ask&applies_to=intake&kind=success&rev=" +
                        revOf(pia, "II-0001"))
                   .status == 303);
    const Reply page = must(200, pia.get(at));
    BOOST_TEST(says(page, "the target is met"));
    BOOST_TEST(says(page, "Applies to intake"));
    BOOST_TEST(says(page, "96 %"));
    const std::string figures = part(page, "class=\"tiles", "</ul>");
    BOOST_TEST(has(figures, "<li class=\"met\">"));
    BOOST_TEST(has(figures, "+74 %</strong> <span>against the baseline</span>"));
    BOOST_TEST(says(page, "<a href=\"/kpis/K-0001\"><code>K-0001</code>"));
    BOOST_TEST(has(part(page, "class=\"stepper", "</ol>"), "<small>Plan · "));
    BOOST_TEST(has(part(page, "class=\"stepper", "</ol>"), "<strong>Implementing</strong>"));
    BOOST_TEST(says(page, "Plan approved"));
}

BOOST_AUTO_TEST_CASE(the_page_says_why_a_step_is_refused_and_who_may_before_anybody_tries) {
    MeasuredSite site;
    static_cast<void>(fill(site.as("pia"), "/improvements", "title=First"));
    const Reply page = must(200, site.as("pia").get("/improvements/II-0001"));
    const std::string own = part(page, "id=\"steps-head\"", "</section>");
    for (const char* words : {"The goals cannot be set yet", "no KPI is named", "the baseline is empty",
                              "the target is empty", "the due date is empty"})
        BOOST_TEST(own.find(words) != std::string::npos, words);
    const std::string next = part(page, "What happens next", "</section>");
    BOOST_TEST(next.find("improvement manager</strong> can reject") != std::string::npos);
    BOOST_TEST(own.find("value=\"reject\"") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_form_with_a_mistake_keeps_what_was_typed) {
    MeasuredSite site;
    for (const char* wrong : {"&due=soon", "&value=much", "&target=x"}) {
        const Reply refused =
            fill(site.as("ida"), "/improvements", "title=Kept+words&plan=Step+one" + std::string(wrong));
        BOOST_TEST(refused.status == 400, wrong);
        BOOST_TEST(says(refused, "Kept words"), wrong);
        BOOST_TEST(says(refused, "Step one"), wrong);
    }
    BOOST_TEST(says(site.as("ida").get("/improvements"), "No improvement fits"));
}

BOOST_AUTO_TEST_CASE(table_board_and_calendar_show_the_same_item_where_it_belongs) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    static_cast<void>(fill(ida, "/improvements", complete));
    static_cast<void>(fill(ida, "/improvements", "title=Undated"));
    const Reply table = must(200, ida.get("/improvements?source=kpi"));
    BOOST_TEST(says(table, "II-0001"));
    BOOST_TEST(!says(table, "II-0002"));
    BOOST_TEST(says(table, "2.00 high"));
    BOOST_TEST(says(table, "/improvements/export?format=csv&amp;source=kpi"));
    const Reply board = must(200, ida.get("/improvements/board"));
    BOOST_TEST(has(part(board, "1 Identified", "</section>"), "II-0001"));
    BOOST_TEST(!has(part(board, "2 Goals set", "</section>"), "II-000"));
    const Reply calendar = must(200, ida.get("/improvements/calendar"));
    BOOST_TEST(has(part(calendar, "<h2>2030-06", "</section>"), "II-0001"));
    BOOST_TEST(has(part(calendar, "Without a due date", "</section>"), "II-0002"));
    BOOST_TEST(must(200, ida.get("/improvements/export?source=kpi")).body.find("II-0002") ==
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_finding_becomes_an_item_by_one_button_and_links_to_it) {
    MeasuredSite site;
    const std::string finding = site.newIssuedFinding(site.newAudit());
    const Client& lea = site.as("lea");
    const Reply before = must(200, lea.get("/findings/" + finding));
    BOOST_TEST(says(before, "action=\"/findings/" + finding + "/improvement\""));
    const std::string rev = std::to_string(lea.get("/api/v1/findings/" + finding).json.integerAt("rev"));
    const Reply made = fill(lea, "/findings/" + finding + "/improvement", "rev=" + rev);
    BOOST_TEST(made.status == 303);
    BOOST_TEST(says(must(200, lea.get("/findings/" + finding)), "href=\"" + made.header("Location") + "\""));
    BOOST_TEST(says(must(200, lea.get(made.header("Location"))), "href=\"/findings/" + finding + "\""));
    BOOST_TEST(!says(must(200, site.as("xavi").get("/")), "/improvements/new"));
}

BOOST_AUTO_TEST_CASE(pasted_rows_are_checked_before_they_are_imported) {
    MeasuredSite site;
    const Client& ida = site.as("ida");
    const std::string rows =
        "csv=source,title,description,process,service,owner,value,effort,due%0Aidea,One,,,,pia,3,1,2030-01-"
        "01";
    BOOST_TEST(says(must(200, fill(ida, "/improvements/import", rows + "&try=1")), "One row is in order"));
    BOOST_TEST(says(ida.get("/improvements"), "No improvement fits"));
    const Reply wrong = fill(ida, "/improvements/import", rows + "%0Aidea,,,,,,,,");
    BOOST_TEST(wrong.status == 400);
    BOOST_TEST(says(wrong, "line 3: "));
    BOOST_TEST(fill(ida, "/improvements/import", rows).status == 303);
    BOOST_TEST(says(ida.get("/improvements"), "II-0001"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
