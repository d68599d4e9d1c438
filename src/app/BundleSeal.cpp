// Journey 3: a bundle is sealed.
#include "tickmark/app/Bundles.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "app/Access.h"
#include "app/BundleContent.h"
#include "app/FileDigest.h"
#include "app/SealLock.h"
#include "app/SealWork.h"
#include "app/Timestamping.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/History.h"
#include "tickmark/app/Keys.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/app/Signing.h"
#include "tickmark/app/Witnesses.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

Result<bundle::Content> snapshot(Context& context, const domain::Actor& actor, const BundleDraft& draft) {
    return context.database->read([&](storage::ReadSession& session) -> Result<bundle::Content> {
        TM_TRY(const domain::Audit audit,
               storage::findAuditVisible(session, domain::AuditRef(draft.audit), scopeOf(context, actor)));
        TM_CHECK(mustLead(actor, audit, "seal a bundle"));
        TM_TRY(bundle::Content content, gatherContent(context, session, audit, draft));
        TM_TRY(content.trail, trailEntries(session, content));
        return content;
    });
}

std::vector<std::string> missingFiles(Context& context, const bundle::Content& content) {
    std::vector<std::string> missing;
    for (const auto& version : content.versions) {
        const bool withheld = std::any_of(content.bundle.withheld.begin(), content.bundle.withheld.end(),
                                          [&](const auto& w) { return w.version == version.id; });
        if (withheld) continue;
        const auto size = context.archive->sizeOf(version.digest);
        const bool damaged = version.state == domain::EvidenceState::Quarantined;
        if (damaged || !size || *size != version.size)
            missing.push_back(versionName(version) + " " + version.originalName);
    }
    return missing;
}

/// The draft row gives the bundle its reference; it stays a draft when sealing fails.
Result<domain::Bundle> enterDraft(Context& context, const domain::Actor& actor,
                                  const bundle::Content& content, const BundleDraft& draft) {
    domain::Bundle made = content.bundle;
    made.audit = content.audit.id;
    made.createdAt = context.now();
    TM_TRY(made.title,
           cleanText("title", draft.title.empty() ? content.audit.title : draft.title, {1, 200, false}));
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Bundle> {
        domain::Bundle bundle = made;
        TM_TRY(const std::string ref, storage::nextRef(session, storage::RefSeries::Bundle));
        bundle.ref = domain::BundleRef(ref);
        ledger::Event event = eventOf(context, actor, "bundle.prepare");
        event.facts.set("audit", content.audit.ref.text());
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, bundle, std::move(event)));
        return bundle;
    });
}

Result<bundle::ProvenEntry> prove(storage::ReadSession& session, std::uint64_t position, std::string leaf,
                                  std::uint64_t size) {
    TM_TRY(auto path, ledger::inclusionProof(position, size, storage::nodeReader(session)));
    return bundle::ProvenEntry{position, std::move(leaf), std::move(path)};
}

/// Enters the seal and answers with proofs, all under one checkpoint that is kept for good.
Result<bundle::LedgerAnswer> enterSeal(Context& context, const domain::Actor& actor,
                                       const bundle::Content& content, const Digest& manifest) {
    auto position =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            ledger::Event event = eventOf(context, actor, "bundle.seal");
            event.subject = "bundle-seal";
            event.ref = content.bundle.ref.text();
            event.facts.set("manifest_sha256", manifest.hex());
            if (content.review) {
                event.facts.set("review", content.review->ref);
            } else {
                event.facts.set("audit", content.audit.ref.text());
            }
            return storage::append(session, event);
        });
    if (!position) return std::move(position).error();
    storage::LedgerHead head;
    auto answer = context.database->read([&](storage::ReadSession& session) -> Result<bundle::LedgerAnswer> {
        TM_TRY(head, storage::ledgerHead(session));
        bundle::LedgerAnswer made;
        made.checkpoint = head.note;
        made.verifierKey = context.keys->ledgerPublic.text();
        TM_TRY(std::string leaf, storage::leafAt(session, *position));
        TM_TRY(made.seal, prove(session, *position, std::move(leaf), head.size));
        for (const bundle::TrailEntry& entry : content.trail) {
            TM_TRY(auto proven, prove(session, entry.position, {}, head.size));
            made.entries.push_back(std::move(proven));
        }
        TM_TRY(made.history,
               historyFor(session, head.size, {content.bundle.supersedes, content.bundle.selection.since}));
        return made;
    });
    if (!answer) return answer;
    auto kept = context.database->write([&](storage::WriteSession& session) -> Result<bool> {
        // The minutes of a review are no bundle of the list, whose heads the next one continues.
        TM_CHECK(content.review ? storage::keepCheckpoint(session, head)
                                : keepHeadOf(session, content.bundle.ref, head));
        return true;
    });
    if (!kept) return std::move(kept).error();
    return answer;
}

