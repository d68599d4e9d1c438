#include <algorithm>

#include "bundle/EntryNames.h"
#include "bundle/Mutants.h"
#include "bundle/ZipLayout.h"
#include "bundle/ZipRecords.h"

namespace tickmark::bundle::test {
namespace {

void put16(std::string& bytes, std::size_t at, unsigned value) {
    bytes.at(at) = static_cast<char>(value & 0xFFU);
    bytes.at(at + 1) = static_cast<char>((value >> 8U) & 0xFFU);
}

void put32(std::string& bytes, std::size_t at, std::uint32_t value) {
    put16(bytes, at, value & 0xFFFFU);
    put16(bytes, at + 2, value >> 16U);
}

constexpr std::string_view csv = "data/evidence/F-0001/E-0002.v1.incident_log.csv";

/// Sets a 16-bit field in both headers of an entry, so that only its value is wrong.
std::string withField(const Forge& forge, std::size_t inLocal, std::size_t inCentral, unsigned value) {
    std::string bytes = forge.good;
    put16(bytes, forge.localOf(csv) + inLocal, value);
    put16(bytes, forge.centralOf(csv) + inCentral, value);
    return bytes;
}

/// Puts bytes at a place and moves the end record's directory offset and the records' offsets behind it
/// along.
std::string insertBefore(const Forge& forge, std::size_t place, const std::string& extra) {
    std::string bytes = forge.good;
    const Folder folder;
    writeFile(folder / "z", bytes);
    const auto layout = expected(readZipLayout(expected(FileBytes::open(folder / "z"))));
    for (const auto& found : layout.entries) {
        if (found.offset < place) continue;
        put32(bytes, forge.centralOf(found.name) + 42,
              static_cast<std::uint32_t>(found.offset + extra.size()));
    }
    const std::size_t end = bytes.size() - zip::endSize;
    const auto directory = zip::read32(viewOf(bytes), end + 16);
    put32(bytes, end + 16, static_cast<std::uint32_t>(directory + extra.size()));
    return bytes.insert(place, extra);
}

std::string headerOnly(std::size_t count) {
    ZipEntry entry;
    entry.name = "a";
    const std::string record = zip::centralRecord(entry);
    std::string bytes = zip::localHeader(entry);
    const std::size_t offset = bytes.size();
    for (std::size_t i = 0; i < count; ++i) bytes += record;
    return bytes + zip::endRecord({count & 0xFFFFU, bytes.size() - offset, offset});
}

std::string overlapping() {
    // Many records that all point at the same entry, the classic way to a bomb without one.
    ZipEntry entry;
    entry.name = "a";
    entry.size = entry.packed = 1000;
    std::string bytes = zip::localHeader(entry) + std::string(1000, 'x');
    const std::size_t offset = bytes.size();
    for (int i = 0; i < 60'000; ++i) bytes += zip::centralRecord(entry);
    return bytes + zip::endRecord({60'000, bytes.size() - offset, offset});
}

}  // namespace

std::vector<Mutant> zipMutants() {
    return {
        {"prepended-bytes", "E10", [](Forge& f) { return "GIF89a" + f.good; }},
        {"prepended-bytes-with-offsets-moved", "E10", [](Forge& f) { return insertBefore(f, 0, "GIF89a"); }},
        {"trailing-bytes", "E10", [](Forge& f) { return f.good + "more"; }},
        {"trailing-zip", "E10", [](Forge& f) { return f.good + f.foreign; }},
        {"archive-comment", "E10",
         [](Forge& f) {
             std::string bytes = f.good;
             put16(bytes, bytes.size() - 2, 4);
             return bytes + "note";
         }},
        {"gap-between-entries", "E10",
         [](Forge& f) { return insertBefore(f, f.localOf(entry::bagIt), "hidden content"); }},
        {"gap-before-the-directory", "E10",
         [](Forge& f) { return insertBefore(f, f.centralOf(entry::mimetype), "hidden content"); }},
        {"truncated", "E10", [](Forge& f) { return f.good.substr(0, f.good.size() - 5); }},
        {"local-name-differs", "E10",
         [](Forge& f) {
             std::string bytes = f.good;
             bytes[f.localOf(csv) + zip::localSize] = 'D';
             return bytes;
         }},
        {"local-size-lies", "E10",
         [](Forge& f) {
             std::string bytes = f.good;
             put32(bytes, f.localOf(csv) + 22, 1);
             return bytes;
         }},
        {"data-descriptor", "E10", [](Forge& f) { return withField(f, 6, 8, 0x0008); }},
        {"encrypted", "E10", [](Forge& f) { return withField(f, 6, 8, 0x0001); }},
        {"time-of-day", "E10", [](Forge& f) { return withField(f, 10, 12, 0x6000); }},
        {"unknown-method", "E10", [](Forge& f) { return withField(f, 8, 10, 12); }},
        {"symbolic-link", "E10",
         [](Forge& f) {
             std::string bytes = f.good;
             put32(bytes, f.centralOf(csv) + 38, 0xA1FF0000U);
             return bytes;
         }},
        {"made-by-windows", "E10",
         [](Forge& f) {
             std::string bytes = f.good;
             put16(bytes, f.centralOf(csv) + 4, 0x0014);
             return bytes;
         }},
        {"zip64-announced", "E10",
         [](Forge& f) {
             std::string bytes = f.good;
             put32(bytes, bytes.size() - 6, 0xFFFFFFFFU);
             return bytes;
         }},
        {"size-is-a-lie", "E10",
         [](Forge& f) {
             std::string bytes = f.good;
             put32(bytes, f.localOf(csv) + 22, 0x7FFFFFFF);
             put32(bytes, f.centralOf(csv) + 24, 0x7FFFFFFF);
             return bytes;
         }},
        {"checksum-wrong", "E10",
         [](Forge& f) {
             std::string bytes = f.good;
             put32(bytes, f.localOf(csv) + 14, 0x12345678);
             put32(bytes, f.centralOf(csv) + 16, 0x12345678);
             return bytes;
         }},
        {"directory-of-70000", "E10", [](Forge&) { return headerOnly(70'000); }},
        {"directory-of-65000", "E10", [](Forge&) { return headerOnly(65'000); }},
        {"entries-overlap", "E10", [](Forge&) { return overlapping(); }},
    };
}

}  // namespace tickmark::bundle::test
