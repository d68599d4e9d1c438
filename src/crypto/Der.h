// A strict reader of DER (ITU-T X.690 section 10): one encoding for each value, so that no bit can change
// unseen.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::crypto {

namespace tag {
inline constexpr std::uint8_t boolean = 0x01;
inline constexpr std::uint8_t integer = 0x02;
inline constexpr std::uint8_t bitString = 0x03;
inline constexpr std::uint8_t octetString = 0x04;
inline constexpr std::uint8_t null = 0x05;
inline constexpr std::uint8_t object = 0x06;
inline constexpr std::uint8_t utf8String = 0x0C;
inline constexpr std::uint8_t utcTime = 0x17;
inline constexpr std::uint8_t generalizedTime = 0x18;
inline constexpr std::uint8_t sequence = 0x30;
inline constexpr std::uint8_t set = 0x31;
inline constexpr std::uint8_t plainContext0 = 0x80;
inline constexpr std::uint8_t plainContext1 = 0x81;
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
    /// `subject` is the word for the whole in errors: "signature", "timestamp". It must outlive the reader.
    explicit DerReader(ByteView bytes, std::string_view subject = "signature")
        : m_rest(bytes), m_subject(subject) {}

    [[nodiscard]] bool atEnd() const noexcept { return m_rest.empty(); }
    /// What has not been read.
    [[nodiscard]] ByteView rest() const noexcept { return m_rest; }
    /// True when the next element has this identifier.
    [[nodiscard]] bool nextIs(std::uint8_t identifier) const noexcept;
    /// The next element, which must have this identifier. Errors: Invalid "der" naming `what`.
    [[nodiscard]] Result<DerElement> take(std::uint8_t identifier, std::string_view what);
    /// The same as a reader of its content.
    [[nodiscard]] Result<DerReader> enter(std::uint8_t identifier, std::string_view what);
    /// The only element that is left. Errors as take, and when more follows.
    [[nodiscard]] Result<DerElement> only(std::uint8_t identifier, std::string_view what);
    /// The next INTEGER in its shortest form.
    [[nodiscard]] Result<DerElement> takeInteger(std::string_view what,
                                                 std::uint8_t identifier = tag::integer);
    /// The next INTEGER from 0 to `most`.
    [[nodiscard]] Result<std::int64_t> takeNumber(std::string_view what, std::int64_t most,
                                                  std::uint8_t identifier = tag::integer);
    /// A reader of an element's content.
    [[nodiscard]] DerReader inside(const DerElement& element) const {
        return DerReader(element.content, m_subject);
    }
    /// Errors: Invalid "der" when something is left.
    [[nodiscard]] Result<void> expectEnd(std::string_view what) const;
    /// An error about this subject.
    [[nodiscard]] Error error(std::string_view what, std::string_view problem) const;

  private:
    ByteView m_rest;
    std::string_view m_subject;
};

/// The error of every reader of this format.
[[nodiscard]] Error derError(std::string_view what, std::string_view problem,
                             std::string_view subject = "signature");
[[nodiscard]] bool sameBytes(ByteView a, ByteView b) noexcept;
/// True when the elements of a SET OF stand in ascending order (section 11.6) and none is there twice.
[[nodiscard]] bool isOrderedSet(ByteView content);

/// Writes one element around the parts.
[[nodiscard]] Bytes derOfParts(std::uint8_t identifier, std::initializer_list<ByteView> parts);

}  // namespace tickmark::crypto
