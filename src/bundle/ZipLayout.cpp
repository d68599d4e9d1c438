#include "bundle/ZipLayout.h"

#include <algorithm>

#include "bundle/EntryNames.h"
#include "bundle/ZipRecords.h"

namespace tickmark::bundle {
namespace {

using namespace zip;

constexpr std::uint64_t longestRecord = centralSize + 255 + 4 + 24;

/// Walks the file once from its end record to its entries.
class Walk {
  public:
    explicit Walk(const FileBytes& file) : m_file(file) {}
    Result<ZipLayout> run();

  private:
    Result<bool> readEnd();
    Result<bool> readEnd64(std::uint64_t plainEnd);
    [[nodiscard]] bool endFits(std::uint64_t endAt);
    Result<bool> readDirectory();
    bool readRecord(ByteView directory, std::size_t& at);
    void readExtra(ByteView extra, ZipEntry& found) const;
    Result<void> checkEntry(ZipEntry& found);
    [[nodiscard]] bool placeFits(const ZipEntry& found) const;
    void checkSizes(ZipEntry& found);
    void fault(std::string_view place, std::string message) {
        m_layout.faults.push_back({entry::shown(place), std::move(message)});
    }
    void entryFault(ZipEntry& found, std::string message) {
        fault(found.name, std::move(message));
        found.readable = false;
    }
    [[nodiscard]] std::string whereEndRecordIs() const;

