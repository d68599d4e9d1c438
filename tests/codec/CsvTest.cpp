#include "tickmark/codec/Csv.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace tickmark;
using codec::csvLine;
using codec::CsvTable;
using codec::parseCsv;

namespace {

Error refusalOf(std::string_view text, const std::vector<std::string>& required = {},
                const codec::CsvLimits& limits = {}) {
    const auto result = parseCsv(text, required, limits);
    BOOST_REQUIRE_MESSAGE(!result, "this was accepted: " << text);
    return result.error();
}

std::vector<std::string> fieldsOf(const Error& error) {
    std::vector<std::string> fields;
    for (const Error& part : error.parts) fields.push_back(part.field);
    return fields;
}

void checkFields(std::string_view text, const std::vector<std::string>& expected,
                 const std::vector<std::string>& required = {}) {
    const Error error = refusalOf(text, required);
    const auto fields = fieldsOf(error);
    BOOST_TEST(fields == expected, boost::test_tools::per_element());
}

bool mentions(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(cells_are_found_by_the_name_of_their_column) {
    const auto result = parseCsv("ref,text\r\nF-1,\"a, b\"\r\nF-2,\"say \"\"no\"\"\"\r\n", {"ref", "text"});
    BOOST_REQUIRE(result);
    const CsvTable& table = *result;
    BOOST_REQUIRE(table.rows.size() == 2U);
    BOOST_TEST(table.cell(table.rows[0], "text") == "a, b");
    BOOST_TEST(table.cell(table.rows[1], "text") == "say \"no\"");
    BOOST_TEST(table.cell(table.rows[1], "ref") == "F-2");
    BOOST_TEST(table.cell(table.rows[1], "absent") == "");
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_and_a_missing_last_line_break_are_fine) {
    const auto result = parseCsv("\xEF\xBB\xBFref,n\n1,2", {"ref"});
    BOOST_REQUIRE(result);
    BOOST_TEST(result->columns[0] == "ref");
    BOOST_TEST(result->rows.at(0).cells.at(1) == "2");
    BOOST_TEST(parseCsv("ref,n\n1,\"2\"", {}).ok());
    const auto empty = parseCsv("a,b\n1,", {});
    BOOST_REQUIRE(empty);
    BOOST_TEST(empty->rows.at(0).cells.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_record_has_the_number_of_the_line_it_begins_on) {
    for (const std::string eol : {"\n", "\r\n", "\r"}) {
        const auto result = parseCsv(
            "a,b" + eol + "1,\"x" + eol + "y" + eol + eol + "z\"" + eol + eol + "2,w" + eol + "3,v" + eol,
            {});
        BOOST_REQUIRE(result);
        std::vector<std::size_t> lines;
        for (const auto& row : result->rows) lines.push_back(row.line);
        const std::vector<std::size_t> expected{2, 7, 8};
        BOOST_TEST(lines == expected, boost::test_tools::per_element());
        BOOST_TEST(result->rows[0].cells[1] == "x" + eol + "y" + eol + eol + "z");
    }
}

BOOST_AUTO_TEST_CASE(spaces_belong_to_the_cell) {
    const auto result = parseCsv("a,b\n x ,\" y \"\n", {});
    BOOST_REQUIRE(result);
    BOOST_TEST(result->rows[0].cells[0] == " x ");
    BOOST_TEST(result->rows[0].cells[1] == " y ");
    checkFields("a,b\n\"x\" ,y\n", {"line 2"});
}

BOOST_AUTO_TEST_CASE(every_row_of_another_width_is_reported) {
    checkFields("a,b\n1,2\n1\n1,2,3\n\"x\ny\",2\n1,2,3\n", {"line 3", "line 4", "line 7"});
    BOOST_TEST(mentions(refusalOf("a,b\n1,2,3\n").parts[0].message, "3 cells; the header has 2"));
}

BOOST_AUTO_TEST_CASE(missing_columns_are_named) {
    checkFields("ref,n\n1,2\n", {"title", "owner"}, {"ref", "title", "owner"});
    const Error error = refusalOf("ref;title\n1;2\n", {"ref", "title"});
    BOOST_TEST(mentions(error.parts.at(0).fix, "semicolons"));
    BOOST_TEST(mentions(refusalOf("A,b\n", {"a"}).parts.at(0).message, "A, b"));
}

BOOST_AUTO_TEST_CASE(columns_without_a_name_or_with_the_same_name_are_refused) {
    checkFields("a,b,a,a\n1,2,3,4\n", {"a", "a"});
    checkFields("a,,c\n1,2,3\n", {"line 1"});
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_refused) {
    for (const char* text : {"", "\n", "\r\n\r\n", "\xEF\xBB\xBF"}) {
        BOOST_TEST(mentions(refusalOf(text, {"a"}).parts.at(0).message, "empty"));
    }
}

BOOST_AUTO_TEST_CASE(an_unclosed_quote_names_the_line_where_it_opened) {
    const Error atEnd = refusalOf("a,b\n1,2\n3,\"open\n4,5\n6,7\n");
    BOOST_REQUIRE(atEnd.parts.size() == 1U);
    BOOST_TEST(atEnd.parts[0].field == "line 3");
    BOOST_TEST(mentions(atEnd.parts[0].message, "never closed"));
    // The second cell of a record of several lines is the one that stays open.
    checkFields("a,b\n\"x\ny\",\"open\nz\n", {"line 3", "line 4"});
    checkFields("a,b\n\"x", {"line 2"});
    checkFields("a,b\nx,\"", {"line 2"});
}

BOOST_AUTO_TEST_CASE(rows_after_an_unclosed_quote_are_still_checked) {
    checkFields("a,b\n1,\"open\n2,\"fine\"\n3\n4,5\n6,7,8\n", {"line 2", "line 4", "line 6"});
    checkFields("a,b\n1,\"open\n2,\"open too\n3,x\n", {"line 2", "line 3"});
}

BOOST_AUTO_TEST_CASE(a_stray_quote_spoils_only_its_own_record) {
    checkFields("a,b\n1,2\"3\n4\n5,6\n", {"line 2", "line 3"});
    checkFields("a,b\n1,\"two \"words\" here\"\n2\n", {"line 2", "line 3"});
    const Error error = refusalOf("a,b\n1,\"first\nsecond \"word\" here\nthird\"\n2,3\n4\n");
    BOOST_REQUIRE(error.parts.size() == 2U);
    BOOST_TEST(error.parts[0].field == "line 3");
    BOOST_TEST(mentions(error.parts[0].message, "begins on line 2"));
    BOOST_TEST(error.parts[1].field == "line 6");
}

BOOST_AUTO_TEST_CASE(a_broken_header_is_the_only_problem_reported) {
    checkFields("a,b\"c\n1\n2\n", {"line 1"}, {"a"});
    checkFields("a,\"b\n1,\"x\"\n2\n", {"line 1"}, {"a"});
}

BOOST_AUTO_TEST_CASE(other_encodings_are_named) {
    using namespace std::string_view_literals;
    const Error latin = refusalOf(
        "a,b\n1,2\nB\xFC"
        "ro,x\n");
    BOOST_TEST(latin.parts.at(0).field == "line 3");
    BOOST_TEST(mentions(latin.parts[0].message, "Latin-1"));
    BOOST_TEST(mentions(refusalOf("\xFF\xFE"
                                  "a\0,\0b\0\n\0"sv)
                            .parts.at(0)
                            .message,
                        "UTF-16"));
    BOOST_TEST(mentions(refusalOf("\xFE\xFF\0a\0,\0b"sv).parts.at(0).message, "UTF-16"));
    BOOST_TEST(mentions(refusalOf("a\0,\0b\0\n\0"sv).parts.at(0).message, "UTF-16"));
    BOOST_TEST(mentions(refusalOf("a,b\n1,\0\n"sv).parts.at(0).field, "line 2"));
}

BOOST_AUTO_TEST_CASE(limits_are_kept) {
    BOOST_CHECK(refusalOf("a\n1\n", {}, {.maximumBytes = 3}).kind == ErrorKind::TooLarge);
    BOOST_CHECK(refusalOf("a\n1\n2\n3\n", {}, {.maximumRows = 2}).kind == ErrorKind::TooLarge);
    BOOST_TEST(parseCsv("a\n1\n2\n", {}, {.maximumRows = 2}).ok());
    const Error error = refusalOf("a,b\n1,2\n\"x\ny\",12345\n1,2345\n", {}, {.maximumCell = 4});
    BOOST_REQUIRE(error.parts.size() == 1U);
    BOOST_TEST(error.parts[0].field == "line 3");
}

BOOST_AUTO_TEST_CASE(a_flood_of_bad_rows_is_counted_but_not_listed_without_end) {
    std::string text = "a,b\n";
    for (int i = 0; i < 5000; ++i) text += "x\n";
    const Error error = refusalOf(text);
    BOOST_TEST(mentions(error.message, "5000 problems"));
    BOOST_TEST(error.parts.size() == 1001U);
    BOOST_TEST(mentions(error.parts.back().message, "4000 more"));
}

BOOST_AUTO_TEST_CASE(written_lines_are_read_back_as_they_were) {
    const std::vector<std::string> cells{
        "plain", "with, comma", "with \"quote\"", "two\r\nlines", " spaces ", "", "é"};
    const auto result = parseCsv(csvLine({"a", "b", "c", "d", "e", "f", "g"}) + csvLine(cells), {});
    BOOST_REQUIRE(result);
    BOOST_TEST(result->rows.at(0).cells == cells, boost::test_tools::per_element());
    const auto single = parseCsv(csvLine({"a"}) + csvLine({""}) + csvLine({"x"}), {});
    BOOST_REQUIRE(single);
    BOOST_TEST(single->rows.size() == 2U);
}

BOOST_AUTO_TEST_CASE(no_written_cell_begins_like_a_formula) {
    for (const char* formula :
         {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=HYPERLINK(\"x\",\"y\")"}) {
        const auto result = parseCsv("a\n" + csvLine({formula}), {});
        BOOST_REQUIRE(result);
        BOOST_TEST(result->rows.at(0).cells[0] == "'" + std::string(formula));
    }
    BOOST_TEST(csvLine({"1-2", "a=b"}) == "1-2,a=b\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
