// The read connections: made when first needed, up to a bound; then callers wait.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/Connection.h"

namespace tickmark::storage {

class ReadPool {
  public:
    ReadPool(std::filesystem::path file, std::size_t bound, int busyMillis);

    /// A connection on loan; goes back when it goes.
    class Loan {
      public:
        Loan(ReadPool& pool, std::unique_ptr<Connection> connection);
        ~Loan();
        Loan(const Loan&) = delete;
        Loan& operator=(const Loan&) = delete;
        [[nodiscard]] Connection& operator*() const noexcept { return *m_connection; }

      private:
        ReadPool& m_pool;
        std::unique_ptr<Connection> m_connection;
    };
    /// Throws SqlFailure when a new connection cannot be opened.
    [[nodiscard]] Loan borrow();

  private:
    void giveBack(std::unique_ptr<Connection> connection);

    std::filesystem::path m_file;
    std::size_t m_bound;
    int m_busyMillis;
    std::mutex m_mutex{};
    std::condition_variable m_returned{};
    std::vector<std::unique_ptr<Connection>> m_free{};
    std::size_t m_made = 0;
};

}  // namespace tickmark::storage