    const FileBytes& m_file;
    ZipLayout m_layout{};
    EndFacts m_end{};
    std::uint64_t m_expected = 0;  ///< where the next entry must begin
};

// Only for a helpful message: an end record that is not the last thing of the file.
std::string Walk::whereEndRecordIs() const {
    const std::uint64_t window = std::min<std::uint64_t>(m_file.size(), 65'535 + endSize);
    Bytes tail(window);
    if (!m_file.readAt(m_file.size() - window, tail)) return {};
    for (std::size_t at = tail.size() < endSize ? 0 : tail.size() - endSize + 1; at-- > 0;) {
        if (read32(tail, at) == endMark) {
            return "There are " + std::to_string(tail.size() - at - endSize) +
                   " bytes behind the end of the zip.";
        }
    }
    return "This is not a zip file: it has no end record.";
}

Result<bool> Walk::readEnd() {
    const std::uint64_t size = m_file.size();
    if (size < endSize) {
        fault("end record", "This is not a zip file: it is too short.");
        return false;
    }
    Bytes record(endSize);
    const std::uint64_t plainEnd = size - endSize;
    TM_CHECK(m_file.readAt(plainEnd, record));
    if (read32(record, 0) != endMark) {
        fault("end record", whereEndRecordIs());
        return false;
    }
    m_end = {read16(record, 10), read32(record, 12), read32(record, 16)};
    if (m_end.isLarge()) {
        TM_TRY(const bool found, readEnd64(plainEnd));
        if (!found) return false;
    }
    const std::string canonical = endRecord(m_end);
    if (canonical.size() > size || !endFits(size - canonical.size())) return false;
    Bytes tail(canonical.size());
    TM_CHECK(m_file.readAt(size - tail.size(), tail));
    if (textOf(tail) != canonical) fault("end record", "The end record is not the canonical one.");
    return true;
}

/// A field that is all ones announces zip64 (APPNOTE 4.3.14, 4.3.15).
Result<bool> Walk::readEnd64(std::uint64_t plainEnd) {
    Bytes records(end64Size + locatorSize);
    bool stands = plainEnd >= records.size();
    if (stands) TM_CHECK(m_file.readAt(plainEnd - records.size(), records));
    stands = stands && read32(records, 0) == end64Mark && read32(records, end64Size) == locatorMark;
    if (!stands) {
        fault("end record", "The end record announces zip64 records, which do not stand before it.");
        return false;
    }
    m_end = {read64(records, 32), read64(records, 40), read64(records, 48)};
    if (m_end.isLarge()) return true;
    fault("end record", "There are zip64 records although every number fits without them.");
    return false;
}

bool Walk::endFits(std::uint64_t endAt) {
    if (m_end.offset > endAt || m_end.size != endAt - m_end.offset) {
        fault("end record",
              "The directory does not stand where the end record says: there are bytes before the "
              "first or behind the last entry.");
        return false;
    }
    if (m_end.entries > mostZipEntries) {
        fault("end record", "There are " + std::to_string(m_end.entries) +
                                " entries; no bundle has more than " + std::to_string(mostZipEntries) + ".");
        return false;
    }
    if (m_end.size < m_end.entries * centralSize || m_end.size > m_end.entries * longestRecord) {
        fault("central directory", "The directory's size does not fit the number of entries.");
        return false;
    }
    return true;
}

// Needs to be right only for canonical records: the caller writes the record again and compares.
void Walk::readExtra(ByteView extra, ZipEntry& found) const {
    if (extra.size() < 4) return;
    std::size_t at = 4;
    const auto take = [&](std::uint64_t& value) {
        if (value != zip64From || extra.size() - at < 8) return;
        value = read64(extra, at);
        at += 8;
    };
    take(found.size);
    take(found.packed);
    take(found.offset);
}

bool Walk::readRecord(ByteView directory, std::size_t& at) {
    if (directory.size() - at < centralSize || read32(directory, at) != centralMark) return false;
    const ByteView record = directory.subspan(at);
    const std::size_t nameSize = read16(record, 28);
    const std::size_t extraSize = read16(record, 30);
    const std::size_t whole = centralSize + nameSize + extraSize + read16(record, 32);
    if (record.size() < whole) return false;
    ZipEntry found;
    found.name = std::string(textOf(record.subspan(centralSize, nameSize)));
    found.method = read16(record, 10);
    found.crc = read32(record, 16);
    found.packed = read32(record, 20);
    found.size = read32(record, 24);
    found.offset = read32(record, 42);
    readExtra(record.subspan(centralSize + nameSize, extraSize), found);
    if (textOf(record.first(whole)) != centralRecord(found)) {
        fault(found.name,
              "The directory's record is not the canonical one (flags, time, attributes, an extra field, "
              "a comment, a link, encryption or zip64).");
    }
    at += whole;
    m_layout.entries.push_back(std::move(found));
    return true;
}

Result<bool> Walk::readDirectory() {
    Bytes directory(m_end.size);
    TM_CHECK(m_file.readAt(m_end.offset, directory));
    m_layout.entries.reserve(m_end.entries);
    std::size_t at = 0;
    for (std::uint64_t i = 0; i < m_end.entries; ++i) {
        if (!readRecord(directory, at)) {
            fault("central directory", "Record " + std::to_string(i + 1) + " is broken.");
            return false;
        }
    }
    if (at != directory.size()) fault("central directory", "There are bytes behind the last record.");
    return true;
}

void Walk::checkSizes(ZipEntry& found) {
    if (found.method != zipStored) {
        entryFault(found, "The entry is compressed. A bundle stores its files as they are.");
    } else if (found.packed != found.size) {
        entryFault(found, "A stored entry must have the same size inside and outside.");
    }
}

bool Walk::placeFits(const ZipEntry& found) const {
    if (found.offset > m_end.offset || found.headerSize() > m_end.offset - found.offset) return false;
    return found.packed <= m_end.offset - found.offset - found.headerSize();
}

Result<void> Walk::checkEntry(ZipEntry& found) {
    if (!placeFits(found)) {
        entryFault(found, "The entry reaches into the directory.");
        return {};
    }
    if (found.offset < m_expected) {
        // What overlaps is not read: the same bytes must not be unpacked again and again.
        entryFault(found, "The entry begins before the one before it ends.");
        return {};
    }
    if (found.offset > m_expected)
        fault(found.name, "The entry does not begin where the one before it ends.");
    m_expected = found.end();
    const std::string canonical = localHeader(found);
    Bytes header(canonical.size());
    TM_CHECK(m_file.readAt(found.offset, header));
    if (textOf(header) != canonical)
        entryFault(found, "The local header differs from the directory's record.");
    checkSizes(found);
    return {};
}

Result<ZipLayout> Walk::run() {
    TM_TRY(const bool ended, readEnd());
    if (!ended) return std::move(m_layout);
    m_layout.directory = m_end.offset;
    TM_TRY(m_layout.readable, readDirectory());
    if (!m_layout.readable) return std::move(m_layout);
    for (ZipEntry& found : m_layout.entries) TM_CHECK(checkEntry(found));
    if (m_expected != m_end.offset) {
        fault("central directory", "The directory does not follow the last entry.");
    }
    return std::move(m_layout);
}

}  // namespace

Result<ZipLayout> readZipLayout(const FileBytes& file) { return Walk(file).run(); }

}  // namespace tickmark::bundle
