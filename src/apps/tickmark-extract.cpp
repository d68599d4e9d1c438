// tickmark-extract MEDIA-TYPE < document > text: the words of one document, read in a process that can do
// nothing else. tickmark-extract --page N < pdf > png: one of its pages as a picture; the number of all pages
// on standard error ("pages 12"). The server starts one for each file. Exit codes: 0 text or picture on
// standard output, 3 none (the reason on standard error: its type, a blank, a sentence), 4 the process could
// not be jailed, 2 wrong use.
#include <unistd.h>

#include <array>
#include <charconv>
#include <iostream>
#include <new>
#include <string>

#include "tickmark/extract/DocumentText.h"
#include "tickmark/extract/Jail.h"
#include "tickmark/extract/PageImage.h"

namespace {

using namespace tickmark;

/// One byte more than the limit shows that there is more.
std::string readInput(std::size_t limit) {
    std::string bytes;
    std::array<char, 65536> buffer{};
    while (bytes.size() <= limit) {
        const ::ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (count <= 0) break;
        bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return bytes;
}

void writeAll(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ::ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

int refuse(const Error& error, int code) {
    writeAll(STDERR_FILENO, error.type + " " + error.message + "\n");
    return code;
}

/// A program under a sanitizer reserves terabytes of addresses, which no limit of memory allows.
extract::JailLimits jailLimits() {
    extract::JailLimits limits;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    limits.memory = 0;
#endif
    return limits;
}

int extractText(std::string_view mediaType) {
    const extract::TextLimits limits;
    if (auto jailed = extract::enterJail(jailLimits()); !jailed) return refuse(jailed.error(), 4);
    const std::string bytes = readInput(limits.input);
    const auto text = extract::documentText(bytes, mediaType, limits);
    if (!text) return refuse(text.error(), 3);
    writeAll(STDOUT_FILENO, text->text);
    if (text->isCut) writeAll(STDERR_FILENO, "cut The text goes on.\n");
    return 0;
}

int drawPage(std::string_view digits) {
    int number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return 2;
    extract::JailLimits jail = jailLimits();
    jail.readsFonts = true;
    const extract::PageLimits limits;
    if (auto jailed = extract::enterJail(jail); !jailed) return refuse(jailed.error(), 4);
    const std::string bytes = readInput(limits.input);
    const auto image = extract::pageImage(bytes, number, limits);
    if (!image) return refuse(image.error(), 3);
    writeAll(STDERR_FILENO, "pages " + std::to_string(image->pages) + "\n");
    writeAll(STDOUT_FILENO, image->png);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const bool draws = argc == 3 && std::string_view(argv[1]) == "--page";
    if (argc != 2 && !draws) {
        std::cerr << "Usage: tickmark-extract MEDIA-TYPE < document > text\n"
                     "       tickmark-extract --page N < pdf > png\n";
        return 2;
    }
    int code = 3;
    try {
        code = draws ? drawPage(argv[2]) : extractText(argv[1]);
    } catch (const std::exception&) {
        writeAll(STDERR_FILENO, "document-too-large The document needs more memory than it may have.\n");
    }
    ::_exit(code);  // libraries clean up with calls that the jail refuses
}
