// Writes a bundle's zip with libzip: everything stored, with fixed times and attributes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// One file to be written. `open` is called once for each writing; the source must give exactly `size` bytes.
struct ZipMember {
    std::string name{};
    std::uint64_t size = 0;
    std::function<Result<std::unique_ptr<ByteSource>>()> open{};
};

/// Told the bytes of content taken so far; returning false cancels.
using ZipProgress = std::function<bool(std::uint64_t done)>;

/// Writes the members in order into the empty file behind `descriptor`, which stays open. Errors: those of
/// the members' sources, Refused "cancelled", Environment "file-io" / "disk-full".
[[nodiscard]] Result<void> writeZip(int descriptor, const std::vector<ZipMember>& members,
                                    const ZipProgress& progress);

}  // namespace tickmark::bundle
