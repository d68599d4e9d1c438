#include "tickmark/bundle/Continuation.h"

#include <algorithm>

#include "bundle/EntryOrder.h"
#include "bundle/ZipLayout.h"
#include "tickmark/crypto/Cms.h"

namespace tickmark::bundle {
namespace {

constexpr std::size_t pieceSize = std::size_t{1} << 20U;
constexpr std::uint64_t signatureLimit = std::uint64_t{1} << 20U;

struct Opened {
    FileBytes file;
    ZipLayout layout{};
};

/// `kind` says whose fault a broken file is: ours (Damaged) or the giver's (Invalid).
Result<Opened> opened(const std::filesystem::path& path, const std::string& which, ErrorKind kind) {
    TM_TRY(auto file, FileBytes::open(path));
    TM_TRY(auto layout, readZipLayout(file));
    if (layout.readable && layout.faults.empty() && !layout.entries.empty())
        return Opened{std::move(file), std::move(layout)};
    Error error;
    error.kind = kind;
    error.type = "bundle-layout";
    error.message = "The " + which + " file is no evidence bundle" +
                    (layout.faults.empty() ? std::string(".") : ": " + layout.faults.front().message);
    return error;
}

Error another(const std::string& what) {
    return refused("not-a-continuation",
                   "The file does not continue the bundle as it was sealed here: " + what + ".",
                   "Sign a copy of the bundle that this server hands out, and hand that copy back.");
}

Result<Bytes> contentOf(const Opened& bundle, const ZipEntry& entry) {
    if (!entry.readable || entry.size > signatureLimit) return another(entry.name + " cannot be read");
    Bytes content;
    TM_CHECK(readZipEntry(bundle.file, entry, [&](ByteView piece) -> Result<void> {
        content.insert(content.end(), piece.begin(), piece.end());
        return {};
    }));
    return content;
}

/// The same signature value, whatever stands unsigned beside it.
Result<void> sameSignature(const Opened& earlier, const Opened& later, std::size_t place) {
    const std::string& name = earlier.layout.entries[place].name;
    TM_TRY(const Bytes before, contentOf(earlier, earlier.layout.entries[place]));
    TM_TRY(const Bytes after, contentOf(later, later.layout.entries[place]));
    const auto first = crypto::signatureImprint(before);
    const auto second = crypto::signatureImprint(after);
    if (first && second && *first == *second) return {};
    return another("the signature in " + name + " is another one");
}

Result<void> sameBytes(const Opened& earlier, const Opened& later, std::uint64_t until) {
    if (later.layout.directory < until) return another("it is shorter");
    Bytes left(pieceSize);
    Bytes right(pieceSize);
    for (std::uint64_t done = 0; done < until;) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(pieceSize, until - done));
        TM_CHECK(earlier.file.readAt(done, std::span(left).first(count)));
        TM_CHECK(later.file.readAt(done, std::span(right).first(count)));
        if (!std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(count), right.begin()))
            return another("bytes of it differ");
        done += count;
    }
    return {};
}

}  // namespace

Result<void> mustContinue(const std::filesystem::path& earlier, const std::filesystem::path& later) {
    TM_TRY(const Opened before, opened(earlier, "stored", ErrorKind::Damaged));
    TM_TRY(const Opened after, opened(later, "given", ErrorKind::Invalid));
    const auto& entries = before.layout.entries;
    if (after.layout.entries.size() < entries.size()) return another("entries are missing");
    const auto last = entry::metaNameOf(entries.back().name);
    const bool signedLast = last && last->kind == entry::MetaKind::Signature;
    const ZipEntry& mayChange = entries.back();
    const ZipEntry& there = after.layout.entries[entries.size() - 1];
    const bool changed = signedLast && (there.size != mayChange.size || there.crc != mayChange.crc);
    if (!changed) return sameBytes(before, after, before.layout.directory);
    if (there.name != mayChange.name || there.offset != mayChange.offset)
        return another(mayChange.name + " is missing");
    TM_CHECK(sameBytes(before, after, mayChange.offset));
    return sameSignature(before, after, entries.size() - 1);
}

}  // namespace tickmark::bundle
