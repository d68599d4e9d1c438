// Small makers of column values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "storage/Statement.h"
#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::storage {

[[nodiscard]] inline Value textValue(std::string_view text) { return std::string(text); }
[[nodiscard]] inline Value numberValue(std::int64_t number) { return number; }
/// An ISO day, or nothing.
[[nodiscard]] inline Value dayValue(const std::optional<Date>& day) {
    if (!day) return {};
    return day->iso();
}
/// A reference to another row; 0 is nothing.
template <class Tag>
[[nodiscard]] Value idValue(Id<Tag> id) {
    if (!id.stored()) return {};
    return id.value;
}

}  // namespace tickmark::storage
