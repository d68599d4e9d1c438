// Looking at evidence: by whom, what is kept of it, and what no file can make of it.
#include "tickmark/app/Preview.h"

#include <filesystem>
#include <fstream>

#include "app/House.h"
#include "tickmark/storage/Ledger.h"

using namespace tickmark;
using app::PreviewKind;
using test::House;
using test::must;
using test::refusedAs;

namespace {

const std::filesystem::path reader = std::filesystem::path(TICKMARK_BIN_DIR) / "tickmark-extract";

app::VersionName nameOf(const app::Receipt& receipt) { return {receipt.version.ref, receipt.version.number}; }

std::string be32(std::uint32_t number) {
    std::string out;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>((number >> shift) & 0xFFU);
    return out;
}

/// The head of a PNG that says it is so large; that is all a preview reads of it.
std::string png(std::uint32_t width, std::uint32_t height) {
    return "\x89PNG\r\n\x1a\n" + be32(13) + "IHDR" + be32(width) + be32(height) +
           std::string("\x08\x02\x00\x00\x00", 5) + be32(0) + be32(0) + "IEND" + be32(0xAE426082U);
}

std::string pdf(int pages) {
    std::string kids;
    std::string objects;
    for (int page = 0; page < pages; ++page) {
        const std::string number = std::to_string(10 + page);
        kids += number + " 0 R ";
        objects += number + " 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\n";
    }
    return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[" + kids +
           "]/Count " + std::to_string(pages) + ">>endobj\n" + objects + "trailer<</Root 1 0 R>>\n%%EOF\n";
}

struct LookingHouse : House {
    app::Receipt given(const std::string& name, std::string_view bytes) {
        return give("au-01", toAudit(name), bytes);
    }
    Result<app::Preview> look(const app::Receipt& receipt, int page = 1,
                              const std::string& account = "la-01") {
        return app::previewEvidence(context(), as(account), nameOf(receipt), page, reader);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(preview, LookingHouse)

BOOST_AUTO_TEST_CASE(looks_of_one_person_within_a_quarter_of_an_hour_are_one_entry) {
    const auto receipt = given("notes.txt", "the notes");
    const auto before = entries();
    must(look(receipt));
    BOOST_TEST(entries() == before + 1);
    const auto event = lastEvent();
    BOOST_TEST(event.kind == "evidence.download");
    BOOST_TEST(std::string(event.facts.textAt("as")) == "preview");
    BOOST_TEST(event.ref == app::versionName(receipt.version));
    clock().set(clock().now().plusSeconds(14 * 60));
    must(look(receipt));
    BOOST_TEST(entries() == before + 1);
    must(look(receipt, 1, "au-01"));
    BOOST_TEST(entries() == before + 2);
    clock().set(clock().now().plusSeconds(60));
    must(look(receipt));
    BOOST_TEST(entries() == before + 3);
    must(app::downloadEvidence(context(), as("la-01"), nameOf(receipt)));
    BOOST_TEST(entries() == before + 4);
}

BOOST_AUTO_TEST_CASE(nobody_looks_at_what_they_may_not_read) {
    const auto receipt = given("notes.txt", "the notes");
    const auto before = entries();
    for (const char* account : {"au-02", "la-02", "po-01", "xa-01", "ad-01"}) {
        BOOST_TEST_CONTEXT(account) {
            const auto refused = look(receipt, 1, account);
            BOOST_REQUIRE(!refused.ok());
            BOOST_TEST((refused.error().kind == ErrorKind::NotFound));
        }
    }
    BOOST_TEST(entries() == before);
}

BOOST_AUTO_TEST_CASE(a_damaged_object_shows_nothing_and_is_quarantined) {
    const auto receipt = given("notes.txt", "the notes");
    const auto file = root() / "archive" / "sha256" / receipt.version.digest.hex().substr(0, 2) /
                      receipt.version.digest.hex();
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).put('X');
    BOOST_TEST(refusedAs(look(receipt), ErrorKind::Damaged, "object-damaged"));
    BOOST_TEST(lastEvent().kind == "evidence.quarantine");
}

BOOST_AUTO_TEST_CASE(a_table_shows_formulas_as_their_text) {
    const auto shown = must(look(
        given("log.csv", "number,note\r\nINC1,=1+1\r\nINC2,\"=HYPERLINK(\"\"http://example.org\"\")\"\r\n")));
    BOOST_TEST((shown.kind == PreviewKind::Table));
    BOOST_REQUIRE(shown.table.size() == 3U);
    BOOST_TEST(shown.table[1][1] == "=1+1");
    BOOST_TEST(shown.table[2][1] == "=HYPERLINK(\"http://example.org\")");
    BOOST_TEST(!shown.isCut);
}

BOOST_AUTO_TEST_CASE(a_long_table_shows_its_first_rows_and_a_broken_one_its_text) {
    std::string csv = "a,b\n";
    for (int row = 0; row < 5000; ++row) csv += std::to_string(row) + ",x\n";
    const auto shown = must(look(given("long.csv", csv)));
    BOOST_TEST(shown.table.size() == app::previewRows + 1);
    BOOST_TEST(shown.isCut);
    const auto broken = must(look(given("broken.csv", "a,b\n1\n2,3,4\n")));
    BOOST_TEST(broken.table.empty());
    BOOST_TEST(test::holds(broken.text, "2,3,4"));
}

BOOST_AUTO_TEST_CASE(markup_is_shown_as_its_source) {
    const std::string html = "<!doctype html><html><script>alert(1)</script></html>\n";
    const auto page = must(look(given("page.html", html)));
    BOOST_TEST((page.kind == PreviewKind::Text));
    BOOST_TEST(page.text == html);
    const std::string svg =
        "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>\n";
    const auto picture = must(look(given("picture.svg", svg)));
    BOOST_TEST((picture.kind == PreviewKind::Text));
    BOOST_TEST(picture.picture.empty());
    BOOST_TEST(picture.text == svg);
}

BOOST_AUTO_TEST_CASE(marks_that_turn_text_around_are_made_visible) {
    const auto shown = must(look(given("turned.txt",
                                       "pay \xE2\x80\xAE"
                                       "001 \xE2\x81\xA6x\xE2\x80\x8F and \x1B[31m\n")));
    BOOST_TEST(shown.text ==
               "pay \xEF\xBF\xBD"
               "001 \xEF\xBF\xBDx\xEF\xBF\xBD and \xEF\xBF\xBD[31m\n");
    // They cannot even stand in the name of a file.
    BOOST_TEST(!tryGive("au-01", toAudit("invoice\xE2\x80\xAEgpj.exe"), "x").ok());
}

BOOST_AUTO_TEST_CASE(text_is_cut_at_a_letter) {
    std::string text;
    while (text.size() < app::previewText + 10) text += "\xC3\xA4\xC3\xB6\xC3\xBC ";
    const auto shown = must(look(given("long.txt", text)));
    BOOST_TEST(shown.isCut);
    BOOST_TEST(shown.text.size() <= app::previewText);
    BOOST_TEST(!test::holds(shown.text, "\xEF\xBF\xBD"));
}

BOOST_AUTO_TEST_CASE(a_picture_that_unpacks_to_more_than_a_screen_can_hold_is_refused) {
    const auto fine = must(look(given("fine.png", png(800, 600))));
    BOOST_TEST((fine.kind == PreviewKind::Image));
    BOOST_TEST(fine.mediaType == "image/png");
    for (const auto& [width, height] :
         {std::pair{100'000U, 100'000U}, {0xFFFFFFFFU, 0xFFFFFFFFU}, {0U, 5U}}) {
        const auto bomb = given(std::to_string(width) + ".png", png(width, height));
        BOOST_TEST(refusedAs(look(bomb), ErrorKind::Refused, "no-preview"));
    }
}

BOOST_AUTO_TEST_CASE(a_picture_that_is_a_script_as_well_is_a_picture_only) {
    // Both a GIF and a script that assigns to GIF89a.
    const std::string both = "GIF89a/*\x10\x10\x80\x01" + std::string(20, ' ') + "*/=alert(1);";
    const auto shown = must(look(given("both.gif", both)));
    BOOST_TEST(shown.mediaType == "image/gif");
    const auto script = must(look(given("picture.png", "alert(1);\n")));
    BOOST_TEST((script.kind == PreviewKind::Text));
}

BOOST_AUTO_TEST_CASE(a_document_of_ten_thousand_pages_shows_its_first_hundred) {
    const auto receipt = given("bomb.pdf", pdf(10'000));
    const auto first = must(look(receipt));
    BOOST_TEST((first.kind == PreviewKind::Pages));
    BOOST_TEST(first.pages == 10'000);
    BOOST_TEST(first.isCut);
    BOOST_TEST(first.picture.starts_with("\x89PNG"));
    BOOST_TEST(must(look(receipt, 100)).page == 100);
    for (const int page : {0, -1, 101, 10'000}) {
        BOOST_TEST(refusedAs(look(receipt, page), ErrorKind::NotFound, "no-page"));
    }
}

BOOST_AUTO_TEST_CASE(what_has_no_preview_is_not_read) {
    const auto receipt = given("data.bin", std::string("\x00\x01\x02\x03\xFF\xFE\x00\x07", 8));
    const auto before = entries();
    BOOST_TEST(refusedAs(look(receipt), ErrorKind::Refused, "no-preview"));
    BOOST_TEST(entries() == before);
}

BOOST_AUTO_TEST_SUITE_END()
