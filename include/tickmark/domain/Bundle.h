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
    std::string signer{};  ///< subject of the seal certificate
    PartyId sealedBy{};
    std::optional<Timestamp> sealedAt{};
    std::string reason{};  ///< of a revocation
    Timestamp createdAt{};
    std::int64_t rev = 0;
    bool operator==(const Bundle&) const = default;
};

}  // namespace tickmark::domain
