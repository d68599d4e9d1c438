// What a file is, judged by its content (libmagic with the rules of schemas/media), never by its name.
#pragma once

#include <string>
#include <utility>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::app {

/// How much of a file's beginning is looked at.
inline constexpr std::size_t mediaTypeHead = 4 * 1024;

/// An IANA media type such as "text/csv"; "application/octet-stream" when nothing is recognised or the
/// library cannot load its rules. Thread-safe: as many sets of rules as are used at the same time, each
/// loaded at its first use and kept.
[[nodiscard]] std::string mediaTypeOf(ByteView head);

/// Passes a source on and keeps its first bytes.
class HeadKeeper final : public ByteSource {
  public:
    explicit HeadKeeper(ByteSource& source) : m_source(&source) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override;
    [[nodiscard]] ByteView head() const noexcept { return m_head; }
    [[nodiscard]] Bytes takeHead() noexcept { return std::move(m_head); }

  private:
    ByteSource* m_source;
    Bytes m_head{};
};

}  // namespace tickmark::app
