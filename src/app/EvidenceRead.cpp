// Reviewing, reading and showing evidence.
#include <algorithm>
#include <charconv>

#include "app/Access.h"
#include "app/EvidenceReading.h"
#include "app/MalwareHold.h"
#include "app/ScannedVersion.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Requests.h"
#include "tickmark/storage/Upkeep.h"

namespace tickmark::app {
namespace {

using domain::EvidenceEvent;

/// Marks the version as damaged; what cannot be written is left for the next check to find.
void quarantine(Context& context, const domain::EvidenceVersion& version, const std::string& why) {
    domain::Actor system;
    system.account = "system";
    system.via = "system";
    [[maybe_unused]] const auto done =
        context.database->write([&](storage::WriteSession& session) -> Result<domain::EvidenceVersion> {
            TM_TRY(domain::EvidenceVersion stored, storage::findEvidenceVersion(session, version.id));
            domain::StepInput input{system, false, why, context.today()};
            TM_TRY(const auto to, domain::next(stored, EvidenceEvent::Quarantine, input));
            ledger::Event event = ledger::Event{};
            event.at = context.now();
            event.actor = "system";
            event.via = "system";
            event.kind = "evidence.quarantine";
            event.facts.set("from", domain::toText(stored.state))
                .set("to", domain::toText(to))
                .set("reason", why);
            stored.state = to;
            stored.stateReason = why;
            TM_TRY([[maybe_unused]] const auto position, storage::save(session, stored, std::move(event)));
            return stored;
        });
}

/// Hands the object on and quarantines the version when the bytes turn out damaged.
class GuardedReader final : public archive::ObjectReader {
  public:
    GuardedReader(Context& context, domain::EvidenceVersion version,
                  std::unique_ptr<archive::ObjectReader> reader)
        : m_context(&context), m_version(std::move(version)), m_reader(std::move(reader)) {}

    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        auto count = m_reader->read(buffer);
        if (!count && count.error().kind == ErrorKind::Damaged) quarantine(*m_context, m_version, reason());
        return count;
    }
    [[nodiscard]] std::uint64_t size() const override { return m_reader->size(); }

  private:
    [[nodiscard]] std::string reason() const {
        return versionName(m_version) + " no longer has the digest it was received with.";
    }
    Context* m_context;
    domain::EvidenceVersion m_version;
    std::unique_ptr<archive::ObjectReader> m_reader;
};

Error damaged(const domain::EvidenceVersion& version) {
    return {ErrorKind::Damaged,
            "object-damaged",
            versionName(version) + " no longer has the digest it was received with. It is quarantined.",
            {},
            {},
            "Restore the object from a backup, then run `tickmark check --read-data`.",
            {}};
}

/// Looks within that time are one reading.
constexpr std::int64_t readingSeconds = 15 * 60;

/// Whether the newest entry of this person's reading of the version is that young.
Result<bool> readLately(const Context& context, storage::ReadSession& session, const domain::Actor& actor,
                        const domain::EvidenceVersion& version) {
    storage::EventFilter filter;
    filter.ref = versionName(version);
    filter.kind = "evidence.download";
    filter.actor = actor.account;
    TM_TRY(const auto page, storage::listEvents(session, filter, {1, {}}));
    if (page.rows.empty()) return false;
    TM_TRY(const ledger::Event event, ledger::Event::parse(page.rows.front().leaf));
    return context.now() < event.at.plusSeconds(readingSeconds);
}

/// Collects who uses any of some versions, as far as the scope reaches.
class Users {
  public:
    Users(storage::ReadSession& session, const storage::Scope& scope,
          const std::vector<domain::EvidenceVersion>& versions)
        : m_session(&session), m_scope(&scope), m_versions(&versions) {}

    Result<void> addFindings() {
        for (const auto& version : *m_versions) {
            TM_TRY(const auto citing, storage::findingsCiting(*m_session, version.id));
            for (const auto& ref : citing) {
                TM_CHECK(addIf(storage::findFindingVisible(*m_session, ref, *m_scope), ref.text()));
            }
        }
        return {};
    }
    Result<void> addActions(domain::AuditId audit) {
        TM_TRY(const auto actions, storage::actionsOf(*m_session, audit));
        for (const auto& action : actions) {
            if (!names(action.evidence)) continue;
            TM_CHECK(addIf(storage::findActionVisible(*m_session, action.ref, *m_scope), action.ref.text()));
        }
        return {};
    }
    Result<void> addRequests(domain::AuditId audit) {
        TM_TRY(const auto requests, storage::requestsOf(*m_session, audit));
        for (const auto& request : requests) {
            if (!names(request.evidence)) continue;
            TM_CHECK(
                addIf(storage::findRequestVisible(*m_session, request.ref, *m_scope), request.ref.text()));
        }
        return {};
    }
    [[nodiscard]] std::vector<std::string> take() { return std::move(m_refs); }

