// bag-info.txt (RFC 8493 section 2.2.2) with the labels of the profile, in one canonical form.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bundle/EntryNames.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

struct BagInfo {
    std::string organisation{};
    std::string bundleRef{};
    std::string product{};
    std::string day{};  ///< of the seal, ISO
    std::uint64_t payloadBytes = 0;
    std::uint64_t payloadFiles = 0;
    std::string profile{"1"};
    entry::SizeClass sizeClass = entry::SizeClass::Portable;
    bool approvalAnnounced = false;  ///< Tickmark-Signatories: whether the lead auditor must sign too
    std::string ledgerKey{};         ///< C2SP verifier key text

    /// The file. Control characters in a value become spaces, so that a value cannot make a label.
    [[nodiscard]] std::string text() const;
    /// Strict inverse of text(). Errors: Invalid "bag-info" naming the label.
    [[nodiscard]] static Result<BagInfo> parse(std::string_view text);
};

}  // namespace tickmark::bundle
