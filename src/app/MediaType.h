// What a file is, judged by its content (libmagic with the rules of schemas/media), never by its name.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::app {

/// How much of a file's beginning is looked at.
inline constexpr std::size_t mediaTypeHead = 4 * 1024;

/// An IANA media type such as "text/csv"; "application/octet-stream" when nothing is recognised or the
/// library cannot load its rules. Thread-safe: one set of rules for each thread that asks, loaded at first
/// use.
[[nodiscard]] std::string mediaTypeOf(ByteView head);

/// Passes a source on and keeps its first bytes.
class HeadKeeper final : public ByteSource {
  public:
    explicit HeadKeeper(ByteSource& source) : m_source(&source) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override;
    [[nodiscard]] ByteView head() const noexcept { return m_head; }
    [[nodiscard]] Bytes takeHead() noexcept { return std::move(m_head); }

  private:
    ByteSource* m_source;
    Bytes m_head{};
};

/// Judges the types of many files beside their reading: for a small file the rules cost as much as hashing.
/// Memory is bounded: a reader that is too fast judges for itself.
class TypeJudges {
  public:
    TypeJudges() = default;
    TypeJudges(const TypeJudges&) = delete;
    TypeJudges& operator=(const TypeJudges&) = delete;
    ~TypeJudges();

    /// Passes the source on; when it goes, `type` is judged by what was read. `type` must outlive finish().
    [[nodiscard]] std::unique_ptr<ByteSource> watch(std::unique_ptr<ByteSource> source, std::string& type);
    /// Waits until every type is judged.
    void finish();

  private:
    class Watched;
    struct Task {
        Bytes head{};
        std::string* type = nullptr;
    };
    void take(Bytes head, std::string& type);
    void work();

    std::mutex m_mutex{};
    std::condition_variable m_more{};
    std::deque<Task> m_tasks{};
    bool m_ended = false;
    std::vector<std::thread> m_workers{};
};

}  // namespace tickmark::app
