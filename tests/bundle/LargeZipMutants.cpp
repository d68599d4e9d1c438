// Lies by zip64, the format's fields for large numbers.
#include <zlib.h>
#include <functional>

#include "bundle/EntryNames.h"
#include "bundle/Mutants.h"
#include "bundle/ZipRecords.h"

namespace tickmark::bundle::test {
namespace {

void put(std::string& bytes, std::size_t at, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes.at(at + i) = static_cast<char>((value >> (8 * i)) & 0xFFU);
}

std::string number(std::uint64_t value, std::size_t size) {
    std::string bytes(size, '\0');
    put(bytes, 0, value, size);
    return bytes;
}

/// The facts of the zip64 end record, which a liar may set as he likes.
struct End64 {
    std::uint64_t size = 44;  ///< of the record behind this field
    std::uint64_t count = 0;
    std::uint64_t directorySize = 0;
    std::uint64_t directory = 0;
    std::uint64_t record = 0;  ///< where the locator says that it stands
};

std::string end64(const End64& facts) {
    return number(zip::end64Mark, 4) + number(facts.size, 8) + number(0x033F, 2) + number(45, 2) +
           number(0, 8) + number(facts.count, 8) + number(facts.count, 8) + number(facts.directorySize, 8) +
           number(facts.directory, 8) + number(zip::locatorMark, 4) + number(0, 4) + number(facts.record, 8) +
           number(1, 4);
}

/// `good` with zip64 end records before its end record; `change` makes them lie.
std::string withEnd64(const Forge& forge, const std::function<void(End64& facts, std::string& end)>& change) {
    const std::size_t at = forge.good.size() - zip::endSize;
    std::string end = forge.good.substr(at);
    End64 facts;
    facts.count = zip::read16(viewOf(end), 10);
    facts.directorySize = zip::read32(viewOf(end), 12);
    facts.directory = zip::read32(viewOf(end), 16);
    facts.record = at;
    change(facts, end);
    return forge.good.substr(0, at) + end64(facts) + end;
}

/// `good` where one small entry carries its sizes in zip64 fields.
std::string withExtra(const Forge& forge, std::uint64_t lie) {
    constexpr std::string_view chosen = entry::bagIt;
    const Parts parts = forge.parts();
    std::string bytes;
    std::string directory;
    for (const auto& file : parts.files) {
        ZipEntry made;
        made.name = file.name;
        made.offset = bytes.size();
        made.size = made.packed = file.content.size();
        made.crc = static_cast<std::uint32_t>(crc32_z(0, viewOf(file.content).data(), file.content.size()));
        std::string local = zip::localHeader(made);
        std::string central = zip::centralRecord(made);
        if (file.name == chosen) {
            const std::string sizes = number(made.size + lie, 8) + number(made.size + lie, 8);
            const std::string extra = number(zip::extra64, 2) + number(16, 2) + sizes;
            put(local, 4, 45, 2);
            put(local, 18, 0xFFFFFFFFFFFFFFFFU, 8);
            put(local, 28, extra.size(), 2);
            put(central, 6, 45, 2);
            put(central, 20, 0xFFFFFFFFFFFFFFFFU, 8);
            put(central, 30, extra.size(), 2);
            local += extra;
            central += extra;
        }
        bytes += local + file.content;
        directory += central;
    }
    return bytes + directory + zip::endRecord({parts.files.size(), directory.size(), bytes.size()});
}

}  // namespace

std::vector<Mutant> largeZipMutants() {
    const auto nothing = [](End64&, std::string&) {};
    return {
        {"zip64-end-without-need", "E10", [=](Forge& f) { return withEnd64(f, nothing); }},
        {"zip64-end-instead-of-the-plain-one", "E10",
         [](Forge& f) {
             return withEnd64(f, [](End64&, std::string& end) { put(end, 8, 0xFFFFFFFFFFFFFFFFU, 8); });
         }},
        {"zip64-count-of-a-trillion", "E10",
         [](Forge& f) {
             return withEnd64(f, [](End64& facts, std::string& end) {
                 facts.count = 1'000'000'000'000;
                 put(end, 8, 0xFFFFFFFFU, 4);
             });
         }},
        {"zip64-directory-beyond-the-file", "E10",
         [](Forge& f) {
             return withEnd64(f, [](End64& facts, std::string& end) {
                 facts.directory = std::uint64_t{1} << 62U;
                 put(end, 16, 0xFFFFFFFFU, 4);
             });
         }},
        {"zip64-directory-of-exabytes", "E10",
         [](Forge& f) {
             return withEnd64(f, [](End64& facts, std::string& end) {
                 facts.directorySize = 0xFFFFFFFFFFFFFFFFU;
                 put(end, 12, 0xFFFFFFFFU, 4);
             });
         }},
        {"zip64-locator-points-elsewhere", "E10",
         [](Forge& f) {
             return withEnd64(f, [](End64& facts, std::string& end) {
                 facts.record = 7;
                 put(end, 8, 0xFFFFFFFFU, 4);
             });
         }},
        {"zip64-end-record-of-exabytes", "E10",
         [](Forge& f) {
             return withEnd64(f, [](End64& facts, std::string& end) {
                 facts.size = 0xFFFFFFFFFFFFFFF0U;
                 put(end, 8, 0xFFFFFFFFU, 4);
             });
         }},
        {"zip64-sizes-without-need", "E10", [](Forge& f) { return withExtra(f, 0); }},
        {"zip64-size-of-exabytes", "E10", [](Forge& f) { return withExtra(f, std::uint64_t{1} << 62U); }},
    };
}

}  // namespace tickmark::bundle::test
