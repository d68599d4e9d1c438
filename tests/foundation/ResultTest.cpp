#include "tickmark/foundation/Result.h"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <type_traits>

#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Secret.h"

using namespace tickmark;

namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return invalid("odd", "number", "The number is odd.", "Send an even one.");
    return number / 2;
}

Result<void> mustBePositive(int number) {
    if (number <= 0) return refused("sign", "The number is not positive.");
    return {};
}

Result<int> quarter(int number) {
    TM_CHECK(mustBePositive(number));
    TM_TRY(const int once, half(number));
    TM_TRY(const int twice, half(once));
    return twice;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(results)

BOOST_AUTO_TEST_CASE(a_result_holds_a_value_or_an_error) {
    BOOST_TEST(half(4).value() == 2);
    BOOST_TEST(static_cast<bool>(half(4)));
    BOOST_REQUIRE(!half(3).ok());
    BOOST_TEST(half(3).error().field == "number");
    BOOST_TEST(mustBePositive(1).ok());
    BOOST_TEST(mustBePositive(0).error().type == "sign");
}

BOOST_AUTO_TEST_CASE(the_macros_go_on_with_the_value_or_return_the_error) {
    BOOST_TEST(quarter(12).value() == 3);
    BOOST_TEST(quarter(0).error().type == "sign");
    BOOST_TEST(quarter(7).error().type == "odd");
    BOOST_TEST(quarter(6).error().type == "odd");
}

BOOST_AUTO_TEST_CASE(a_result_moves_what_cannot_be_copied) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
    const std::unique_ptr<int> taken = *std::move(result);
    BOOST_TEST(*taken == 5);
}

BOOST_AUTO_TEST_CASE(each_kind_of_refusal_has_its_maker) {
    BOOST_TEST((invalid("t", "f", "m").kind == ErrorKind::Invalid));
    BOOST_TEST((refused("t", "m").kind == ErrorKind::Refused));
    BOOST_TEST((forbidden("m").kind == ErrorKind::Forbidden));
    BOOST_TEST((notFound("finding").kind == ErrorKind::NotFound));
    BOOST_TEST(notFound("finding").message == "There is no finding that you may see.");
    BOOST_TEST((environment("t", "m").kind == ErrorKind::Environment));
    BOOST_TEST((internal("m").kind == ErrorKind::Internal));
}

BOOST_AUTO_TEST_CASE(a_description_tells_field_rule_fix_and_parts) {
    Error error = invalid("import", "file", "Two rows are wrong.", "Correct them.");
    error.rule = "every row is complete";
    error.parts = {invalid("row", "row 3", "No title."), invalid("row", "", "No class.")};
    BOOST_TEST(describe(error) ==
               "file: Two rows are wrong. Rule: every row is complete. Correct them.\n  row 3: No title.\n  "
               "No class.");
}

BOOST_AUTO_TEST_CASE(identities_of_different_kinds_do_not_mix) {
    using FirstId = Id<struct FirstTag>;
    using SecondId = Id<struct SecondTag>;
    static_assert(!std::is_convertible_v<FirstId, SecondId>);
    static_assert(!std::is_convertible_v<Ref<struct FirstTag>, Ref<struct SecondTag>>);
    static_assert(!std::is_convertible_v<std::string, Ref<struct FirstTag>>);
    BOOST_TEST(!FirstId{}.stored());
    BOOST_TEST(FirstId{3}.stored());
    BOOST_TEST((FirstId{3} < FirstId{4}));
}

BOOST_AUTO_TEST_CASE(a_secret_keeps_its_text_through_copies_and_moves) {
    Secret first("short");
    Secret second("a passphrase that is longer than any small buffer of a string");
    const Secret copy = second;
    second = first;
    BOOST_TEST(second.reveal() == "short");
    BOOST_TEST(first.reveal() == "short");
    first = Secret("third");
    BOOST_TEST(first.reveal() == "third");
    const Secret moved = std::move(first);
    BOOST_TEST(moved.reveal() == "third");
    BOOST_TEST(copy.reveal().size() == 61U);
    BOOST_TEST(Secret{}.empty());
}

BOOST_AUTO_TEST_CASE(a_secret_overwrites_its_bytes_when_it_ends) {
    alignas(Secret) std::array<unsigned char, sizeof(Secret)> place{};
    // Short texts stand inside the object itself, so its storage shows what is left.
    auto* secret = new (place.data()) Secret("passw0rd");
    Secret taken = std::move(*secret);
    secret->~Secret();
    const std::string left(place.begin(), place.end());
    BOOST_TEST(left.find("passw0rd") == std::string::npos);
    BOOST_TEST(left.find("assw0rd") == std::string::npos);
    BOOST_TEST(taken.reveal() == "passw0rd");
}

BOOST_AUTO_TEST_SUITE_END()
