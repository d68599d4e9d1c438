#include "storage/Statement.h"

#include <sqlite3.h>

#include <utility>

#include "storage/SqlFailure.h"

namespace tickmark::storage {

Statement::Statement(Statement&& other) noexcept
    : m_database(other.m_database), m_cached(std::exchange(other.m_cached, nullptr)), m_next(other.m_next) {}

Statement::~Statement() {
    if (m_cached == nullptr) return;
    sqlite3_reset(m_cached->handle);
    sqlite3_clear_bindings(m_cached->handle);
    m_cached->busy = false;
}

void Statement::check(int code) const {
    if (code != SQLITE_OK) throwSqlFailure(m_database, code);
}

Statement& Statement::bind(std::int64_t value) {
    check(sqlite3_bind_int64(m_cached->handle, m_next++, value));
    return *this;
}

Statement& Statement::bind(std::string_view text) {
    const char* data = text.data() != nullptr ? text.data() : "";
    // A null destructor is SQLITE_STATIC: the caller keeps the text.
    check(sqlite3_bind_text64(m_cached->handle, m_next++, data, text.size(), nullptr, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(const Digest& digest) {
    check(sqlite3_bind_blob64(m_cached->handle, m_next++, digest.bytes().data(), Digest::size, nullptr));
    return *this;
}

Statement& Statement::bind(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return bind(*number);
    if (const auto* text = std::get_if<std::string>(&value)) return bind(std::string_view(*text));
    return bindNull();
}

Statement& Statement::bindNull() {
    check(sqlite3_bind_null(m_cached->handle, m_next++));
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(m_cached->handle);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throwSqlFailure(m_database, code);
}

std::int64_t Statement::run() {
    while (step()) {
    }
    return sqlite3_changes64(m_database);
}

void Statement::reset() {
    sqlite3_reset(m_cached->handle);
    m_next = 1;
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_cached->handle, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_cached->handle, column); }

std::string_view Statement::text(int column) const {
    // The text must be asked for before its length (SQLite may convert it).
    const void* data = sqlite3_column_text(m_cached->handle, column);
    const int size = sqlite3_column_bytes(m_cached->handle, column);
    if (data == nullptr) return {};
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

Digest Statement::digest(int column) const {
    const void* data = sqlite3_column_blob(m_cached->handle, column);
    const int size = sqlite3_column_bytes(m_cached->handle, column);
    const auto bytes = static_cast<const std::uint8_t*>(data);
    auto digest = Digest::fromBytes(ByteView(bytes, data == nullptr ? 0 : static_cast<std::size_t>(size)));
    if (!digest) throw SqlFailure(SQLITE_CORRUPT, "a hash is not 32 bytes");
    return *digest;
}

Value Statement::value(int column) const {
    switch (sqlite3_column_type(m_cached->handle, column)) {
        case SQLITE_NULL:
            return {};
        case SQLITE_INTEGER:
            return integer(column);
        default:
            return std::string(text(column));
    }
}

}  // namespace tickmark::storage
