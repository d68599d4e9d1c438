// A person's signature over a finished bundle.
#include "tickmark/bundle/Appending.h"

#include <algorithm>

#include "bundle/AppendableBundle.h"
#include "bundle/AppendedFile.h"
#include "bundle/EntryNames.h"
#include "bundle/SignatureTime.h"
#include "tickmark/crypto/Cms.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle {
namespace {

using entry::MetaKind;

// Clocks of people's machines and of servers differ a little.
constexpr std::int64_t clockTolerance = 5 * 60;

Result<crypto::CadesParts> partsOf(const AppendableBundle& bundle, const Group& group) {
    TM_TRY(const std::string signature, bundle.text(group.proofName()));
    auto parts = crypto::partsOfCades(viewOf(signature));
    if (!parts) return unusableBundle("bundle-broken", group.proofName() + ": " + parts.error().message);
    return parts;
}

Result<SigningState> stateOf(const AppendableBundle& bundle) {
    SigningState state;
    state.bundleRef = bundle.bagInfo().bundleRef;
    state.approvalAnnounced = bundle.bagInfo().approvalAnnounced;
    state.signatures = bundle.count(false);
    state.archiveTimestamps = bundle.count(true);
    for (const Group& group : bundle.groups()) {
        if (!group.statement) continue;
        const std::string name = group.nameOf(MetaKind::Statement);
        TM_TRY(const std::string text, bundle.text(name));
        auto statement = SignerStatement::parse(text);
        if (!statement) return unusableBundle("bundle-broken", name + ": " + statement.error().message);
        state.statements.push_back(*std::move(statement));
    }
    const Group& last = bundle.lastGroup();
    state.lastIsTimestamped = last.archive;
    if (last.archive) return state;
    TM_TRY(const auto parts, partsOf(bundle, last));
    state.lastIsTimestamped = parts.timestampToken.has_value();
    return state;
}

Result<void> checkWords(const SigningState& state, SignerStatement statement) {
    if (!statement.bundleRef.empty() && statement.bundleRef != state.bundleRef) {
        return invalid("statement", "bundle",
                       "The statement is about " + statement.bundleRef + ", but the file is bundle " +
                           state.bundleRef + ".",
                       "Sign the bundle that the statement is about.");
    }
    statement.bundleRef = state.bundleRef;
    TM_TRY(const auto same, SignerStatement::parse(statement.text()));
    static_cast<void>(same);
    return {};
}

/// Two roles are two people: each signs with a key of its own, or one could sign for both.
Result<void> checkKey(const AppendableBundle& bundle, const SigningState& state, SignatoryRole role,
                      const crypto::SigningKey& key) {
    for (const Group& group : bundle.groups()) {
        if (group.archive) continue;
        if (group.number > 1 && state.statements.at(group.number - 2).role == role) continue;
        TM_TRY(const auto parts, partsOf(bundle, group));
        const bool same = !parts.certificates.empty() &&
                          parts.certificates.front().fingerprint() == key.certificate().fingerprint();
        if (!same) continue;
        return refused("key-of-another-role",
                       "The key has made " + group.proofName() + " already, in another role.",
                       "Sign with a key of your own.");
    }
    return {};
}

Result<void> checkTime(const AppendableBundle& bundle, Timestamp at) {
    const auto& groups = bundle.groups();
    const auto before =
        std::find_if(groups.rbegin(), groups.rend(), [](const Group& group) { return !group.archive; });
    TM_TRY(const auto parts, partsOf(bundle, *before));
    const Timestamp last = parts.signingTime;
    if (!(at.plusSeconds(clockTolerance) < last)) return {};
    return refused(
        "signing-time",
        "The signing time " + at.iso() + " lies before the last signature in the bundle, " + last.iso() + ".",
        "Set this machine's clock, then sign again.");
}

std::string sentence(const SignerStatement& statement, unsigned number) {
    const std::string digits = entry::nameOf({MetaKind::Signature, number});
    return digits + " was added: " + statement.name + ", " + std::string(toText(statement.role)) + ", " +
           std::string(toText(statement.decision)) + ".";
}

/// One signature group, as it is made.
struct NewGroup {
    std::string statementName{};
    std::string statement{};
    std::string manifestName{};
    std::string manifest{};
    std::string signatureName{};
    Bytes signature{};
    std::optional<Error> untimed{};

