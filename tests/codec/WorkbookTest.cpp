// Workbooks, looked into as zips; tests/suites/sheets.py reads them with a program that we did not write.
#include "tickmark/codec/Workbook.h"

#include <boost/test/unit_test.hpp>

#include "support/Outcome.h"

using namespace tickmark;
using codec::CellKind;
using codec::workbookOf;
using test::must;
using test::refusedAs;

namespace {

const std::vector<codec::SheetColumn> columns{{"ref"}, {"value", CellKind::Number}, {"due", CellKind::Date}};

}  // namespace

BOOST_AUTO_TEST_SUITE(workbook)

BOOST_AUTO_TEST_CASE(a_table_becomes_a_zip_of_one_sheet) {
    const std::string bytes = must(workbookOf("Items", columns, {{"II-0001", "4", "2026-03-01"}}));
    BOOST_TEST(bytes.starts_with("PK\x03\x04"));
    BOOST_TEST(bytes.find("xl/worksheets/sheet1.xml") != std::string::npos);
    BOOST_TEST(bytes.find("xl/worksheets/sheet2.xml") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_empty_table_is_a_sheet_with_its_header) {
    BOOST_TEST(must(workbookOf("Items", columns, {})).starts_with("PK"));
}

BOOST_AUTO_TEST_CASE(a_cell_that_a_sheet_cannot_hold_is_named) {
    const auto refused = workbookOf("Items", columns, {{"a", "", ""}, {std::string(32'768, 'x'), "", ""}});
    BOOST_TEST(refusedAs(refused, ErrorKind::TooLarge, "sheet-too-large"));
    BOOST_TEST(refused.error().message == "The cell ref of row 3 is longer than a sheet's cell may be.");
}

BOOST_AUTO_TEST_SUITE_END()
