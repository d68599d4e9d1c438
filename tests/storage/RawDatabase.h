// The database file as somebody else's tool sees it: for planting faults and asking what the module does not
// tell.
#pragma once

#include <sqlite3.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <vector>

namespace tickmark::storage::sample {

class RawDatabase {
  public:
    explicit RawDatabase(const std::filesystem::path& file) {
        BOOST_REQUIRE_EQUAL(sqlite3_open(file.c_str(), &m_handle), SQLITE_OK);
        sqlite3_busy_timeout(m_handle, 5000);
    }
    ~RawDatabase() { sqlite3_close(m_handle); }
    RawDatabase(const RawDatabase&) = delete;
    RawDatabase& operator=(const RawDatabase&) = delete;

    void execute(const std::string& sql) {
        char* message = nullptr;
        const int code = sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, &message);
        const std::string text = message != nullptr ? message : "";
        sqlite3_free(message);
        BOOST_REQUIRE_MESSAGE(code == SQLITE_OK, sql + ": " + text);
    }
    std::string refusalOf(const std::string& sql) {
        char* message = nullptr;
        sqlite3_exec(m_handle, sql.c_str(), nullptr, nullptr, &message);
        std::string text = message != nullptr ? message : "";
        sqlite3_free(message);
        return text;
    }
    std::string text(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        BOOST_REQUIRE_EQUAL(sqlite3_prepare_v2(m_handle, sql.c_str(), -1, &statement, nullptr), SQLITE_OK);
        std::string all;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const void* data = sqlite3_column_text(statement, 0);
            if (data != nullptr) all += static_cast<const char*>(data);
        }
        sqlite3_finalize(statement);
        return all;
    }
    sqlite3* handle() { return m_handle; }

  private:
    sqlite3* m_handle = nullptr;
};

}  // namespace tickmark::storage::sample
