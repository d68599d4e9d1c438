#include "tickmark/app/Audits.h"

#include <algorithm>

#include "app/Access.h"
#include "app/AuditAccess.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Checklist.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/domain/Visibility.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Bundles.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {
namespace {

std::string_view seriesOf(domain::AuditType type) {
    switch (type) {
        case domain::AuditType::Internal:
            return "IA";
        case domain::AuditType::Supplier:
            return "SU";
        case domain::AuditType::CertificationStage1:
        case domain::AuditType::CertificationStage2:
        case domain::AuditType::Surveillance:
        case domain::AuditType::Recertification:
            return "CA";
    }
    return "IA";
}

/// "IA-2026-01", the first of its year that is free.
Result<domain::AuditRef> freeRef(storage::ReadSession& session, domain::AuditType type, int year) {
    const std::string stem = std::string(seriesOf(type)) + "-" + std::to_string(year) + "-";
    for (int number = 1; number < 10'000; ++number) {
        const std::string ref = stem + (number < 10 ? "0" : "") + std::to_string(number);
        auto taken = storage::findAudit(session, domain::AuditRef(ref));
        if (taken) continue;
        if (taken.error().kind == ErrorKind::NotFound) return domain::AuditRef(ref);
        return std::move(taken).error();
    }
    return refused("no-reference", "No reference of the series " + stem + " is free.", "Give one yourself.");
}

Result<void> checkReferences(storage::ReadSession& session, const domain::Audit& audit) {
    if (!audit.catalog.empty()) {
        auto catalog = storage::findCatalogByCode(session, audit.catalog);
        if (!catalog && catalog.error().kind != ErrorKind::NotFound) return std::move(catalog).error();
        if (!catalog)
            return invalid("unknown-reference", "catalog", "There is no catalog \"" + audit.catalog + "\".");
    }
    for (const domain::TeamMember& member : audit.team) {
        auto party = storage::findParty(session, member.party);
        const bool auditor =
            party && (party->role == domain::Role::LeadAuditor || party->role == domain::Role::Auditor);
        if (!auditor) {
            return invalid("unknown-reference", "team",
                           "An audit team consists of lead auditors and auditors.");
        }
        if (member.lead && party->role != domain::Role::LeadAuditor) {
            return invalid("unknown-reference", "team",
                           party->account + " is no lead auditor and cannot lead.");
        }
    }
    return {};
}

}  // namespace

namespace {

/// A new audit's rows are questions: nothing was looked at yet.
void beginChecklist(std::vector<domain::ChecklistItem>& checklist) {
    for (domain::ChecklistItem& row : checklist) {
        row = {row.clause, row.question, row.note, row.sample};
        row.rev = 1;
    }
    domain::numberRows(checklist);
}

}  // namespace

Result<domain::Audit> insertAudit(Context& context, const domain::Actor& actor,
                                  storage::WriteSession& session, domain::Audit audit) {
    if (actor.role != domain::Role::LeadAuditor) return forbidden("Only a lead auditor can create an audit.");
    audit.id = {};
    audit.rev = 0;
    audit.state = domain::AuditState::Planned;
    audit.shares.clear();
    audit.createdAt = context.now();
    beginChecklist(audit.checklist);
    const auto own = std::find_if(audit.team.begin(), audit.team.end(),
                                  [&](const auto& member) { return member.party == actor.id; });
    if (own == audit.team.end())
        audit.team.insert(audit.team.begin(), {actor.id, true, {}});
    else
        own->lead = true;
    if (audit.ref.empty()) {
        TM_TRY(audit.ref,
               freeRef(session, audit.type, audit.from ? audit.from->year() : context.today().year()));
    }
    TM_CHECK(domain::validate(audit));
    TM_CHECK(checkReferences(session, audit));
    ledger::Event event = eventOf(context, actor, "audit.create");
    event.facts.set("type", domain::toText(audit.type));
    TM_TRY([[maybe_unused]] const auto position, storage::save(session, audit, std::move(event)));
    return audit;
}

Result<domain::Audit> createAudit(Context& context, const domain::Actor& actor, domain::Audit input) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Audit> {
        return insertAudit(context, actor, session, input);
    });
}

Result<domain::Audit> changeAuditWith(Context& context, const domain::Actor& actor,
                                      const domain::AuditRef& ref, std::int64_t rev,
                                      const std::function<Result<ledger::Event>(AuditChange&)>& deed) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Audit> {
        TM_TRY(domain::Audit audit, storage::findAuditVisible(session, ref, scopeOf(context, actor)));
        TM_CHECK(mustBeCurrent(ref.text(), rev, audit.rev));
        AuditChange change{session, std::move(audit)};
        TM_TRY(ledger::Event event, deed(change));
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, change.audit, std::move(event)));
        return std::move(change.audit);
    });
}

Result<domain::Audit> changeAudit(Context& context, const domain::Actor& actor, domain::Audit input) {
    return changeAuditWith(
        context, actor, input.ref, input.rev, [&](AuditChange& change) -> Result<ledger::Event> {
            TM_CHECK(mustLead(actor, change.audit, "change the audit"));
            TM_CHECK(mustBeOpen(change.audit));
            const domain::Audit stored = change.audit;
            change.audit = input;
            change.audit.id = stored.id;
            change.audit.state = stored.state;
            change.audit.shares = stored.shares;
            change.audit.createdAt = stored.createdAt;
            change.audit.checklist = stored.checklist;
            if (!domain::leads(change.audit, actor.id)) {
                return invalid(
                    "team", "team",
                    "Whoever changes the team cannot leave it without a lead: keep yourself as lead.");
            }
            TM_CHECK(domain::validate(change.audit));
            TM_CHECK(checkReferences(change.session, change.audit));
            return eventOf(context, actor, "audit.change");
        });
}

