#include "tickmark/app/Preview.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <deque>
#include <mutex>
#include <optional>

#include "app/ChildProgram.h"
#include "app/EvidenceReading.h"
#include "app/ImageSize.h"
#include "app/MediaType.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/TextIndex.h"
#include "tickmark/codec/CsvStream.h"
#include "tickmark/extract/DocumentText.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::app {
namespace {

constexpr int mostAtOnce = 3;
constexpr unsigned drawingSeconds = 30;

/// One of the places for making previews, given back at the end.
class Turn {
  public:
    Turn() : m_has(taken().fetch_add(1) < mostAtOnce) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { taken().fetch_sub(1); }
    [[nodiscard]] bool has() const noexcept { return m_has; }

  private:
    static std::atomic<int>& taken() {
        static std::atomic<int> count = 0;
        return count;
    }
    bool m_has;
};

/// Pages drawn lately, by digest and number: showing one and turning to it are two requests.
class DrawnPages {
  public:
    struct Drawn {
        Digest digest{};
        int page = 0;
        int pages = 0;
        std::string png{};
    };
    [[nodiscard]] std::optional<Drawn> find(const Digest& digest, int page) const {
        const std::lock_guard lock(m_mutex);
        for (const Drawn& one : m_drawn) {
            if (one.digest == digest && one.page == page) return one;
        }
        return std::nullopt;
    }
    void keep(Drawn drawn) {
        constexpr std::size_t most = 12;
        const std::lock_guard lock(m_mutex);
        m_drawn.push_front(std::move(drawn));
        if (m_drawn.size() > most) m_drawn.pop_back();
    }

