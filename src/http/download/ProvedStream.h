// A stream that lets go of its last bytes only after its source said that all of them were right.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::http {

/// Reads one step ahead. A sender stops at the declared length and would never see an error that the source
/// raises at its end; held back by a step, the error comes before the last bytes are out.
class ProvedStream final : public ByteSource {
  public:
    static constexpr std::size_t step = 64U * 1024U;

    /// Reads the first two steps, so that a source of at most `step` bytes is proved on return. Errors: the
    /// source's.
    [[nodiscard]] static Result<std::unique_ptr<ByteSource>> open(std::unique_ptr<ByteSource> source);

    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override;

  private:
    struct Chunk {
        std::array<std::uint8_t, step> bytes{};
        std::size_t size = 0;
        std::size_t done = 0;
    };
    explicit ProvedStream(std::unique_ptr<ByteSource> source) : m_source(std::move(source)) {}
    [[nodiscard]] Result<void> fill(Chunk& chunk);
    [[nodiscard]] Result<void> advance();

    std::unique_ptr<ByteSource> m_source;
    std::unique_ptr<Chunk> m_held = std::make_unique<Chunk>();
    std::unique_ptr<Chunk> m_ahead = std::make_unique<Chunk>();
    bool m_ended = false;  ///< the source said 0: all it gave is proved
};

}  // namespace tickmark::http
