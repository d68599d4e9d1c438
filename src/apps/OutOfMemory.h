// The end of a program that has no memory left: words and an exit code in place of a signal.
#pragma once
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>

namespace tickmark {

/// Words and exit code 70.
[[noreturn]] inline void sayOutOfMemory() {
    constexpr char words[] = "tickmark: internal error: out of memory\n";
    static_cast<void>(!::write(STDERR_FILENO, words, sizeof words - 1));
    ::_exit(70);
}

/// What ends a program that has no memory left even to report it: words and exit code 70, in place of a
/// signal. Nothing is put in order; the data folder is as after a kill, which the next start handles.
[[noreturn]] inline void endWithoutMemory() {
    if (const std::exception_ptr thrown = std::current_exception()) {
        try {
            std::rethrow_exception(thrown);
        } catch (const std::bad_alloc&) {
            sayOutOfMemory();
        } catch (...) {  // any other is a fault of the program and ends as one
        }
    }
    std::abort();
}

}  // namespace tickmark
