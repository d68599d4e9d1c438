// A sealed bundle gets further signatures and timestamps.
#include <algorithm>
#include <utility>

#include "app/Access.h"
#include "app/BundleContent.h"
#include "app/DurableCopy.h"
#include "app/FileDigest.h"
#include "app/SealLock.h"
#include "app/Timestamping.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Keys.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/app/Signing.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/bundle/Continuation.h"
#include "tickmark/domain/Visibility.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

const std::string takenBack = "bundle.take-back";

struct Target {
    domain::Bundle bundle{};
    domain::Audit audit{};
    fs::path file{};
    fs::path next{};  ///< where the file with what is appended goes
};

/// The name changes with each revision, so that the row always names a whole file.
fs::path nextFile(const Context& context, const domain::Bundle& bundle) {
    return context.directory.bundles() /
           (bundle.ref.text() + ".r" + std::to_string(bundle.rev + 1) + ".evidence.zip");
}

Result<Target> targetOf(Context& context, const storage::Scope& scope, const domain::BundleRef& ref) {
    auto found = context.database->read([&](storage::ReadSession& session) -> Result<Target> {
        Target target;
        TM_TRY(target.bundle, storage::findBundleVisible(session, ref, scope));
        TM_TRY(target.audit, storage::findAudit(session, target.bundle.audit));
        return target;
    });
    if (!found) return found;
    if (found->bundle.state == domain::BundleState::Revoked)
        return refused("revoked", ref.text() + " was revoked; nobody signs it any more.");
    if (found->bundle.fileName.empty())
        return refused("not-sealed", ref.text() + " was prepared but never sealed.");
    found->file = context.directory.bundles() / found->bundle.fileName;
    found->next = nextFile(context, found->bundle);
    auto digest = digestOfFile(found->file);
    if (!digest && digest.error().kind != ErrorKind::NotFound) return std::move(digest).error();
    if (!digest || *digest != found->bundle.digest) {
        return Error{ErrorKind::Damaged,
                     "object-damaged",
                     ref.text() + " is missing or no longer has the digest that the ledger knows.",
                     {},
                     {},
                     "Restore the file from a backup.",
                     {}};
    }
    // What a crash left behind under this name was never acknowledged to anybody.
    std::error_code ignored;
    fs::remove(found->next, ignored);
    return found;
}

/// Proves the new file, enters it, and lets go of the old one, whose every byte is in the new.
Result<domain::Bundle> enter(Context& context, const domain::Actor& actor, const Target& target,
                             const std::string& kind) {
    TM_TRY(const bundle::Report report, verifyHere(context, target.next, Approval::MayFollow));
    if (report.verdict == bundle::Verdict::Fail) {
        Error error = notVerified(
            report, "The file with the new signature did not pass its verification; nothing changed.",
            "See the parts for what is wrong with it.");
        // What somebody brought is refused; what was made here is our own fault.
        if (kind == takenBack) error.kind = ErrorKind::Refused;
        return error;
    }
    auto entered = context.database->write([&](storage::WriteSession& session) -> Result<domain::Bundle> {
        TM_TRY(domain::Bundle bundle, storage::findBundle(session, target.bundle.ref));
        TM_CHECK(mustBeCurrent(bundle.ref.text(), target.bundle.rev, bundle.rev));
        ledger::Event event = eventOf(context, actor, kind);
        event.facts.set("sha256", report.digest.hex())
            .set("earlier_sha256", bundle.digest.hex())
            .set("level", std::string(bundle::toText(report.level)));
        if (!report.signatures.empty()) {
            event.facts.set("signer", report.signatures.back().signer)
                .set("role", report.signatures.back().role)
                .set("decision", report.signatures.back().decision);
        }
        bundle.digest = report.digest;
        bundle.size = report.size;
        bundle.fileName = target.next.filename().string();
        note(bundle, report);
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, bundle, std::move(event)));
        return bundle;
    });
    if (!entered) return entered;
    std::error_code ignored;
    fs::remove(target.file, ignored);
    return entered;
}

/// Runs the work that makes `target.next`; on any error that file is gone.
template <class Work>
Result<domain::Bundle> change(Context& context, const domain::Actor& actor, const Target& target,
                              const std::string& kind, Work&& work) {
    auto changed = [&]() -> Result<domain::Bundle> {
        TM_TRY(const SealLock sealing, SealLock::shared(context.directory.bundles()));
        TM_CHECK(work());
        return enter(context, actor, target, kind);
    }();
    if (!changed) {
        std::error_code ignored;
        fs::remove(target.next, ignored);
    }
    return changed;
}

Result<bundle::SignerStatement> statementOf(const Context& context, const domain::Actor& actor,
                                            const domain::Party& party, const Target& target,
                                            const SignWish& wish) {
    bundle::SignerStatement statement;
    statement.bundleRef = target.bundle.ref.text();
    statement.comment = wish.comment;
    statement.name = party.name;
    if (actor.role == domain::Role::LeadAuditor) {
        TM_CHECK(mustLead(actor, target.audit, "approve a bundle"));
        statement.role = bundle::SignatoryRole::LeadAuditor;
    } else if (actor.role == domain::Role::CertificationAuditor &&
               domain::sharedWith(target.audit, actor.id, context.today())) {
        statement.role = bundle::SignatoryRole::CertificationAuditor;
    } else {
        return forbidden(
            "The lead auditor approves a bundle, and the certification auditor accepts or rejects it.");
    }
    const bool lead = statement.role == bundle::SignatoryRole::LeadAuditor;
    if (lead && wish.decision == "approved") {
        statement.decision = bundle::Decision::Approved;
    } else if (!lead && wish.decision == "accepted") {
        statement.decision = bundle::Decision::Accepted;
    } else if (!lead && wish.decision == "rejected") {
        statement.decision = bundle::Decision::Rejected;
    } else {
        return invalid(
            "statement", "decision", "\"" + wish.decision + "\" is no decision of yours.",
            lead ? "A lead auditor says approved." : "A certification auditor says accepted or rejected.");
    }
    return statement;
}