  private:
    [[nodiscard]] bool names(const std::vector<domain::EvidenceVersionId>& list) const {
        return std::any_of(m_versions->begin(), m_versions->end(), [&](const auto& version) {
            return std::find(list.begin(), list.end(), version.id) != list.end();
        });
    }
    /// What is not found is not seen; other errors are passed on.
    template <class Found>
    Result<void> addIf(const Result<Found>& found, const std::string& ref) {
        if (!found && found.error().kind != ErrorKind::NotFound) return found.error();
        const bool known = std::find(m_refs.begin(), m_refs.end(), ref) != m_refs.end();
        if (found && !known) m_refs.push_back(ref);
        return {};
    }

    storage::ReadSession* m_session;
    const storage::Scope* m_scope;
    const std::vector<domain::EvidenceVersion>* m_versions;
    std::vector<std::string> m_refs{};
};

}  // namespace

Result<VersionName> parseVersionName(std::string_view field, std::string_view text) {
    const Error bad = invalid("evidence-reference", std::string(field),
                              "\"" + std::string(text.substr(0, 60)) + "\" names no evidence version.",
                              "Write the reference and the version, like E-0117/v1.");
    const auto slash = text.find("/v");
    if (slash == std::string_view::npos || slash == 0 || slash > 40) return bad;
    VersionName name;
    name.ref = domain::EvidenceRef(std::string(text.substr(0, slash)));
    const std::string_view digits = text.substr(slash + 2);
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), name.number);
    if (parsed.ec != std::errc{} || parsed.ptr != digits.data() + digits.size() || name.number < 1)
        return bad;
    return name;
}

std::string versionName(const domain::EvidenceVersion& version) {
    return version.ref.text() + "/v" + std::to_string(version.number);
}

Result<domain::EvidenceVersion> changeEvidenceState(Context& context, const domain::Actor& actor,
                                                    const VersionName& name, std::int64_t rev,
                                                    EvidenceEvent event, const std::string& reason,
                                                    const std::string& code) {
    if (event == EvidenceEvent::ConfirmWithdrawal) TM_CHECK(stepUp(context, actor, code));
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::EvidenceVersion> {
        TM_TRY(domain::EvidenceVersion version,
               storage::findEvidenceVersionVisible(session, name.ref, name.number, scopeOf(context, actor)));
        TM_TRY(const domain::Audit audit, storage::findAudit(session, version.audit));
        TM_CHECK(mustBeOpen(audit));
        TM_CHECK(mustBeCurrent(versionName(version), rev, version.rev));
        if (event == EvidenceEvent::Quarantine) {
            return refused("forbidden-transition",
                           "Quarantine follows from a failed proof of the bytes; nobody sets it.");
        }
        TM_TRY(const auto to, domain::next(version, event, stepInput(context, actor, audit, reason)));
        if (event == EvidenceEvent::Accept) TM_CHECK(mustNotBeHeld(session, version));
        ledger::Event entry = stepEvent(context, actor, "evidence", domain::toText(event),
                                        domain::toText(version.state), domain::toText(to), reason);
        if (event == EvidenceEvent::ProposeWithdrawal) version.withdrawalProposedBy = actor.id;
        version.state = to;
        if (!reason.empty()) version.stateReason = reason;
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, version, std::move(entry)));
        return version;
    });
}

namespace {

/// The version when this actor may read it now; the reading is an entry of custody before the first byte.
Result<domain::EvidenceVersion> admitReader(Context& context, const domain::Actor& actor,
                                            const VersionName& name, Reading reading) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::EvidenceVersion> {
        TM_TRY(domain::EvidenceVersion found,
               storage::findEvidenceVersionVisible(session, name.ref, name.number, scopeOf(context, actor)));
        if (found.state == domain::EvidenceState::Withdrawn) {
            return refused("withdrawn", versionName(found) +
                                            " was withdrawn; only its digest and reason are kept in view.");
        }
        if (found.state == domain::EvidenceState::Quarantined) return damaged(found);
        TM_CHECK(mustNotBeHeld(session, found));
        const bool isLook = reading == Reading::Preview;
        TM_TRY(const bool isGoingOn,
               isLook ? readLately(context, session, actor, found) : Result<bool>(false));
        if (isGoingOn) return found;
        ledger::Event event = eventOf(context, actor, "evidence.download");
        event.subject = "evidence-version";
        event.ref = versionName(found);
        event.facts.set("sha256", found.digest.hex());
        if (isLook) event.facts.set("as", "preview");
        TM_TRY([[maybe_unused]] const auto position, storage::append(session, event));
        return found;
    });
}

}  // namespace

