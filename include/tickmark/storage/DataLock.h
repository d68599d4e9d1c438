// Who has the data directory: locks between processes.
#pragma once

#include <filesystem>

#include "tickmark/foundation/Result.h"

namespace tickmark::storage {

/// A lock file held until the object goes; the kernel lets go of it when the process dies. Both files stay.
class DataLock {
  public:
    /// data.lock, shared: taken by every Database::open. Errors: Conflict "data-locked"; Environment.
    [[nodiscard]] static Result<DataLock> shared(const std::filesystem::path& folder);
    /// data.lock, alone: for migration and restore. Errors: Conflict "data-locked" when anybody has it open.
    [[nodiscard]] static Result<DataLock> exclusive(const std::filesystem::path& folder);
    /// serve.lock, alone: one server per data directory. Errors: Conflict "already-served".
    [[nodiscard]] static Result<DataLock> serving(const std::filesystem::path& folder);

    DataLock(DataLock&& other) noexcept;
    DataLock& operator=(DataLock&& other) noexcept;
    DataLock(const DataLock&) = delete;
    DataLock& operator=(const DataLock&) = delete;
    ~DataLock();

    /// From exclusive to shared in one step. Errors: Environment.
    [[nodiscard]] Result<void> downgrade() const;

  private:
    explicit DataLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

}  // namespace tickmark::storage
