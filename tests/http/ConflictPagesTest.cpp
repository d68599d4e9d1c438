// Somebody else was quicker: each form comes again with what was typed, beside what stands now, and saving it
// once more replaces knowingly.
#include <boost/test/unit_test.hpp>
#include <string>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

Reply fill(const Client& client, const std::string& target, const std::string& fields) {
    return client.send(
        {"POST", target, fields, "application/x-www-form-urlencoded", "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

std::string between(const Reply& reply, std::string_view from, std::string_view to) {
    const std::size_t begin = reply.body.find(from);
    if (begin == std::string::npos) throw std::runtime_error("the page lacks " + std::string(from));
    const std::size_t first = begin + from.size();
    return reply.body.substr(first, reply.body.find(to, first) - first);
}

std::string revIn(const Reply& reply) { return between(reply, "name=\"rev\" value=\"", "\""); }

/// The row of the comparison: the field, what stands, what was typed.
std::string row(const std::string& field, const std::string& theirs, const std::string& yours) {
    return "<td data-label=\"Field\">" + field + "</td><td data-label=\"As it stands now\" class=\"prose\">" +
           theirs + "</td><td data-label=\"Yours\" class=\"prose\">" + yours + "</td>";
}

/// Saves `first`, then `second` with the same old revision, then `second` again as the page has it. `fields`
/// begin with "&". Returns the page that showed both.
Reply quarrel(const Client& one, const Client& two, const std::string& form, const std::string& save,
              const std::string& first, const std::string& second) {
    const std::string rev = revIn(must(200, one.get(form)));
    must(303, fill(one, save, "rev=" + rev + first));
    const Reply both = fill(two, save, "rev=" + rev + second);
    BOOST_TEST(both.status == 409, both.body);
    BOOST_TEST(says(both, "What stands now, beside yours"));
    BOOST_TEST(says(both, "Your text is kept. Compare it with what stands now, then save again."));
    BOOST_TEST(revIn(both) != rev);
    must(303, fill(two, save, "rev=" + revIn(both) + second));
    return both;
}

std::size_t differencesIn(const Reply& reply) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = reply.body.find("<td data-label=\"Field\">", at)) != std::string::npos;
         ++at)
        ++count;
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(conflict_pages)

BOOST_AUTO_TEST_CASE(a_stale_finding_shows_both_texts_and_replaces_on_purpose) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string page = "/findings/" + site.newFinding(audit);
    const std::string rest = "&audit=" + audit + "&class=minor&owner=pia&clauses=8.6.1";
    const Reply both =
        quarrel(site.as("lea"), site.as("aud"), page + "/edit", page + "/edit",
                rest + "&title=Of+Lea&nature=Lea%0Atwo", rest + "&title=Of+Aud&nature=%3Cb%3Eaud");
    BOOST_TEST(says(both, row("Title", "Of Lea", "Of Aud")), both.body);
    BOOST_TEST(says(both, row("Nature", "Lea\ntwo", "&lt;b&gt;aud")), both.body);
    BOOST_TEST(says(both, "value=\"Of Aud\""));
    BOOST_TEST(differencesIn(both) == 2U);
    BOOST_TEST(says(must(200, site.as("lea").get(page)), "Of Aud"));
}

BOOST_AUTO_TEST_CASE(a_change_elsewhere_that_no_field_shows_is_said_as_such) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string page = "/findings/" + site.newFinding(audit);
    const std::string rest = "&audit=" + audit + "&class=minor&owner=pia&title=Same";
    const std::string rev = revIn(must(200, site.as("lea").get(page + "/edit")));
    must(303, fill(site.as("lea"), page + "/edit", "rev=" + rev + rest));
    const Reply both = fill(site.as("aud"), page + "/edit", "rev=" + rev + rest);
    BOOST_TEST(both.status == 409);
    BOOST_TEST(differencesIn(both) == 0U);
    BOOST_TEST(says(both, "In the fields of this form nothing differs from yours"));
}

BOOST_AUTO_TEST_CASE(a_stale_action_shows_both_plans) {
    Site site;
    const std::string page = "/actions/" + site.newAction(site.newIssuedFinding(site.newAudit()));
    const Reply both = quarrel(site.as("pia"), site.as("lea"), page + "/edit", page + "/edit",
                               "&kind=correction&title=Of+Pia&owner=otto&due=2031-01-31",
                               "&kind=correction&title=Of+Lea&owner=pia&due=2031-02-28");
    BOOST_TEST(says(both, row("Title", "Of Pia", "Of Lea")), both.body);
    BOOST_TEST(says(both, row("Due", "2031-01-31", "2031-02-28")));
    BOOST_TEST(says(both, "(otto)</td>"));
    BOOST_TEST(says(both, "(pia)</td>"));
}

BOOST_AUTO_TEST_CASE(a_stale_audit_shows_both_its_teams_too) {
    Site site;
    const std::string page = "/audits/" + site.newAudit();
    const std::string rest =
        "&type=internal&auditee=Change&catalog=iso20000-1&sites=North&member=lea&lead=lea";
    const Reply both = quarrel(site.as("lea"), site.as("lea"), page + "/edit", page + "/edit",
                               rest + "&title=First+tab&member=aud", rest + "&title=Second+tab");
    BOOST_TEST(says(both, row("Title", "First tab", "Second tab")), both.body);
    BOOST_TEST(says(both, "<td data-label=\"Field\">Audit team</td>"));
}

