// Takes from this process what a reader of documents does not need.
#pragma once

#include "tickmark/foundation/Result.h"

namespace tickmark::extract {

/// What the process may still use after enterJail.
struct JailLimits {
    unsigned seconds = 20;                        ///< of processor time; then the kernel ends the process
    unsigned long memory = 1024UL * 1024 * 1024;  ///< bytes of address space; 0: not limited
    /// Lets it read the system's fonts and nothing else (Landlock); where the kernel has no Landlock it reads
    /// no file, and pages show only the fonts that they bring.
    bool readsFonts = false;
};

/// From here on the process can read and write what it has open, ask for memory and end; it can open no file,
/// make no connection, start no program and see no other process (seccomp, RLIMIT_*). There is no way back.
/// With readsFonts it can open fonts to read them, and learn whether files exist.
/// Errors: Environment "no-jail"; nothing may be read then.
[[nodiscard]] Result<void> enterJail(const JailLimits& limits);

}  // namespace tickmark::extract
