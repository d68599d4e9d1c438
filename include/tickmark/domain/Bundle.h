// A sealed evidence bundle as the catalog knows it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Evidence.h"

namespace tickmark::domain {

using BundleId = Id<struct BundleTag>;
using BundleRef = Ref<struct BundleRefTag>;

enum class BundleState { Draft, Sealed, Superseded, Revoked };
enum class BundleEvent { Seal, Supersede, Revoke };
[[nodiscard]] std::string_view toText(BundleState value) noexcept;
[[nodiscard]] std::string_view toText(BundleEvent value) noexcept;
[[nodiscard]] std::optional<BundleState> bundleStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<BundleEvent> bundleEventFrom(std::string_view text) noexcept;
[[nodiscard]] std::string_view titleOf(BundleState value) noexcept;
[[nodiscard]] std::string_view titleOf(BundleEvent value) noexcept;

/// A file that the bundle names but does not contain.
struct WithheldFile {
    EvidenceVersionId version{};
    std::string reason{};
    bool operator==(const WithheldFile&) const = default;
};

/// What of an audit a bundle covers.
enum class SelectionKind { Audit, Findings, Delta };
[[nodiscard]] std::string_view toText(SelectionKind value) noexcept;  ///< "audit", "findings", "delta"
[[nodiscard]] std::optional<SelectionKind> selectionKindFrom(std::string_view text) noexcept;
[[nodiscard]] std::string_view titleOf(SelectionKind value) noexcept;

/// How a bundle's content was chosen.
struct BundleSelection {
    SelectionKind kind = SelectionKind::Audit;
    std::vector<std::string> findings{};   ///< references, ascending: those named, or those that changed
    BundleRef since{};                     ///< of a delta: the bundle it continues
    Digest sinceDigest{};                  ///< that bundle's file as the log knows it
    std::uint64_t sinceLogSize = 0;        ///< entries of the log under that bundle's checkpoint
    std::vector<std::string> unchanged{};  ///< of a delta: references of what is not in it, ascending
    bool operator==(const BundleSelection&) const = default;
};

/// One signature in the sealed file, in the file's order; the first is the server's seal.
struct BundleSignature {
    std::string role{};         ///< "seal", "lead-auditor" or "certification-auditor"
    std::string decision{};     ///< "approved", "accepted" or "rejected"; empty for the seal
    std::string comment{};      ///< what the signer said with it
    std::string name{};         ///< as the signer states it
    std::string signer{};       ///< subject of the certificate
    std::string fingerprint{};  ///< SHA-256 of the certificate, hex
    bool trusted = false;       ///< the certificate's path ended at an anchor that this server knows
    Timestamp at{};             ///< the signer's own signing time
    bool operator==(const BundleSignature&) const = default;
};

struct Bundle {
    BundleId id{};
    BundleRef ref{};  ///< "B-0003"
    AuditId audit{};
    BundleState state = BundleState::Draft;
    std::string title{};
    std::vector<WithheldFile> withheld{};
    std::string fileName{};  ///< within the data directory's bundles/, once sealed
    Digest digest{};         ///< of the whole file
    std::uint64_t size = 0;
    std::int64_t files = 0;  ///< evidence files inside
    BundleRef supersedes{};
    Digest supersedesDigest{};  ///< of the earlier bundle's file
    BundleSelection selection{};
    std::uint64_t snapshotSize = 0;  ///< entries of the log when its content was gathered
    std::vector<BundleSignature> signatures{};
    std::string level{};   ///< "B", "T", "LT" or "LTA" of the file as it stands (EN 319 122-1), once sealed
    std::string signer{};  ///< subject of the seal certificate
    PartyId sealedBy{};
    std::optional<Timestamp> sealedAt{};
    std::string reason{};  ///< of a revocation
    Timestamp createdAt{};
    std::int64_t rev = 0;
    bool operator==(const Bundle&) const = default;
};

}  // namespace tickmark::domain
