// Bundles: prepare, seal, look at, hand out.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/bundle/Verifier.h"
#include "tickmark/bundle/Writer.h"
#include "tickmark/domain/Bundle.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/storage/Bundles.h"

namespace tickmark::app {

struct BundleDraft {
    std::string audit{};
    std::string title{};
    std::string supersedes{};  ///< reference of an earlier bundle of the same audit, or empty
    struct Withhold {
        std::string version{};  ///< "E-0117/v1"
        std::string reason{};
    };
    std::vector<Withhold> withheld{};
    std::vector<std::string> findings{};  ///< only these, by reference; empty for the whole audit
    std::string since{};                  ///< only what changed since this bundle of the same audit, or empty
    bool approval = false;      ///< announce that the lead auditor signs too; without that it is incomplete
    bool portableOnly = false;  ///< refuse what only the large class can hold
    std::string code{};         ///< of the second factor, which sealing asks for (stepUp)
};
/// Drafts and discarded findings never left the team, so no bundle speaks of them.
[[nodiscard]] bool mayStandInBundle(const domain::Finding& finding) noexcept;

/// LA who leads the audit. Shows what sealing would contain.
struct BundlePreview {
    std::int64_t findings = 0;
    std::int64_t files = 0;
    std::uint64_t bytes = 0;
    std::vector<std::string> missing{};  ///< by name; sealing is refused while there are any
    std::vector<std::string> withheld{};
    domain::BundleSelection selection{};
    std::vector<domain::EvidenceVersion> versions{};  ///< those that the bundle speaks of, withheld or not
    std::vector<domain::WithheldFile> reasons{};      ///< why, for each that is withheld
};
/// Errors: Invalid "unknown-reference" (a finding, bundle or version that is not of this audit), "selection";
/// Refused "nothing-changed".
[[nodiscard]] Result<BundlePreview> previewBundle(Context& context, const domain::Actor& actor,
                                                  const BundleDraft& draft);
/// Journey 3: snapshot, manifest, ledger, stream, sign, rename, read back with the verifier, digest into the
/// ledger.
[[nodiscard]] Result<domain::Bundle> sealBundle(
    Context& context, const domain::Actor& actor, const BundleDraft& draft,
    const std::function<bool(std::uint64_t, std::uint64_t)>& progress = {});
[[nodiscard]] Result<domain::Bundle> revokeBundle(Context& context, const domain::Actor& actor,
                                                  const domain::BundleRef& ref, std::int64_t rev,
                                                  const std::string& reason);

struct BundleView {
    domain::Bundle bundle{};
    domain::Audit audit{};
    std::vector<domain::Party> parties{};
    Digest rootFingerprint{};
    std::int64_t ledgerPosition = -1;  ///< where its digest stands
};
[[nodiscard]] Result<BundleView> showBundle(Context& context, const domain::Actor& actor,
                                            const domain::BundleRef& ref);
/// All bundles that the actor may see, newest first, however many there are.
[[nodiscard]] Result<std::vector<domain::Bundle>> everyBundle(const Context& context,
                                                              const domain::Actor& actor);
/// The file to hand out; the export is an event first. Errors: Damaged "object-damaged" when its digest
/// changed.
[[nodiscard]] Result<std::filesystem::path> bundleFile(Context& context, const domain::Actor& actor,
                                                       const domain::BundleRef& ref);
/// The server's own verifier with the installation's anchor.
[[nodiscard]] Result<bundle::Report> verifyStoredBundle(Context& context, const domain::Actor& actor,
                                                        const domain::BundleRef& ref);

}  // namespace tickmark::app
