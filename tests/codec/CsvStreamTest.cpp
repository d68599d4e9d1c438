#include "tickmark/codec/CsvStream.h"

#include <boost/test/unit_test.hpp>
#include <map>

#include "tickmark/codec/Csv.h"

using namespace tickmark;
using codec::CsvStream;

namespace {

struct Read {
    std::vector<std::string> columns{};
    std::vector<codec::CsvRow> rows{};
    Result<void> outcome{};
};

Read read(std::string_view text, std::size_t step, const codec::CsvStreamLimits& limits = {}) {
    Read result;
    CsvStream stream(
        [&](const std::vector<std::string>& header) -> Result<void> {
            result.columns = header;
            return {};
        },
        [&](std::size_t line, const std::vector<std::string>& cells) -> Result<void> {
            result.rows.push_back({line, cells});
            return {};
        },
        limits);
    result.outcome = [&]() -> Result<void> {
        for (std::size_t at = 0; at < text.size(); at += step) TM_CHECK(stream.feed(text.substr(at, step)));
        return stream.finish();
    }();
    return result;
}

const std::string trouble =
    "\xEF\xBB\xBFref,text\r\nF-1,\"a, \"\"b\"\"\r\nc\"\r\n\r\nF-2,x\nF-3,\"\"\rF-4,last";

}  // namespace

BOOST_AUTO_TEST_SUITE(csv_stream)

BOOST_AUTO_TEST_CASE(every_cut_of_the_stream_gives_the_same_rows_and_lines_as_reading_it_whole) {
    const auto whole = codec::parseCsv(trouble, {});
    BOOST_REQUIRE(whole.ok());
    for (std::size_t step = 1; step <= trouble.size(); ++step) {
        const Read got = read(trouble, step);
        BOOST_TEST_CONTEXT("step " << step) {
            BOOST_REQUIRE(got.outcome.ok());
            BOOST_TEST(got.columns == whole->columns, boost::test_tools::per_element());
            BOOST_REQUIRE(got.rows.size() == whole->rows.size());
            for (std::size_t i = 0; i < got.rows.size(); ++i) {
                BOOST_TEST(got.rows[i].line == whole->rows[i].line);
                BOOST_TEST(got.rows[i].cells == whole->rows[i].cells, boost::test_tools::per_element());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(each_kind_of_trouble_names_its_line) {
    const std::map<std::string, std::string> bad{{"a,b\n1,2\n1,2,3\n", "line 3"},
                                                 {"a,b\n1,\"x\"y\"\n", "line 2"},
                                                 {"a,b\n1,x\"y\n", "line 2"},
                                                 {"a,b\n1,2\n1,\"open\n\n", "line 3"},
                                                 {"a,b\n1,\xC3\n", "line 2"},
                                                 {"\xFF\xFE"
                                                  "a\0,\0",
                                                  "line 1"},
                                                 {"", "line 1"},
                                                 {"a,,b\n", "line 1"},
                                                 {std::string("a,b\n1,\0\n", 8), "line 2"}};
    for (const auto& [text, line] : bad) {
        for (const std::size_t step : {std::size_t{1}, std::size_t{1000}}) {
            const Read got = read(text, step);
            BOOST_TEST_CONTEXT(text) {
                BOOST_REQUIRE(!got.outcome.ok());
                BOOST_TEST(got.outcome.error().type == "csv");
                BOOST_TEST(got.outcome.error().field == line);
                BOOST_TEST(!got.outcome.error().fix.empty());
            }
        }
    }
    BOOST_TEST(read("a,a\n", 100).outcome.error().field == "a");
}

BOOST_AUTO_TEST_CASE(an_open_quote_does_not_take_the_rest_of_a_large_file_into_memory) {
    const std::string text = "a\n\"" + std::string(1'000'000, 'x');
    const Read got = read(text, 65536, {.maximumCell = 1000});
    BOOST_REQUIRE(!got.outcome.ok());
    BOOST_TEST(got.outcome.error().message.find("never closed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_a_callback_refuses_ends_the_reading) {
    int rows = 0;
    CsvStream stream([](const std::vector<std::string>&) -> Result<void> { return {}; },
                     [&](std::size_t, const std::vector<std::string>&) -> Result<void> {
                         ++rows;
                         return refused("enough", "Enough.");
                     });
    const auto outcome = stream.feed("a\n1\n2\n3\n");
    BOOST_REQUIRE(!outcome.ok());
    BOOST_TEST(outcome.error().type == "enough");
    BOOST_TEST(rows == 1);
}

BOOST_AUTO_TEST_SUITE_END()
