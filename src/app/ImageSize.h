// The size that a picture says it has, read from its head without decoding it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tickmark::app {

struct ImageSize {
    std::uint64_t width = 0;
    std::uint64_t height = 0;
};

/// Of PNG, JPEG, GIF and WebP; nothing when the head is broken or of another kind.
[[nodiscard]] std::optional<ImageSize> imageSize(std::string_view mediaType, std::string_view bytes);

}  // namespace tickmark::app