Error cancelled() {
    return refused("cancelled", "The sealing was cancelled; nothing was sealed and no file is left.");
}

/// The finished file through the verifier's eyes. Anything but PASS here is our own fault.
Result<bundle::Report> readBack(Context& context, const fs::path& file, const Digest& expected,
                                const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
    std::atomic<bool> goOn{true};
    TM_TRY(bundle::Report report,
           verifyHere(context, file, Approval::MayFollow, [&](std::uint64_t done, std::uint64_t total) {
               if (!progress(done, total)) goOn = false;
           }));
    if (!goOn) return cancelled();
    if (report.verdict == bundle::Verdict::Pass && report.digest == expected) return report;
    return notVerified(report,
                       "The bundle did not pass its own verification after writing; nothing was sealed.",
                       "Check the disk, run `tickmark check --read-data`, then seal again.");
}

Result<domain::Bundle> enterSealed(Context& context, const domain::Actor& actor, const domain::Audit& audit,
                                   domain::Bundle bundle, const bundle::WrittenBundle& written,
                                   const bundle::Report& report) {
    bundle.state = domain::BundleState::Sealed;
    bundle.digest = written.digest;
    bundle.size = written.size;
    bundle.files = written.files;
    bundle.fileName = bundleFileName(bundle.ref);
    note(bundle, report);
    bundle.signer = bundle.signatures.empty() ? std::string() : bundle.signatures.front().signer;
    bundle.sealedBy = actor.id;
    bundle.sealedAt = context.now();
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Bundle> {
        domain::Bundle sealed = bundle;
        ledger::Event event = eventOf(context, actor, "bundle.sealed");
        event.facts.set("sha256", sealed.digest.hex()).set("size", sealed.size).set("files", sealed.files);
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, sealed, std::move(event)));
        if (sealed.supersedes.empty()) return sealed;
        TM_TRY(domain::Bundle earlier, storage::findBundle(session, sealed.supersedes));
        TM_TRY(const auto to,
               domain::next(earlier, domain::BundleEvent::Supersede, stepInput(context, actor, audit, {})));
        ledger::Event superseded = stepEvent(context, actor, "bundle", "supersede",
                                             domain::toText(earlier.state), domain::toText(to), {});
        superseded.facts.set("by", sealed.ref.text());
        earlier.state = to;
        TM_TRY([[maybe_unused]] const auto next, storage::save(session, earlier, std::move(superseded)));
        return sealed;
    });
}

Error missingError(const std::vector<std::string>& missing) {
    Error error{
        ErrorKind::Damaged,
        "object-missing",
        std::to_string(missing.size()) + " evidence files are missing from the archive; nothing was sealed.",
        {},
        "A bundle contains every file it names, or says why it is withheld.",
        "Restore the files from a backup, or withhold them with a reason.",
        {}};
    for (const std::string& name : missing) {
        error.parts.push_back(
            {ErrorKind::Damaged, "object-missing", name + " is missing.", name, {}, {}, {}});
    }
    return error;
}

