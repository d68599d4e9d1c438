// Adds signatures and timestamps to a finished bundle, without a server: every earlier byte stays as it is
// (schemas/bundle-format.md, "Zip layout", rule 7).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/bundle/SignerStatement.h"
#include "tickmark/bundle/Verifier.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Trust.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::bundle {

/// Asks a time-stamp authority: takes the SHA-256 to be stamped, returns the RFC 3161 token in DER. Its
/// errors are passed on.
using AskTimestamp = std::function<Result<Bytes>(const Digest& imprint)>;

/// What both kinds of appending need to know.
struct AppendOptions {
    /// Re-hashes the whole of `in` and checks its signatures first. Only who has just verified the same bytes
    /// may leave it out.
    bool verifyFirst = true;
    std::vector<Bytes> crls{};  ///< revocation lists, DER; only those that serve a path are embedded
    /// Intermediates and roots by which the lists and the token are judged; may be empty.
    crypto::TrustAnchors anchors{};
    AskTimestamp timestamp{};  ///< may be empty for signBundle()
    std::function<bool(std::uint64_t done, std::uint64_t total)>
        progress{};  ///< bytes looked at and copied; returning false cancels
};

/// What was made.
struct AppendedBundle {
    Digest digest{};  ///< of the whole new file
    std::uint64_t size = 0;
    /// The names of the entries that are new or replaced, in their order.
    std::vector<std::string> entries{};
    /// One plain sentence for each thing that was done: "Signature 002 was added: …".
    std::vector<std::string> done{};
    /// Why the signature has no timestamp although one was asked for; the bundle is good without it, and
    /// timestampBundle() can add it later.
    std::optional<Error> untimed{};
};

/// The facts of a bundle's signatories, as a person or a program needs them before signing.
struct SigningState {
    std::string bundleRef{};
    unsigned signatures = 0;  ///< with the seal
    unsigned archiveTimestamps = 0;
    std::vector<SignerStatement> statements{};  ///< of signatures 002 and on, in their order
    bool lastIsTimestamped =
        false;  ///< whether the last group is an archive timestamp, or its signature has one
    bool approvalAnnounced = false;
};

/// Reads the signatories' part of a bundle. Only the layout is checked, no digest and no signature. Errors:
/// NotFound "file", Environment "file-io", Damaged "bundle-layout" (not a bundle, or one that breaks a rule).
[[nodiscard]] Result<SigningState> readSigningState(const std::filesystem::path& file);

/// Whether that statement may follow: the lead auditor approves once; the certification auditor accepts or
/// rejects, a rejection needs a comment, and only after a rejection may another decision follow; at most 20
/// signatures. The reference may be empty: it is filled in. Errors: Invalid "statement" naming the member,
/// Refused "already-signed", "too-many-signatures".
[[nodiscard]] Result<void> mayFollow(const SigningState& state, const SignerStatement& statement);

/// Adds a person's signature over everything in the bundle and over what that person says. `out` must not
/// exist unless it is `in` itself, which is then replaced as a whole or not at all. Errors: those of
/// readSigningState() and mayFollow(); Damaged "bundle-broken" when verifyFirst finds a byte changed or a
/// signature broken; Refused "key-usage" (a key of another purpose), "key-of-another-role" (it made the seal,
/// or a signature in another role), "signing-time" (before the last signature or timestamp), "cancelled";
/// Conflict "bundle-file" (out exists); Environment "file-io", "disk-full". On any error nothing is left and
/// `in` is as it was.
[[nodiscard]] Result<AppendedBundle> signBundle(const std::filesystem::path& in,
                                                const std::filesystem::path& out,
                                                const SignerStatement& statement,
                                                const crypto::SigningKey& key, Timestamp at,
                                                const AppendOptions& options = {});

/// How much is wanted of timestampBundle().
enum class WantedLevel {
    T,   ///< the last signature has a timestamp
    LT,  ///< as T, and revocation lists inside
    LTA  ///< as LT as far as the last signature goes, and an archive timestamp over everything
};

/// "T", "LT" or "LTA". Errors: Invalid "level".
[[nodiscard]] Result<WantedLevel> wantedLevelFrom(std::string_view text);

/// Timestamps a bundle. When the last group is a signature, the timestamp goes into it unless it has one (and
/// for LT and LTA the lists that serve it); signatures before it cannot change any more. For LTA an archive
/// group over everything is appended as well: it covers older signatures that lack a timestamp, and on a
/// bundle that ends with an archive timestamp it is the renewal. `options.timestamp` must be set.
/// `AppendedBundle::done` says what happened. Errors: as signBundle(), those of the callback, Invalid
/// "timestamp" (a token that is not over this bundle), Refused "too-many-timestamps", "nothing-to-do" (level
/// T or LT stands already, or an archive timestamp covers everything).
[[nodiscard]] Result<AppendedBundle> timestampBundle(const std::filesystem::path& in,
                                                     const std::filesystem::path& out, WantedLevel level,
                                                     const AppendOptions& options);

}  // namespace tickmark::bundle