BOOST_AUTO_TEST_CASE(a_stale_improvement_item_shows_both_plans) {
    Site site;
    const std::string page = "/improvements/" + site.newImprovement(site.newIssuedFinding(site.newAudit()));
    const Reply both =
        quarrel(site.as("ida"), site.as("ida"), page + "/edit", page + "/edit",
                "&title=T&owner=ida&plan=First+plan&value=2", "&title=T&owner=ida&plan=Second+plan&value=5");
    BOOST_TEST(says(both, row("Plan", "First plan", "Second plan")), both.body);
    BOOST_TEST(says(both, row("Value", "2", "5")));
    BOOST_TEST(differencesIn(both) == 2U);
}

BOOST_AUTO_TEST_CASE(a_stale_kpi_shows_both_figures) {
    Site site;
    const Client& ida = site.as("ida");
    const std::string made = fill(ida, "/kpis", "rev=0&name=K&unit=hours").header("Location");
    const std::string page = made.substr(made.find("/kpis/"));
    const Reply both = quarrel(ida, ida, page + "/edit", page,
                               "&name=K&unit=hours&direction=lower_is_better&target=4&source=log",
                               "&name=K&unit=hours&direction=lower_is_better&target=3.5&source=log");
    BOOST_TEST(says(both, row("Target", "4", "3.5")), both.body);
    BOOST_TEST(differencesIn(both) == 1U);
}

BOOST_AUTO_TEST_CASE(a_stale_objective_shows_both_aims) {
    Site site;
    const Client& ida = site.as("ida");
    const std::string rest = "&unit=percent&direction=higher_is_better&baseline=80&target_on=2031-01-31";
    const Reply proposed = fill(ida, "/objectives", "rev=0&title=O&target=95" + rest);
    BOOST_REQUIRE(proposed.status == 303);
    const std::string made = proposed.header("Location");
    const std::string page = made.substr(made.find("/objectives/"));
    const Reply both = quarrel(ida, ida, page + "/edit", page + "/edit", "&title=O&target=97" + rest,
                               "&title=Better&target=99" + rest);
    BOOST_TEST(says(both, row("Title", "O", "Better")), both.body);
    BOOST_TEST(says(both, row("Target", "97", "99")));
}

BOOST_AUTO_TEST_CASE(a_stale_step_shows_the_page_as_it_stands_with_the_words_at_their_step) {
    Site site;
    const Client& lea = site.as("lea");
    const std::string page = "/findings/" + site.newIssuedFinding(site.newAudit());
    const Reply stale = fill(lea, page + "/events", "rev=1&event=withdraw&reason=Two%0A%3Clines%3E");
    BOOST_TEST(stale.status == 409);
    BOOST_TEST(says(stale, "This page shows what stands now, and your words are kept."), stale.body);
    BOOST_TEST(says(stale, "Two\n&lt;lines&gt;</textarea>"));
    BOOST_TEST(!says(stale, "Your words are kept</h2>"));
    must(303, fill(lea, page + "/events", "rev=2&event=withdraw&reason=Now"));
}

BOOST_AUTO_TEST_CASE(words_for_a_step_of_a_request_that_is_gone_are_shown_to_be_copied) {
    Site site;
    const Client& lea = site.as("lea");
    const std::string page = "/requests/" + site.newRequest(site.newAudit());
    const std::string rev = between(must(200, lea.get(page)), "name=\"rev\" value=\"", "\"");
    must(303, fill(lea, page + "/events", "rev=" + rev + "&event=cancel&reason=Not+needed"));
    const Reply stale =
        fill(site.as("aud"), page + "/events", "rev=" + rev + "&event=cancel&reason=Asked+twice");
    BOOST_TEST(stale.status == 409, stale.body);
    BOOST_TEST(says(stale, "Your words are kept</h2>"), stale.body);
    BOOST_TEST(says(stale, "<p class=\"prose\">Asked twice</p>"));
}

BOOST_AUTO_TEST_CASE(a_step_that_a_rule_refuses_keeps_its_words_too) {
    Site site;
    const std::string page = "/actions/" + site.newAction(site.newIssuedFinding(site.newAudit()));
    const Reply refusal = fill(site.as("lea"), page + "/events", "rev=99&event=cancel&reason=No+budget");
    BOOST_TEST(refusal.status == 409);
    BOOST_TEST(says(refusal, "No budget"), refusal.body);
    const std::string item = "/improvements/" + site.newImprovement(site.newIssuedFinding(site.newAudit()));
    const Reply stale = fill(site.as("ida"), item + "/events", "rev=99&event=reject&reason=No+value");
    BOOST_TEST(stale.status == 409);
    BOOST_TEST(says(stale, "No value"), stale.body);
}

BOOST_AUTO_TEST_CASE(a_stale_response_shows_both_answers) {
    Site site;
    const Client& pia = site.as("pia");
    const std::string page = "/findings/" + site.newIssuedFinding(site.newAudit());
    const Reply both =
        quarrel(pia, pia, page + "/response", page + "/response",
                "&correction=Reopened&why=One&why=Two&cause=No+rule&branch=Method&branch_cause=None",
                "&correction=Called+back&why=One&cause=No+rule&branch=Method&branch_cause=None");
    BOOST_TEST(says(both, row("Correction", "Reopened", "Called back")), both.body);
    BOOST_TEST(says(both, row("Why", "One\nTwo", "One")), both.body);
    BOOST_TEST(differencesIn(both) == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
