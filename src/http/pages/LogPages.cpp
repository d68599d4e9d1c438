// The audit trail: entries newest first, one entry with its exact bytes and its proof.
#include <algorithm>
#include <charconv>

#include "http/pages/Prove.h"
#include "tickmark/app/Ledgers.h"
#include "tickmark/app/Witnesses.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::http::pages {
namespace {

constexpr const char* readers = "LA AU IM TM AD";
constexpr std::int64_t pageSize = 50;

std::optional<std::int64_t> positionIn(std::string_view text) {
    std::int64_t value = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return whole && value >= 0 ? std::optional(value) : std::nullopt;
}

Result<std::int64_t> logSize(WebApp& web) {
    TM_TRY(const std::string note, app::currentCheckpoint(*web.context));
    if (note.empty()) return std::int64_t{0};
    TM_TRY(const ledger::Checkpoint head, ledger::readCheckpoint(note));
    return static_cast<std::int64_t>(head.size);
}

std::string roleWord(const std::string& code) {
    const auto role = domain::roleFromCode(code);
    return role ? std::string(domain::roleName(*role)) : code;
}

/// The machine that a kind of thing goes through, as view::statusOf names it.
std::string_view machineOf(std::string_view subject) {
    if (subject == "evidence-version") return "evidence";
    if (subject == "evidence-request") return "request";
    return subject;
}

/// The part of the facts that fits a line: where it went, and the reason.
std::string saidOf(const ledger::Event& event) {
    const auto word = [&](const char* name) {
        return view::said(view::statusOf(machineOf(event.subject), event.facts.textAt(name)).word);
    };
    std::string said;
    if (!event.facts.textAt("from").empty() && !event.facts.textAt("to").empty())
        said = view::said("from {} to {}", {word("from"), word("to")});
    const std::string reason(event.facts.textAt("reason"));
    if (!reason.empty()) said += (said.empty() ? "" : ": ") + reason;
    return said;
}

void putThing(view::Model& model, const Caller& caller, const ledger::Event& event, bool mayOpen) {
    const std::string address =
        mayOpen ? addressOfThing(caller.actor.role, event.subject, event.ref) : std::string();
    model.setIf("REF", event.ref);
    if (address.empty())
        model.show("NO_LINK");
    else
        model.add("LINK").set("HREF", address);
}

void putEntry(view::Model& row, const Caller& caller, const app::LedgerLine& line, bool mayOpen) {
    row.set("POSITION", std::to_string(line.position)).set("AT", line.event.at.iso());
    row.set("ACTOR", line.event.actor).sayIf("ROLE", roleWord(line.event.role));
    row.set("KIND", line.event.kind).set("SUBJECT", line.event.subject);
    row.set("SAID", saidOf(line.event));
    putThing(row, caller, line.event, mayOpen);
}

void putNeighbours(view::Model& model, std::int64_t newer, std::int64_t older, std::int64_t last) {
    if (newer <= last) model.add("NEWER").set("POSITION", std::to_string(newer));
    if (older >= 0) model.add("OLDER").set("POSITION", std::to_string(older));
}

/// Who watches the log, and the head that each cosigned last.
void putWitnesses(view::Model& model, const std::vector<app::WitnessView>& witnesses) {
    if (witnesses.empty()) return;
    view::Model& list = model.add("HAS_WITNESSES");
    for (const app::WitnessView& witness : witnesses) {
        view::Model& row = list.add("WITNESS").set("NAME", witness.name);
        if (!witness.size) {
            row.show("UNSEEN");
            continue;
        }
        row.add("SEEN")
            .set("COSIGNED", view::countText(static_cast<std::int64_t>(*witness.size)))
            .setLogged("COSIGNED_AT", witness.at);
    }
}

Result<Response> showLog(WebApp& web, Request& request, const PathParameters&) {
    const Caller& caller = callerOf(request);
    TM_TRY(const std::int64_t size, logSize(web));
    TM_TRY(const auto witnesses, app::listWitnesses(*web.context));
    const std::string asked(request.queryValue("from"));
    const std::int64_t newest = std::max<std::int64_t>(0, size - pageSize);
    const auto wanted = positionIn(asked);
    const Error unclear =
        invalid("page", "from", "A position is a whole number from 0; these are the newest entries.");
    const bool understood = asked.empty() || wanted.has_value();
    const std::int64_t from = wanted.value_or(newest);
    std::vector<app::LedgerLine> lines;
    if (from < size) {
        TM_TRY(lines, app::listLedger(*web.context, caller.actor, from, pageSize));
        std::reverse(lines.begin(), lines.end());
    }
    TM_TRY(const std::vector<bool> mayOpen, app::mayOpenThings(*web.context, caller.actor, lines));
    Frame frame;
    frame.title = view::said("Audit trail");
    frame.section = "/log";
    frame.error = understood ? nullptr : &unclear;
    frame.status = understood ? 200 : 400;
    return page(web, request, frame, "pages/log.html", [&](view::Model& model) {
        model.set("SIZE", view::countText(size)).set("FROM", asked.empty() ? "" : std::to_string(from));
        putWitnesses(model, witnesses);
        model.showIf(lines.empty(), "EMPTY");
        if (lines.empty()) return;
        view::Model& rows = model.add("HAS_ROWS");
        for (std::size_t i = 0; i < lines.size(); ++i)
            putEntry(rows.add("ROW"), caller, lines[i], mayOpen[i]);
        const std::int64_t older = from == 0 ? -1 : std::max<std::int64_t>(0, from - pageSize);
        putNeighbours(model, from + pageSize, older, size - 1);
    });
}

/// A fact as text: texts as they are, everything else as JSON.
std::string factText(const codec::Json& value) {
    const std::string* text = value.text();
    return text != nullptr ? *text : codec::canonicalJson(value);
}

void putFacts(view::Model& model, const ledger::Event& event) {
    model.setIf("VIA", event.via).setIf("RECORD", event.record ? event.record->hex() : "");
    if (event.rev > 0) model.add("REVISION").set("NUMBER", std::to_string(event.rev));
    const codec::Json::Object* members = event.facts.members();
    if (members == nullptr) return;
    for (const auto& [name, value] : *members)
        model.add("FACT").set("NAME", name).set("TEXT", factText(value));
}

Result<Response> showEntry(WebApp& web, Request& request, const PathParameters& parameters) {
    const Caller& caller = callerOf(request);
    const auto position = positionIn(parameters.at("position"));
    if (!position) return notFound("log entry \"" + std::string(parameters.at("position")) + "\"");
    TM_TRY(const ledger::TlogProof proof, app::proveEntry(*web.context, caller.actor, *position));
    TM_TRY(const auto lines, app::listLedger(*web.context, caller.actor, *position, 1));
    if (lines.empty()) return notFound("log entry " + std::to_string(*position));
    TM_TRY(const std::vector<bool> mayOpen, app::mayOpenThings(*web.context, caller.actor, lines));
    TM_TRY(const ledger::Checkpoint head, ledger::readCheckpoint(proof.checkpoint));
    const auto size = static_cast<std::int64_t>(head.size);
    Frame frame;
    frame.title = view::said("Log entry " + std::to_string(*position));
    frame.section = "/log";
    frame.trail = {{"/log", "Audit trail"}};
    frame.trailEnd = std::to_string(*position);
    return page(web, request, frame, "pages/log-entry.html", [&](view::Model& model) {
        putEntry(model, caller, lines.front(), mayOpen.front());
        putFacts(model, lines.front().event);
        model.set("LEAF", lines.front().leaf).set("PROOF", proof.text()).set("CHECKPOINT", proof.checkpoint);
        model.set("SIZE", view::countText(size));
        putNeighbours(model, *position + 1, *position - 1, size - 1);
    });
}

}  // namespace

Result<void> addLogPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/log", "page.log", readers, showLog));
    TM_CHECK(addPage(router, web, "/log/{position}", "page.log-entry", readers, showEntry));
    TM_CHECK(addVerifyPages(router, web));
    return addTrustPages(router, web);
}

}  // namespace tickmark::http::pages
