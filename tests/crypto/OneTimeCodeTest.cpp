// Codes by time against the published vectors, drift, replay, and what an app is given.
#include <boost/test/unit_test.hpp>
#include <set>

#include "tickmark/crypto/OneTimeCode.h"

using namespace tickmark;
using namespace tickmark::crypto;

namespace {

/// The key of RFC 6238 appendix B, "12345678901234567890", in base32.
const Secret& key() {
    static const Secret secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    return secret;
}

std::string codeAt(std::int64_t seconds) {
    return codeOf(key(), codeStepAt(Timestamp::fromSeconds(seconds))).reveal();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(one_time_code)

BOOST_AUTO_TEST_CASE(codes_are_the_last_six_digits_of_the_published_vectors) {
    // RFC 6238 appendix B prints eight digits of the same number; six of them are its remainder by a million.
    struct Vector {
        std::int64_t seconds;
        std::int64_t eightDigits;
    };
    for (const Vector& vector :
         {Vector{59, 94287082}, Vector{1111111109, 7081804}, Vector{1111111111, 14050471},
          Vector{1234567890, 89005924}, Vector{2000000000, 69279037}, Vector{20000000000, 65353130}}) {
        const std::string digits = std::to_string(vector.eightDigits % 1'000'000);
        BOOST_TEST(codeAt(vector.seconds) == std::string(codeDigits - digits.size(), '0') + digits);
    }
}

BOOST_AUTO_TEST_CASE(a_code_stands_for_thirty_seconds) {
    BOOST_TEST(codeAt(59) == codeAt(30));
    BOOST_TEST(codeAt(59) != codeAt(60));
    BOOST_TEST(codeAt(29) != codeAt(30));
}

BOOST_AUTO_TEST_CASE(one_step_of_drift_is_taken_either_way_and_two_are_not) {
    const Timestamp now = Timestamp::fromSeconds(1'000'000'005);
    const std::int64_t step = codeStepAt(now);
    for (std::int64_t drift = -1; drift <= 1; ++drift) {
        const auto found = matchCode(key(), codeOf(key(), step + drift).reveal(), now, 0);
        BOOST_REQUIRE(found);
        BOOST_TEST(*found == step + drift);
    }
    for (const std::int64_t drift : {-2, 2}) {
        BOOST_TEST(!matchCode(key(), codeOf(key(), step + drift).reveal(), now, 0));
    }
}

BOOST_AUTO_TEST_CASE(a_step_that_was_taken_or_one_before_it_is_not_taken_again) {
    const Timestamp now = Timestamp::fromSeconds(1'000'000'005);
    const std::int64_t step = codeStepAt(now);
    BOOST_TEST(!matchCode(key(), codeOf(key(), step).reveal(), now, step));
    BOOST_TEST(!matchCode(key(), codeOf(key(), step - 1).reveal(), now, step));
    BOOST_TEST(matchCode(key(), codeOf(key(), step + 1).reveal(), now, step).has_value());
}

BOOST_AUTO_TEST_CASE(nothing_matches_a_secret_that_is_none) {
    const Timestamp now = Timestamp::fromSeconds(1'000'000'005);
    BOOST_TEST(!matchCode(Secret("not base32!"), "", now, 0));
    BOOST_TEST(!matchCode(key(), "", now, 0));
    BOOST_TEST(codeOf(Secret("not base32!"), 1).empty());
}

BOOST_AUTO_TEST_CASE(invented_secrets_have_160_bits_and_differ) {
    std::set<std::string> seen;
    for (int i = 0; i < 20; ++i) {
        const std::string secret = inventCodeSecret().reveal();
        BOOST_TEST(secret.size() == 32U);
        BOOST_TEST(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == std::string::npos);
        BOOST_TEST(codeOf(Secret(secret), 1).reveal().size() == codeDigits);
        seen.insert(secret);
    }
    BOOST_TEST(seen.size() == 20U);
}

BOOST_AUTO_TEST_CASE(the_address_for_apps_escapes_names) {
    BOOST_TEST(codeUri(key(), "Tickmark A&B: caf\xc3\xa9", "la-01").reveal() ==
               "otpauth://totp/Tickmark%20A%26B%3A%20caf%C3%A9:la-01?secret=" + key().reveal() +
                   "&issuer=Tickmark%20A%26B%3A%20caf%C3%A9");
}

BOOST_AUTO_TEST_CASE(a_recovery_code_is_the_same_however_it_is_typed) {
    const std::string code = inventRecoveryCode().reveal();
    BOOST_TEST(code.size() == 29U);
    std::string typed;
    for (const char c : code) {
        if (c != '-') typed += (c >= 'a' && c <= 'z') ? static_cast<char>(c - 'a' + 'A') : c;
    }
    BOOST_TEST((recoveryDigest(code) == recoveryDigest(" " + typed + " ")));
    BOOST_TEST((recoveryDigest(code) != recoveryDigest(inventRecoveryCode().reveal())));
}

BOOST_AUTO_TEST_CASE(an_address_for_the_app_keeps_letters_digits_and_four_signs_and_encodes_the_rest) {
    const auto uri = [](std::string_view account) {
        const std::string whole = codeUri(Secret("ABC"), "x", account).reveal();
        return whole.substr(17, whole.find('?') - 17);
    };
    BOOST_TEST(uri("azAZ09-._~") == "azAZ09-._~");
    BOOST_TEST(uri("`{@[/:") == "%60%7B%40%5B%2F%3A");
    BOOST_TEST(uri("\u00fc %") == "%C3%BC%20%25");
}

BOOST_AUTO_TEST_SUITE_END()
