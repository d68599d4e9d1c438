#include "tickmark/bundle/LogFiles.h"

#include "bundle/EntryNames.h"
#include "bundle/ZipLayout.h"

namespace tickmark::bundle {
namespace {

constexpr std::uint64_t longestFile = 64 * 1024;

Error notABundle(std::string message) {
    return invalid("bundle", "", std::move(message), "Give the sealed bundle as it was handed over.");
}

Result<std::string> textOf(const FileBytes& file, const ZipLayout& layout, std::string_view name) {
    for (const ZipEntry& one : layout.entries) {
        if (one.name != name) continue;
        if (!one.readable || one.method != zipStored || one.size > longestFile)
            return notABundle("The bundle's file " + std::string(name) + " is not as the format asks.");
        std::string text;
        TM_CHECK(readZipEntry(file, one, [&](ByteView bytes) -> Result<void> {
            text += tickmark::textOf(bytes);
            return {};
        }));
        return text;
    }
    return std::string();
}

}  // namespace

Result<LogFiles> readLogFiles(const std::filesystem::path& file) {
    TM_TRY(const FileBytes bytes, FileBytes::open(file));
    TM_TRY(const ZipLayout layout, readZipLayout(bytes));
    if (!layout.readable) return notABundle("The file is no bundle that can be read.");
    LogFiles files;
    TM_TRY(files.checkpoint, textOf(bytes, layout, entry::checkpoint));
    TM_TRY(files.history, textOf(bytes, layout, entry::history));
    if (files.checkpoint.empty()) return notABundle("The bundle holds no checkpoint of a log.");
    return files;
}

}  // namespace tickmark::bundle
