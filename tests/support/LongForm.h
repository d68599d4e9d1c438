// Whether the long form of a test was asked for.
#pragma once

#include <cstdlib>
#include <string_view>

namespace tickmark::test {

/// TICKMARK_LONG=1; an empty value is no wish.
inline bool isLongForm() {
    const char* wanted = std::getenv("TICKMARK_LONG");
    return wanted != nullptr && std::string_view(wanted) == "1";
}

}  // namespace tickmark::test