    [[nodiscard]] Addition addition() const {
        return {{{statementName, viewOf(statement)},
                 {manifestName, viewOf(manifest)},
                 {signatureName, ByteView(signature)}},
                false};
    }
};

/// A timestamp if one is asked for and comes, and the lists.
Result<void> strengthen(NewGroup& group, const AppendOptions& options) {
    const Stamping stamping{options.timestamp, options.anchors, options.crls};
    if (options.timestamp) {
        auto stamped = withTimestamp(group.signature, viewOf(group.manifest), stamping);
        if (stamped) {
            group.signature = *std::move(stamped);
            return {};
        }
        group.untimed = std::move(stamped).error();
    }
    TM_TRY(group.signature, withLists(group.signature, viewOf(group.manifest), stamping));
    return {};
}

Result<NewGroup> makeGroup(const AppendableBundle& bundle, const SignerStatement& statement, unsigned number,
                           const crypto::SigningKey& key, Timestamp at) {
    NewGroup group;
    group.statementName = entry::nameOf({MetaKind::Statement, number});
    group.manifestName = entry::nameOf({MetaKind::AsicManifest, number});
    group.signatureName = entry::nameOf({MetaKind::Signature, number});
    group.statement = statement.text();
    TM_TRY(const std::string lastProof, bundle.text(bundle.lastGroup().proofName()));
    TM_TRY(DigestList covered, bundle.coveredNext(lastProof));
    covered.insert_or_assign(group.statementName, crypto::Sha256::of(group.statement));
    group.manifest = asicManifest(covered, {false, number});
    TM_TRY(group.signature, crypto::signCades(key, viewOf(group.manifest), statement.commitment(), at, {}));
    return group;
}

}  // namespace

Result<SigningState> readSigningState(const std::filesystem::path& file) {
    TM_TRY(const AppendableBundle bundle, AppendableBundle::open(file));
    return stateOf(bundle);
}

Result<void> mayFollow(const SigningState& state, const SignerStatement& statement) {
    TM_CHECK(checkWords(state, statement));
    if (state.signatures >= mostSignatureGroups) {
        return refused("too-many-signatures", "The bundle has 20 signatures, which is the most.",
                       "Seal a new bundle that supersedes this one.");
    }
    const auto last = std::find_if(state.statements.rbegin(), state.statements.rend(),
                                   [&](const SignerStatement& one) { return one.role == statement.role; });
    if (last == state.statements.rend() || last->decision == Decision::Rejected) return {};
    return refused("already-signed",
                   last->name + " has signed as " + std::string(toText(last->role)) + " already (" +
                       std::string(toText(last->decision)) + ").",
                   "A decision stands. Seal a new bundle that supersedes this one when something changed.");
}

Result<AppendedBundle> signBundle(const std::filesystem::path& in, const std::filesystem::path& out,
                                  const SignerStatement& statement, const crypto::SigningKey& key,
                                  Timestamp at, const AppendOptions& options) {
    TM_TRY(const AppendableBundle bundle, AppendableBundle::open(in));
    TM_TRY(const SigningState state, stateOf(bundle));
    TM_CHECK(mayFollow(state, statement));
    TM_CHECK(checkKey(bundle, state, statement.role, key));
    TM_CHECK(checkTime(bundle, at));
    if (options.verifyFirst) TM_CHECK(bundle.verify(options));
    SignerStatement full = statement;
    full.bundleRef = state.bundleRef;
    const unsigned number = state.signatures + 1;
    TM_TRY(NewGroup group, makeGroup(bundle, full, number, key, at));
    TM_CHECK(strengthen(group, options));
    TM_TRY(AppendedBundle made, writeAddition(bundle, in, out, group.addition(), options));
    made.done.push_back(sentence(full, number));
    if (options.timestamp && !group.untimed) made.done.emplace_back("The signature carries a timestamp.");
    made.untimed = std::move(group.untimed);
    return made;
}

}  // namespace tickmark::bundle
