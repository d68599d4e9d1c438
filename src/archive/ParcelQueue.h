// Buffers full of small files, on their way from one reader to several workers and back.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "archive/Intake.h"

namespace tickmark::archive {

/// Many small files in one buffer, so that handing them over costs little.
struct Parcel {
    struct Piece {
        std::size_t item = 0;  ///< index in the batch
        std::size_t offset = 0;
        std::size_t size = 0;
    };

    Buffer bytes{};  ///< intakeStep bytes
    std::size_t used = 0;
    std::vector<Piece> pieces{};

    [[nodiscard]] ByteView contentOf(const Piece& piece) const {
        return {bytes.get() + piece.offset, piece.size};
    }
    [[nodiscard]] std::span<std::uint8_t> room() const { return {bytes.get() + used, intakeStep - used}; }
};

/// Hands parcels from thread to thread; empty handles mean that there are no more.
class ParcelQueue {
  public:
    void push(std::unique_ptr<Parcel> parcel) {
        {
            const std::lock_guard lock(m_mutex);
            m_parcels.push_back(std::move(parcel));
        }
        m_changed.notify_one();
    }

    /// Waits for one; empty once closed and drained.
    [[nodiscard]] std::unique_ptr<Parcel> pop() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_parcels.empty() || m_closed; });
        if (m_parcels.empty()) return {};
        std::unique_ptr<Parcel> parcel = std::move(m_parcels.front());
        m_parcels.pop_front();
        return parcel;
    }

    void close() {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_changed.notify_all();
    }

  private:
    std::mutex m_mutex{};
    std::condition_variable m_changed{};
    std::deque<std::unique_ptr<Parcel>> m_parcels{};
    bool m_closed = false;
};

}  // namespace tickmark::archive
