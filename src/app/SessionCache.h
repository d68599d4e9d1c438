// Who is signed in, kept in memory for as long as nothing in the database changed about it.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>

#include "tickmark/app/Accounts.h"
#include "tickmark/foundation/Digest.h"

namespace tickmark::app {

/// A small map from a token's digest to what it resolved to, with the moment it was last proved in the
/// database. One per Context; thread-safe. Entries older than `freshSeconds` are read again, so that a
/// disabled account or an ended session in another process takes effect within that time; in this process
/// `forget` takes effect at once.
template <class Value>
class TokenCache {
  public:
    static constexpr std::int64_t freshSeconds = 5;
    static constexpr std::size_t capacity = 4096;

    [[nodiscard]] std::optional<Value> find(const Digest& token, Timestamp now) {
        const std::lock_guard lock(m_mutex);
        const auto at = m_entries.find(token);
        if (at == m_entries.end() || at->second.provedAt.plusSeconds(freshSeconds) < now ||
            now < at->second.provedAt) {
            return std::nullopt;
        }
        return at->second.value;
    }
    void keep(const Digest& token, const Value& value, Timestamp now) {
        const std::lock_guard lock(m_mutex);
        if (m_entries.size() >= capacity) m_entries.clear();
        m_entries.insert_or_assign(token, Entry{value, now});
    }
    void forgetAll() {
        const std::lock_guard lock(m_mutex);
        m_entries.clear();
    }

  private:
    struct Entry {
        Value value;
        Timestamp provedAt{};
    };
    std::mutex m_mutex{};
    std::map<Digest, Entry> m_entries{};
};

/// The caches of one Context.
struct SignInCaches {
    TokenCache<Session> sessions{};
    TokenCache<TokenSession> tokens{};
};

}  // namespace tickmark::app
