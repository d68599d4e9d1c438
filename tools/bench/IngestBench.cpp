// Takes files into an archive as `tickmark evidence add` does, without catalog and ledger: the archive's own
// cost.
//
//   ingest_bench put ROOT FILE     one file through Store::put
//   ingest_bench batch ROOT DIR    every file of a folder through one Store::putBatch
//
// Prints one line: seconds, bytes, peak resident memory in KiB.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "tickmark/archive/Archive.h"

namespace {

namespace archive = tickmark::archive;
using tickmark::Result;

Result<std::uint64_t> putOne(archive::Store& store, const std::filesystem::path& file) {
    TM_TRY(const auto source, archive::openFile(file));
    TM_TRY(const archive::StoredObject stored, store.put(*source, {}));
    return stored.size;
}

Result<std::uint64_t> putAll(archive::Store& store, const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<archive::Store::BatchItem> items;
    items.reserve(files.size());
    for (const auto& file : files) items.push_back({[&file] { return archive::openFile(file); }, {}});
    TM_TRY(const auto stored, store.putBatch(items));
    std::uint64_t bytes = 0;
    for (const archive::StoredObject& object : stored) bytes += object.size;
    return bytes;
}

std::string peakResidentKiB() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "VmHWM:" && status >> word) return word;
    }
    return "unknown";
}

Result<std::uint64_t> run(const std::string& mode, const std::string& root, const std::string& input) {
    TM_TRY(const auto store, archive::FolderStore::openAt(root));
    return mode == "batch" ? putAll(*store, input) : putOne(*store, input);
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments, arguments + count);
    if (count != 4 || (words[1] != "put" && words[1] != "batch")) {
        std::cerr << "Usage: ingest_bench put ROOT FILE | ingest_bench batch ROOT DIR\n";
        return 2;
    }
    if (std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR) return 70;
    const auto begin = std::chrono::steady_clock::now();
    const Result<std::uint64_t> bytes = run(words[1], words[2], words[3]);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (!bytes) {
        std::cerr << tickmark::describe(bytes.error()) << '\n';
        return 4;
    }
    std::cout << took.count() << " s, " << *bytes << " bytes, " << peakResidentKiB() << " KiB peak\n";
    return 0;
}
