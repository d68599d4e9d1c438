// What SQLite refused, inside the module; public functions turn it into an Error.
#pragma once

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "tickmark/foundation/Result.h"

struct sqlite3;

namespace tickmark::storage {

/// Thrown by Statement and Connection only; never leaves the module (guarded).
class SqlFailure : public std::runtime_error {
  public:
    SqlFailure(int extendedCode, const std::string& message)
        : std::runtime_error(message), m_code(extendedCode) {}
    /// SQLite's extended result code.
    [[nodiscard]] int code() const noexcept { return m_code; }
    /// For people, without SQL.
    [[nodiscard]] Error toError() const;

  private:
    int m_code;
};

/// Throws what the handle says about its last error.
[[noreturn]] void throwSqlFailure(sqlite3* handle, int code);

/// Runs work() -> Result<T> and turns what it throws into an Error.
template <class Work>
[[nodiscard]] auto guarded(Work&& work) -> std::invoke_result_t<Work&> {
    try {
        return work();
    } catch (const SqlFailure& failure) {
        return failure.toError();
    } catch (const std::exception& failure) {
        return internal(std::string("The catalog failed: ") + failure.what());
    }
}

}  // namespace tickmark::storage
