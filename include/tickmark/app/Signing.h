// Signatures and timestamps after the seal: by the lead auditor, the certification auditor, an authority.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tickmark/app/Bundles.h"
#include "tickmark/bundle/Appending.h"
#include "tickmark/crypto/Trust.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::app {

/// Roots of the time-stamp authority and of other organisations' signatories, as tickmark.conf names them
/// (timestamp_anchor, signatory_anchor). Errors: Environment "settings" naming the file.
[[nodiscard]] Result<crypto::TrustAnchors> timestampAnchors(const Context& context);
/// This installation's own root, and those of signatory_anchor.
[[nodiscard]] Result<crypto::TrustAnchors> signatoryAnchors(const Context& context);
/// Asks the authority of tickmark.conf and checks its token before it is used; empty when none is configured.
[[nodiscard]] Result<bundle::AskTimestamp> timestampSource(const Context& context);
/// Revocation lists for the paths of signers and of the authority: the installation's own, and that of
/// timestamp_crl, fetched now. A list that cannot be had is left out; the level says so.
[[nodiscard]] Result<std::vector<Bytes>> revocationLists(const Context& context);

/// What a person says with a signature made by the key that the installation keeps for that person.
struct SignWish {
    std::int64_t rev = 0;
    std::string decision{};  ///< "approved" (LA), "accepted" or "rejected" (XA)
    std::string comment{};
    Secret passphrase{};  ///< of the signer's own key
    std::string code{};   ///< of the second factor (stepUp)
};
/// LA who leads the audit approves; XA whom it is shared with accepts or rejects. The file with the signature
/// takes the place of the one before, whose every byte is in it; the ledger gets the new digest. Errors:
/// Refused "no-signing-key", "passphrase", "already-signed", "not-sealed", Stale, Invalid "statement".
[[nodiscard]] Result<domain::Bundle> signStoredBundle(Context& context, const domain::Actor& actor,
                                                      const domain::BundleRef& ref, const SignWish& wish);

/// Takes back a file that was signed elsewhere (`tickmark bundle sign`). It must be the stored file with
/// groups appended, and nothing in it may fail. The file is copied, not moved. Errors: Refused
/// "not-a-continuation", "nothing-new", "not-sealed", "bundle-not-verified" with every problem; Invalid
/// "bundle-layout".
[[nodiscard]] Result<domain::Bundle> takeSignedBundle(Context& context, const domain::Actor& actor,
                                                      const domain::BundleRef& ref,
                                                      const std::filesystem::path& file);

/// LA who leads the audit, AD, or the machine's owner. Errors: Refused "no-authority" (none configured),
/// "nothing-to-do"; Environment "timestamp-unreachable" and its like.
[[nodiscard]] Result<domain::Bundle> timestampStoredBundle(Context& context, const domain::Actor& actor,
                                                           const domain::BundleRef& ref,
                                                           bundle::WantedLevel level);

/// One bundle that lacks a timestamp, and what became of it.
struct PendingTimestamp {
    domain::BundleRef ref{};
    std::string level{};           ///< reached
    std::optional<Error> error{};  ///< why it still waits
};
/// Sealed bundles of level B, once an authority is configured: those that were sealed while it could not be
/// reached. AD or the machine's owner.
[[nodiscard]] Result<std::vector<PendingTimestamp>> timestampPending(Context& context,
                                                                     const domain::Actor& actor);

/// The name under which a bundle is handed out, whatever the file is called inside.
[[nodiscard]] std::string downloadName(const domain::Bundle& bundle);

}  // namespace tickmark::app