Result<bundle::AppendOptions> appendOptions(const Context& context) {
    bundle::AppendOptions options;
    TM_TRY(options.crls, revocationLists(context));
    TM_TRY(options.anchors, signatoryAnchors(context));
    TM_TRY(const auto authorities, timestampAnchors(context));
    options.anchors.certificates.insert(options.anchors.certificates.end(), authorities.certificates.begin(),
                                        authorities.certificates.end());
    TM_TRY(options.timestamp, timestampSource(context));
    return options;
}

bool maySignOrStamp(const Context& context, const domain::Actor& actor, const domain::Audit& audit) {
    return domain::leads(audit, actor.id) || actor.role == domain::Role::Administrator ||
           domain::sharedWith(audit, actor.id, context.today());
}

}  // namespace

Result<domain::Bundle> signStoredBundle(Context& context, const domain::Actor& actor,
                                        const domain::BundleRef& ref, const SignWish& wish) {
    TM_TRY(const Target target, targetOf(context, scopeOf(context, actor), ref));
    TM_CHECK(mustBeCurrent(ref.text(), wish.rev, target.bundle.rev));
    TM_TRY(const auto people, context.database->read([&](storage::ReadSession& session) {
        return partiesOf(session, {actor.id});
    }));
    if (people.empty()) return notFound("account " + actor.account);
    TM_TRY(const auto statement, statementOf(context, actor, people.front(), target, wish));
    TM_TRY(const auto state, bundle::readSigningState(target.file));
    TM_CHECK(bundle::mayFollow(state, statement));
    TM_CHECK(stepUp(context, actor, wish.code));
    TM_TRY(const auto key, openSignerKey(context, actor.account, wish.passphrase));
    TM_TRY(const auto options, appendOptions(context));
    return change(context, actor, target, "bundle.sign", [&]() -> Result<void> {
        auto made = bundle::signBundle(target.file, target.next, statement, key, context.now(), options);
        if (!made) return std::move(made).error();
        return {};
    });
}

Result<domain::Bundle> takeSignedBundle(Context& context, const domain::Actor& actor,
                                        const domain::BundleRef& ref, const fs::path& file) {
    TM_TRY(const Target target, targetOf(context, scopeOf(context, actor), ref));
    if (!maySignOrStamp(context, actor, target.audit)) {
        return forbidden("A signed bundle is handed back by the lead auditor or the certification auditor.");
    }
    TM_CHECK(bundle::mustContinue(target.file, file));
    TM_TRY(const auto before, bundle::readSigningState(target.file));
    TM_TRY(const auto after, bundle::readSigningState(file));
    if (after.signatures == before.signatures && after.archiveTimestamps == before.archiveTimestamps &&
        after.lastIsTimestamped == before.lastIsTimestamped) {
        return refused("nothing-new", "The file has no signature or timestamp that " + ref.text() + " lacks.",
                       "Sign it first: `tickmark bundle sign FILE --key KEY.p12`.");
    }
    return change(context, actor, target, takenBack, [&]() { return copyDurably(file, target.next); });
}

Result<domain::Bundle> timestampStoredBundle(Context& context, const domain::Actor& actor,
                                             const domain::BundleRef& ref, bundle::WantedLevel level) {
    const bool owner = actor.role == domain::Role::Administrator;
    TM_TRY(const Target target,
           targetOf(context, owner ? storage::everything() : scopeOf(context, actor), ref));
    if (!maySignOrStamp(context, actor, target.audit))
        return forbidden("A bundle is timestamped by the lead auditor of its audit or the administrator.");
    TM_TRY(const auto options, appendOptions(context));
    if (!options.timestamp) {
        return refused("no-authority", "No time-stamp authority is configured.",
                       "Set timestamp_url and timestamp_anchor in tickmark.conf, or timestamp a copy with "
                       "`tickmark bundle timestamp FILE --url URL`.");
    }
    return change(context, actor, target, "bundle.timestamp", [&]() -> Result<void> {
        auto made = bundle::timestampBundle(target.file, target.next, level, options);
        if (!made) return std::move(made).error();
        return {};
    });
}

Result<std::vector<PendingTimestamp>> timestampPending(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "timestamp what waits"));
    storage::BundleFilter filter;
    filter.states = {domain::BundleState::Sealed};
    TM_TRY(auto waiting, context.database->read([&](storage::ReadSession& session) {
        return everyRow([&](const storage::PageRequest& page) {
            return storage::listBundles(session, storage::everything(), filter, page);
        });
    }));
    std::erase_if(waiting, [](const domain::Bundle& bundle) { return bundle.level != "B"; });
    std::vector<PendingTimestamp> pending;
    for (const domain::Bundle& bundle : waiting) {
        auto done = timestampStoredBundle(context, actor, bundle.ref, bundle::WantedLevel::LT);
        PendingTimestamp one{bundle.ref, bundle.level, {}};
        if (done) {
            one.level = done->level;
        } else {
            one.error = std::move(done).error();
        }
        pending.push_back(std::move(one));
    }
    return pending;
}

std::string downloadName(const domain::Bundle& bundle) { return bundleFileName(bundle.ref); }

}  // namespace tickmark::app
