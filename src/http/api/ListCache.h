// Serialised lists kept as long as nothing in the database changed.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace tickmark::http::api {

/// From a question (who may see what, filter, page) to the exact body it was answered with, and the change
/// stamp of the database read before that. Thread-safe; bounded: when full it starts anew.
class ListCache {
  public:
    static constexpr std::size_t capacityBytes = 8U * 1024U * 1024U;

    /// The body, or nothing when it is unknown or older than `stamp`.
    [[nodiscard]] std::shared_ptr<const std::string> find(const std::string& question, std::uint64_t stamp) {
        const std::lock_guard lock(m_mutex);
        const auto known = m_entries.find(question);
        if (known == m_entries.end() || known->second.stamp != stamp) return nullptr;
        return known->second.body;
    }
    void keep(const std::string& question, std::uint64_t stamp, std::shared_ptr<const std::string> body) {
        const std::lock_guard lock(m_mutex);
        if (m_bytes + body->size() > capacityBytes || stamp != m_stamp) {
            m_entries.clear();
            m_bytes = 0;
            m_stamp = stamp;
        }
        m_bytes += body->size() + question.size();
        m_entries.insert_or_assign(question, Entry{stamp, std::move(body)});
    }

  private:
    struct Entry {
        std::uint64_t stamp = 0;
        std::shared_ptr<const std::string> body{};
    };
    std::mutex m_mutex{};
    std::map<std::string, Entry> m_entries{};
    std::size_t m_bytes = 0;
    std::uint64_t m_stamp = 0;
};

}  // namespace tickmark::http::api
