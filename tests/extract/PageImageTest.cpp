// Pages of PDFs as pictures, within bounds, and the jail that lets fonts be read.
#include "tickmark/extract/PageImage.h"

#include <fcntl.h>
#include <png.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <functional>
#include <string>

#include "support/Outcome.h"
#include "tickmark/extract/Jail.h"

using namespace tickmark;
using extract::pageImage;
using extract::PageLimits;
using test::must;
using test::refusedAs;

namespace {

/// A PDF of pages of one size, each with a line of words; the reader repairs the cross-references.
std::string pdf(int pages, const std::string& box = "0 0 612 792") {
    std::string kids;
    std::string objects;
    for (int page = 0; page < pages; ++page) {
        const std::string number = std::to_string(10 + page);
        kids += number + " 0 R ";
        objects += number + " 0 obj<</Type/Page/Parent 2 0 R/MediaBox[" + box +
                   "]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n";
    }
    const std::string words = "BT /F1 48 Tf 72 600 Td (MMMMMMMM) Tj ET";
    return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[" + kids +
           "]/Count " + std::to_string(pages) + ">>endobj\n4 0 obj<</Length " + std::to_string(words.size()) +
           ">>stream\n" + words +
           "\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n" + objects +
           "trailer<</Root 1 0 R>>\n%%EOF\n";
}

struct Picture {
    unsigned width = 0;
    unsigned height = 0;
    std::size_t dark = 0;  ///< pixels darker than the middle
};

Picture decoded(const std::string& png) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    BOOST_REQUIRE(png_image_begin_read_from_memory(&image, png.data(), png.size()) != 0);
    image.format = PNG_FORMAT_GRAY;
    std::string pixels(PNG_IMAGE_SIZE(image), '\0');
    BOOST_REQUIRE(png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr) != 0);
    Picture picture{image.width, image.height, 0};
    for (const char pixel : pixels) {
        if (static_cast<unsigned char>(pixel) < 128) ++picture.dark;
    }
    return picture;
}

/// The exit code of a child that does this in the jail with fonts.
int inJail(const std::function<bool()>& deed) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        if (!extract::enterJail({.seconds = 10, .memory = 0, .readsFonts = true})) ::_exit(9);
        ::_exit(deed() ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page_image)

BOOST_AUTO_TEST_CASE(a_page_becomes_a_picture_that_shows_its_words) {
    const extract::PageImage image = must(pageImage(pdf(3), 2, PageLimits{}));
    BOOST_TEST(image.pages == 3);
    const Picture picture = decoded(image.png);
    BOOST_TEST(picture.width >= 900U);
    BOOST_TEST(picture.height > picture.width);
    BOOST_TEST(picture.dark > 1000U);
}

BOOST_AUTO_TEST_CASE(a_page_of_any_size_fits_the_limits) {
    for (const char* box : {"0 0 1000000 1000000", "0 0 14400 10", "0 0 10 14400", "0 0 0.001 0.001"}) {
        BOOST_TEST_CONTEXT(box) {
            const auto image = pageImage(pdf(1, box), 1, PageLimits{});
            if (!image) continue;  // refused as broken is as good
            const Picture picture = decoded(image->png);
            BOOST_TEST(picture.width <= 1401U);
            BOOST_TEST(picture.height <= 1401U);
        }
    }
}

BOOST_AUTO_TEST_CASE(ten_thousand_pages_cost_what_one_page_costs) {
    const extract::PageImage image = must(pageImage(pdf(10'000), 1, PageLimits{}));
    BOOST_TEST(image.pages == 10'000);
    BOOST_TEST(image.png.size() < 200'000U);
}

BOOST_AUTO_TEST_CASE(what_is_no_page_is_refused) {
    BOOST_TEST(refusedAs(pageImage(pdf(1), 2, PageLimits{}), ErrorKind::NotFound, "no-page"));
    BOOST_TEST(refusedAs(pageImage(pdf(1), 0, PageLimits{}), ErrorKind::NotFound, "no-page"));
    BOOST_TEST(refusedAs(pageImage("no pdf", 1, PageLimits{}), ErrorKind::Invalid, "broken-document"));
    PageLimits small;
    small.input = 10;
    BOOST_TEST(refusedAs(pageImage(pdf(1), 1, small), ErrorKind::TooLarge, "document-too-large"));
}

BOOST_AUTO_TEST_CASE(the_jail_with_fonts_opens_nothing_else) {
    BOOST_TEST(inJail([] { return ::open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0; }) == 0);
    BOOST_TEST(inJail([] { return ::open("/proc/self/environ", O_RDONLY | O_CLOEXEC) >= 0; }) == 0);
    BOOST_TEST(inJail([] { return ::open("/tmp/x", O_CREAT | O_WRONLY | O_CLOEXEC, 0600) >= 0; }) == 0);
    BOOST_TEST(inJail([] { return ::open("/etc/fonts/fonts.conf", O_RDWR | O_CLOEXEC) >= 0; }) == 0);
    BOOST_TEST(inJail([] { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0; }) == 0);
    BOOST_TEST(inJail([] { return ::fork() >= 0; }) == 0);
}

BOOST_AUTO_TEST_CASE(a_font_that_the_document_does_not_bring_is_drawn_in_the_jail) {
    const std::string bytes = pdf(1);
    BOOST_TEST(inJail([&] {
                   const auto image = pageImage(bytes, 1, PageLimits{});
                   return image.ok() && decoded(image->png).dark > 1000;
               }) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
