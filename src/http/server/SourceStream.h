// A ByteSource as the std::istream that Poco's multipart reader wants.
#pragma once

#include <array>
#include <cstdint>
#include <istream>
#include <optional>
#include <streambuf>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::http {

/// Reads ahead 64 KiB. An error of the source looks like the end to the reader and is kept in error().
class SourceBuffer final : public std::streambuf {
  public:
    explicit SourceBuffer(ByteSource& source) : m_source(source) {}
    [[nodiscard]] const std::optional<Error>& error() const noexcept { return m_error; }
    /// Whether the source itself has ended.
    [[nodiscard]] bool ended() const noexcept { return m_ended; }

  protected:
    int_type underflow() override {
        if (gptr() < egptr()) return traits_type::to_int_type(*gptr());
        if (m_ended || m_error) return traits_type::eof();
        const auto result = m_source.read(m_bytes);
        if (!result) {
            m_error = result.error();
            return traits_type::eof();
        }
        m_ended = *result == 0;
        if (m_ended) return traits_type::eof();
        auto* const begin = reinterpret_cast<char*>(m_bytes.data());
        setg(begin, begin, begin + *result);
        return traits_type::to_int_type(*gptr());
    }

  private:
    ByteSource& m_source;
    std::optional<Error> m_error{};
    bool m_ended = false;
    std::array<std::uint8_t, 65536> m_bytes{};
};

}  // namespace tickmark::http
