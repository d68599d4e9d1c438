#include "storage/SqlFailure.h"

#include <sqlite3.h>

#include <string_view>

namespace tickmark::storage {
namespace {

// "UNIQUE constraint failed: finding.ref, finding.x" names the columns; the last name of the first is the
// field.
std::string fieldOf(std::string_view message) {
    const auto colon = message.rfind(": ");
    if (colon == std::string_view::npos) return {};
    std::string_view column = message.substr(colon + 2);
    column = column.substr(0, column.find(','));
    const auto dot = column.rfind('.');
    return std::string(dot == std::string_view::npos ? column : column.substr(dot + 1));
}

Error constraintError(int code, const std::string& message) {
    if (code == SQLITE_CONSTRAINT_FOREIGNKEY) {
        return invalid("unknown-reference", "", "Something this refers to does not exist.",
                       "Reload, and name a thing that exists.");
    }
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY) {
        const std::string field = fieldOf(message);
        return Error{.kind = ErrorKind::Conflict,
                     .type = "duplicate",
                     .message = "Another entry has the same " + field + " already.",
                     .field = field,
                     .rule = "unique",
                     .fix = "Use another value, or change the existing entry."};
    }
    return internal("A rule of the database was broken: " + message);
}

Error diskFull() {
    return environment("disk-full", "The disk that holds the database is full; nothing was changed.",
                       "Free some space, then try again.");
}

Error damagedFile() {
    return Error{.kind = ErrorKind::Damaged,
                 .type = "database-damaged",
                 .message = "The database file is damaged.",
                 .fix = "Stop, keep the file, and restore the newest backup."};
}

// Statements are fixed and were prepared by tests, so a name that is not there is the file's fault.
bool schemaIsWrong(std::string_view message) {
    return message.starts_with("no such ") || message.starts_with("malformed ") ||
           message.find("has no column named") != std::string_view::npos;
}

}  // namespace

Error SqlFailure::toError() const {
    switch (m_code & 0xff) {
        case SQLITE_FULL:
            return diskFull();
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return environment("database-io", "The database cannot be read or written.",
                               "Check the disk and the permissions of the data directory.");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return environment("database-busy", "Another process keeps the database busy.", "Try again.");
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return damagedFile();
        case SQLITE_CONSTRAINT:
            return constraintError(m_code, what());
        case SQLITE_ERROR:
            if (schemaIsWrong(what())) return damagedFile();
            return internal(std::string("The database refused a statement: ") + what());
        default:
            return internal(std::string("The database refused a statement: ") + what());
    }
}

void throwSqlFailure(sqlite3* handle, int code) {
    const int extended = handle != nullptr ? sqlite3_extended_errcode(handle) : code;
    const char* message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    throw SqlFailure((extended & 0xff) == (code & 0xff) ? extended : code, message);
}

}  // namespace tickmark::storage
