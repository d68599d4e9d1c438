// The picture of a QR code: its size, its quiet zone, its finder patterns.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>
#include <vector>

#include "tickmark/view/QrCode.h"

using namespace tickmark;

namespace {

/// The picture as rows of '#' and '.', read back from its path.
std::vector<std::string> drawn(const view::QrCode& code) {
    std::vector<std::string> rows(static_cast<std::size_t>(code.side),
                                  std::string(static_cast<std::size_t>(code.side), '.'));
    const std::string& path = code.path.reveal();
    for (std::size_t at = path.find('M'); at != std::string::npos; at = path.find('M', at + 1)) {
        char* end = nullptr;
        const long x = std::strtol(path.c_str() + at + 1, &end, 10);
        const long y = std::strtol(end, &end, 10);
        BOOST_REQUIRE(*end == 'h');
        const long length = std::strtol(end + 1, &end, 10);
        for (long i = 0; i < length; ++i)
            rows.at(static_cast<std::size_t>(y)).at(static_cast<std::size_t>(x + i)) = '#';
    }
    return rows;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(qr_code)

BOOST_AUTO_TEST_CASE(a_code_has_a_quiet_zone_and_three_finder_patterns) {
    const auto code = view::qrCode(Secret("otpauth://totp/Tickmark:la-01?secret=GEZDGNBVGY3TQOJQ"));
    BOOST_REQUIRE(code.ok());
    BOOST_TEST((code->side - 8 - 17) % 4 == 0);  // 17 + 4 × version modules, four quiet ones on each side
    const auto rows = drawn(*code);
    const auto last = rows.size() - 1;
    for (std::size_t i = 0; i < 4; ++i) {
        BOOST_TEST(rows[i].find('#') == std::string::npos);
        BOOST_TEST(rows[last - i].find('#') == std::string::npos);
    }
    const std::size_t far = rows.size() - 11;
    for (const auto& [x, y] : {std::pair<std::size_t, std::size_t>{4, 4}, {far, 4}, {4, far}}) {
        BOOST_TEST(rows[y].substr(x, 7) == "#######");
        BOOST_TEST(rows[y + 1].substr(x, 7) == "#.....#");
        BOOST_TEST(rows[y + 3].substr(x, 7) == "#.###.#");
    }
    BOOST_TEST(rows[far].substr(far, 7) != "#######");
}

BOOST_AUTO_TEST_CASE(another_text_is_another_picture) {
    const auto one = view::qrCode(Secret("one"));
    const auto two = view::qrCode(Secret("two"));
    BOOST_REQUIRE((one.ok() && two.ok()));
    BOOST_TEST(one->path.reveal() != two->path.reveal());
}

BOOST_AUTO_TEST_CASE(a_text_that_no_code_holds_is_refused) {
    const auto code = view::qrCode(Secret(std::string(3000, 'x')));
    BOOST_REQUIRE(!code.ok());
    BOOST_TEST(code.error().type == "qr-code");
}

BOOST_AUTO_TEST_SUITE_END()
