// Every certificate of the installation with what was signed under it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Keys.h"

namespace tickmark::app {

/// From so many days before its end a certificate or list is warned about.
inline constexpr std::int32_t warnDays = 90;

enum class CertificateKind { Root, Seal, EarlierSeal, Signer, EarlierSigner };
[[nodiscard]] std::string_view toText(CertificateKind kind) noexcept;  ///< "root", "seal", "earlier-seal", …

struct CertificateView {
    CertificateKind kind = CertificateKind::Root;
    std::string account{};  ///< of a signer's
    std::string subject{};
    Digest fingerprint{};
    std::string serialHex{};
    Timestamp notBefore{};
    Timestamp notAfter{};
    bool ended = false;
    bool endsSoon = false;  ///< within warnDays
    std::optional<Timestamp> revokedAt{};
    std::vector<std::string> bundles{};  ///< references of those that carry a signature under it
};
struct KeyOverview {
    std::vector<CertificateView> certificates{};
    std::string ledgerKey{};
    std::int64_t listNumber = 0;
    std::int64_t listEntries = 0;
    Timestamp listFrom{};
    std::optional<Timestamp> listUntil{};
    bool listEndsSoon = false;
    bool listEnded = false;
};
/// Administrator only. Errors: Environment "keys".
[[nodiscard]] Result<KeyOverview> showKeys(Context& context, const domain::Actor& actor);

/// One setting as the running server has it.
struct EffectiveSetting {
    std::string key{};
    std::string value{};    ///< passwords in addresses are masked
    bool fromFile = false;  ///< stands in tickmark.conf; otherwise the default
    bool pending = false;   ///< the file says something else since the start
};
/// Administrator only. By key.
[[nodiscard]] Result<std::vector<EffectiveSetting>> effectiveSettings(Context& context,
                                                                      const domain::Actor& actor);

}  // namespace tickmark::app
