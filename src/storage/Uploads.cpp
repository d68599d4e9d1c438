#include "tickmark/storage/Uploads.h"

#include "storage/Connection.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

std::int64_t number(std::uint64_t value) { return static_cast<std::int64_t>(value); }
std::uint64_t count(std::int64_t value) { return static_cast<std::uint64_t>(value); }

Error unknownUpload() { return notFound("upload"); }

}  // namespace

Result<void> addUpload(WriteSession& session, const UploadRow& row) {
    return guarded([&]() -> Result<void> {
        session.connection()
            .prepare(
                "INSERT INTO upload (id, party, length, received, facts, created, changed) VALUES ($1, $2, "
                "$3, $4, $5, $6, $7)")
            .bind(std::string_view(row.id), row.party.value, number(row.length), number(row.received),
                  std::string_view(row.facts), row.created.micros, row.changed.micros)
            .run();
        return {};
    });
}

Result<UploadRow> findUpload(ReadSession& session, std::string_view id) {
    return guarded([&]() -> Result<UploadRow> {
        Statement row = session.connection().prepare(
            "SELECT id, party, length, received, facts, created, changed, coalesce(version, '') FROM upload "
            "WHERE id = $1");
        row.bind(id);
        if (!row.step()) return unknownUpload();
        UploadRow upload;
        upload.id = row.text(0);
        upload.party = domain::PartyId{row.integer(1)};
        upload.length = count(row.integer(2));
        upload.received = count(row.integer(3));
        upload.facts = row.text(4);
        upload.created = Timestamp{row.integer(5)};
        upload.changed = Timestamp{row.integer(6)};
        upload.version = row.text(7);
        return upload;
    });
}

Result<UploadLoad> uploadLoadOf(ReadSession& session, domain::PartyId party) {
    return guarded([&]() -> Result<UploadLoad> {
        Statement row = session.connection().prepare(
            "SELECT count(*), coalesce(sum(length), 0) FROM upload WHERE party = $1 AND version IS NULL");
        row.bind(party.value);
        if (!row.step()) return UploadLoad{};
        return UploadLoad{count(row.integer(0)), count(row.integer(1))};
    });
}

Result<std::uint64_t> uploadBytesMissing(ReadSession& session) {
    return guarded([&]() -> Result<std::uint64_t> {
        return count(session.connection().integer(
            "SELECT coalesce(sum(length - received), 0) FROM upload WHERE version IS NULL"));
    });
}

Result<void> noteUploadReceived(WriteSession& session, std::string_view id, std::uint64_t received,
                                Timestamp at) {
    return guarded([&]() -> Result<void> {
        const auto changed = session.connection()
                                 .prepare("UPDATE upload SET received = $1, changed = $2 WHERE id = $3")
                                 .bind(number(received), at.micros, id)
                                 .run();
        if (changed == 0) return unknownUpload();
        return {};
    });
}

Result<void> noteUploadTaken(WriteSession& session, std::string_view id, std::string_view version,
                             Timestamp at) {
    return guarded([&]() -> Result<void> {
        const auto changed =
            session.connection()
                .prepare("UPDATE upload SET version = $1, changed = $2 WHERE id = $3 AND version IS NULL")
                .bind(version, at.micros, id)
                .run();
        if (changed == 1) return {};
        TM_CHECK(findUpload(session, id));
        return Error{ErrorKind::Conflict, "upload-taken", "This upload is evidence already."};
    });
}

Result<void> removeUpload(WriteSession& session, std::string_view id) {
    return guarded([&]() -> Result<void> {
        session.connection().prepare("DELETE FROM upload WHERE id = $1").bind(id).run();
        return {};
    });
}

Result<std::vector<std::string>> uploadsUnchangedSince(ReadSession& session, Timestamp since) {
    return guarded([&]() -> Result<std::vector<std::string>> {
        Statement rows =
            session.connection().prepare("SELECT id FROM upload WHERE changed < $1 ORDER BY changed, id");
        rows.bind(since.micros);
        std::vector<std::string> ids;
        while (rows.step()) ids.emplace_back(rows.text(0));
        return ids;
    });
}

}  // namespace tickmark::storage
