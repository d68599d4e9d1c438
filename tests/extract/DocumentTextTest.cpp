// The words of documents, and what happens to those that are broken or hostile.
#include "tickmark/extract/DocumentText.h"

#include <zip.h>

#include <boost/test/unit_test.hpp>
#include <map>
#include <stdexcept>

#include "support/Outcome.h"

using namespace tickmark;
using extract::documentText;
using extract::DocumentText;
using extract::TextLimits;
using test::must;
using test::refusedAs;

namespace {

constexpr const char* word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr const char* sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::string textOf(std::string_view bytes, std::string_view type) {
    return must(documentText(bytes, type, TextLimits{})).text;
}

/// A zip as an office program writes it.
std::string packed(const std::map<std::string, std::string>& parts) {
    zip_error_t error;
    zip_source_t* target = ::zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* zip = ::zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (zip == nullptr) throw std::runtime_error("no zip");
    ::zip_source_keep(target);
    for (const auto& [name, content] : parts) {
        zip_source_t* source = ::zip_source_buffer(zip, content.data(), content.size(), 0);
        if (::zip_file_add(zip, name.c_str(), source, 0) < 0) throw std::runtime_error("no part");
    }
    if (::zip_close(zip) != 0) throw std::runtime_error("no zip");
    zip_stat_t stat;
    ::zip_source_stat(target, &stat);
    std::string bytes(stat.size, '\0');
    ::zip_source_open(target);
    ::zip_source_read(target, bytes.data(), bytes.size());
    ::zip_source_close(target);
    ::zip_source_free(target);
    return bytes;
}

/// A PDF of one page; the cross-reference table is left to the reader's repair.
std::string pdf(const std::string& words) {
    const std::string stream = "BT /F1 12 Tf 72 720 Td (" + words + ") Tj ET";
    return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
           "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
           "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
           "/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
           "4 0 obj<</Length " +
           std::to_string(stream.size()) + ">>stream\n" + stream +
           "\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
           "trailer<</Root 1 0 R>>\n%%EOF\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(document_text)

BOOST_AUTO_TEST_CASE(text_is_read_in_the_character_set_it_was_written_in) {
    BOOST_TEST(textOf("Gr\xC3\xBC\xC3\x9F"
                      "e\r\n\tan alle",
                      "text/plain") == "Grüße\nan alle");
    BOOST_TEST(textOf("Gr\xFC\xDF"
                      "e",
                      "text/csv") == "Grüße");
    BOOST_TEST(textOf(std::string_view("\xFF\xFEH\0i\0", 6), "text/plain") == "Hi");
    BOOST_TEST(textOf(std::string_view("\xFE\xFF\0H\0i", 6), "text/plain") == "Hi");
    BOOST_TEST(textOf(std::string_view("a\0b\x01"
                                       "c\x7f",
                                       6),
                      "text/plain") == "a b c");
}

BOOST_AUTO_TEST_CASE(a_page_gives_what_a_reader_sees_of_it) {
    BOOST_TEST(textOf("<html><head><title>T</title><style>p{}</style><script>alert(1)</script></head><body>"
                      "<p>wor<b>d</b> &amp; more<!-- no --></p><table><tr><td>a<td>b</table></body></html>",
                      "text/html") == "T\nword & more\na b");
}

BOOST_AUTO_TEST_CASE(a_page_nested_a_million_deep_is_read_or_refused_but_not_fallen_over) {
    std::string page;
    for (int i = 0; i < 1'000'000; ++i) page += "<i>";
    const auto text = documentText(page + "deep", "text/html", TextLimits{});
    BOOST_TEST((!text || text->text.size() <= 4));
}

BOOST_AUTO_TEST_CASE(xml_brings_no_entities_of_its_own_and_fetches_nothing) {
    const std::string bomb =
        "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/hostname'>]>"
        "<x>before &b;&f; after</x>";
    BOOST_TEST(textOf(bomb, "application/xml") == "before after");
    BOOST_TEST(
        refusedAs(documentText("<x>open", "text/xml", TextLimits{}), ErrorKind::Invalid, "broken-document"));
}

BOOST_AUTO_TEST_CASE(a_word_file_gives_its_paragraphs_and_notes) {
    const std::string bytes =
        packed({{"word/document.xml",
                 "<w:document xmlns:w='u'><w:p><w:r><w:t>Change </w:t></w:r><w:r><w:t>board</w:t>"
                 "</w:r></w:p><w:p><w:r><w:t>one<w:tab/></w:t></w:r><w:r><w:t>two</w:t></w:r></w:p>"
                 "<w:instrText>HYPERLINK x</w:instrText></w:document>"},
                {"word/footnotes.xml", "<w:f xmlns:w='u'><w:p><w:t>A note</w:t></w:p></w:f>"},
                {"word/media/image1.png", "no text"}});
    BOOST_TEST(textOf(bytes, word) == "Change board\none two\nA note");
}

BOOST_AUTO_TEST_CASE(a_sheet_gives_the_texts_of_its_cells) {
    const std::string bytes =
        packed({{"xl/sharedStrings.xml",
                 "<sst><si><t>INC0000045</t></si><si><r><t>re</t></r><r><t>opened</t></r></si></sst>"},
                {"xl/worksheets/sheet1.xml",
                 "<s><row><c t='s'><v>0</v></c><c t='inlineStr'><is><t>inline</t></is></c></row></s>"}});
    BOOST_TEST(textOf(bytes, sheet) == "INC0000045\nreopened\ninline");
}

BOOST_AUTO_TEST_CASE(a_pdf_gives_the_words_of_its_pages) {
    BOOST_TEST(textOf(pdf("The change was approved"), "application/pdf") == "The change was approved");
    BOOST_TEST(refusedAs(documentText("no pdf", "application/pdf", TextLimits{}), ErrorKind::Invalid,
                         "broken-document"));
}

BOOST_AUTO_TEST_CASE(limits_hold_for_the_file_the_parts_and_the_text) {
    TextLimits limits;
    limits.input = 10;
    BOOST_TEST(refusedAs(documentText("eleven byte", "text/plain", limits), ErrorKind::TooLarge,
                         "document-too-large"));
    limits = {};
    limits.output = 7;
    const DocumentText cut =
        must(documentText("Gr\xC3\xBC\xC3\x9F"
                          "e",
                          "text/plain", limits));
    BOOST_TEST(cut.text == "Grüße");
    limits.output = 3;
    const DocumentText shorter =
        must(documentText("Gr\xC3\xBC\xC3\x9F"
                          "e",
                          "text/plain", limits));
    BOOST_TEST(shorter.text == "Gr");
    BOOST_TEST(shorter.isCut);
    limits = {};
    limits.unpacked = 1000;
    const std::string bomb = packed({{"word/document.xml", "<d>" + std::string(1'000'000, ' ') + "</d>"}});
    BOOST_TEST(bomb.size() < 10'000U);
    BOOST_TEST(refusedAs(documentText(bomb, word, limits), ErrorKind::TooLarge, "document-too-large"));
}

BOOST_AUTO_TEST_CASE(what_holds_no_words_is_said_to_hold_none) {
    BOOST_TEST(extract::hasText("text/markdown; charset=utf-8"));
    BOOST_TEST(!extract::hasText("image/png"));
    BOOST_TEST(refusedAs(documentText("x", "image/png", TextLimits{}), ErrorKind::Invalid, "no-text"));
    BOOST_TEST(refusedAs(documentText("x", word, TextLimits{}), ErrorKind::Invalid, "broken-document"));
}

BOOST_AUTO_TEST_SUITE_END()
