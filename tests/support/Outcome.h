// What a use case answered, in one line of a test: the value, or a refusal of the kind and type expected.
#pragma once

#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>

#include "tickmark/foundation/Result.h"

namespace tickmark::test {

/// The value; a refusal fails the test with its words.
template <class T>
T must(Result<T> result) {
    BOOST_REQUIRE_MESSAGE(result.ok(), (result.ok() ? std::string{} : describe(result.error())));
    if constexpr (!std::is_void_v<T>) return std::move(result).value();
}

/// The refusal; its absence fails the test.
template <class T>
Error refusal(Result<T> result) {
    BOOST_REQUIRE_MESSAGE(!result.ok(), "it was not refused");
    return std::move(result).error();
}

/// Whether it was refused with this kind and type; any other outcome is told.
template <class T>
[[nodiscard]] boost::test_tools::predicate_result refusedAs(const Result<T>& result, ErrorKind kind,
                                                            const std::string& type) {
    if (!result.ok() && result.error().kind == kind && result.error().type == type) return true;
    boost::test_tools::predicate_result told(false);
    if (result.ok())
        told.message() << "it was not refused; expected " << type;
    else
        told.message() << "refused as " << result.error().type << " instead of " << type << ": "
                       << describe(result.error());
    return told;
}

/// Whether a text holds another.
inline bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace tickmark::test
