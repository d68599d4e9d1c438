#include "storage/Migration.h"

#include <array>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

#include "storage/Connection.h"
#include "storage/Copy.h"
#include "storage/DurableFile.h"
#include "storage/SqlFailure.h"
#include "tickmark/embedded/sql.h"

namespace tickmark::storage {
namespace {

// "TMRK": says in the file's header (offset 68) that this is a Tickmark database.
constexpr std::uint32_t applicationId = 0x544D524B;

int numberOf(const EmbeddedFile& file) {
    int number = 0;
    std::from_chars(file.name.data(), file.name.data() + 4, number);
    return number;
}

Error notTickmark() {
    return refused("not-tickmark", "tickmark.db in the data directory is not a Tickmark database.",
                   "Name the data directory of a Tickmark catalog, or move the file away.");
}

Error newer(std::int64_t version) {
    return refused("database-newer",
                   "The database was written by a newer Tickmark: its version is " + std::to_string(version) +
                       ", this program knows versions up to " + std::to_string(newestMigration()) + ".",
                   "Use the newer program, or restore a backup made before its migration.");
}

Error older(std::int64_t version) {
    return refused("database-older",
                   "The database is of version " + std::to_string(version) + ", this program needs version " +
                       std::to_string(newestMigration()) + ".",
                   "Start the program without the option that forbids migration; it makes a copy first.");
}

enum class FileKind { Missing, Empty, Tickmark, Foreign, Damaged };

// The header tells before SQLite touches anything: a foreign file must not even get a WAL beside it.
FileKind kindOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return FileKind::Missing;
    std::array<char, 100> header{};
    in.read(header.data(), header.size());
    if (in.gcount() == 0) return FileKind::Empty;
    const std::string_view text(header.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() < header.size()) return FileKind::Foreign;
    std::uint32_t id = 0;
    for (std::size_t at = 68; at < 72; ++at) id = (id << 8U) | static_cast<unsigned char>(header.at(at));
    if (text.substr(0, 15) == "SQLite format 3")
        return id == applicationId ? FileKind::Tickmark : FileKind::Foreign;
    return id == applicationId ? FileKind::Damaged : FileKind::Foreign;
}

// A migration that copies a table needs foreign keys off; that pragma does nothing inside a transaction. The
// check afterwards makes up for it.
void applyAll(Connection& connection, std::int64_t from) {
    connection.execute("PRAGMA foreign_keys = OFF");  // sqlite:
    for (const EmbeddedFile& file : embedded::sql()) {
        const int number = numberOf(file);
        if (number <= from) continue;
        Transaction transaction(connection, Transaction::Kind::Write);
        connection.execute(std::string(file.text));
        connection.execute("PRAGMA user_version = " + std::to_string(number));           // sqlite:
        connection.execute("PRAGMA application_id = " + std::to_string(applicationId));  // sqlite:
        if (connection.prepare("PRAGMA foreign_key_check").step()) {                     // sqlite:
            throw SqlFailure(1, "a migration left a reference without its target");
        }
        transaction.commit();
    }
}

Result<void> makeFile(const std::filesystem::path& file, int busyMillis) {
    return guarded([&]() -> Result<void> {
        {
            Connection connection(file, ConnectionUse::Copy, busyMillis);
            // Before the switch to WAL, so that the header in the main file says what this is from the first
            // moment.
            applyAll(connection, 0);
            connection.execute("PRAGMA journal_mode = WAL");  // sqlite:
        }
        std::filesystem::permissions(
            file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        TM_CHECK(syncPath(file));
        return syncPath(file.parent_path());
    });
}

Result<std::int64_t> versionOf(const std::filesystem::path& file, int busyMillis) {
    return guarded([&]() -> Result<std::int64_t> {
        Connection connection(file, ConnectionUse::Copy, busyMillis);
        const std::int64_t version = connection.integer("PRAGMA user_version");  // sqlite:
        if (connection.integer("SELECT count(*) FROM sqlite_schema") == 0) {     // sqlite:
            throw SqlFailure(11, "the schema is gone");
        }
        return version;
    });
}

Result<void> migrateFile(const std::filesystem::path& file, std::int64_t from, int busyMillis) {
    return guarded([&]() -> Result<void> {
        Connection connection(file, ConnectionUse::Copy, busyMillis);
        std::string number = std::to_string(newestMigration());
        number.insert(0, number.size() < 4 ? 4 - number.size() : 0, '0');
        const std::filesystem::path copy = file.string() + ".before-" + number;
        // A copy from a migration that did not finish shows the same version as the database does now.
        std::error_code ignored;
        std::filesystem::remove(copy, ignored);
        TM_CHECK(copyDatabase(connection, copy));
        connection.execute("PRAGMA synchronous = FULL");  // sqlite:
        applyAll(connection, from);
        return {};
    });
}

Result<DataLock> migrateAlone(const std::filesystem::path& file, const DatabaseOptions& options) {
    TM_TRY(DataLock lock, DataLock::exclusive(options.folder));
    const FileKind kind = kindOf(file);
    if (kind == FileKind::Missing || kind == FileKind::Empty) {
        TM_CHECK(makeFile(file, options.busyMillis));
    } else {
        TM_TRY(const std::int64_t version, versionOf(file, options.busyMillis));
        if (version < newestMigration()) TM_CHECK(migrateFile(file, version, options.busyMillis));
    }
    TM_CHECK(lock.downgrade());
    return lock;
}

}  // namespace

void makeSchema(Connection& connection) { applyAll(connection, 0); }

int newestMigration() {
    const auto files = embedded::sql();
    return files.empty() ? 0 : numberOf(files.back());
}

Result<DataLock> prepareFile(const std::filesystem::path& file, const DatabaseOptions& options) {
    {
        TM_TRY(DataLock lock, DataLock::shared(options.folder));
        switch (kindOf(file)) {
            case FileKind::Missing:
            case FileKind::Empty:
                if (!options.create) return notFound("catalog in this data directory");
                break;
            case FileKind::Foreign:
                return notTickmark();
            case FileKind::Damaged:
                return SqlFailure(11, "the header is damaged").toError();
            case FileKind::Tickmark: {
                TM_TRY(const std::int64_t version, versionOf(file, options.busyMillis));
                if (version > newestMigration()) return newer(version);
                if (version == newestMigration()) return lock;
                if (!options.migrate) return older(version);
                break;
            }
        }
    }
    return migrateAlone(file, options);
}

}  // namespace tickmark::storage