/// The named bundle as it stands now; a sealing that ended meanwhile may have taken its place.
Result<domain::Bundle> standing(storage::ReadSession& session, const domain::BundleRef& ref,
                                const std::vector<domain::BundleState>& allowed, const char* field) {
    TM_TRY(domain::Bundle bundle, storage::findBundle(session, ref));
    if (std::find(allowed.begin(), allowed.end(), bundle.state) != allowed.end()) return bundle;
    Error error = refused("overtaken",
                          "Bundle " + ref.text() + " is " + std::string(domain::toText(bundle.state)) +
                              " now, so the new one cannot name it; nothing was sealed.",
                          "Look at the bundles of the audit, then seal again with the one that stands.");
    error.field = field;
    return error;
}

/// What the new bundle says of earlier ones, decided anew when its turn has come: between the snapshot and
/// the turn another sealing, signature or revocation may have ended.
Result<void> nameEarlier(Context& context, domain::Bundle& bundle) {
    using State = domain::BundleState;
    auto named = context.database->read([&](storage::ReadSession& session) -> Result<bool> {
        if (!bundle.supersedes.empty()) {
            TM_TRY(const auto earlier, standing(session, bundle.supersedes, {State::Sealed}, "supersedes"));
            bundle.supersedesDigest = earlier.digest;
        }
        if (!bundle.selection.since.empty()) {
            TM_TRY(const auto earlier,
                   standing(session, bundle.selection.since, {State::Sealed, State::Superseded}, "since"));
            bundle.selection.sinceDigest = earlier.digest;
        }
        return true;
    });
    if (!named) return std::move(named).error();
    return {};
}

}  // namespace

Result<std::vector<bundle::TrailEntry>> trailEntries(storage::ReadSession& session,
                                                     const bundle::Content& content) {
    constexpr std::size_t entriesOfOne = 100'000;
    std::map<std::uint64_t, std::string> entries;
    for (const TrailSubject& subject : trailOf(content)) {
        TM_TRY(auto rows, storage::eventsOf(session, subject.subject, subject.ref, entriesOfOne));
        for (auto& row : rows) {
            // Downloads are reading, not history of the thing; they would name readers to outsiders.
            TM_TRY(const ledger::Event event, ledger::Event::parse(row.leaf));
            if (event.kind != "evidence.download") entries.emplace(row.position, std::move(row.leaf));
        }
    }
    std::vector<bundle::TrailEntry> trail;
    trail.reserve(entries.size());
    for (auto& [position, leaf] : entries) trail.push_back({position, std::move(leaf)});
    return trail;
}

void enterFailure(Context& context, const domain::Actor& actor, const domain::Bundle& bundle,
                  const Error& cause) {
    [[maybe_unused]] const auto noted =
        context.database->write([&](storage::WriteSession& session) -> Result<bool> {
            ledger::Event event = eventOf(context, actor, "bundle.seal-failed");
            event.subject = "bundle-seal";
            event.ref = bundle.ref.text();
            event.facts.set("reason", cause.message);
            TM_TRY([[maybe_unused]] const auto position, storage::append(session, event));
            return true;
        });
}

Result<BundlePreview> previewBundle(Context& context, const domain::Actor& actor, const BundleDraft& draft) {
    TM_TRY(const bundle::Content content, snapshot(context, actor, draft));
    BundlePreview preview;
    preview.findings = static_cast<std::int64_t>(content.findings.size());
    std::set<domain::EvidenceVersionId> withheld;
    for (const auto& file : content.bundle.withheld) withheld.insert(file.version);
    for (const auto& version : content.versions) {
        if (withheld.contains(version.id)) {
            preview.withheld.push_back(versionName(version) + " " + version.originalName);
            continue;
        }
        ++preview.files;
        preview.bytes += version.size;
    }
    preview.missing = missingFiles(context, content);
    preview.selection = content.bundle.selection;
    preview.versions = content.versions;
    preview.reasons = content.bundle.withheld;
    return preview;
}

