// The evidence archive: content-addressed and write-once, behind one port.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::archive {

/// What is known of bytes once they are safe.
struct StoredObject {
    Digest digest{};
    std::uint64_t size = 0;
    bool alreadyThere = false;  ///< the same content had been stored before
};

/// What the sender said about the bytes. Anything that differs refuses the whole object.
struct PutExpectation {
    std::optional<std::uint64_t>
        size{};  ///< declared length; fewer is Invalid "truncated", more Invalid "too-long"
    std::optional<Digest> digest{};  ///< Invalid "digest-mismatch"
    std::uint64_t cap = UINT64_MAX;  ///< TooLarge "over-cap"
    std::function<void(std::uint64_t)>
        progress{};  ///< told the bytes taken so far, from the calling thread, at most every MiB
};

/// Reads one object and proves it on the way: after the last byte the digest is compared, and a difference is
/// Damaged "object-damaged". A reader that stops before the end has proved nothing.
class ObjectReader : public ByteSource {
  public:
    [[nodiscard]] virtual std::uint64_t size() const = 0;
};

/// Many objects that are written but neither durable nor visible. Dropped, nothing of them stays.
class StagedBatch {
  public:
    virtual ~StagedBatch() = default;
    StagedBatch(const StagedBatch&) = delete;
    StagedBatch& operator=(const StagedBatch&) = delete;

  protected:
    StagedBatch() = default;
};

/// One listed object.
struct ListedObject {
    Digest digest{};
    std::uint64_t size = 0;
};

/// The port. Every implementation passes tests/archive/StoreContract.h.
class Store {
  public:
    virtual ~Store() = default;

    /// Streams the source in; memory does not grow with it. On success the bytes are durable and read-only;
    /// on any error nothing is visible. Errors: those of PutExpectation, the source's own, Environment
    /// "disk-full" / "archive-io".
    [[nodiscard]] virtual Result<StoredObject> put(ByteSource& source, const PutExpectation& expected) = 0;

    /// Takes a whole file whose content was hashed while it was written and that is durable already. What
    /// this machine allows is shared instead of copied, so the file must not be changed afterwards, only
    /// removed. Errors: as put.
    [[nodiscard]] virtual Result<StoredObject> adopt(const std::filesystem::path& file, const Digest& digest,
                                                     std::uint64_t size);

    /// Many small sources with the cost of one sync: all are durable when it returns, or none is visible. In
    /// order.
    struct BatchItem {
        std::function<Result<std::unique_ptr<ByteSource>>()> open;
        PutExpectation expected{};
        /// Told how the content begins, once: all of it up to 1 MiB, from any thread, before it is stored.
        std::function<void(ByteView)> look{};
    };
    [[nodiscard]] Result<std::vector<StoredObject>> putBatch(std::vector<BatchItem>& items);
    /// putBatch in its two halves, so that one batch can be staged while the one before is made durable. The
    /// items must outlive the first half only.
    [[nodiscard]] virtual Result<std::unique_ptr<StagedBatch>> stageBatch(std::vector<BatchItem>& items) = 0;
    /// Takes a batch that this store staged.
    [[nodiscard]] virtual Result<std::vector<StoredObject>> publishBatch(
        std::unique_ptr<StagedBatch> batch) = 0;

    /// Errors: NotFound "object-missing", Damaged "object-damaged" when it cannot be read or is no plain
    /// file, Environment "archive-io".
    [[nodiscard]] virtual Result<std::unique_ptr<ObjectReader>> open(const Digest& digest) const = 0;
    /// The size without reading. Errors: as open.
    [[nodiscard]] virtual Result<std::uint64_t> sizeOf(const Digest& digest) const = 0;
    /// Reads it all. Errors: Damaged "object-damaged", NotFound "object-missing".
    [[nodiscard]] virtual Result<void> prove(const Digest& digest) const = 0;
    /// Every object, in ascending order of digest; also names foreign files found in the store (by their path
    /// within it, as the filesystem spells it: escape before showing). Temporary files of a put are neither.
    /// Errors: Environment "archive-io".
    [[nodiscard]] virtual Result<void> list(const std::function<void(const ListedObject&)>& each,
                                            const std::function<void(const std::string&)>& foreign) const = 0;
};

/// A folder on this machine: ROOT/sha256/ab/<64 hex digits>, files 0400, temporary files in ROOT/tmp. Several
/// processes may have the same folder open.
class FolderStore final : public Store {
  public:
    /// Makes the layout when it is missing and removes temporary files that a crash left (older than this
    /// process). Errors: Environment "archive-io".
    [[nodiscard]] static Result<std::unique_ptr<FolderStore>> openAt(const std::filesystem::path& root);
    ~FolderStore() override;

    [[nodiscard]] Result<StoredObject> put(ByteSource& source, const PutExpectation& expected) override;
    [[nodiscard]] Result<StoredObject> adopt(const std::filesystem::path& file, const Digest& digest,
                                             std::uint64_t size) override;
    [[nodiscard]] Result<std::unique_ptr<StagedBatch>> stageBatch(std::vector<BatchItem>& items) override;
    [[nodiscard]] Result<std::vector<StoredObject>> publishBatch(std::unique_ptr<StagedBatch> batch) override;
    [[nodiscard]] Result<std::unique_ptr<ObjectReader>> open(const Digest& digest) const override;
    [[nodiscard]] Result<std::uint64_t> sizeOf(const Digest& digest) const override;
    [[nodiscard]] Result<void> prove(const Digest& digest) const override;
    [[nodiscard]] Result<void> list(const std::function<void(const ListedObject&)>& each,
                                    const std::function<void(const std::string&)>& foreign) const override;

  private:
    struct State;
    explicit FolderStore(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// A file on this machine as a source, read sequentially. Errors: Environment "file-io" (also for a folder),
/// NotFound "file".
[[nodiscard]] Result<std::unique_ptr<ByteSource>> openFile(const std::filesystem::path& path);
/// Writes `bytes` beside `path`, fsyncs, renames it into place (replacing what is there) and fsyncs the
/// folder; mode as given. On an error the old file stands unchanged, except when only the last fsync failed.
/// Errors: Environment "file-io" / "disk-full".
[[nodiscard]] Result<void> writeFileDurably(const std::filesystem::path& path, ByteView bytes, unsigned mode);
/// Reads a small file whole. Errors: NotFound "file", TooLarge "over-cap", Environment "file-io".
[[nodiscard]] Result<std::string> readSmallFile(const std::filesystem::path& path, std::uint64_t cap);

}  // namespace tickmark::archive
