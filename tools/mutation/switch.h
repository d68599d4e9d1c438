// The switches that mutated sources are written with: every mutant is compiled in and TICKMARK_MUTANT names the one
// that acts. With TICKMARK_MUTANT_RECORD a file is written at the exit of the process, one byte for each mutant: '1'
// where its place was executed.
#pragma once

#include <concepts>
#include <cstdio>
#include <cstdlib>
#include <type_traits>

namespace tickmark_mutation {

inline constexpr int most = 1 << 16;
inline constexpr int unread = -2;
inline constexpr int none = -1;
inline int active = unread;
inline bool recording = false;
inline char seen[most] = {};
inline int last = 0;

inline void writeSeen() noexcept {
    if (std::FILE* file = std::fopen(std::getenv("TICKMARK_MUTANT_RECORD"), "wb"); file != nullptr) {
        std::fwrite(seen, 1, sizeof seen, file);
        std::fclose(file);
    }
}

inline void start() noexcept {
    const char* mutant = std::getenv("TICKMARK_MUTANT");
    recording = std::getenv("TICKMARK_MUTANT_RECORD") != nullptr;
    if (recording) std::atexit(writeSeen);
    active = mutant == nullptr ? none : std::atoi(mutant);
}

/// Whether mutant `id` acts; notes that its place was reached.
inline bool on(int id) noexcept {
    if (active == unread) start();
    if (recording) seen[id] = '1';
    return active == id;
}

/// The same within a constexpr function, which stays itself where the compiler evaluates it.
constexpr bool onAtRunTime(int id) noexcept { return !std::is_constant_evaluated() && on(id); }

template <auto On = on, class T>
constexpr bool flip(int id, const T& value) {
    return On(id) ? !static_cast<bool>(value) : static_cast<bool>(value);
}
/// `id`: the boundary moves, `id + 1`: the opposite.
template <auto On = on, class A, class B>
constexpr bool less(int id, const A& a, const B& b) {
    if (On(id)) return !(b < a);
    return On(id + 1) ? !(a < b) : static_cast<bool>(a < b);
}
template <auto On = on, class A, class B>
constexpr bool lessOrEqual(int id, const A& a, const B& b) {
    if (On(id)) return !(b <= a);
    return On(id + 1) ? !(a <= b) : static_cast<bool>(a <= b);
}
template <auto On = on, class A, class B>
constexpr bool greater(int id, const A& a, const B& b) {
    if (On(id)) return !(b > a);
    return On(id + 1) ? !(a > b) : static_cast<bool>(a > b);
}
template <auto On = on, class A, class B>
constexpr bool greaterOrEqual(int id, const A& a, const B& b) {
    if (On(id)) return !(b >= a);
    return On(id + 1) ? !(a >= b) : static_cast<bool>(a >= b);
}
template <auto On = on, class A, class B>
constexpr bool equal(int id, const A& a, const B& b) {
    return On(id) ? !(a == b) : static_cast<bool>(a == b);
}
template <auto On = on, class A, class B>
constexpr bool different(int id, const A& a, const B& b) {
    return On(id) ? !(a != b) : static_cast<bool>(a != b);
}
template <auto On = on, class A, class B>
constexpr auto plus(int id, A a, B b) {
    return On(id) ? a - b : a + b;
}
template <auto On = on, class A, class B>
constexpr auto minus(int id, A a, B b) {
    return On(id) ? a + b : a - b;
}
template <auto On = on, class T>
constexpr T opposite(int id, T value) {
    return On(id) ? static_cast<T>(-value) : value;
}
/// `id`: one more.
template <auto On = on, std::integral T>
constexpr T number(int id, T value) {
    return On(id) ? static_cast<T>(value + 1) : value;
}

}  // namespace tickmark_mutation
