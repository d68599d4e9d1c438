#include "http/api/FindingListRoute.h"

#include "http/api/Input.h"
#include "http/api/ListCache.h"
#include "http/api/ListText.h"
#include "http/api/References.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::api {
namespace {

/// The filter as far as it needs no database, and the words that do.
struct Question {
    storage::FindingFilter filter{};
    storage::PageRequest page{};
    std::string audit{};
    std::string owner{};
};

/// What stands behind the numbers of the trend review.
void readTrend(QueryReader& query, storage::FindingFilter& filter) {
    using domain::FindingFacet;
    for (const FindingFacet facet : {FindingFacet::Process, FindingFacet::Branch, FindingFacet::Cause,
                                     FindingFacet::Closure, FindingFacet::Effect, FindingFacet::ClosedIn}) {
        std::string value = query.text(domain::toText(facet));
        if (!value.empty()) filter.facets.emplace_back(facet, std::move(value));
    }
    filter.counted = query.flag("counted");
    filter.auditedFrom = query.date("audited_from");
    filter.auditedTo = query.date("audited_to");
    filter.undated = query.flag("undated");
    filter.repeats = query.flag("repeats");
    filter.checkBy = query.date("check_by");
}

Result<Question> questionOf(const Request& request) {
    QueryReader query(request);
    Question question;
    question.filter.q = query.text("q");
    question.filter.states = query.choices("state", domain::findingStateFrom);
    question.filter.classCode = query.text("class");
    question.filter.clause = query.text("clause");
    question.filter.dueBefore = query.date("due_before");
    question.filter.dueAfter = query.date("due_after");
    question.filter.openOnly = query.flag("open");
    readTrend(query, question.filter);
    question.audit = query.text("audit");
    question.owner = query.text("owner");
    question.page = query.page();
    const std::string order = query.text("order");
    if (order == "close_due") {
        question.filter.order = storage::FindingOrder::CloseDue;
    } else if (!order.empty() && order != "newest") {
        query.complain("order", "The order is newest or close_due.");
    }
    TM_CHECK(query.finish());
    return question;
}

void writeRow(ListText& list, const storage::FindingRow& row) {
    list.openItem();
    list.text("ref", row.ref);
    list.text("title", row.title);
    list.text("class", row.classCode);
    list.text("state", row.state);
    list.text("audit", row.auditRef);
    list.person("owner", row.ownerAccount, row.ownerName);
    list.texts("clauses", row.clauses);
    list.textIf("response_due", row.responseDue);
    list.textIf("close_due", row.closeDue);
    list.number("evidence", row.evidence);
    list.number("actions", row.actions);
    list.text("changed_at", row.changedAt.iso());
    list.number("rev", row.rev);
    list.closeItem();
}

Result<std::string> writeList(Call& call, Question question) {
    const storage::Scope scope = app::scopeOf(call.context(), call.actor());
    return call.context().database->read([&](storage::ReadSession& session) -> Result<std::string> {
        TM_TRY(question.filter.audit, auditNamed(session, scope, question.audit));
        TM_TRY(question.filter.owner, partyNamed(session, "owner", question.owner));
        ListText list;
        TM_TRY(const std::string next,
               storage::eachFinding(session, scope, question.filter, question.page,
                                    [&list](const storage::FindingRow& row) { writeRow(list, row); }));
        return std::move(list).finish(next);
    });
}

/// Who asks what on which day. Parameters stand in it as sent: another spelling is merely another entry.
std::string keyOf(Call& call) {
    const storage::Scope scope = app::scopeOf(call.context(), call.actor());
    const bool personal = scope.reach != domain::Reach::Everything;
    std::string key = std::to_string(static_cast<int>(scope.reach)) + (scope.drafts ? "d" : "-") + " " +
                      std::to_string(personal ? scope.party.value : 0) + " " + scope.today.iso() + " ";
    return key.append(call.request.target);
}

}  // namespace

std::vector<std::string_view> findingListParameters() {
    return {"q",          "state",     "class",    "audit",        "clause",     "owner",
            "due_before", "due_after", "open",     "process",      "branch",     "cause",
            "closure",    "effect",    "counted",  "audited_from", "audited_to", "undated",
            "closed_in",  "repeats",   "check_by", "order",        "limit",      "after"};
}

Result<Response> listFindings(Call& call) {
    const std::uint64_t stamp = call.context().database->changeStamp();
    const std::string key = keyOf(call);
    if (const auto body = call.web.lists->find(key, stamp)) return jsonResponse(*body);
    TM_TRY(Question question, questionOf(call.request));
    TM_TRY(std::string text, writeList(call, std::move(question)));
    // A copy has exactly its own size; the text itself was given room for a longer list.
    call.web.lists->keep(key, stamp, std::make_shared<const std::string>(text));
    return jsonResponse(std::move(text));
}

}  // namespace tickmark::http::api
