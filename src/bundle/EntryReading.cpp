#include "bundle/EntryReading.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>
#include <thread>

#include "bundle/EntryNames.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle {
namespace {

/// The class that bag-info.txt announces decides how much of a file is kept in memory, so it is read first.
entry::SizeClass classOf(const FileBytes& file, const ZipLayout& layout) {
    for (const ZipEntry& found : layout.entries) {
        if (found.name != entry::bagInfo || !found.readable || found.size > *entry::limitOf(entry::bagInfo))
            continue;
        std::string text;
        const auto read = readZipEntry(file, found, [&](ByteView piece) -> Result<void> {
            text.append(textOf(piece));
            return {};
        });
        const auto info = BagInfo::parse(text);
        return read && info ? info->sizeClass : entry::SizeClass::Portable;
    }
    return entry::SizeClass::Portable;
}

/// The threads' common work: first the whole file if its digest is wanted, then the entries, the largest
/// first, so that no thread is left with a large one at the end.
class Reading {
  public:
    Reading(const FileBytes& file, const ZipLayout& layout, const VerifyOptions& options)
        : m_file(file),
          m_layout(layout),
          m_options(options),
          m_class(classOf(file, layout)),
          m_total(options.fileDigest ? file.size() : 0) {
        m_result.entries.resize(layout.entries.size());
        m_result.faults.resize(layout.entries.size());
        m_tasks.resize(layout.entries.size());
        std::iota(m_tasks.begin(), m_tasks.end(), std::size_t{0});
        std::stable_sort(m_tasks.begin(), m_tasks.end(), [&](std::size_t a, std::size_t b) {
            return layout.entries[a].size > layout.entries[b].size;
        });
        for (const ZipEntry& found : layout.entries) m_total += found.readable ? found.size : 0;
    }

    Result<ReadAll> run() {
        const unsigned machine = std::clamp(std::thread::hardware_concurrency(), 1U, 8U);
        const std::size_t wanted = m_options.threads == 0 ? machine : std::min(m_options.threads, 64U);
        const std::size_t count = std::min(wanted, m_tasks.size() + 1);
        {
            std::vector<std::jthread> threads;
            for (std::size_t i = 1; i < count; ++i) threads.emplace_back([this] { work(); });
            work();
        }
        if (m_failed) return std::move(m_error);
        return std::move(m_result);
    }

  private:
    void work() {
        const std::size_t first = m_options.fileDigest ? 1 : 0;
        for (std::size_t next = m_next++; next < m_tasks.size() + first && !m_failed; next = m_next++) {
            auto done = next < first ? hashWhole() : readEntry(m_tasks[next - first]);
            if (!done) keep(std::move(done).error());
        }
    }

    void keep(Error error) {
        const std::lock_guard lock(m_mutex);
        if (!m_failed) m_error = std::move(error);
        m_failed = true;
    }

    void advance(std::size_t count) {
        const std::uint64_t done = m_done += count;
        if (!m_options.progress) return;
        const std::lock_guard lock(m_mutex);
        m_options.progress(done, m_total);
    }

    Result<void> hashWhole() {
        crypto::Sha256 hash;
        Bytes buffer(std::size_t{128} * 1024);
        for (std::uint64_t at = 0; at < m_file.size() && !m_failed;) {
            const auto piece =
                std::span(buffer).first(std::min<std::uint64_t>(buffer.size(), m_file.size() - at));
            TM_CHECK(m_file.readAt(at, piece));
            hash.update(piece);
            at += piece.size();
            advance(piece.size());
        }
        m_result.whole = hash.finish();
        return {};
    }

    Result<void> readEntry(std::size_t number) {
        const ZipEntry& wanted = m_layout.entries[number];
        ReadFile& read = m_result.entries[number];
        read.size = wanted.size;
        if (!wanted.readable) return {};
        const auto limit = entry::limitOf(wanted.name, m_class);
        const bool keepText = limit && wanted.size <= *limit;
        crypto::Sha256 hash;
        std::uint64_t count = 0;
        auto streamed = readZipEntry(m_file, wanted, [&](ByteView piece) -> Result<void> {
            hash.update(piece);
            count += piece.size();
            if (keepText) read.text.append(textOf(piece));
            advance(piece.size());
            return {};
        });
        if (!streamed && streamed.error().kind == ErrorKind::Environment) return streamed;
        if (!streamed) m_result.faults[number] = streamed.error().message;
        read.hashed = count == wanted.size;
        read.digest = hash.finish();
        return {};
    }

    const FileBytes& m_file;
    const ZipLayout& m_layout;
    const VerifyOptions& m_options;
    entry::SizeClass m_class;
    std::vector<std::size_t> m_tasks{};
    ReadAll m_result{};
    std::uint64_t m_total;
    std::atomic<std::uint64_t> m_done = 0;
    std::atomic<std::size_t> m_next = 0;
    std::atomic<bool> m_failed = false;
    std::mutex m_mutex{};
    Error m_error{};
};

}  // namespace

Result<ReadAll> readAllEntries(const FileBytes& file, const ZipLayout& layout, const VerifyOptions& options) {
    return Reading(file, layout, options).run();
}

}  // namespace tickmark::bundle