namespace {

/// Names as many findings that stand against closing as the guard's words do, and counts the others.
Result<void> readStanding(storage::ReadSession& session, const storage::Scope& scope,
                          domain::AuditCase& item) {
    constexpr std::size_t named = 20;
    TM_TRY(auto standing, storage::findingsAgainstClosing(session, scope, item.audit.id, named));
    item.unnamed = standing.count - static_cast<std::int64_t>(standing.refs.size());
    item.openFindings = std::move(standing.refs);
    return {};
}

}  // namespace

Result<domain::Audit> changeAuditState(Context& context, const domain::Actor& actor,
                                       const domain::AuditRef& ref, std::int64_t rev,
                                       domain::AuditEvent event, const std::string& reason) {
    return changeAuditWith(context, actor, ref, rev, [&](AuditChange& change) -> Result<ledger::Event> {
        domain::AuditCase item{change.audit, {}, 0};
        TM_CHECK(readStanding(change.session, scopeOf(context, actor), item));
        TM_TRY(const domain::AuditState to,
               domain::next(item, event, stepInput(context, actor, change.audit, reason)));
        ledger::Event entry = stepEvent(context, actor, "audit", domain::toText(event),
                                        domain::toText(change.audit.state), domain::toText(to), reason);
        change.audit.state = to;
        return entry;
    });
}

namespace {

/// The certification auditor of that account. One that is disabled can only be taken off.
Result<domain::Party> certificationAuditor(storage::ReadSession& session, const std::string& account,
                                           bool giving) {
    auto who = storage::findPartyByAccount(session, account);
    if (!who && who.error().kind != ErrorKind::NotFound) return who;
    const bool usable = who && who->role == domain::Role::CertificationAuditor && !(giving && who->disabled);
    if (usable) return who;
    return invalid("unknown-reference", "account",
                   "An audit is shared with a certification auditor; \"" + account + "\" is none.");
}

}  // namespace

Result<domain::Audit> shareAudit(Context& context, const domain::Actor& actor, const domain::AuditRef& ref,
                                 std::int64_t rev, const std::string& account, std::optional<Date> until) {
    return changeAuditWith(context, actor, ref, rev, [&](AuditChange& change) -> Result<ledger::Event> {
        TM_CHECK(mustLead(actor, change.audit, "share the audit"));
        TM_TRY(const domain::Party who, certificationAuditor(change.session, account, until.has_value()));
        if (until && *until < context.today()) {
            return invalid("share", "until", "The last day of access lies in the past.");
        }
        const auto removed =
            std::erase_if(change.audit.shares, [&](const auto& share) { return share.party == who.id; });
        ledger::Event event = eventOf(context, actor, until ? "audit.share" : "audit.unshare");
        event.facts.set("account", account);
        if (until) {
            change.audit.shares.push_back({who.id, *until});
            event.facts.set("until", until->iso());
        } else if (removed == 0) {
            return refused("not-shared", ref.text() + " is not shared with " + account + ".");
        }
        return event;
    });
}

namespace {

/// Counts the findings that the scope reaches.
Result<void> countFindings(storage::ReadSession& session, const storage::Scope& scope, AuditView& view) {
    storage::FindingFilter filter;
    filter.audit = view.audit.id;
    TM_TRY(view.findings, storage::countFindings(session, scope, filter));
    filter.openOnly = true;
    TM_TRY(view.openFindings, storage::countFindings(session, scope, filter));
    return {};
}

Result<void> readPeople(storage::ReadSession& session, AuditView& view) {
    std::vector<domain::PartyId> people;
    for (const auto& member : view.audit.team) people.push_back(member.party);
    for (const auto& share : view.audit.shares) people.push_back(share.party);
    TM_TRY(view.parties, partiesOf(session, people));
    return {};
}

}  // namespace

Result<AuditView> showAudit(Context& context, const domain::Actor& actor, const domain::AuditRef& ref) {
    return context.database->read([&](storage::ReadSession& session) -> Result<AuditView> {
        const storage::Scope scope = scopeOf(context, actor);
        AuditView view;
        TM_TRY(view.audit, storage::findAuditVisible(session, ref, scope));
        const bool wholeAudits = scope.reach != domain::Reach::OwnItems;
        view.readsPapers =
            scope.reach == domain::Reach::TeamAudits || scope.reach == domain::Reach::SharedAudits;
        view.readsSharing = wholeAudits && scope.reach != domain::Reach::SharedAudits;
        view.progress = domain::progressOf(view.audit.checklist);
        if (!view.readsPapers) {
            view.progress = {};
            view.audit.checklist.clear();
        }
        domain::numberRows(view.audit.checklist);
        if (!view.readsSharing) view.audit.shares.clear();
        TM_CHECK(readPeople(session, view));
        domain::AuditCase item{view.audit, {}, 0};
        TM_CHECK(countFindings(session, scope, view));
        TM_CHECK(readStanding(session, scope, item));
        if (wholeAudits) {
            storage::EvidenceFilter versions;
            versions.audit = view.audit.id;
            TM_TRY(view.evidence, storage::countEvidence(session, scope, versions));
        }
        storage::RequestFilter requests;
        requests.audit = view.audit.id;
        TM_TRY(view.requests, storage::countRequests(session, scope, requests));
        storage::BundleFilter filter;
        filter.audit = view.audit.id;
        TM_TRY(view.bundles, storage::countBundles(session, scope, filter));
        if (!view.audit.catalog.empty()) {
            TM_TRY(auto catalog, storage::findCatalogByCode(session, view.audit.catalog));
            view.clauses = std::move(catalog.clauses);
        }
        view.steps = domain::stepsOf(item, stepInput(context, actor, view.audit, {}));
        return view;
    });
}

}  // namespace tickmark::app
