// tickmark-verify witness: a certification body's own memory of a client's log.
#pragma once

namespace tickmark::witness {

/// Whether the arguments are for the witness: the first one is the word "witness".
[[nodiscard]] bool isWitnessCommand(int argc, const char* const* argv);

/// Runs "tickmark-verify witness …". Exit codes: 0 done, 1 refused (the log does not extend what was seen),
/// 2 wrong usage, 3 refused for another reason, 4 a file or folder cannot be used, 5 undecided.
[[nodiscard]] int run(int argc, const char* const* argv);

}  // namespace tickmark::witness
