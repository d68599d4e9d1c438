#include "storage/Mapping.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "storage/Values.h"
#include "tickmark/domain/Checklist.h"
#include "tickmark/domain/Trends.h"

namespace tickmark::storage {
namespace {

constexpr std::array<SideTable, 1> clauseTable{
    {{"clause", "catalog, code, position, parent, title", "code"}}};
constexpr std::array<SideTable, 3> auditTables{
    {{"audit_team", "audit, party, lead", "party"},
     {"audit_share", "audit, party, until_day", "party"},
     {"audit_check", "audit, number, clause, result, examined", "number"}}};
constexpr std::array<SideTable, 3> findingTables{
    {{"finding_clause", "finding, clause", "clause"},
     {"finding_evidence", "finding, version, position", "version"},
     {"finding_facet", "finding, facet, value", "facet, value"}}};
constexpr std::array<SideTable, 1> actionTables{
    {{"action_evidence", "action, version, position", "version"}}};
constexpr std::array<SideTable, 1> requestTables{
    {{"request_evidence", "request, version, position", "version"}}};

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) {
        if (!all.empty()) all += ", ";
        all += text;
    }
    return all;
}

/// The date that an open extension asks for.
std::optional<Date> undecidedExtension(const domain::Action& action) {
    const auto open = std::find_if(action.extensions.begin(), action.extensions.end(),
                                   [](const auto& extension) { return !extension.approved; });
    return open == action.extensions.end() ? std::nullopt : std::optional<Date>(open->asked);
}

}  // namespace

// A list may name a version twice; its table holds it once, at its first place.
SideRows versionRows(const std::vector<domain::EvidenceVersionId>& versions) {
    std::vector<std::pair<std::int64_t, std::int64_t>> places;
    places.reserve(versions.size());
    std::int64_t position = 0;
    for (const auto version : versions) places.emplace_back(version.value, position++);
    // Nearly always in order already: what comes later has the higher id.
    if (!std::is_sorted(places.begin(), places.end())) std::sort(places.begin(), places.end());
    SideRows rows;
    rows.reserve(places.size());
    std::optional<std::int64_t> before;
    for (const auto& [version, place] : places) {
        if (before != version) rows.push_back({numberValue(version), numberValue(place)});
        before = version;
    }
    return rows;
}

namespace {

/// Rows of the checklist as coverage and progress count them.
SideRows checkRows(const domain::Audit& audit) {
    std::vector<domain::ChecklistItem> checklist = audit.checklist;
    domain::numberRows(checklist);
    std::map<std::int64_t, const domain::ChecklistItem*> byNumber;
    for (const domain::ChecklistItem& item : checklist) byNumber.emplace(item.row.value, &item);
    SideRows rows;
    for (const auto& [number, item] : byNumber) {
        rows.push_back({numberValue(number), textValue(item->clause),
                        textValue(item->result ? domain::toText(*item->result) : std::string_view()),
                        numberValue(domain::isExamined(*item) ? 1 : 0)});
    }
    return rows;
}

}  // namespace

const TableShape Mapping<domain::Party>::shape{"party", "party", "name, role, disabled, valid_until", {}};
std::string Mapping<domain::Party>::ref(const domain::Party& party) { return party.account; }
Row Mapping<domain::Party>::columns(const domain::Party& party) {
    return {textValue(party.name), textValue(domain::roleCode(party.role)),
            numberValue(party.disabled ? 1 : 0), dayValue(party.validUntil)};
}
std::vector<SideRows> Mapping<domain::Party>::sides(const domain::Party&) { return {}; }

const TableShape Mapping<domain::Catalog>::shape{"catalog", "catalog", "title, version, source, clauses",
                                                 clauseTable};
