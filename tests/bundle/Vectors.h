// The list of tests/vectors/, as other verifiers read it too (tests/vectors/README.md).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tickmark/bundle/Anchors.h"

namespace tickmark::bundle::test {

struct Vector {
    std::string name{};
    AnchorArguments brought{};          ///< files with their folder
    std::string verdict{};              ///< "PASS", "FAIL", "INDETERMINATE"
    std::string code{};                 ///< that must be among the problems, or empty
    std::vector<std::string> failed{};  ///< codes that fail
    std::vector<std::string> open{};    ///< codes that are not checked
};

[[nodiscard]] std::vector<Vector> readVectors(const std::filesystem::path& folder);

/// The codes of a report with that status.
[[nodiscard]] std::vector<std::string> codesWith(const Report& report, CheckStatus status);

}  // namespace tickmark::bundle::test