  private:
    mutable std::mutex m_mutex{};
    std::deque<Drawn> m_drawn{};
};

DrawnPages& drawnPages() {
    static DrawnPages pages;
    return pages;
}

Error noPreview(std::string message) {
    return refused("no-preview", std::move(message), "Download the version to look at it.");
}

bool isImage(std::string_view type) {
    return type == "image/png" || type == "image/jpeg" || type == "image/gif" || type == "image/webp";
}

bool isOffice(std::string_view type) {
    return type.starts_with("application/vnd.openxmlformats-officedocument.") ||
           type.starts_with("application/vnd.oasis.opendocument.");
}

/// Judged by the bytes again: the catalog's word for it may be older than the rules.
std::string typeNow(std::string_view bytes) { return mediaTypeOf(viewOf(bytes.substr(0, mediaTypeHead))); }

Result<std::string> wholeOf(archive::ObjectReader& reader) {
    std::string bytes;
    bytes.reserve(reader.size());
    std::vector<std::uint8_t> buffer(256UL * 1024);
    for (;;) {
        TM_TRY(const std::size_t count, reader.read(buffer));
        if (count == 0) return bytes;
        bytes.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
    }
}

Result<void> putImage(std::string bytes, Preview& preview) {
    if (bytes.size() > imageBytes) return noPreview("The picture is larger than a preview shows.");
    preview.mediaType = typeNow(bytes);
    if (!isImage(preview.mediaType)) return noPreview("The file does not read as a picture.");
    const auto size = imageSize(preview.mediaType, bytes);
    if (!size || size->width == 0 || size->height == 0)
        return noPreview("The picture does not say how large it is.");
    if (size->width * size->height > imagePixels) {
        return noPreview("The picture has " + std::to_string(size->width) + " by " +
                         std::to_string(size->height) + " pixels, more than a preview shows.");
    }
    preview.picture = std::move(bytes);
    return {};
}

/// What the reader of documents complained of: a type, a blank, a sentence.
Error complaintOf(const ChildOutcome& outcome) {
    const std::string line = outcome.complaint.substr(0, outcome.complaint.find('\n'));
    const auto blank = line.find(' ');
    if (outcome.code == 3 && line.starts_with("no-page ")) {
        return {ErrorKind::NotFound, "no-page", line.substr(blank + 1), {}, {}, {}, {}};
    }
    if ((outcome.code == 3 || outcome.code == 4) && blank != std::string::npos)
        return noPreview(line.substr(blank + 1));
    return noPreview("Drawing this page took more time or memory than a preview may take.");
}

Result<void> putPage(const std::string& bytes, int page, const std::filesystem::path& reader,
                     Preview& preview) {
    if (page < 1 || page > previewPages) {
        return Error{ErrorKind::NotFound,
                     "no-page",
                     "A preview shows the first " + std::to_string(previewPages) + " pages.",
                     {},
                     {},
                     {},
                     {}};
    }
    preview.page = page;
    preview.mediaType = "image/png";
    if (auto drawn = drawnPages().find(preview.version.digest, page)) {
        preview.pages = drawn->pages;
        preview.isCut = preview.pages > previewPages;
        preview.picture = std::move(drawn->png);
        return {};
    }
    MemorySource source(viewOf(bytes));
    ChildLimits limits;
    limits.seconds = drawingSeconds;
    TM_TRY(ChildOutcome outcome, runChild(reader, {"--page", std::to_string(page)}, source, limits));
    const bool isDrawn =
        outcome.code == 0 && outcome.output.starts_with("\x89PNG") && outcome.complaint.starts_with("pages ");
    if (!isDrawn) return complaintOf(outcome);
    const std::string_view said = outcome.complaint;
    static_cast<void>(std::from_chars(said.data() + 6, said.data() + said.size(), preview.pages));
    preview.isCut = preview.pages > previewPages;
    preview.picture = std::move(outcome.output);
    drawnPages().keep({preview.version.digest, page, preview.pages, preview.picture});
    return {};
}

/// What turns the direction of a text around, or a control character, stands as its number.
bool isVisible(std::string_view letter) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(letter[at]); };
    if (letter.size() == 1) return byte(0) >= 0x20U ? byte(0) != 0x7FU : byte(0) == '\n' || byte(0) == '\t';
    if (letter.size() == 2) {
        const bool isControl = byte(0) == 0xC2U && byte(1) < 0xA0U;
        return !isControl && letter != "\xD8\x9C";
    }
    if (letter.size() != 3 || byte(0) != 0xE2U) return true;
    const bool turns = (byte(1) == 0x80U &&
                        (byte(2) == 0x8EU || byte(2) == 0x8FU || (byte(2) >= 0xA8U && byte(2) <= 0xAEU))) ||
                       (byte(1) == 0x81U && byte(2) >= 0xA6U && byte(2) <= 0xA9U);
    return !turns;
}

std::string shown(std::string_view text) {
    constexpr std::string_view unknown = "\xEF\xBF\xBD";
    std::string out;
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        const std::string_view letter = text.substr(0, length == 0 ? 1 : length);
        text.remove_prefix(letter.size());
        if (letter == "\r") continue;
        out += length != 0 && isVisible(letter) ? letter : unknown;
    }
    return out;
}

/// At most previewText bytes, not in the middle of a letter.
void putText(std::string_view text, Preview& preview) {
    preview.isCut = preview.isCut || text.size() > previewText;
    if (text.size() > previewText) {
        std::size_t end = previewText;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        text = text.substr(0, end);
    }
    preview.text = shown(text);
}

Result<void> putWords(const std::string& bytes, const std::string& type, const std::filesystem::path& reader,
                      Preview& preview) {
    MemorySource source(viewOf(bytes));
    const ReadDocument read = readDocument(source, type, reader);
    if (read.outcome != "read" && read.outcome != "cut") return noPreview(read.note);
    preview.isCut = read.outcome == "cut";
    putText(read.text, preview);
    return {};
}

