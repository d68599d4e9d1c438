#include "tickmark/foundation/Bytes.h"

#include <boost/test/unit_test.hpp>
#include <numeric>

#include "tickmark/foundation/Digest.h"

using namespace tickmark;

namespace {

/// Hands out at most `step` bytes a read and fails after `goodReads`.
class FailingSource final : public ByteSource {
  public:
    FailingSource(std::size_t step, int goodReads) : m_step(step), m_left(goodReads) {}
    Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        if (m_left-- == 0) return environment("read", "The source broke.");
        const std::size_t count = std::min(m_step, buffer.size());
        std::fill_n(buffer.begin(), count, std::uint8_t{7});
        return count;
    }

  private:
    std::size_t m_step;
    int m_left;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(bytes)

BOOST_AUTO_TEST_CASE(every_byte_survives_hexadecimal_and_base64) {
    Bytes all(256);
    std::iota(all.begin(), all.end(), std::uint8_t{0});
    for (std::size_t length = 0; length <= all.size(); ++length) {
        const ByteView part(all.data(), length);
        const auto hex = fromHex(toHex(part));
        const auto base64 = fromBase64(toBase64(part));
        BOOST_REQUIRE(hex.ok() && base64.ok());
        BOOST_TEST(*hex == Bytes(part.begin(), part.end()), boost::test_tools::per_element());
        BOOST_TEST(*base64 == Bytes(part.begin(), part.end()), boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(base64_is_that_of_rfc_4648_section_10) {
    const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, coded] : vectors) {
        BOOST_TEST(toBase64(viewOf(plain)) == coded);
        BOOST_TEST(std::string(textOf(fromBase64(coded).value())) == plain);
    }
    BOOST_TEST(toBase64(Bytes{0xFB, 0xFF}) == "+/8=");
}

BOOST_AUTO_TEST_CASE(base64_has_one_spelling) {
    for (const char* wrong : {"Z", "Zg", "Zg=", "Zg===", "====", "Z===", "=g==", "Zm9v\n", "Zm 9",
                              "Zh==", "Zm9=", "Zm-_", "Zg==Zg=="}) {
        const auto result = fromBase64(wrong);
        BOOST_TEST_CONTEXT(wrong) {
            BOOST_REQUIRE(!result.ok());
            BOOST_TEST(result.error().type == "base64");
        }
    }
}

BOOST_AUTO_TEST_CASE(hexadecimal_is_lower_case_and_even) {
    BOOST_TEST(toHex(Bytes{0x00, 0xAB, 0xFF}) == "00abff");
    for (const char* wrong : {"0", "AB", "0g", "0x", " 00", "00 "}) {
        const auto result = fromHex(wrong);
        BOOST_TEST_CONTEXT(wrong) {
            BOOST_REQUIRE(!result.ok());
            BOOST_TEST(result.error().type == "hex");
        }
    }
}

BOOST_AUTO_TEST_CASE(a_digest_is_64_lower_case_digits) {
    const std::string text = "85eb91cb" + std::string(48, '0') + "13d7d5e3";
    const auto digest = Digest::parse(text);
    BOOST_REQUIRE(digest.ok());
    BOOST_TEST(digest->hex() == text);
    BOOST_TEST(digest->shortForm() == "85eb 91cb \xE2\x80\xA6 13d7 d5e3");
    BOOST_TEST((*digest == Digest::fromBytes(digest->bytes()).value()));
    BOOST_TEST((*digest != Digest{}));
    for (const std::string& wrong :
         {std::string{}, text.substr(1), text + "0", "8" + text.substr(0, 62) + "G", "85EB" + text.substr(4),
          " " + text.substr(1)}) {
        BOOST_REQUIRE(!Digest::parse(wrong).ok());
        BOOST_TEST(Digest::parse(wrong).error().type == "digest");
    }
    BOOST_TEST(!Digest::fromBytes(Bytes(31)).ok());
    BOOST_TEST(!Digest::fromBytes(Bytes(33)).ok());
}

BOOST_AUTO_TEST_CASE(a_copy_moves_every_byte_and_counts_them) {
    for (const std::size_t size : {0UL, 1UL, 65'535UL, 65'536UL, 65'537UL, 200'000UL}) {
        Bytes content(size);
        std::iota(content.begin(), content.end(), std::uint8_t{0});
        MemorySource source(content);
        MemorySink sink;
        BOOST_TEST(copyAll(source, sink).value() == size);
        BOOST_TEST((sink.bytes() == content));
    }
}

BOOST_AUTO_TEST_CASE(a_copy_stops_at_the_first_error_of_either_side) {
    FailingSource broken(10, 3);
    MemorySink taken;
    const auto failed = copyAll(broken, taken);
    BOOST_REQUIRE(!failed.ok());
    BOOST_TEST(failed.error().message == "The source broke.");
    BOOST_TEST(taken.bytes().size() == 30U);

    const Bytes content(100);
    MemorySource source(content);
    MemorySink small(99);
    const auto refused = copyAll(source, small);
    BOOST_REQUIRE(!refused.ok());
    BOOST_TEST((refused.error().kind == ErrorKind::TooLarge));
    BOOST_TEST(small.bytes().empty());
    MemorySource again(content);
    MemorySink exact(100);
    BOOST_TEST(copyAll(again, exact).ok());
}

BOOST_AUTO_TEST_SUITE_END()