Result<Download> readEvidence(Context& context, const domain::Actor& actor, const VersionName& name,
                              Reading reading) {
    TM_TRY(domain::EvidenceVersion version, admitReader(context, actor, name, reading));
    auto reader = context.archive->open(version.digest);
    const bool sameSize = reader && (*reader)->size() == version.size;
    if (!sameSize) {
        if (!reader && reader.error().kind == ErrorKind::Environment) return std::move(reader).error();
        quarantine(context, version,
                   versionName(version) + " is missing from the archive or has another size.");
        return damaged(version);
    }
    auto guarded = std::make_unique<GuardedReader>(context, version, *std::move(reader));
    return Download{std::move(version), std::move(guarded)};
}

Result<Download> downloadEvidence(Context& context, const domain::Actor& actor, const VersionName& name) {
    return readEvidence(context, actor, name, Reading::Download);
}

Result<Receipt> showReceipt(Context& context, const domain::Actor& actor, const VersionName& name) {
    return context.database->read([&](storage::ReadSession& session) -> Result<Receipt> {
        Receipt receipt;
        TM_TRY(receipt.version,
               storage::findEvidenceVersionVisible(session, name.ref, name.number, scopeOf(context, actor)));
        TM_TRY(const domain::Evidence evidence, storage::findEvidence(session, receipt.version.evidence));
        TM_TRY(const domain::Audit audit, storage::findAudit(session, receipt.version.audit));
        TM_TRY(const auto row, storage::eventOf(session, "evidence-version", versionName(receipt.version),
                                                "evidence.receive"));
        TM_TRY(const ledger::Event event, ledger::Event::parse(row.leaf));
        TM_TRY(const auto head, storage::ledgerHead(session));
        receipt.evidenceTitle = evidence.title;
        receipt.audit = audit.ref.text();
        receipt.answers = std::string(event.facts.textAt("answers"));
        receipt.receivedBy = event.actor;
        receipt.checkpoint = head.note;
        return receipt;
    });
}

Result<EvidenceView> showEvidence(Context& context, const domain::Actor& actor,
                                  const domain::EvidenceRef& ref) {
    return context.database->read([&](storage::ReadSession& session) -> Result<EvidenceView> {
        const storage::Scope scope = scopeOf(context, actor);
        EvidenceView view;
        TM_TRY(view.evidence, storage::findEvidence(session, ref));
        TM_TRY(const auto all, storage::versionsOf(session, view.evidence.id));
        for (const auto& version : all) {
            auto visible = storage::findEvidenceVersionVisible(session, ref, version.number, scope);
            if (visible)
                view.versions.push_back(*std::move(visible));
            else if (visible.error().kind != ErrorKind::NotFound)
                return std::move(visible).error();
        }
        view.proved.reserve(view.versions.size());
        for (const domain::EvidenceVersion& version : view.versions) {
            TM_TRY(const auto proved, storage::lastProved(session, version.digest));
            view.proved.push_back(std::max(proved.value_or(version.receivedAt), version.receivedAt));
            TM_TRY(Scanned scanned, scannedVersion(context, session, version));
            view.scans.push_back(std::move(scanned));
        }
        if (view.versions.empty()) return notFound("evidence " + ref.text());
        TM_TRY(view.audit, storage::findAudit(session, view.evidence.audit));
        Users users(session, scope, view.versions);
        TM_CHECK(users.addFindings());
        TM_CHECK(users.addActions(view.audit.id));
        TM_CHECK(users.addRequests(view.audit.id));
        view.usedBy = users.take();
        std::vector<domain::PartyId> people;
        for (const auto& version : view.versions) people.push_back(version.receivedBy);
        TM_TRY(view.parties, partiesOf(session, people));
        view.steps = domain::stepsOf(view.versions.back(), stepInput(context, actor, view.audit, {}));
        view.mayRelease = mustLead(actor, view.audit, "release a quarantined file").ok();
        view.mayAddVersion = isAuditor(actor, view.audit) && mustBeOpen(view.audit).ok();
        return view;
    });
}

}  // namespace tickmark::app
