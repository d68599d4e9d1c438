// A head is brought: it is judged, remembered and cosigned, or refused and kept.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "apps/witness/WitnessFolder.h"

namespace tickmark::witness {

struct AddRequest {
    std::filesystem::path file{};  ///< a request or a sealed bundle
    std::string logKey{};          ///< the log's verifier key; needed at first contact
    bool first = false;            ///< trust what is brought when nothing was seen of this log before
};

struct Added {
    std::string origin{};
    std::uint64_t size = 0;
    std::optional<std::uint64_t> before{};  ///< the size seen before; nothing at first contact
    std::string cosignature{};              ///< the signature line
};

/// The head is durably remembered before it is cosigned. Errors: those of reading the file; Damaged
/// "log-forked", "log-rolled-back", "log-rewritten", "log-key" (the refused head is kept in refused/, which
/// the fix names); Undecided "first-contact", "proof-missing"; Invalid "verifier-key", "checkpoint".
[[nodiscard]] Result<Added> addHead(const WitnessFolder& folder, const AddRequest& request,
                                    const Clock& clock);

}  // namespace tickmark::witness