std::string Mapping<domain::Catalog>::ref(const domain::Catalog& catalog) { return catalog.code; }
Row Mapping<domain::Catalog>::columns(const domain::Catalog& catalog) {
    return {textValue(catalog.title), textValue(catalog.version), textValue(catalog.source),
            numberValue(static_cast<std::int64_t>(catalog.clauses.size()))};
}
std::vector<SideRows> Mapping<domain::Catalog>::sides(const domain::Catalog& catalog) {
    SideRows rows;
    std::int64_t position = 0;
    for (const auto& clause : catalog.clauses) {
        rows.push_back({textValue(clause.code), numberValue(position++), textValue(clause.parent),
                        textValue(clause.title)});
    }
    std::sort(rows.begin(), rows.end());
    return {rows};
}

const TableShape Mapping<domain::Audit>::shape{
    "audit", "audit", "title, type, state, auditee, catalog, from_day, to_day", auditTables};
std::string Mapping<domain::Audit>::ref(const domain::Audit& audit) { return audit.ref.text(); }
Row Mapping<domain::Audit>::columns(const domain::Audit& audit) {
    return {textValue(audit.title),
            textValue(domain::toText(audit.type)),
            textValue(domain::toText(audit.state)),
            textValue(audit.auditee),
            textValue(audit.catalog),
            dayValue(audit.from),
            dayValue(audit.to)};
}
std::vector<SideRows> Mapping<domain::Audit>::sides(const domain::Audit& audit) {
    std::map<std::int64_t, bool> team;
    for (const auto& member : audit.team) team[member.party.value] = team[member.party.value] || member.lead;
    std::map<std::int64_t, Date> shares;
    for (const auto& share : audit.shares) {
        const auto [place, added] = shares.emplace(share.party.value, share.until);
        if (!added) place->second = std::max(place->second, share.until);
    }
    std::vector<SideRows> all(3);
    for (const auto& [party, lead] : team) all[0].push_back({numberValue(party), numberValue(lead ? 1 : 0)});
    for (const auto& [party, until] : shares) all[1].push_back({numberValue(party), textValue(until.iso())});
    all[2] = checkRows(audit);
    return all;
}

const TableShape Mapping<domain::Finding>::shape{"finding", "finding",
                                                 "audit, class, state, open, title, clauses, owner, "
                                                 "repeat_of, response_due, close_due, evidence, changed_at",
                                                 findingTables};
std::string Mapping<domain::Finding>::ref(const domain::Finding& finding) { return finding.ref.text(); }
Row Mapping<domain::Finding>::columns(const domain::Finding& finding) {
    return {idValue(finding.audit),
            textValue(finding.classCode),
            textValue(domain::toText(finding.state)),
            numberValue(domain::isFinal(finding.state) ? 0 : 1),
            textValue(finding.title),
            textValue(joined(finding.clauses)),
            idValue(finding.owner),
            textValue(finding.repeatOf),
            dayValue(finding.responseDue),
            dayValue(finding.closeDue),
            numberValue(static_cast<std::int64_t>(finding.evidence.size())),
            numberValue(finding.changedAt.micros)};
}
std::vector<SideRows> Mapping<domain::Finding>::sides(const domain::Finding& finding) {
    const std::set<std::string> clauses(finding.clauses.begin(), finding.clauses.end());
    std::vector<SideRows> all(3);
    for (const auto& clause : clauses) all[0].push_back({textValue(clause)});
    all[1] = versionRows(finding.evidence);
    for (const auto& [facet, value] : domain::facetsOf(finding))
        all[2].push_back({textValue(facet), textValue(value)});
    return all;
}

bool isOpen(domain::ActionState state) noexcept {
    switch (state) {
        case domain::ActionState::Planned:
        case domain::ActionState::Approved:
        case domain::ActionState::InProgress:
        case domain::ActionState::Done:
        case domain::ActionState::Verified:
        case domain::ActionState::OnHold:
            return true;
        case domain::ActionState::Effective:
        case domain::ActionState::NotEffective:
        case domain::ActionState::Cancelled:
            return false;
    }
    return false;
}

