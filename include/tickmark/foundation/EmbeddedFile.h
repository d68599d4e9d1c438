// A file that was made part of the program when it was built (tools/cmake/EmbedFiles.cmake).
#pragma once

#include <string_view>

namespace tickmark {

/// One embedded file. Both views live as long as the program.
struct EmbeddedFile {
    std::string_view name{};  ///< file name without folders, e.g. "0001_core.sql"
    std::string_view text{};  ///< its exact bytes
};

}  // namespace tickmark
