// A SHA-256 value: what a piece of evidence is known by.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark {

/// 32 bytes of SHA-256 (FIPS 180-4). One strict parser, one spelling: 64 lower-case hexadecimal digits.
class Digest {
  public:
    static constexpr std::size_t size = 32;

    Digest() = default;
    explicit Digest(const std::array<std::uint8_t, size>& bytes) : m_bytes(bytes) {}

    /// Parses exactly 64 lower-case hexadecimal digits. Errors: Invalid "digest".
    [[nodiscard]] static Result<Digest> parse(std::string_view hex);
    /// Takes exactly 32 raw bytes. Errors: Invalid "digest".
    [[nodiscard]] static Result<Digest> fromBytes(ByteView bytes);

    [[nodiscard]] const std::array<std::uint8_t, size>& bytes() const noexcept { return m_bytes; }
    [[nodiscard]] std::string hex() const;
    /// For people: first and last eight digits in groups of four, "85eb 91cb … 13d7 d5e3".
    [[nodiscard]] std::string shortForm() const;
    auto operator<=>(const Digest&) const = default;  // NOLINT(modernize-use-nullptr)

  private:
    std::array<std::uint8_t, size> m_bytes{};
};

}  // namespace tickmark
