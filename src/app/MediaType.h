// What a file is, judged by its content (libmagic), never by its name.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::app {

/// How much of a file's beginning is looked at.
inline constexpr std::size_t mediaTypeHead = 16 * 1024;

/// An IANA media type such as "text/csv"; "application/octet-stream" when nothing is recognised or the
/// library cannot load its rules. Thread-safe: one set of rules for each thread that asks, loaded at first
/// use.
[[nodiscard]] std::string mediaTypeOf(ByteView head);

/// Passes a source on and judges its media type when its beginning has been read; `type` must outlive it.
class TypeSniffer final : public ByteSource {
  public:
    TypeSniffer(std::unique_ptr<ByteSource> source, std::string& type)
        : m_source(std::move(source)), m_type(&type) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override;

  private:
    std::unique_ptr<ByteSource> m_source;
    std::string* m_type;
    Bytes m_head{};
    bool m_judged = false;
};

/// Passes a source on and keeps its first bytes.
class HeadKeeper final : public ByteSource {
  public:
    explicit HeadKeeper(ByteSource& source) : m_source(&source) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override;
    [[nodiscard]] ByteView head() const noexcept { return m_head; }

  private:
    ByteSource* m_source;
    Bytes m_head{};
};

}  // namespace tickmark::app
