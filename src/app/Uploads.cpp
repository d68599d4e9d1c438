#include "tickmark/app/Uploads.h"

#include <algorithm>

#include "app/EvidenceIntake.h"
#include "app/UploadIntake.h"
#include "tickmark/codec/Json.h"
#include "tickmark/storage/Uploads.h"

namespace tickmark::app {
namespace {

using storage::UploadRow;

constexpr std::size_t idBytes = 16;
constexpr std::int64_t secondsOfHour = 3600;

bool isId(std::string_view text) {
    return text.size() == 2 * idBytes && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Timestamp expiryOf(const Context& context, const UploadRow& row) {
    return row.changed.plusSeconds(context.settings.uploadKeepHours * secondsOfHour);
}

UploadState stateOf(const Context& context, const UploadRow& row) {
    return {row.id, row.length, row.received, expiryOf(context, row), row.version};
}

/// Another person's upload does not exist for this one.
Result<UploadRow> rowOf(Context& context, const domain::Actor& actor, const std::string& id) {
    if (!isId(id)) return notFound("upload");
    TM_TRY(UploadRow row, context.database->read([&](storage::ReadSession& session) {
        return storage::findUpload(session, id);
    }));
    if (row.party != actor.id || expiryOf(context, row) < context.now()) return notFound("upload");
    return row;
}

Error tooMany(std::string what, std::string fix) {
    return Error{ErrorKind::Refused, "upload-limit", std::move(what), {}, {}, std::move(fix)};
}

Result<void> mustHaveLeave(Context& context, storage::ReadSession& session, const domain::Actor& actor,
                           std::uint64_t length) {
    TM_TRY(const storage::UploadLoad load, storage::uploadLoadOf(session, actor.id));
    const auto most = static_cast<std::uint64_t>(context.settings.uploadsPerPerson);
    if (load.count >= most) {
        return tooMany(
            "You have " + std::to_string(load.count) + " unfinished hand-overs; more are not kept.",
            "Finish or cancel some of them, then begin this one.");
    }
    const std::uint64_t bytes = context.settings.uploadBytesPerPerson;
    if (load.bytes > bytes || length > bytes - load.bytes) {
        return tooMany(
            "Your unfinished hand-overs would together exceed " + std::to_string(bytes) + " bytes.",
            "Finish or cancel some of them, then begin this one.");
    }
    return {};
}

std::string textOf(const UploadFacts& facts) {
    codec::Json json = codec::Json::object();
    for (const auto& [name, value] : facts) json.set(name, value);
    return codec::canonicalJson(json);
}

Result<void> judge(Context& context, const domain::Actor& actor, const UploadFacts& facts,
                   std::uint64_t length) {
    TM_TRY(EvidenceInput input, evidenceInputFrom(facts));
    input.declaredSize = length;
    const auto judged = [&](storage::ReadSession& session) -> Result<std::uint64_t> {
        TM_CHECK(checkArrival(context, session, actor, input));
        return storage::uploadBytesMissing(session);
    };
    TM_TRY(const std::uint64_t missing, context.database->read(judged));
    return checkRoom(context, missing + length);
}

/// The sweep's part for one upload that is too old or one file that nobody knows.
Result<bool> sweepOne(Context& context, const std::string& id, Timestamp before) {
    auto lease = context.uploadDesk->take(id);
    if (!lease) return false;
    const auto row = context.database->read(
        [&](storage::ReadSession& session) { return storage::findUpload(session, id); });
    if (row && row->changed >= before) {
        if (!row->version.empty()) TM_CHECK(partFilesOf(context).remove(id));
        return false;
    }
    if (!row && row.error().kind != ErrorKind::NotFound) return row.error();
    TM_CHECK(discardUpload(context, *lease, id));
    return row.ok() && row->version.empty();
}

}  // namespace

Result<UploadState> beginUpload(Context& context, const domain::Actor& actor, const UploadFacts& facts,
                                std::uint64_t length) {
    TM_CHECK(judge(context, actor, facts, length));
    UploadRow row;
    row.id = toHex(crypto::randomBytes(idBytes));
    row.party = actor.id;
    row.length = length;
    row.facts = textOf(facts);
    row.created = row.changed = context.now();
    TM_TRY(const auto lease, context.uploadDesk->take(row.id));
    const auto add = [&](storage::WriteSession& session) -> Result<void> {
        TM_CHECK(mustHaveLeave(context, session, actor, length));
        return storage::addUpload(session, row);
    };
    TM_CHECK(context.database->write(add));
    if (auto made = partFilesOf(context).create(row.id); !made) {
        TM_CHECK(discardUpload(context, lease, row.id));
        return std::move(made).error();
    }
    if (length == 0) TM_CHECK(takeWhole(context, actor, lease, row));
    return stateOf(context, row);
}

Result<UploadState> continueUpload(Context& context, const domain::Actor& actor, const std::string& id,
                                   std::uint64_t offset, ByteSource& bytes,
                                   const std::optional<PieceChecksum>& checksum) {
    TM_CHECK(rowOf(context, actor, id));
    TM_TRY(const auto lease, context.uploadDesk->take(id));
    TM_TRY(UploadRow row, rowOf(context, actor, id));
    if (offset != row.received) {
        return Error{ErrorKind::Conflict,
                     "upload-offset",
                     "The next piece begins at byte " + std::to_string(row.received) + ", not at " +
                         std::to_string(offset) + ".",
                     "Upload-Offset",
                     {},
                     "Ask for the offset with HEAD, then go on from there."};
    }
    if (!row.version.empty()) return stateOf(context, row);
    auto received = receivePiece(context, lease, row, bytes, checksum);
    if (!received) {
        const bool lost = received.error().type == "part-missing" || received.error().type == "part-damaged";
        if (lost) TM_CHECK(discardUpload(context, lease, id));
        return std::move(received).error();
    }
    row.changed = context.now();
    if (row.received == row.length) TM_CHECK(takeWhole(context, actor, lease, row));
    return stateOf(context, row);
}

Result<UploadState> showUpload(Context& context, const domain::Actor& actor, const std::string& id) {
    TM_TRY(UploadRow row, rowOf(context, actor, id));
    if (!row.version.empty()) return stateOf(context, row);
    TM_TRY(const auto lease, context.uploadDesk->take(id));
    TM_TRY(row, rowOf(context, actor, id));
    if (row.version.empty() && row.received == row.length) TM_CHECK(takeWhole(context, actor, lease, row));
    return stateOf(context, row);
}

Result<void> endUpload(Context& context, const domain::Actor& actor, const std::string& id) {
    TM_CHECK(rowOf(context, actor, id));
    TM_TRY(const auto lease, context.uploadDesk->take(id));
    TM_CHECK(rowOf(context, actor, id));
    return discardUpload(context, lease, id);
}

Result<std::size_t> sweepUploads(Context& context) {
    const Timestamp before = context.now().plusSeconds(-context.settings.uploadKeepHours * secondsOfHour);
    TM_TRY(std::vector<std::string> ids, context.database->read([&](storage::ReadSession& session) {
        return storage::uploadsUnchangedSince(session, before);
    }));
    TM_TRY(const auto files, partFilesOf(context).names());
    ids.insert(ids.end(), files.begin(), files.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::size_t ended = 0;
    for (const std::string& id : ids) {
        TM_TRY(const bool over, sweepOne(context, id, before));
        if (over) ++ended;
    }
    return ended;
}

}  // namespace tickmark::app
