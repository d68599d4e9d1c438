// What the README.txt of a series of backups says.
#pragma once

#include <string_view>

namespace tickmark::app {

[[nodiscard]] std::string_view seriesReadme() noexcept;

}  // namespace tickmark::app
