// A strict reader of DER (ITU-T X.690 section 10): one encoding for each value, so that no bit can change
// unseen.
#pragma once

#include <cstdint>
#include <string_view>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::crypto {

namespace tag {
inline constexpr std::uint8_t integer = 0x02;
inline constexpr std::uint8_t bitString = 0x03;
inline constexpr std::uint8_t octetString = 0x04;
inline constexpr std::uint8_t null = 0x05;
inline constexpr std::uint8_t object = 0x06;
inline constexpr std::uint8_t utcTime = 0x17;
inline constexpr std::uint8_t generalizedTime = 0x18;
inline constexpr std::uint8_t sequence = 0x30;
inline constexpr std::uint8_t set = 0x31;
inline constexpr std::uint8_t context0 = 0xA0;
inline constexpr std::uint8_t context1 = 0xA1;
}  // namespace tag

/// One element: its identifier, all its bytes, and the bytes inside.
struct DerElement {
    std::uint8_t identifier = 0;
    ByteView whole{};
    ByteView content{};
};

/// Reads elements one after another from memory that must outlive it and them. Refuses indefinite and
/// over-long lengths, identifiers above 30, and lengths that run past the end.
class DerReader {
  public:
    explicit DerReader(ByteView bytes) : m_rest(bytes) {}

    [[nodiscard]] bool atEnd() const noexcept { return m_rest.empty(); }
    /// True when the next element has this identifier.
    [[nodiscard]] bool nextIs(std::uint8_t identifier) const noexcept;
    /// The next element, which must have this identifier. Errors: Invalid "der" naming `what`.
    [[nodiscard]] Result<DerElement> take(std::uint8_t identifier, std::string_view what);
    /// Errors: Invalid "der" when something is left.
    [[nodiscard]] Result<void> expectEnd(std::string_view what) const;

  private:
    ByteView m_rest;
};

/// The error of every reader of this format.
[[nodiscard]] Error derError(std::string_view what, std::string_view problem);
[[nodiscard]] bool sameBytes(ByteView a, ByteView b) noexcept;
/// True when the elements of a SET OF stand in ascending order (section 11.6) and none is there twice.
[[nodiscard]] bool isOrderedSet(ByteView content);

}  // namespace tickmark::crypto
