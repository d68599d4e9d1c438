// A ring of buffers between one reader and two consumers, each of which sees every buffer in order.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>

#include "archive/Intake.h"

namespace tickmark::archive {

class BufferRing {
  public:
    /// Who takes buffers out. A buffer is free again when both are done with it.
    enum Consumer : std::size_t { Hasher, Writer };
    static constexpr std::size_t consumers = 2;
    static constexpr std::size_t slots = 8;

    /// Begins with a full buffer of intakeStep bytes.
    explicit BufferRing(Buffer first);

    /// Reader: waits for a free buffer. Empty when a consumer has failed.
    [[nodiscard]] std::span<std::uint8_t> acquire();
    /// Reader: hands over the acquired buffer with this many bytes in it.
    void commit(std::size_t size);
    /// Reader: nothing more will come.
    void close();

    /// Consumer: waits for its next buffer; empty when there is none any more or somebody failed.
    [[nodiscard]] ByteView next(Consumer who);
    /// Consumer: is done with it.
    void release(Consumer who);
    /// Consumer: gives up; the first error is kept and everybody stops.
    void fail(Error error);

    /// The error of the consumer that failed first, if any.
    [[nodiscard]] std::optional<Error> error();

  private:
    struct Slot {
        Buffer bytes{};
        std::size_t size = 0;
    };

    [[nodiscard]] bool full() const noexcept;

    std::mutex m_mutex{};
    std::condition_variable m_changed{};
    std::array<Slot, slots> m_slots{};
    std::uint64_t m_committed = 0;
    std::array<std::uint64_t, consumers> m_done{};
    bool m_closed = false;
    std::optional<Error> m_error{};
};

}  // namespace tickmark::archive