/// The rows before the first that breaks the table's shape; false when there is no table.
bool putTable(std::string_view bytes, Preview& preview) {
    constexpr std::size_t mostCells = 20'000;
    std::size_t cells = 0;
    const auto take = [&](const std::vector<std::string>& row) -> Result<void> {
        cells += row.size();
        preview.isCut = preview.table.size() > previewRows || cells > mostCells;
        if (preview.isCut) return refused("enough", "A preview shows the first rows.");
        preview.table.emplace_back();
        for (const std::string& cell : row) preview.table.back().push_back(shown(cell.substr(0, 500)));
        return {};
    };
    codec::CsvStream stream(take,
                            [&](std::size_t, const std::vector<std::string>& row) { return take(row); });
    const bool isWhole = stream.feed(bytes).ok() && stream.finish().ok();
    const bool isTable =
        (isWhole || preview.isCut) && !preview.table.empty() && preview.table.front().size() > 1;
    if (!isTable) preview.table.clear();
    return isTable;
}

Result<void> putPlain(const std::string& bytes, bool triesTable, const std::filesystem::path& reader,
                      Preview& preview) {
    if (triesTable && putTable(bytes, preview)) return {};
    preview.kind = PreviewKind::Text;
    preview.isCut = false;
    const bool isUtf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
    if (isUtf16 || !isUtf8(bytes)) return putWords(bytes, "text/plain", reader, preview);
    putText(bytes, preview);
    return {};
}

Result<void> fill(Preview& preview, std::string bytes, int page, const std::filesystem::path& reader) {
    switch (preview.kind) {
        case PreviewKind::Image:
            return putImage(std::move(bytes), preview);
        case PreviewKind::Pages:
            return putPage(bytes, page, reader, preview);
        case PreviewKind::Words:
            return putWords(bytes, preview.version.mediaType, reader, preview);
        case PreviewKind::Table:
            return putPlain(bytes, true, reader, preview);
        case PreviewKind::Text:
            return putPlain(bytes, false, reader, preview);
        case PreviewKind::None:
            break;
    }
    return noPreview("Files of this kind have no preview, or this one is too large for it.");
}

/// Asked before the reading becomes an entry: what has no preview is not read.
Result<void> mustHavePreview(Context& context, const domain::Actor& actor, const VersionName& name) {
    return context.database->read([&](storage::ReadSession& session) -> Result<void> {
        TM_TRY(const auto version,
               storage::findEvidenceVersionVisible(session, name.ref, name.number, scopeOf(context, actor)));
        if (previewKind(version) != PreviewKind::None) return {};
        return noPreview("Files of this kind have no preview, or this one is too large for it.");
    });
}

}  // namespace

PreviewKind previewKind(const domain::EvidenceVersion& version) {
    const std::string_view type = version.mediaType;
    if (version.size == 0 || version.size > previewBytes) return PreviewKind::None;
    if (isImage(type)) return PreviewKind::Image;
    if (type == "application/pdf") return PreviewKind::Pages;
    if (isOffice(type)) return extract::hasText(type) ? PreviewKind::Words : PreviewKind::None;
    if (type == "text/csv") return PreviewKind::Table;
    if (!extract::hasText(type)) return PreviewKind::None;
    const bool isNamedTable = type == "text/plain" && lower(version.originalName).ends_with(".csv");
    return isNamedTable ? PreviewKind::Table : PreviewKind::Text;
}

Result<Preview> previewEvidence(Context& context, const domain::Actor& actor, const VersionName& name,
                                int page, const std::filesystem::path& reader) {
    const Turn turn;
    if (!turn.has()) {
        Error busy{ErrorKind::Throttled,
                   "preview-busy",
                   "Other previews are being made right now.",
                   {},
                   {},
                   "Try again in a moment.",
                   {}};
        busy.waitSeconds = 2;
        return busy;
    }
    TM_CHECK(mustHavePreview(context, actor, name));
    TM_TRY(Download download, readEvidence(context, actor, name, Reading::Preview));
    Preview preview;
    preview.version = download.version;
    preview.kind = previewKind(download.version);
    TM_TRY(std::string bytes, wholeOf(*download.bytes));
    TM_CHECK(fill(preview, std::move(bytes), page, reader.empty() ? documentReaderProgram() : reader));
    return preview;
}

}  // namespace tickmark::app