Result<PreparedSeal> prepareSeal(Context& context, const domain::Actor& actor, const BundleDraft& draft) {
    TM_TRY(bundle::Content content, snapshot(context, actor, draft));
    TM_CHECK(mustBeWitnessed(context));
    if (content.findings.empty() && content.bundle.selection.kind != domain::SelectionKind::Delta) {
        return refused("guard",
                       "A bundle cannot be sealed yet: audit " + draft.audit + " has no issued finding.");
    }
    const auto missing = missingFiles(context, content);
    if (!missing.empty()) return missingError(missing);
    TM_TRY(const domain::Bundle prepared, enterDraft(context, actor, content, draft));
    content.bundle = prepared;
    content.bundle.sealedBy = actor.id;
    return PreparedSeal{actor, std::move(content), prepared, draft.approval, draft.portableOnly};
}

namespace {

Result<bundle::WriteOptions> writeOptions(Context& context, const SealWishes& wishes, const KeyRing& keys) {
    bundle::WriteOptions options;
    options.sealTime = context.now();
    options.crls = keys.crls;
    options.rootCertificatePem = keys.root.pem();
    options.approvalAnnounced = wishes.approvalAnnounced;
    options.portableOnly = wishes.portableOnly;
    TM_TRY(options.timestamp, timestampSource(context));
    if (options.timestamp) {
        TM_TRY(options.timestampAnchors, timestampAnchors(context));
        options.timestampCrls = authorityLists(context);
    }
    return options;
}

}  // namespace

Result<ProvedFile> writeProved(Context& context, const domain::Actor& actor, const bundle::Content& content,
                               const SealWishes& wishes, const fs::path& target,
                               const SealProgress& progress) {
    const auto tell = [&progress](SealPhase phase) {
        return [&progress, phase](std::uint64_t done, std::uint64_t total) {
            return !progress || progress(phase, done, total);
        };
    };
    TM_TRY(const auto keys, currentKeys(context));
    TM_TRY(bundle::WriteOptions options, writeOptions(context, wishes, *keys));
    options.target = target;
    options.progress = tell(SealPhase::Writing);
    const auto enter = [&](const Digest& manifest) { return enterSeal(context, actor, content, manifest); };
    TM_TRY(auto written, bundle::writeBundle(content, *context.archive, keys->seal, enter, options));
    TM_TRY(auto report, readBack(context, target, written.digest, tell(SealPhase::Checking)));
    return ProvedFile{std::move(written), std::move(report)};
}

Result<domain::Bundle> runSeal(Context& context, const PreparedSeal& prepared, const SealProgress& progress) {
    const auto tell = [&](SealPhase phase) {
        return [&progress, phase](std::uint64_t done, std::uint64_t total) {
            return !progress || progress(phase, done, total);
        };
    };
    const domain::Actor& actor = prepared.actor;
    const fs::path target = context.directory.bundles() / bundleFileName(prepared.draft.ref);
    auto sealed = [&]() -> Result<domain::Bundle> {
        if (!tell(SealPhase::Waiting)(0, 0)) return cancelled();
        TM_TRY(const SealLock turn,
               SealLock::turn(context.directory.keys(), [&] { return tell(SealPhase::Waiting)(0, 0); }));
        TM_TRY(const SealLock sealing, SealLock::shared(context.directory.bundles()));
        bundle::Content content = prepared.content;
        TM_CHECK(nameEarlier(context, content.bundle));
        domain::Bundle draft = prepared.draft;
        draft.supersedesDigest = content.bundle.supersedesDigest;
        draft.selection = content.bundle.selection;
        TM_TRY(const ProvedFile made,
               writeProved(context, actor, content, {prepared.approvalAnnounced, prepared.portableOnly},
                           target, progress));
        return enterSealed(context, actor, content.audit, draft, made.written, made.report);
    }();
    if (!sealed) {
        std::error_code ignored;
        fs::remove(target, ignored);
        enterFailure(context, actor, prepared.draft, sealed.error());
    }
    return sealed;
}

Result<domain::Bundle> sealBundle(Context& context, const domain::Actor& actor, const BundleDraft& draft,
                                  const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
    TM_CHECK(stepUp(context, actor, draft.code));
    TM_TRY(const PreparedSeal prepared, prepareSeal(context, actor, draft));
    return runSeal(context, prepared, [&](SealPhase, std::uint64_t done, std::uint64_t total) {
        return !progress || progress(done, total);
    });
}

}  // namespace tickmark::app
