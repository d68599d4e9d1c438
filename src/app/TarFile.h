// A backup's container: a pax tar (POSIX.1-2001) through libarchive, readable by any tar.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/RelativePath.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::app {

/// Writes beside the target and renames when finished; mode 0600. Without finish() nothing is left.
class TarWriter {
  public:
    /// Errors: Conflict "exists" when the target is there; Environment "file-io".
    [[nodiscard]] static Result<TarWriter> create(const std::filesystem::path& target);
    /// Streams exactly `size` bytes in and returns their digest. Errors: the source's; Environment
    /// "disk-full" / "file-io"; Environment "changed" when the source gives another number of bytes.
    [[nodiscard]] Result<Digest> add(const std::string& name, std::uint64_t size, unsigned mode,
                                     ByteSource& source);
    /// Flushes to the disk and puts the file in place; returns its size.
    [[nodiscard]] Result<std::uint64_t> finish();

    TarWriter(TarWriter&&) noexcept;
    TarWriter& operator=(TarWriter&&) noexcept;
    ~TarWriter();

  private:
    struct State;
    explicit TarWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// One regular file of a tar while it is read.
struct TarEntry {
    RelativePath name;
    std::uint64_t size = 0;
};

/// Calls `each` for every entry in order with a source of its bytes. Errors: Damaged "backup-damaged" for
/// anything that is no tar of regular files with safe relative names; `each`'s own.
[[nodiscard]] Result<void> readTar(const std::filesystem::path& file,
                                   const std::function<Result<void>(const TarEntry&, ByteSource&)>& each);

}  // namespace tickmark::app
