// Streams that fail after a given number of bytes: faults are injected, not imagined.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::test {

/// The error every failing stream gives, so that a test sees that it is passed on unchanged.
inline Error injectedFault() { return environment("injected-fault", "The stream failed on purpose."); }

/// A source of a repeatable pattern that ends, or fails, after so many bytes. No memory grows with its
/// length.
class PatternSource : public ByteSource {
  public:
    /// `seed` makes different contents; `step` is the most that one read gives, to imitate a network.
    explicit PatternSource(std::uint64_t length, std::uint64_t seed = 1, std::size_t step = SIZE_MAX)
        : m_rest(length), m_state(seed * 0x9E3779B97F4A7C15U + 1), m_step(step) {}

    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        const std::size_t count = std::min<std::uint64_t>({m_rest, buffer.size(), m_step});
        for (std::uint8_t& each : buffer.first(count)) each = nextByte();
        m_rest -= count;
        return count;
    }

    [[nodiscard]] std::uint64_t rest() const noexcept { return m_rest; }

  private:
    /// xorshift64: cheap, repeatable, and no two places of a long stream look alike.
    std::uint8_t nextByte() noexcept {
        m_state ^= m_state << 13U;
        m_state ^= m_state >> 7U;
        m_state ^= m_state << 17U;
        return static_cast<std::uint8_t>(m_state >> 32U);
    }

    std::uint64_t m_rest;
    std::uint64_t m_state;
    std::size_t m_step;
};

/// Passes on what `inner` gives and fails after `limit` bytes.
class FailingSource final : public ByteSource {
  public:
    FailingSource(ByteSource& inner, std::uint64_t limit) : m_inner(inner), m_rest(limit) {}

    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        if (m_rest == 0) return injectedFault();
        const auto most = std::min<std::uint64_t>(m_rest, buffer.size());
        TM_TRY(const std::size_t count, m_inner.read(buffer.first(most)));
        m_rest -= count;
        return count;
    }

  private:
    ByteSource& m_inner;
    std::uint64_t m_rest;
};

/// Takes `limit` bytes, passes them on to `inner` if there is one, and fails at the first byte beyond.
class FailingSink final : public ByteSink {
  public:
    explicit FailingSink(std::uint64_t limit, ByteSink* inner = nullptr) : m_inner(inner), m_rest(limit) {}

    [[nodiscard]] Result<void> write(ByteView bytes) override {
        const ByteView fits = bytes.first(std::min<std::uint64_t>(m_rest, bytes.size()));
        if (m_inner != nullptr && !fits.empty()) TM_CHECK(m_inner->write(fits));
        m_rest -= fits.size();
        if (fits.size() < bytes.size()) return injectedFault();
        return {};
    }

  private:
    ByteSink* m_inner;
    std::uint64_t m_rest;
};

/// The whole of a source, for comparing.
inline Bytes takeAll(ByteSource& source) {
    MemorySink sink;
    static_cast<void>(copyAll(source, sink));
    return std::move(sink.bytes());
}

}  // namespace tickmark::test
