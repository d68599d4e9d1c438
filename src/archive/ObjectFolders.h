// The published part of the store: ROOT/sha256/<first two digits>/<all 64 digits>.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "archive/FdHandle.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::archive {

/// The two hexadecimal digits of a digest's first byte.
[[nodiscard]] std::string prefixOf(std::uint8_t firstByte);

/// One stored object, opened for reading, with the size the filesystem gives.
struct OpenObject {
    FdHandle fd{};
    std::uint64_t size = 0;
};

class ObjectFolders {
  public:
    /// `objects` is ROOT/sha256.
    explicit ObjectFolders(FdHandle objects) noexcept : m_objects(std::move(objects)) {}

    /// Errors: NotFound "object-missing", Damaged "object-damaged" when no plain file lies there,
    /// Environment.
    [[nodiscard]] Result<OpenObject> open(const Digest& digest) const;
    [[nodiscard]] Result<std::uint64_t> sizeOf(const Digest& digest) const;

    /// The folder of all objects that begin with this byte, made when it is missing.
    [[nodiscard]] Result<FdHandle> folderFor(std::uint8_t firstByte);
    /// Makes the entry of that folder in ROOT/sha256 durable, once in the life of this store; other processes
    /// may have made it a moment ago, so having found it proves nothing.
    [[nodiscard]] Result<void> syncEntryOf(std::uint8_t firstByte);
    /// Says that a sync of the whole filesystem has covered the entry.
    void entryIsDurable(std::uint8_t firstByte) noexcept { m_durable.at(firstByte) = true; }

    [[nodiscard]] int fd() const noexcept { return m_objects.get(); }

  private:
    FdHandle m_objects;
    std::array<std::atomic<bool>, 256> m_durable{};
};

/// Damaged "object-damaged", naming the object by its digest.
[[nodiscard]] Error objectDamaged(const Digest& digest, std::string_view why);

}  // namespace tickmark::archive
