// Expected refusals are values. An exception means a broken environment or a bug.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tickmark {

/// What kind of no this is, free of any protocol. Each edge maps it once: HTTP status in one switch, exit
/// code in another.
enum class ErrorKind {
    Invalid,          ///< the input breaks a rule; the sender can mend it
    Refused,          ///< well formed, but a guard of the domain says no
    Forbidden,        ///< the caller may see the thing, not do this to it
    Unauthenticated,  ///< nobody is signed in, or the token is unknown or expired
    NotFound,         ///< no such thing, or the caller may not know of it
    Stale,            ///< somebody changed it in between (optimistic revision)
    Conflict,         ///< something of that name exists, or another process holds it
    TooLarge,         ///< over a stated cap
    Throttled,        ///< too many attempts; later it may work
    Damaged,          ///< stored bytes are not what they were
    Undecided,        ///< intact, but trust cannot be decided with what was brought
    Environment,      ///< disk, database, network
    Internal          ///< a bug
};

/// One refusal: what happened, where, by which rule, and the way out. Every text is for the person who reads
/// it; nothing internal (paths of the server, SQL) stands in it.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    std::string type;               ///< stable slug, e.g. "stale-revision"; part of the HTTP problem type
    std::string message;            ///< one plain sentence: what happened
    std::string field = {};         ///< the input's name as the sender wrote it, or empty
    std::string rule = {};          ///< the rule that was broken, or empty
    std::string fix = {};           ///< what to do now, or empty
    std::vector<Error> parts = {};  ///< further refusals of the same input, e.g. one per bad row
    std::int64_t waitSeconds = 0;   ///< when trying again may work, counted from now; 0: not known
};

[[nodiscard]] Error invalid(std::string type, std::string field, std::string message, std::string fix = {});
[[nodiscard]] Error refused(std::string type, std::string message, std::string fix = {});
[[nodiscard]] Error forbidden(std::string message);
[[nodiscard]] Error notFound(std::string what);
[[nodiscard]] Error environment(std::string type, std::string message, std::string fix = {});
[[nodiscard]] Error internal(std::string message);

/// A multi-line text of an error and its parts, for a terminal: "field: message (rule). fix".
[[nodiscard]] std::string describe(const Error& error);

/// A value or an Error. Holds exactly one of them; asking for the wrong one is a bug and asserts.
template <class T>
class [[nodiscard]] Result {
  public:
    using Value = T;
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] T& value() & { return std::get<0>(m_state); }
    [[nodiscard]] const T& value() const& { return std::get<0>(m_state); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] T& operator*() & { return value(); }
    [[nodiscard]] const T& operator*() const& { return value(); }
    [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
    [[nodiscard]] T* operator->() { return &value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }

    [[nodiscard]] const Error& error() const& { return std::get<1>(m_state); }
    [[nodiscard]] Error&& error() && { return std::get<1>(std::move(m_state)); }

  private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    using Value = void;
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] bool ok() const noexcept { return m_ok; }
    explicit operator bool() const noexcept { return ok(); }
    [[nodiscard]] const Error& error() const& {
        assert(!m_ok);
        return m_error;
    }
    [[nodiscard]] Error&& error() && {
        assert(!m_ok);
        return std::move(m_error);
    }

  private:
    Error m_error{};
    bool m_ok = true;
};

}  // namespace tickmark

#define TM_CONCAT_INNER(a, b) a##b
#define TM_CONCAT(a, b) TM_CONCAT_INNER(a, b)

/// TM_TRY(auto value, expression): returns the expression's Error from this function, or declares its value.
#define TM_TRY(declaration, expression)                                                        \
    auto TM_CONCAT(tmTried, __LINE__) = (expression);                                          \
    if (!TM_CONCAT(tmTried, __LINE__)) return std::move(TM_CONCAT(tmTried, __LINE__)).error(); \
    declaration = *std::move(TM_CONCAT(tmTried, __LINE__))

/// TM_CHECK(expression): returns the expression's Error from this function, or goes on.
#define TM_CHECK(expression)                                                                \
    do {                                                                                    \
        if (auto tmChecked = (expression); !tmChecked) return std::move(tmChecked).error(); \
    } while (false)
