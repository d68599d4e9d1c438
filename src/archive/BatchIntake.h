// Stages many sources: the calling thread opens and reads them in order, a few threads hash and write.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "archive/ParcelQueue.h"
#include "archive/StagedFile.h"
#include "tickmark/archive/Archive.h"

namespace tickmark::archive {

class BatchIntake {
  public:
    BatchIntake(StagingAreas& areas, std::vector<Store::BatchItem>& items);
    BatchIntake(const BatchIntake&) = delete;
    BatchIntake& operator=(const BatchIntake&) = delete;
    ~BatchIntake();

    /// All items staged, closed and compared, in order, not yet synced; or the error of the first item that
    /// failed. May be called once.
    [[nodiscard]] Result<std::vector<StagedObject>> run();

  private:
    struct Failure {
        std::size_t item = 0;
        Error error{};
    };

    void readEverything();
    [[nodiscard]] Result<void> readItem(std::size_t index);
    void startNextParcel(std::size_t carried);
    void work(StagingArea& area);
    void stagePieces(StagingArea& area, const Parcel& parcel);
    [[nodiscard]] Result<void> stagePiece(StagingArea& area, const Parcel& parcel,
                                          const Parcel::Piece& piece);
    void lookAt(std::size_t item, ByteView beginning) const;
    void fail(std::size_t item, Error error);
    void finish();

    StagingAreas& m_areas;
    std::vector<Store::BatchItem>& m_items;
    std::vector<StagedObject> m_staged;
    std::unique_ptr<Parcel> m_filling;
    ParcelQueue m_free{};
    ParcelQueue m_full{};
    std::vector<std::jthread> m_workers{};
    std::atomic<bool> m_stop{false};
    std::mutex m_mutex{};
    std::optional<Failure> m_failure{};
};

}  // namespace tickmark::archive
