// Writes a bundle's zip: every file stored, in canonical records, read and hashed ahead of the writing.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "bundle/MemberFeed.h"
#include "bundle/ZipLayout.h"
#include "bundle/ZipOutput.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// Told the bytes of content written and of the file read back so far; returning false cancels.
using ZipProgress = std::function<bool(std::uint64_t done)>;

/// What was written.
struct ZippedFile {
    Digest digest{};
    std::uint64_t size = 0;
};

/// Writes the members in order into the empty file behind `descriptor`, which stays open. Memory does not
/// grow with the members' sizes. Errors: those of the members' sources, Refused "cancelled", Environment
/// "file-io" / "disk-full".
[[nodiscard]] Result<ZippedFile> writeZip(int descriptor, const std::vector<ZipMember>& members,
                                          const ZipProgress& progress);

/// Writes small entries, the directory and the end behind what the output holds already. `entries` are those
/// that stand there; the new ones are added to them.
struct SmallMember {
    std::string name{};
    ByteView content{};
};
[[nodiscard]] Result<void> appendMembers(ZipOutput& output, std::vector<ZipEntry>& entries,
                                         const std::vector<SmallMember>& members);
/// The directory over the entries, and the end.
[[nodiscard]] Result<void> appendDirectory(ZipOutput& output, const std::vector<ZipEntry>& entries);

/// Opens the finished file with libzip, the library that most programs read zips with, and compares what it
/// sees with what was written: a second, unrelated reader must agree before anybody gets the file. Errors:
/// Internal, Environment "file-io".
[[nodiscard]] Result<void> checkWithLibzip(int descriptor, const std::vector<ZipEntry>& entries);

}  // namespace tickmark::bundle
