// What each role finds on its home page below what waits for it.
// First: Parts and words are looked up by qualified name.
#include "tickmark/app/Objectives.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "http/pages/ChartParts.h"
#include "http/pages/HomeParts.h"
#include "http/pages/Listing.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/app/AuditLines.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Ideas.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/app/Ledgers.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Policy.h"
#include "tickmark/app/Reviews.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/Waiting.h"
#include "tickmark/view/StackedBars.h"
#include "tickmark/view/ValueEffort.h"

namespace tickmark::http::pages {
namespace {

using domain::Role;

struct Home {
    WebApp& web;
    const Caller& caller;
    view::Model& model;
    Date today{};
    [[nodiscard]] const domain::Actor& actor() const { return caller.actor; }
};

Result<void> putTiles(const Home& home, const std::vector<Tile>& tiles) {
    view::Model& part = home.model.add("TILES");
    for (const Tile& tile : tiles) TM_CHECK(putTile(home.web, home.actor(), part, tile));
    return {};
}

view::Model& panel(view::Model& model, const char* section, std::string headline,
                   const std::string& href = {}, const std::string& word = {}) {
    view::Model& part = model.add(section);
    part.set("HEADLINE", std::move(headline));
    if (!href.empty()) part.add("MORE_LINK").set("HREF", href).set("WORD", word);
    return part;
}

void putNone(view::Model& part, const char* words) { part.add("NONE").set("WORD", words); }

view::Model& sideRow(view::Model& part, const std::string& name, const std::string& href, std::string note) {
    view::Model& row = part.add("ROW");
    if (href.empty())
        row.add("TEXT").set("NAME", name);
    else
        row.add("LINKED").set("HREF", href).set("NAME", name);
    row.set("NOTE", std::move(note));
    return row;
}

// ---- auditors

void putCount(view::Model& row, const app::AuditLine& line, const char* code, const char* word) {
    view::Model& cell = row.add("COUNT").set("WORD", word);
    const auto at = line.openByClass.find(code);
    if (at == line.openByClass.end() || at->second == 0) {
        cell.show("NONE");
        return;
    }
    cell.add("SOME")
        .set("HREF", "/findings?audit=" + encoded(line.audit.ref) + "&class=" + code + "&open=1")
        .set("NUMBER", view::countText(at->second));
}

void putAuditLine(view::Model& part, const app::AuditLine& line, Date today) {
    view::Model& row = part.add("AUDIT_ROW");
    row.set("HREF", "/audits/" + encoded(line.audit.ref)).set("REF", line.audit.ref);
    row.set("NAME", line.audit.title).set("NOTE", line.audit.auditee);
    putStatus(row, "STATUS", "audit", line.audit.state);
    putCount(row, line, "major", "Major");
    putCount(row, line, "minor", "Minor");
    putCount(row, line, "observation", "Obs.");
    row.set("WHOSE", line.whose);
    if (line.stepState.empty()) {
        row.add("TEXT").set("STEP", line.step);
    } else {
        row.add("LINKED")
            .set("STEP", line.step)
            .set("HREF", "/findings?audit=" + encoded(line.audit.ref) + "&state=" + line.stepState);
    }
    putDue(row, line.by, today);
}

Result<void> putAudits(const Home& home) {
    constexpr std::size_t most = 12;
    TM_TRY(const auto lines, app::auditLines(*home.web.context, home.actor(), most));
    if (lines.empty()) return {};
    view::Model& part = home.model.add("AUDITS");
    part.set("HEADLINE", lines.size() == 1 ? "My audit and its next step" : "My audits and their next steps");
    for (const auto& line : lines) putAuditLine(part, line, home.today);
    return {};
}

Result<void> putBookedChecks(const Home& home) {
    constexpr std::size_t most = 5;
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    TM_TRY(const auto checks, home.web.context->database->read([&](storage::ReadSession& session) {
        return storage::bookedChecks(session, scope, most);
    }));
    view::Model& part = panel(home.model, "SIDE", "Effectiveness checks to come");
    if (checks.empty())
        putNone(part, "None is booked. Accepting a plan books the check that shows whether it worked.");
    for (const auto& check : checks) {
        sideRow(part, check.ref + " " + excerpt(check.title, 70), "/findings/" + encoded(check.ref),
                check.day.iso() + " " + view::dueHint(check.day, home.today));
    }
    return {};
}

Result<void> putCharts(const Home& home, bool all) {
    TM_TRY(const auto charts, app::findingCharts(*home.web.context, home.actor()));
    putAgeing(home.model.add("AGEING"), charts);
    if (!all) return {};
    view::Model& part = home.model.add("CHARTS");
    putClausePareto(part, charts);
    putFlow(part, charts);
    return {};
}

Result<void> putAuditor(const Home& home) {
    const std::string today = home.today.iso();
    TM_CHECK(
        putTiles(home, {{"/audits?underway=1", "audit under way", "audits under way", {}, {}, {}},
                        {"/findings?open=1", "finding open", "findings open", {}, {}, {}},
                        {"/findings?open=1&class=major", "major", "majors", {}, {}, "i-triangle-full"},
                        {"/findings?repeats=1", "repeat finding", "repeat findings", {}, {}, {}},
                        {"/findings?state=responded", "response to judge", "responses to judge", {}, {}, {}},
                        {"/findings?open=1&due_before=" + today,
                         "past its date",
                         "past their date",
                         {},
                         "late",
                         "i-clock"}}));
    TM_CHECK(putAudits(home));
    TM_CHECK(putCharts(home, true));
    return putBookedChecks(home);
}

// ---- owners

/// What others do now, so that nobody needs to ask.
const char* othersNow(domain::FindingState state) {
    using domain::FindingState;
    switch (state) {
        case FindingState::Issued:
            return "You respond";
        case FindingState::Returned:
            return "You answer what the auditor asked";
        case FindingState::Responded:
            return "The lead auditor judges your response";
        case FindingState::PlanAccepted:
            return "You carry out the plan and report it";
        case FindingState::Implemented:
            return "An auditor verifies it";
        case FindingState::Verified:
            return "The lead auditor checks the effectiveness";
        case FindingState::Acknowledged:
            return "You decide what becomes of it";
        case FindingState::Converted:
        case FindingState::NoAction:
            return "The lead auditor closes it";
        case FindingState::Draft:
        case FindingState::Discarded:
        case FindingState::Withdrawn:
        case FindingState::Closed:
            break;
    }
    return "Nothing is left to do";
}

Result<void> putOwnFindings(const Home& home) {
    constexpr std::size_t most = 8;
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    storage::FindingFilter filter;
    filter.owner = home.actor().id;
    filter.openOnly = true;
    TM_TRY(const auto found, home.web.context->database->read([&](storage::ReadSession& session) {
        return storage::listFindings(session, scope, filter, {most, {}});
    }));
    const std::string list = "/findings?open=1&owner=" + encoded(home.actor().account);
    view::Model& part = panel(home.model, "SIDE", "My findings", list, "All of mine");
    if (found.rows.empty())
        putNone(part, "No finding is yours. When an auditor issues one to you, its next step stands here.");
    for (const auto& row : found.rows) {
        const auto state = domain::findingStateFrom(row.state);
        const bool answer = row.state == "issued" || row.state == "returned";
        const std::string due = answer && !row.responseDue.empty() ? row.responseDue : row.closeDue;
        std::string note = state ? othersNow(*state) : "";
        if (!due.empty()) note += ", by " + due;
        view::Model& line =
            sideRow(part, row.ref + " " + excerpt(row.title, 60), "/findings/" + encoded(row.ref), note);
        putStatus(line.add("STATE"), "STATUS", "finding", row.state);
    }
    return {};
}

Result<void> putReturned(const Home& home) {
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    storage::RequestFilter filter;
    filter.assignee = home.actor().id;
    filter.states = {domain::RequestState::Returned};
    return home.web.context->database->read([&](storage::ReadSession& session) -> Result<void> {
        TM_TRY(const auto found, storage::listRequests(session, scope, filter, {1, {}}));
        if (found.rows.empty()) return {};
        TM_TRY(const auto request, storage::findRequest(session, found.rows.front().id));
        view::Model& part = home.model.add("RETURNED");
        part.set("WORDS", "A request came back.").setIf("NOTE", excerpt(request.returnNote, 240));
        part.set("HREF", "/requests/" + encoded(request.ref.text()));
        part.set("REF", request.ref.text()).set("VERB", "Send a new version of");
        return {};
    });
}

Result<void> putOwner(const Home& home) {
    TM_CHECK(putReturned(home));
    if (home.actor().role == Role::ProcessOwner) {
        TM_CHECK(putTiles(home, {{"/findings?open=1&owner=" + encoded(home.actor().account),
                                  "finding of mine",
                                  "findings of mine",
                                  {},
                                  {},
                                  {}},
                                 {"/actions?mine=1", "action of mine", "actions of mine", {}, {}, {}},
                                 {"/requests?state=open&assignee=" + encoded(home.actor().account),
                                  "request to me",
                                  "requests to me",
                                  {},
                                  {},
                                  {}},
                                 {"/improvements?open=1&owner=" + encoded(home.actor().account),
                                  "improvement of mine",
                                  "improvements of mine",
                                  {},
                                  {},
                                  {}}}));
    }
    return putOwnFindings(home);
}

// ---- improvement manager

const char* phaseWord(int step) {
    constexpr int lastOfPlan = 4;
    constexpr int carryOut = 5;
    constexpr int compare = 6;
    return step <= lastOfPlan ? "Plan" : step == carryOut ? "Do" : step == compare ? "Check" : "Act";
}

Result<void> putRegister(const Home& home) {
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    storage::ImprovementFilter filter;
    filter.openOnly = true;
    TM_TRY(const auto items, home.web.context->database->read([&](storage::ReadSession& session) {
        return app::everyRow([&](const storage::PageRequest& page) {
            return storage::listImprovementItems(session, scope, filter, page);
        });
    }));
    view::StackedBars steps;
    steps.id = "steps";
    steps.rowWord = "Step";
    steps.source = "Open items of the register, by the step they stand at.";
    std::vector<view::ValueEffortItem> field;
    for (const domain::ImprovementItem& item : items) {
        field.push_back({item.ref.text(), item.title, "/improvements/" + encoded(item.ref.text()), item.value,
                         item.effort});
    }
    using domain::ImprovementState;
    for (const ImprovementState state :
         {ImprovementState::Identified, ImprovementState::GoalsSet, ImprovementState::Analysed,
          ImprovementState::Planned, ImprovementState::Implementing, ImprovementState::Evaluating,
          ImprovementState::Standardised, ImprovementState::OnHold}) {
        const auto count =
            std::count_if(items.begin(), items.end(), [&](const auto& item) { return item.state == state; });
        const std::string href = "/improvements?state=" + std::string(domain::toText(state));
        const int step = domain::stepNumber(state);
        const std::string word(domain::titleOf(state));
        const std::string label =
            step == 0 ? word : std::to_string(step) + " " + word + ", " + phaseWord(step);
        steps.bars.push_back({label, {{count, href}}, href});
    }
    const auto number = static_cast<std::int64_t>(items.size());
    steps.title = view::countText(number) + (number == 1 ? " item is at work" : " items are at work");
    view::Model& part = panel(home.model, "WIDE", steps.title, "/improvements/board", "Board");
    view::putStackedBars(part.add("CHART_PART"), "BARS_CHART", steps);
    const std::string choose = "What to do first: value against effort";
    view::Model& second = panel(home.model, "WIDE", choose, "/improvements?open=1", "Table");
    if (std::none_of(field.begin(), field.end(),
                     [](const auto& one) { return one.value > 0 && one.effort > 0; }))
        putNone(second, "No open item is judged by value and effort yet.");
    else
        view::putValueEffort(second.add("FIELD_PART"), "FIELD_CHART", "field", choose, field);
    return {};
}

void putCell(view::Model& row, const std::string& word, const char* tone = "") {
    row.add("CELL").set("TONE", tone).add("TEXT").set("WORD", word);
}

Result<void> putKpis(const Home& home) {
    constexpr std::size_t most = 8;
    TM_TRY(const auto found, app::listKpis(*home.web.context, home.actor(), {}, {most, {}}));
    view::Model& part = panel(home.model, "WIDE", "KPIs against their targets", "/kpis", "All KPIs");
    if (found.rows.empty()) {
        putNone(part,
                "No KPI is defined. A KPI has a unit, a baseline and a target, and every figure names its "
                "evidence.");
        return {};
    }
    view::Model& table = part.add("HAS_ROWS");
    for (const char* word : {"KPI", "Newest figure", "Target", ""}) table.add("COLUMN").set("WORD", word);
    for (const auto& one : found.rows) {
        TM_TRY(const auto view, app::showKpi(*home.web.context, home.actor(), one.kpi.ref));
        view::Model& row = table.add("ROW");
        row.set("HREF", "/kpis/" + encoded(one.kpi.ref.text()))
            .set("REF", one.kpi.ref.text())
            .set("NAME", one.kpi.name);
        const auto text = [&](double value) { return domain::figureOf(value) + " " + one.kpi.unit; };
        const bool measured = !view.shown.empty();
        const double value = measured ? view.shown.back().point->value : 0;
        putCell(row, measured ? text(value) : "not measured");
        putCell(row, one.kpi.target ? text(*one.kpi.target) : "none");
        const auto met = measured ? domain::meetsTarget(one.kpi, value) : std::nullopt;
        putCell(row, met ? (*met ? "Met" : "Missed") : "", met ? (*met ? "good-text" : "late-text") : "");
    }
    return {};
}

Result<void> putObjectives(const Home& home) {
    storage::ObjectiveFilter filter;
    filter.states = {domain::ObjectiveState::Approved};
    constexpr std::size_t most = 12;
    TM_TRY(const auto found, app::listObjectives(*home.web.context, home.actor(), filter, {most, {}}));
    view::Model& part = panel(home.model, "WIDE", "Objectives and how far they are",
                              "/objectives?state=approved", "All approved");
    if (found.lines.empty()) {
        putNone(part,
                "No objective is approved. The improvement manager proposes them, top management approves.");
        return {};
    }
    view::Model& table = part.add("HAS_ROWS");
    for (const char* word : {"Objective", "Measured", "Items at work", "By"})
        table.add("COLUMN").set("WORD", word);
    for (const auto& line : found.lines) {
        const domain::Objective& objective = line.row.objective;
        view::Model& row = table.add("ROW");
        row.set("HREF", "/objectives/" + encoded(objective.ref.text()))
            .set("REF", objective.ref.text())
            .set("NAME", objective.title);
        putCell(row, line.progress ? std::to_string(*line.progress) + " % of the way" : "not measured");
        if (line.row.openItems == 0) {
            putCell(row, "0");
        } else {
            row.add("CELL")
                .add("LINKED")
                .set("WORD", view::countText(line.row.openItems))
                .set("HREF", "/improvements?open=1&objective=" + encoded(objective.ref.text()));
        }
        putCell(row,
                objective.targetOn
                    ? objective.targetOn->iso() + " " + view::dueHint(objective.targetOn, home.today)
                    : "no date",
                objective.targetOn && *objective.targetOn < home.today ? "late-text" : "");
    }
    return {};
}

Result<void> putIdeas(const Home& home) {
    constexpr std::size_t most = 5;
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    storage::ImprovementFilter filter;
    filter.source = domain::ImprovementSource::Idea;
    TM_TRY(const auto adopted, home.web.context->database->read([&](storage::ReadSession& session) {
        return app::everyRow([&](const storage::PageRequest& page) {
            return storage::listImprovementItems(session, scope, filter, page);
        });
    }));
    std::set<std::string> codes;
    for (const auto& item : adopted) codes.insert(item.sourceRef);
    TM_TRY(auto ideas, app::listIdeas(*home.web.context, home.actor()));
    // Those of people stand last in the bank; they are what somebody waits for.
    std::reverse(ideas.begin(), ideas.end());
    view::Model& part = panel(home.model, "SIDE", "Ideas nobody has taken up yet", "/ideas", "Idea bank");
    std::size_t shown = 0;
    for (const app::Idea& idea : ideas) {
        if (codes.contains(idea.code) || shown++ >= most) continue;
        sideRow(part, idea.title, "/ideas?process=" + encoded(idea.process), "moves " + idea.kpi);
    }
    if (shown == 0) putNone(part, "Every idea of the bank has been taken up.");
    return {};
}

Result<void> putImprover(const Home& home) {
    const std::string soon = home.today.plusDays(30).iso();
    TM_CHECK(putTiles(
        home,
        {{"/improvements?open=1", "item at work", "items at work", {}, {}, {}},
         {"/improvements?overdue=1", "item past its date", "items past their date", {}, "late", "i-clock"},
         {"/improvements?open=1&serves_none=1", "serves no objective", "serve no objective", {}, {}, {}},
         {"/findings?check_by=" + soon,
          "effectiveness check due in 30 days",
          "effectiveness checks due in 30 days",
          {},
          {},
          {}},
         {"/improvements?state=evaluating", "result to judge", "results to judge", {}, {}, {}}}));
    TM_CHECK(putRegister(home));
    TM_CHECK(putKpis(home));
    TM_CHECK(putObjectives(home));
    TM_CHECK(putCharts(home, false));
    TM_CHECK(putIdeas(home));
    return putBookedChecks(home);
}

// ---- top management

Result<void> putPolicy(const Home& home) {
    TM_TRY(const auto policy, app::showPolicy(*home.web.context, home.actor()));
    view::Model& part =
        panel(home.model, "SIDE", "Improvement policy", "/improvement-policy", "All versions");
    if (!policy.inForce) {
        putNone(part,
                "No policy is in force. The improvement manager writes it, top management approves it.");
        return {};
    }
    const domain::PolicyVersion& version = *policy.inForce;
    const bool late = version.reviewOn && *version.reviewOn < home.today;
    sideRow(part, version.title, "/improvement-policy/" + encoded(version.ref.text()),
            version.reviewOn
                ? (late ? "Its review was due on " : "In force; to be reviewed by ") +
                      version.reviewOn->iso() + ", " + view::dueHint(version.reviewOn, home.today)
                : "In force; no day of review is set");
    return {};
}

Result<void> putReviews(const Home& home) {
    TM_TRY(const auto reviews, app::everyRow([&](const storage::PageRequest& page) {
               return app::listReviews(*home.web.context, home.actor(), page);
           }));
    view::Model& part = panel(home.model, "SIDE", "Management reviews to come", "/reviews", "All reviews");
    std::size_t shown = 0;
    for (const auto& row : reviews) {
        const domain::ManagementReview& review = row.review;
        if (review.state == domain::ReviewState::Closed || review.state == domain::ReviewState::Cancelled)
            continue;
        ++shown;
        view::Model& line =
            sideRow(part, review.title, "/reviews/" + encoded(review.ref.text()),
                    review.day ? review.day->iso() + " " + view::dueHint(review.day, home.today) : "no day");
        putStatus(line.add("STATE"), "STATUS", "review", domain::toText(review.state));
    }
    if (shown == 0) putNone(part, "No review is planned or open.");
    return {};
}

Result<void> putManagement(const Home& home) {
    const std::string today = home.today.iso();
    TM_CHECK(putTiles(
        home, {{"/findings?open=1&class=major&due_before=" + today,
                "major past its date",
                "majors past their date",
                {},
                "late",
                "i-triangle-full"},
               {"/findings?open=1&due_before=" + today,
                "finding past its date",
                "findings past their date",
                {},
                "late",
                "i-clock"},
               {"/findings?counted=1&effect=worked", "plan worked", "plans worked", {}, {}, {}},
               {"/findings?counted=1&effect=failed", "plan did not work", "plans did not work", {}, {}, {}},
               {"/improvements?open=1", "improvement at work", "improvements at work", {}, {}, {}}}));
    TM_CHECK(putObjectives(home));
    TM_TRY(const auto charts, app::findingCharts(*home.web.context, home.actor()));
    putAgeing(home.model.add("AGEING"), charts);
    view::Model& part = home.model.add("CHARTS");
    putClausePareto(part, charts);
    putFlow(part, charts);
    TM_CHECK(putPolicy(home));
    return putReviews(home);
}

// ---- certification auditor, administrator

Result<void> putShared(const Home& home) {
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    TM_CHECK(putTiles(home, {{"/audits", "audit shared with you", "audits shared with you", {}, {}, {}},
                             {"/findings", "finding in them", "findings in them", {}, {}, {}},
                             {"/findings?open=1", "of them open", "of them open", {}, {}, {}}}));
    return home.web.context->database->read([&](storage::ReadSession& session) -> Result<void> {
        TM_TRY(const auto audits, app::everyRow([&](const storage::PageRequest& page) {
                   return storage::listAudits(session, scope, {}, page);
               }));
        view::Model& part =
            panel(home.model, "SIDE", "Shared with you, and until when", "/bundles", "Bundles");
        if (audits.empty())
            putNone(
                part,
                "Nothing is shared with you now. The lead auditor shares an audit until a day that is set.");
        for (const auto& row : audits) {
            TM_TRY(const auto audit, storage::findAudit(session, row.id));
            std::string until;
            for (const auto& share : audit.shares) {
                if (share.party == home.actor().id)
                    until = "until " + share.until.iso() + ", " + view::dueHint(share.until, home.today);
            }
            view::Model& line =
                sideRow(part, row.ref + " " + row.title, "/audits/" + encoded(row.ref), until);
            putStatus(line.add("STATE"), "STATUS", "audit", row.state);
        }
        return {};
    });
}

Result<void> putAccounts(const Home& home) {
    constexpr std::int32_t soon = 30;
    TM_TRY(const auto accounts, app::listAccounts(*home.web.context, home.actor()));
    TM_CHECK(putTiles(
        home,
        {{"/admin/accounts", "account", "accounts", static_cast<std::int64_t>(accounts.size()), {}, {}}}));
    view::Model& part =
        panel(home.model, "SIDE", "Accounts that end within 30 days", "/admin/accounts", "All accounts");
    std::size_t ending = 0;
    for (const auto& party : accounts) {
        if (party.disabled || !party.validUntil || *party.validUntil > home.today.plusDays(soon)) continue;
        ++ending;
        sideRow(part, party.name, "/admin/accounts#account-" + encoded(party.account),
                "until " + party.validUntil->iso() + ", " + view::dueHint(party.validUntil, home.today));
    }
    if (ending == 0) putNone(part, "None. An account with a last day appears here a month before it.");
    return {};
}

Result<void> putAdministrator(const Home& home) {
    TM_CHECK(putAccounts(home));
    app::Context& context = *home.web.context;
    TM_TRY(const std::string note, app::currentCheckpoint(context));
    TM_TRY(const auto head, ledger::readCheckpoint(note));
    view::Model& log = panel(home.model, "SIDE", "Audit trail", "/log", "Open it");
    sideRow(log, "Last signed checkpoint", "/log",
            "at " + view::countText(static_cast<std::int64_t>(head.size)) + " entries, root " +
                head.root.shortForm());
    std::error_code failed;
    const auto space = std::filesystem::space(context.directory.root, failed);
    const auto base = std::filesystem::file_size(context.directory.database(), failed);
    view::Model& store = panel(home.model, "SIDE", "Storage");
    if (!failed) {
        sideRow(store, "Free on the disk", {},
                view::sizeText(space.available) + " of " + view::sizeText(space.capacity) +
                    "; writing stops below " + view::sizeText(context.settings.diskReserve));
        sideRow(store, "Catalog", {}, view::sizeText(base) + " of database");
    } else {
        putNone(store, "The disk does not say how much is free.");
    }
    view::Model& proof = panel(home.model, "SIDE", "Integrity");
    sideRow(proof, "Prove every row, file and log entry", "/help",
            "Run tickmark check --read-data beside the running server; it names whatever does not "
            "agree.");
    return {};
}

}  // namespace

Result<void> putRoleParts(WebApp& web, const Request& request, view::Model& model) {
    const Caller& caller = callerOf(request);
    const Home home{web, caller, model, web.context->today()};
    switch (caller.actor.role) {
        case Role::LeadAuditor:
        case Role::Auditor:
            return putAuditor(home);
        case Role::ProcessOwner:
        case Role::ActionOwner:
            return putOwner(home);
        case Role::ImprovementManager:
            return putImprover(home);
        case Role::TopManagement:
            return putManagement(home);
        case Role::CertificationAuditor:
            return putShared(home);
        case Role::Administrator:
            return putAdministrator(home);
    }
    return {};
}

}  // namespace tickmark::http::pages