const TableShape Mapping<domain::Action>::shape{
    "action", "action", "finding, kind, state, open, title, owner, owner_role, due, done_on, extension_asked",
    actionTables};
std::string Mapping<domain::Action>::ref(const domain::Action& action) { return action.ref.text(); }
Row Mapping<domain::Action>::columns(const domain::Action& action) {
    return {idValue(action.finding),
            textValue(domain::toText(action.kind)),
            textValue(domain::toText(action.state)),
            numberValue(isOpen(action.state) ? 1 : 0),
            textValue(action.title),
            idValue(action.owner),
            textValue(action.ownerRole),
            dayValue(action.due),
            dayValue(action.doneOn),
            dayValue(undecidedExtension(action))};
}
std::vector<SideRows> Mapping<domain::Action>::sides(const domain::Action& action) {
    return {versionRows(action.evidence)};
}

const TableShape Mapping<domain::Evidence>::shape{"evidence", "evidence", "audit, title", {}};
std::string Mapping<domain::Evidence>::ref(const domain::Evidence& evidence) { return evidence.ref.text(); }
Row Mapping<domain::Evidence>::columns(const domain::Evidence& evidence) {
    return {idValue(evidence.audit), textValue(evidence.title)};
}
std::vector<SideRows> Mapping<domain::Evidence>::sides(const domain::Evidence&) { return {}; }

const TableShape Mapping<domain::EvidenceVersion>::shape{
    "evidence_version",
    "evidence-version",
    "evidence, number, audit, digest, size, media_type, original_name, state, confidentiality, valid_until, "
    "received_by, received_at, ledger_position",
    {}};
std::string Mapping<domain::EvidenceVersion>::ref(const domain::EvidenceVersion& version) {
    return version.ref.text() + "/v" + std::to_string(version.number);
}
Row Mapping<domain::EvidenceVersion>::columns(const domain::EvidenceVersion& version) {
    return {idValue(version.evidence),
            numberValue(version.number),
            idValue(version.audit),
            textValue(version.digest.hex()),
            numberValue(static_cast<std::int64_t>(version.size)),
            textValue(version.mediaType),
            textValue(version.originalName),
            textValue(domain::toText(version.state)),
            textValue(domain::toText(version.confidentiality)),
            dayValue(version.validUntil),
            idValue(version.receivedBy),
            numberValue(version.receivedAt.micros),
            numberValue(version.ledgerPosition)};
}
std::vector<SideRows> Mapping<domain::EvidenceVersion>::sides(const domain::EvidenceVersion&) { return {}; }

const TableShape Mapping<domain::EvidenceRequest>::shape{
    "evidence_request", "evidence-request", "audit, finding, state, text, assignee, due", requestTables};
std::string Mapping<domain::EvidenceRequest>::ref(const domain::EvidenceRequest& request) {
    return request.ref.text();
}
Row Mapping<domain::EvidenceRequest>::columns(const domain::EvidenceRequest& request) {
    return {idValue(request.audit),  idValue(request.finding),  textValue(domain::toText(request.state)),
            textValue(request.text), idValue(request.assignee), dayValue(request.due)};
}
std::vector<SideRows> Mapping<domain::EvidenceRequest>::sides(const domain::EvidenceRequest& request) {
    return {versionRows(request.evidence)};
}

const TableShape Mapping<domain::Bundle>::shape{"bundle", "bundle", "audit, state, digest", {}};
std::string Mapping<domain::Bundle>::ref(const domain::Bundle& bundle) { return bundle.ref.text(); }
Row Mapping<domain::Bundle>::columns(const domain::Bundle& bundle) {
    return {idValue(bundle.audit), textValue(domain::toText(bundle.state)), textValue(bundle.digest.hex())};
}
std::vector<SideRows> Mapping<domain::Bundle>::sides(const domain::Bundle&) { return {}; }

}  // namespace tickmark::storage
