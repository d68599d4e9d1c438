// Word, Excel, PowerPoint and OpenDocument: zips whose parts are XML (ECMA-376 part 2; ISO/IEC 26300-2).
#include <zip.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "extract/Markup.h"
#include "extract/Readers.h"

namespace tickmark::extract {
namespace {

constexpr std::size_t mostParts = 5000;

struct Part {
    zip_uint64_t index = 0;
    std::string name{};
    std::size_t size = 0;
};

bool isPart(std::string_view name, std::string_view folder, std::string_view stem) {
    return name.starts_with(folder) && name.substr(folder.size()).starts_with(stem) && name.ends_with(".xml");
}

/// Whether the part holds what a reader of the document sees.
bool holdsText(std::string_view name) {
    if (name == "content.xml" || name == "word/document.xml" || name == "xl/sharedStrings.xml") return true;
    for (const std::string_view stem : {"header", "footer", "footnotes", "endnotes", "comments"}) {
        if (isPart(name, "word/", stem)) return true;
    }
    return isPart(name, "xl/worksheets/", "sheet") || isPart(name, "xl/", "comments") ||
           isPart(name, "ppt/slides/", "slide") || isPart(name, "ppt/notesSlides/", "notesSlide");
}

MarkupRule ruleOf(std::string_view part) {
    if (part == "content.xml") return {"", {"p", "h"}, {"tab", "s", "line-break"}};
    return {"t", {"p", "si", "is", "comment"}, {"tab", "br", "cr"}};
}

class Package {
  public:
    explicit Package(std::string_view bytes) {
        zip_error_t error;
        ::zip_error_init(&error);
        zip_source_t* source = ::zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
        m_zip = source == nullptr ? nullptr : ::zip_open_from_source(source, ZIP_RDONLY, &error);
        if (m_zip == nullptr && source != nullptr) ::zip_source_free(source);
        ::zip_error_fini(&error);
    }
    Package(const Package&) = delete;
    Package& operator=(const Package&) = delete;
    ~Package() {
        if (m_zip != nullptr) ::zip_discard(m_zip);
    }

    [[nodiscard]] bool isOpen() const noexcept { return m_zip != nullptr; }

    /// In the order of their names, so that the text does not depend on how the zip was packed.
    [[nodiscard]] std::vector<Part> parts() const {
        std::vector<Part> found;
        const zip_int64_t count = ::zip_get_num_entries(m_zip, 0);
        for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(std::max<zip_int64_t>(count, 0)); ++i) {
            zip_stat_t stat;
            if (::zip_stat_index(m_zip, i, 0, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0) continue;
            if (holdsText(stat.name)) found.push_back({i, stat.name, stat.size});
        }
        std::sort(found.begin(), found.end(), [](const Part& a, const Part& b) {
            return a.name.size() != b.name.size() ? a.name.size() < b.name.size() : a.name < b.name;
        });
        return found;
    }

    /// At most `limit` bytes, whatever size the directory claims.
    [[nodiscard]] Result<std::string> read(const Part& part, std::size_t limit) const {
        const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(::zip_fopen_index(m_zip, part.index, 0),
                                                                     ::zip_fclose);
        if (!file) return brokenDocument("an office file");
        std::string bytes(std::min(part.size, limit) + 1, '\0');
        std::size_t filled = 0;
        while (filled < bytes.size()) {
            const zip_int64_t count = ::zip_fread(file.get(), bytes.data() + filled, bytes.size() - filled);
            if (count < 0) return brokenDocument("an office file");
            if (count == 0) break;
            filled += static_cast<std::size_t>(count);
        }
        if (filled > limit) {
            return Error{ErrorKind::TooLarge,
                         "document-too-large",
                         "The part " + part.name + " unpacks to more than is read.",
                         {},
                         {},
                         {},
                         {}};
        }
        bytes.resize(filled);
        return bytes;
    }

  private:
    zip_t* m_zip = nullptr;
};

}  // namespace

Result<void> readOffice(std::string_view bytes, const TextLimits& limits, Words& words) {
    const Package package(bytes);
    if (!package.isOpen()) return brokenDocument("an office file");
    const std::vector<Part> parts = package.parts();
    if (parts.empty() || parts.size() > mostParts) return brokenDocument("an office file");
    for (const Part& part : parts) {
        if (words.isFull()) break;
        TM_TRY(const std::string markup, package.read(part, limits.unpacked));
        TM_CHECK(readMarkup(markup, ruleOf(part.name), words));
        words.newLine();
    }
    return {};
}

}  // namespace tickmark::extract
