// Argon2id hashes, the password rule, and invented passwords.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <set>
#include <thread>

#include "tickmark/crypto/Password.h"

using namespace tickmark;
using namespace tickmark::crypto;

namespace {

std::string repeated(const std::string& text, int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += text;
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(password)

BOOST_AUTO_TEST_CASE(a_hash_states_argon2id_with_19_mib_and_two_passes) {
    const auto encoded = hashPassword(Secret("correct horse battery"));
    BOOST_REQUIRE(encoded.ok());
    BOOST_TEST(encoded->rfind("$argon2id$v=19$m=19456,t=2,p=1$", 0) == 0U);
}

BOOST_AUTO_TEST_CASE(only_the_right_password_matches) {
    const auto encoded = hashPassword(Secret("correct horse battery"));
    BOOST_REQUIRE(encoded.ok());
    BOOST_TEST(passwordMatches(Secret("correct horse battery"), *encoded));
    BOOST_TEST(!passwordMatches(Secret("correct horse batterz"), *encoded));
    BOOST_TEST(!passwordMatches(Secret("correct horse battery "), *encoded));
    BOOST_TEST(!passwordMatches(Secret(), *encoded));
}

BOOST_AUTO_TEST_CASE(two_hashes_of_one_password_differ) {
    BOOST_TEST(*hashPassword(Secret("correct horse battery")) !=
               *hashPassword(Secret("correct horse battery")));
}

BOOST_AUTO_TEST_CASE(a_malformed_hash_matches_nothing) {
    const std::string good = *hashPassword(Secret("correct horse battery"));
    const std::string argon2i = "$argon2i" + good.substr(9);
    for (const std::string& bad : {std::string(), std::string("$argon2id$"), good.substr(0, good.size() - 1),
                                   good + "A", std::string(4000, '$'), "$argon2id$" + std::string(2000, 'A'),
                                   argon2i, std::string("correct horse battery")}) {
        BOOST_TEST(!passwordMatches(Secret("correct horse battery"), bad));
    }
}

BOOST_AUTO_TEST_CASE(many_checks_at_once_all_end_right) {
    const std::string encoded = *hashPassword(Secret("correct horse battery"));
    std::atomic<int> right{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            const bool isRight = i % 2 == 0;
            if (passwordMatches(Secret(isRight ? "correct horse battery" : "wrong"), encoded) == isRight)
                ++right;
        });
    }
    for (std::thread& thread : threads) thread.join();
    BOOST_TEST(right.load() == 8);
}

BOOST_AUTO_TEST_CASE(an_unknown_account_takes_about_as_long_as_a_known_one) {
    using Clock = std::chrono::steady_clock;
    const std::string encoded = *hashPassword(Secret("correct horse battery"));
    const auto quickest = [](auto work) {
        auto best = Clock::duration::max();
        for (int i = 0; i < 5; ++i) {
            const auto begin = Clock::now();
            work();
            best = std::min(best, Clock::now() - begin);
        }
        return std::chrono::duration<double>(best).count();
    };
    const double known = quickest([&] { BOOST_TEST(!passwordMatches(Secret("wrong"), encoded)); });
    const double unknown = quickest([] { spendPasswordTime(Secret("wrong")); });
    BOOST_TEST(unknown > known * 0.3);
    BOOST_TEST(unknown < known * 3.3);
}

BOOST_AUTO_TEST_CASE(the_rule_counts_characters_not_bytes) {
    BOOST_TEST(checkPasswordRule("password", Secret("twelve chars")).ok());
    BOOST_TEST(!checkPasswordRule("password", Secret("eleven char")).ok());
    BOOST_TEST(!checkPasswordRule("password", Secret("\u00e4\u00f6\u00fc\u00e4\u00f6\u00fc\u00e4"))
                    .ok());  // 7 characters, 14 bytes
    BOOST_TEST(checkPasswordRule("password", Secret(repeated("\u00e4\u00f6", 100))).ok());
    BOOST_TEST(!checkPasswordRule("password", Secret(repeated("ab", 100) + "c")).ok());
}

BOOST_AUTO_TEST_CASE(one_character_repeated_is_refused_whatever_its_size) {
    for (const char* one : {"a", "\u00e4", "\u20ac", "\U0001F511"}) {
        const auto checked = checkPasswordRule("new_password", Secret(repeated(one, 14)));
        BOOST_REQUIRE(!checked.ok());
        BOOST_TEST(checked.error().field == "new_password");
        BOOST_TEST(checked.error().type == "password");
        BOOST_TEST(checkPasswordRule("new_password", Secret(repeated(one, 13) + "b")).ok());
    }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_are_refused) {
    BOOST_TEST(!checkPasswordRule("password", Secret("\xff\xfe twelve chars")).ok());
}

BOOST_AUTO_TEST_CASE(an_invented_password_passes_the_rule_and_never_repeats) {
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const Secret invented = inventPassword();
        BOOST_TEST(checkPasswordRule("password", invented).ok());
        BOOST_TEST(invented.reveal().size() == 24U);
        BOOST_TEST(invented.reveal()[4] == '-');
        seen.insert(invented.reveal());
    }
    BOOST_TEST(seen.size() == 200U);
}

BOOST_AUTO_TEST_SUITE_END()
