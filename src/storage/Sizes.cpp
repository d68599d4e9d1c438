// How much there is, and how it grew.
#include "storage/Connection.h"
#include "storage/SqlFailure.h"
#include "tickmark/storage/Upkeep.h"

namespace tickmark::storage {
namespace {

std::uint64_t unsignedOf(std::int64_t value) { return static_cast<std::uint64_t>(value); }

}  // namespace

Result<ArchiveSizes> archiveSizes(ReadSession& session) {
    return guarded([&]() -> Result<ArchiveSizes> {
        ArchiveSizes sizes;
        Statement states = session.connection().prepare(
            "SELECT state, count(*), sum(size) FROM evidence_version GROUP BY state ORDER BY state");
        while (states.step()) {
            sizes.states.push_back(
                {std::string(states.text(0)), states.integer(1), unsignedOf(states.integer(2))});
            if (sizes.states.back().state != "withdrawn") sizes.versionBytes += unsignedOf(states.integer(2));
        }
        Statement objects = session.connection().prepare(
            "SELECT count(*), coalesce(sum(size), 0) FROM (SELECT max(size) AS size FROM evidence_version "
            "WHERE state <> 'withdrawn' GROUP BY digest) AS once");
        if (objects.step()) {
            sizes.objects = objects.integer(0);
            sizes.objectBytes = unsignedOf(objects.integer(1));
        }
        return sizes;
    });
}

Result<void> saveStorageSample(WriteSession& session, const StorageSample& sample) {
    return guarded([&]() -> Result<void> {
        const std::string day = sample.day.iso();
        session.connection()
            .prepare(
                "INSERT INTO storage_sample (day, database_bytes, archive_bytes, objects, bundle_bytes) "
                "VALUES "
                "($1, $2, $3, $4, $5) ON CONFLICT (day) DO UPDATE SET database_bytes = "
                "excluded.database_bytes, archive_bytes = excluded.archive_bytes, objects = "
                "excluded.objects, "
                "bundle_bytes = excluded.bundle_bytes")
            .bind(std::string_view(day), static_cast<std::int64_t>(sample.databaseBytes),
                  static_cast<std::int64_t>(sample.archiveBytes), sample.objects,
                  static_cast<std::int64_t>(sample.bundleBytes))
            .run();
        return {};
    });
}

Result<std::vector<StorageSample>> storageSamples(ReadSession& session, std::size_t limit) {
    return guarded([&]() -> Result<std::vector<StorageSample>> {
        Statement statement = session.connection().prepare(
            "SELECT day, database_bytes, archive_bytes, objects, bundle_bytes FROM storage_sample ORDER BY "
            "day "
            "DESC LIMIT $1");
        statement.bind(static_cast<std::int64_t>(limit));
        std::vector<StorageSample> samples;
        while (statement.step()) {
            TM_TRY(const Date day, Date::parse(statement.text(0)));
            samples.push_back({day, unsignedOf(statement.integer(1)), unsignedOf(statement.integer(2)),
                               statement.integer(3), unsignedOf(statement.integer(4))});
        }
        return samples;
    });
}

}  // namespace tickmark::storage
