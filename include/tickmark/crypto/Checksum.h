// Checksums of pieces on their way (tus 1.0.0, "Checksum"): against accidents, never against people.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::crypto {

enum class ChecksumKind { Sha1, Sha256 };

/// "sha1" and "sha256", as the protocol names them.
[[nodiscard]] std::optional<ChecksumKind> checksumKindFrom(std::string_view text) noexcept;
/// 20 or 32 bytes.
[[nodiscard]] std::size_t checksumSize(ChecksumKind kind) noexcept;

/// Adds up a stream. Not thread-safe; finish() may be called once.
class Checksum {
  public:
    explicit Checksum(ChecksumKind kind);
    ~Checksum();
    Checksum(Checksum&&) noexcept;
    Checksum& operator=(Checksum&&) noexcept;

    void update(ByteView bytes);
    [[nodiscard]] Bytes finish();

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace tickmark::crypto
