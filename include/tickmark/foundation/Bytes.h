// Bytes, and streams of them, as every module passes them on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Result.h"

namespace tickmark {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

[[nodiscard]] ByteView viewOf(std::string_view text) noexcept;
[[nodiscard]] std::string_view textOf(ByteView bytes) noexcept;
[[nodiscard]] Bytes bytesOf(std::string_view text);

/// Lower-case hexadecimal, two digits a byte.
[[nodiscard]] std::string toHex(ByteView bytes);
/// Strict: even length, digits and a-f only (upper case is refused). Errors: Invalid "hex".
[[nodiscard]] Result<Bytes> fromHex(std::string_view text);
/// Standard base64 with padding (RFC 4648 section 4), no line breaks.
[[nodiscard]] std::string toBase64(ByteView bytes);
/// Strict inverse of toBase64: padding required, no white space, no stray bits. Errors: Invalid "base64".
[[nodiscard]] Result<Bytes> fromBase64(std::string_view text);

/// A one-way stream to read from.
class ByteSource {
  public:
    virtual ~ByteSource() = default;
    /// Fills up to buffer.size() bytes and returns how many; 0 means the end. Never called again after an
    /// error.
    [[nodiscard]] virtual Result<std::size_t> read(std::span<std::uint8_t> buffer) = 0;
};

/// A one-way stream to write to.
class ByteSink {
  public:
    virtual ~ByteSink() = default;
    /// Takes all bytes or fails. Never called again after an error.
    [[nodiscard]] virtual Result<void> write(ByteView bytes) = 0;
};

/// Reads from memory that must outlive it.
class MemorySource final : public ByteSource {
  public:
    explicit MemorySource(ByteView bytes) : m_rest(bytes) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override;

  private:
    ByteView m_rest;
};

/// Collects in memory; refuses more than `cap` bytes with TooLarge.
class MemorySink final : public ByteSink {
  public:
    explicit MemorySink(std::size_t cap = SIZE_MAX) : m_cap(cap) {}
    [[nodiscard]] Result<void> write(ByteView bytes) override;
    [[nodiscard]] Bytes& bytes() noexcept { return m_bytes; }

  private:
    std::size_t m_cap;
    Bytes m_bytes{};
};

/// Moves everything from source to sink in 64 KiB steps; returns the number of bytes.
[[nodiscard]] Result<std::uint64_t> copyAll(ByteSource& source, ByteSink& sink);

}  // namespace tickmark
