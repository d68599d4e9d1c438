#include "http/api/Describe.h"

#include "http/api/Answers.h"

namespace tickmark::http::api {

using codec::Json;

void Names::add(const std::vector<domain::Party>& parties) {
    for (const domain::Party& party : parties) {
        Json person = Json::object();
        person.set("account", party.account)
            .set("name", party.name)
            .set("role", domain::roleCode(party.role));
        m_people.insert_or_assign(party.id, std::move(person));
    }
}

void Names::add(const std::vector<domain::EvidenceVersion>& versions) {
    for (const auto& version : versions) m_versions.insert_or_assign(version.id, app::versionName(version));
}

Json Names::person(domain::PartyId id) const {
    const auto known = m_people.find(id);
    return known == m_people.end() ? Json() : known->second;
}

Json Names::versions(const std::vector<domain::EvidenceVersionId>& ids) const {
    Json list = Json::array();
    for (const auto id : ids) {
        if (const auto known = m_versions.find(id); known != m_versions.end()) list.push(known->second);
    }
    return list;
}

std::string Names::version(domain::EvidenceVersionId id) const {
    const auto known = m_versions.find(id);
    return known == m_versions.end() ? std::string{} : known->second;
}

Json texts(const std::vector<std::string>& items) {
    Json list = Json::array();
    for (const std::string& item : items) list.push(item);
    return list;
}

Json codesOf(domain::RoleSet roles) {
    using domain::Role;
    Json list = Json::array();
    for (const Role role :
         {Role::LeadAuditor, Role::Auditor, Role::ProcessOwner, Role::ActionOwner, Role::ImprovementManager,
          Role::TopManagement, Role::CertificationAuditor, Role::Administrator}) {
        if (roles.has(role)) list.push(domain::roleCode(role));
    }
    return list;
}

Json describe(const domain::Party& party) {
    Json item = Json::object();
    item.set("account", party.account)
        .set("name", party.name)
        .set("role", domain::roleCode(party.role))
        .set("disabled", party.disabled)
        .set("created_at", party.createdAt.iso())
        .set("rev", party.rev);
    setDate(item, "valid_from", party.validFrom);
    setDate(item, "valid_until", party.validUntil);
    return item;
}

Json describe(const std::vector<domain::Clause>& clauses) {
    Json list = Json::array();
    for (const domain::Clause& clause : clauses) {
        Json item = Json::object();
        item.set("code", clause.code).set("title", clause.title);
        setText(item, "parent", clause.parent);
        list.push(std::move(item));
    }
    return list;
}

Json describe(std::int64_t position, const ledger::Event& event) {
    Json item = Json::object();
    item.set("position", position)
        .set("at", event.at.iso())
        .set("actor", event.actor)
        .set("via", event.via)
        .set("kind", event.kind);
    setText(item, "role", event.role);
    setText(item, "subject", event.subject);
    setText(item, "ref", event.ref);
    if (event.rev > 0) item.set("rev", event.rev);
    if (event.record) item.set("record", event.record->hex());
    if (!event.facts.isNull()) item.set("facts", event.facts);
    return item;
}

namespace {

Json teamOf(const domain::Audit& audit, const Names& names) {
    Json list = Json::array();
    for (const domain::TeamMember& member : audit.team) {
        Json item = Json::object();
        item.set("party", names.person(member.party)).set("lead", member.lead);
        setText(item, "impartiality", member.impartiality);
        list.push(std::move(item));
    }
    return list;
}

Json checklistOf(const domain::Audit& audit) {
    Json list = Json::array();
    for (const domain::ChecklistItem& line : audit.checklist) {
        Json item = Json::object();
        item.set("clause", line.clause).set("question", line.question);
        setText(item, "note", line.note);
        if (!line.sample.population.empty() || line.sample.size > 0) {
            Json sample = Json::object();
            sample.set("population", line.sample.population)
                .set("method", line.sample.method)
                .set("size", line.sample.size);
            item.set("sample", std::move(sample));
        }
        list.push(std::move(item));
    }
    return list;
}

}  // namespace

Json describe(const domain::Audit& audit, const Names& names) {
    Json item = Json::object();
    item.set("ref", audit.ref.text())
        .set("title", audit.title)
        .set("type", domain::toText(audit.type))
        .set("state", domain::toText(audit.state))
        .set("state_title", domain::titleOf(audit.state))
        .set("auditee", audit.auditee)
        .set("created_at", audit.createdAt.iso())
        .set("rev", audit.rev);
    setText(item, "programme", audit.programme);
    setText(item, "catalog", audit.catalog);
    setText(item, "criteria", audit.criteria);
    setText(item, "scope", audit.scope);
    setText(item, "plan", audit.plan);
    setText(item, "conclusion", audit.conclusion);
    setDate(item, "from", audit.from);
    setDate(item, "to", audit.to);
    item.set("sites", texts(audit.sites)).set("team", teamOf(audit, names));
    item.set("checklist", checklistOf(audit));
    Json shares = Json::array();
    for (const domain::AuditShare& share : audit.shares) {
        Json entry = Json::object();
        entry.set("party", names.person(share.party)).set("until", share.until.iso());
        shares.push(std::move(entry));
    }
    item.set("shares", std::move(shares));
    return item;
}

Json describe(const domain::Action& action, const Names& names) {
    Json item = Json::object();
    item.set("ref", action.ref.text())
        .set("kind", domain::toText(action.kind))
        .set("state", domain::toText(action.state))
        .set("state_title", domain::titleOf(action.state))
        .set("title", action.title)
        .set("owner", names.person(action.owner))
        .set("evidence", names.versions(action.evidence))
        .set("created_at", action.createdAt.iso())
        .set("rev", action.rev);
    setText(item, "description", action.description);
    setText(item, "root_cause", action.rootCause);
    setText(item, "owner_role", action.ownerRole);
    setText(item, "cost", action.cost);
    setText(item, "lesson", action.lesson);
    setDate(item, "due", action.due);
    setDate(item, "done_on", action.doneOn);
    Json extensions = Json::array();
    for (const domain::ExtensionRequest& asked : action.extensions) {
        Json entry = Json::object();
        entry.set("asked", asked.asked.iso())
            .set("reason", asked.reason)
            .set("by", names.person(asked.by))
            .set("at", asked.at.iso());
        if (asked.approved) {
            entry.set("approved", *asked.approved).set("decided_by", names.person(asked.decidedBy));
        }
        setText(entry, "note", asked.decisionNote);
        extensions.push(std::move(entry));
    }
    item.set("extensions", std::move(extensions));
    return item;
}

Json describe(const domain::EvidenceVersion& version, const Names& names) {
    Json item = Json::object();
    item.set("version", app::versionName(version))
        .set("ref", version.ref.text())
        .set("number", version.number)
        .set("sha256", version.digest.hex())
        .set("size", version.size)
        .set("media_type", version.mediaType)
        .set("file_name", version.originalName)
        .set("confidentiality", domain::toText(version.confidentiality))
        .set("state", domain::toText(version.state))
        .set("state_title", domain::titleOf(version.state))
        .set("received_by", names.person(version.receivedBy))
        .set("received_at", version.receivedAt.iso())
        .set("ledger_position", version.ledgerPosition)
        .set("rev", version.rev);
    setText(item, "source", version.source);
    setText(item, "state_reason", version.stateReason);
    setText(item, "redaction_of", names.version(version.redactionOf));
    if (version.collectedAt) item.set("collected_at", version.collectedAt->iso());
    setDate(item, "period_from", version.periodFrom);
    setDate(item, "period_to", version.periodTo);
    setDate(item, "valid_until", version.validUntil);
    return item;
}

Json describe(const domain::EvidenceRequest& request, const Names& names) {
    Json item = Json::object();
    item.set("ref", request.ref.text())
        .set("state", domain::toText(request.state))
        .set("state_title", domain::titleOf(request.state))
        .set("text", request.text)
        .set("items", texts(request.items))
        .set("assignee", names.person(request.assignee))
        .set("evidence", names.versions(request.evidence))
        .set("created_at", request.createdAt.iso())
        .set("rev", request.rev);
    setText(item, "return_note", request.returnNote);
    setDate(item, "due", request.due);
    return item;
}

}  // namespace tickmark::http::api
