// A fingerprint read over the phone must be the same fingerprint.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "support/Outcome.h"
#include "tickmark/crypto/FingerprintWords.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using namespace tickmark::crypto;
using tickmark::test::holds;
using tickmark::test::must;
using tickmark::test::refusedAs;

BOOST_AUTO_TEST_SUITE(fingerprint_words)

BOOST_AUTO_TEST_CASE(the_words_are_256_plain_ones_that_differ_in_their_first_four_letters) {
    std::set<std::string_view> beginnings;
    for (const std::string_view word : fingerprintWordList()) {
        BOOST_TEST((word.size() >= 4 && word.size() <= 7), word);
        BOOST_TEST(std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; }), word);
        beginnings.insert(word.substr(0, 4));
    }
    BOOST_TEST(beginnings.size() == 256U);
}

BOOST_AUTO_TEST_CASE(a_known_fingerprint_has_known_words) {
    // The list never changes: what was printed once must read the same for ever.
    BOOST_TEST(fingerprintWords(Sha256::of("abc")) ==
               "pyramid jungle beaver ranch\n"
               "metal actor sister twelve\n"
               "doctor doctor diamond temple\n"
               "glacier pepper bucket button\n"
               "pigeon almond guitar otter\n"
               "nectar bedroom kettle oatmeal\n"
               "poem baker zipper guitar\n"
               "voyage acorn beach pencil");
}

BOOST_AUTO_TEST_CASE(every_byte_at_every_place_comes_back) {
    for (std::size_t place = 0; place < Digest::size; ++place) {
        for (unsigned value = 0; value < 256; ++value) {
            std::array<std::uint8_t, Digest::size> bytes{};
            bytes.at(place) = static_cast<std::uint8_t>(value);
            const Digest digest(bytes);
            BOOST_REQUIRE(must(fingerprintFromWords(fingerprintWords(digest))) == digest);
        }
    }
}

BOOST_AUTO_TEST_CASE(case_and_separators_do_not_matter) {
    const Digest digest = Sha256::of("abc");
    std::string text = " 1. " + fingerprintWords(digest) + ".\r\n";
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    std::replace(text.begin(), text.end(), ' ', '-');
    BOOST_TEST((must(fingerprintFromWords(text)) == digest));
}

BOOST_AUTO_TEST_CASE(a_wrong_word_or_count_is_named) {
    const std::string text = fingerprintWords(Sha256::of("abc"));
    const auto shorter = fingerprintFromWords(text.substr(0, text.rfind(' ')));
    BOOST_TEST(refusedAs(shorter, ErrorKind::Invalid, "fingerprint-words"));
    BOOST_TEST(holds(shorter.error().message, "31"));
    std::string misheard = text;
    misheard.replace(0, misheard.find(' '), "pirates");
    const auto wrong = fingerprintFromWords(misheard);
    BOOST_TEST(refusedAs(wrong, ErrorKind::Invalid, "fingerprint-words"));
    BOOST_TEST(holds(wrong.error().message, "\"pirates\", word 1,"));
    BOOST_TEST(refusedAs(fingerprintFromWords(""), ErrorKind::Invalid, "fingerprint-words"));
    BOOST_TEST(
        refusedAs(fingerprintFromWords(std::string(3'000, ' ')), ErrorKind::Invalid, "fingerprint-words"));
}

BOOST_AUTO_TEST_SUITE_END()
