#include "storage/ReadPool.h"

#include <utility>

namespace tickmark::storage {

ReadPool::ReadPool(std::filesystem::path file, std::size_t bound, int busyMillis)
    : m_file(std::move(file)), m_bound(bound > 0 ? bound : 1), m_busyMillis(busyMillis) {
    m_free.reserve(m_bound);
}

ReadPool::Loan ReadPool::borrow() {
    std::unique_lock lock(m_mutex);
    m_returned.wait(lock, [this] { return !m_free.empty() || m_made < m_bound; });
    // The one used last has the warmest cache.
    if (!m_free.empty()) {
        auto connection = std::move(m_free.back());
        m_free.pop_back();
        return {*this, std::move(connection)};
    }
    // Opened under the lock: Poco opens through its thread pool, which throws when many open at once.
    auto connection = std::make_unique<Connection>(m_file, ConnectionUse::Read, m_busyMillis);
    ++m_made;
    return {*this, std::move(connection)};
}

void ReadPool::giveBack(std::unique_ptr<Connection> connection) {
    {
        const std::scoped_lock lock(m_mutex);
        m_free.push_back(std::move(connection));
    }
    m_returned.notify_one();
}

ReadPool::Loan::Loan(ReadPool& pool, std::unique_ptr<Connection> connection)
    : m_pool(pool), m_connection(std::move(connection)) {}

ReadPool::Loan::~Loan() { m_pool.giveBack(std::move(m_connection)); }

}  // namespace tickmark::storage
