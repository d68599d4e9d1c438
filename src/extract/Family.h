// Which reader a media type asks for.
#pragma once

#include <string_view>

namespace tickmark::extract {

enum class Family { None, Plain, Html, Xml, Pdf, Office };

[[nodiscard]] Family familyOf(std::string_view mediaType);

}  // namespace tickmark::extract
