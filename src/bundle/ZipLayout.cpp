#include "bundle/ZipLayout.h"

#include <algorithm>

#include "bundle/EntryNames.h"
#include "bundle/ZipRecords.h"

namespace tickmark::bundle {
namespace {

using namespace zip;

constexpr std::uint64_t longestDirectory = 65'534ULL * (centralSize + 255);

/// Walks the file once from its end record to its entries.
class Walk {
  public:
    explicit Walk(const FileBytes& file) : m_file(file) {}
    Result<ZipLayout> run();

  private:
    Result<bool> readEnd();
    Result<bool> readDirectory();
    bool readRecord(ByteView directory, std::size_t& at);
    Result<void> checkEntry(ZipEntry& found, std::uint64_t expected);
    void checkSizes(ZipEntry& found);
    void fault(std::string_view place, std::string message) {
        m_layout.faults.push_back({entry::shown(place), std::move(message)});
    }
    [[nodiscard]] std::string whereEndRecordIs() const;

    const FileBytes& m_file;
    ZipLayout m_layout{};
    EndFacts m_end{};
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
    TM_CHECK(m_file.readAt(size - endSize, record));
    if (read32(record, 0) != endMark) {
        fault("end record", whereEndRecordIs());
        return false;
    }
    m_end = {read16(record, 10), read32(record, 12), read32(record, 16)};
    if (m_end.entries == 0xFFFF || m_end.size == 0xFFFFFFFF || m_end.offset == 0xFFFFFFFF) {
        fault("end record", "The zip announces zip64, which is not part of this profile.");
        return false;
    }
    if (textOf(record) != endRecord(m_end)) fault("end record", "The end record is not the canonical one.");
    if (m_end.offset + m_end.size != size - endSize) {
        fault("end record",
              "The directory does not stand where the end record says: there are bytes before the "
              "first or behind the last entry.");
        return false;
    }
    if (m_end.size > longestDirectory || m_end.size < m_end.entries * centralSize) {
        fault("central directory", "The directory's size does not fit the number of entries.");
        return false;
    }
    return true;
}

bool Walk::readRecord(ByteView directory, std::size_t& at) {
    if (directory.size() - at < centralSize || read32(directory, at) != centralMark) return false;
    const ByteView record = directory.subspan(at);
    const std::size_t nameSize = read16(record, 28);
    const std::size_t whole = centralSize + nameSize + read16(record, 30) + read16(record, 32);
    if (record.size() < whole) return false;
    ZipEntry found;
    found.name = std::string(textOf(record.subspan(centralSize, nameSize)));
    found.method = read16(record, 10);
    found.crc = read32(record, 16);
    found.packed = read32(record, 20);
    found.size = read32(record, 24);
    found.offset = read32(record, 42);
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
        fault(found.name, "The entry is compressed. A bundle stores its files as they are.");
        found.readable = false;
    } else if (found.packed != found.size) {
        fault(found.name, "A stored entry must have the same size inside and outside.");
        found.readable = false;
    }
}

Result<void> Walk::checkEntry(ZipEntry& found, std::uint64_t expected) {
    if (found.offset != expected) {
        fault(found.name, "The entry does not begin where the one before it ends.");
    }
    if (found.end() > m_end.offset) {
        fault(found.name, "The entry reaches into the directory.");
        found.readable = false;
        return {};
    }
    const std::string canonical = localHeader(found);
    Bytes header(canonical.size());
    TM_CHECK(m_file.readAt(found.offset, header));
    if (textOf(header) != canonical) {
        fault(found.name, "The local header differs from the directory's record.");
        found.readable = false;
    }
    checkSizes(found);
    return {};
}

Result<ZipLayout> Walk::run() {
    TM_TRY(const bool ended, readEnd());
    if (!ended) return std::move(m_layout);
    TM_TRY(m_layout.readable, readDirectory());
    if (!m_layout.readable) return std::move(m_layout);
    std::uint64_t expected = 0;
    for (ZipEntry& found : m_layout.entries) {
        TM_CHECK(checkEntry(found, expected));
        expected = found.end();
    }
    if (expected != m_end.offset) fault("central directory", "The directory does not follow the last entry.");
    return std::move(m_layout);
}

}  // namespace

Result<ZipLayout> readZipLayout(const FileBytes& file) { return Walk(file).run(); }

}  // namespace tickmark::bundle
