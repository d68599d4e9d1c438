// A program that reads what it is given, then says what it found, within limits of time and size.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::app {

struct ChildLimits {
    unsigned seconds = 30;                ///< from its start to its end; then it is killed
    std::size_t output = 16UL << 20U;     ///< bytes of standard output; over it the program is killed
    std::size_t complaint = 64UL << 10U;  ///< bytes of standard error that are kept
};

struct ChildOutcome {
    int code = 0;  ///< exit code; 128 + the signal that ended it
    std::string output{};
    std::string complaint{};
    bool isLate = false;     ///< ended for taking too long
    bool isTooLong = false;  ///< ended for saying too much
};

/// Runs `program` with an environment of nothing but LC_ALL=C.UTF-8 and PATH=/usr/bin, fed from `input`.
/// Reading and writing go on at once, so that neither waits for the other. Errors: those of `input`;
/// Environment "no-program".
[[nodiscard]] Result<ChildOutcome> runChild(const std::filesystem::path& program,
                                            const std::vector<std::string>& arguments, ByteSource& input,
                                            const ChildLimits& limits);

}  // namespace tickmark::app
