#include "app/UploadIntake.h"

#include <chrono>

#include "app/EvidenceIntake.h"
#include "app/FileDigest.h"
#include "app/MediaType.h"
#include "tickmark/codec/Json.h"

namespace tickmark::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t bufferSize = 256U * 1024U;
/// How much may be lost at most when the machine stops in the middle of a piece: so many bytes, or so long.
constexpr std::uint64_t noteEvery = 64ULL * 1024 * 1024;
constexpr std::chrono::seconds noteAfter{5};

Error tooLong(std::uint64_t length) {
    return invalid("too-long", "Content-Length",
                   "The piece goes beyond the announced " + std::to_string(length) + " bytes of the file.",
                   "Send only what is missing.");
}

Error wrongSum() {
    return invalid("checksum-mismatch", "Upload-Checksum",
                   "The piece that arrived is not the one that was sent; it was thrown away.",
                   "Send the same piece again.");
}

/// One piece on its way to the disk.
class Piece {
  public:
    Piece(Context& context, const UploadDesk::Lease& lease, storage::UploadRow& row, archive::PartFile file,
          const std::optional<PieceChecksum>& checksum)
        : m_context(context), m_hash(lease.hash()), m_row(row), m_file(std::move(file)), m_at(row.received) {
        if (checksum) m_sum.emplace(checksum->kind);
        if (m_at == 0) {
            m_hash.hash.reset();
            m_hash.covered = 0;
        }
    }

    /// Everything until the source ends.
    Result<void> takeAll(ByteSource& bytes) {
        Bytes buffer(bufferSize);
        for (;;) {
            TM_TRY(const std::size_t count, bytes.read(buffer));
            if (count == 0) return {};
            TM_CHECK(take(ByteView(buffer.data(), count)));
            const bool due = m_at - m_row.received >= noteEvery || Clock::now() - m_noted >= noteAfter;
            // With a checksum nothing counts before the end.
            if (due && !m_sum) TM_CHECK(note());
        }
    }

    /// What was written becomes what may be relied on.
    Result<void> note() {
        TM_CHECK(m_file.sync());
        const std::uint64_t at = m_at;
        TM_CHECK(m_context.database->write([&](storage::WriteSession& session) {
            return storage::noteUploadReceived(session, m_row.id, at, m_context.now());
        }));
        m_row.received = at;
        m_noted = Clock::now();
        return checkRoom(m_context, 0);
    }

    Result<void> takeBack() {
        m_hash.covered = 0;  // the digest holds bytes that do not count: the file is read again at its end
        return m_file.cutTo(m_row.received);
    }

    [[nodiscard]] Bytes sum() { return m_sum->finish(); }

  private:
    Result<void> take(ByteView bytes) {
        if (bytes.size() > m_row.length - m_at) return tooLong(m_row.length);
        TM_CHECK(m_file.write(bytes));
        if (m_hash.covered == m_at) {
            m_hash.hash.update(bytes);
            m_hash.covered += bytes.size();
        }
        if (m_sum) m_sum->update(bytes);
        m_at += bytes.size();
        return {};
    }

    Context& m_context;
    UploadHash& m_hash;
    storage::UploadRow& m_row;
    archive::PartFile m_file;
    std::uint64_t m_at;
    std::optional<crypto::Checksum> m_sum{};
    Clock::time_point m_noted = Clock::now();
};

/// Whether the same attempt may succeed later.
bool isPassing(const Error& error) {
    return error.kind == ErrorKind::Environment || error.kind == ErrorKind::Internal;
}

Result<UploadFacts> factsOf(const storage::UploadRow& row) {
    TM_TRY(const codec::Json json, codec::parseJson(row.facts));
    UploadFacts facts;
    if (const auto* members = json.members()) {
        for (const auto& [name, value] : *members) facts[name] = value.text() ? *value.text() : std::string();
    }
    return facts;
}

Result<Digest> digestOf(const UploadDesk::Lease& lease, const storage::UploadRow& row,
                        const std::filesystem::path& file) {
    UploadHash& hash = lease.hash();
    if (hash.covered != row.length) return digestOfFile(file);
    hash.covered = 0;  // it can be asked once
    return hash.hash.finish();
}

Result<std::string> mediaTypeOfFile(const std::filesystem::path& file) {
    TM_TRY(const auto source, archive::openFile(file));
    Bytes head(mediaTypeHead);
    TM_TRY(const std::size_t count, source->read(head));
    return mediaTypeOf(ByteView(head.data(), count));
}

Result<void> enterWhole(Context& context, const domain::Actor& actor, const UploadDesk::Lease& lease,
                        storage::UploadRow& row) {
    TM_TRY(const UploadFacts facts, factsOf(row));
    TM_TRY(EvidenceInput input, evidenceInputFrom(facts));
    input.declaredSize = row.length;
    TM_CHECK(context.database->read(
        [&](storage::ReadSession& session) { return checkArrival(context, session, actor, input); }));
    const auto file = partFilesOf(context).pathOf(row.id);
    TM_TRY(const Digest digest, digestOf(lease, row, file));
    if (input.declaredDigest && *input.declaredDigest != digest) {
        return invalid("digest-mismatch", "sha256",
                       "The file's SHA-256 is " + digest.hex() + ", but " + input.declaredDigest->hex() +
                           " was declared.",
                       "Check that the file is the one you meant, then hand it over again.");
    }
    TM_TRY(std::string mediaType, mediaTypeOfFile(file));
    TM_TRY(const archive::StoredObject object, context.archive->adopt(file, digest, row.length));
    const auto alsoTaken = [&](storage::WriteSession& session, const std::vector<Receipt>& receipts) {
        return storage::noteUploadTaken(session, row.id, versionName(receipts.front().version),
                                        context.now());
    };
    TM_TRY(const auto receipts,
           enterEvidence(context, actor, {&input}, {{object, std::move(mediaType)}}, alsoTaken));
    row.version = versionName(receipts.front().version);
    return {};
}

}  // namespace

archive::PartFiles partFilesOf(const Context& context) {
    return archive::PartFiles(context.directory.uploads());
}

Result<void> receivePiece(Context& context, const UploadDesk::Lease& lease, storage::UploadRow& row,
                          ByteSource& bytes, const std::optional<PieceChecksum>& checksum) {
    TM_TRY(auto file, partFilesOf(context).open(row.id, row.received));
    Piece piece(context, lease, row, std::move(file), checksum);
    auto taken = piece.takeAll(bytes);
    if (checksum) {
        if (!taken || piece.sum() != checksum->value) {
            TM_CHECK(piece.takeBack());
            return taken ? Result<void>(wrongSum()) : std::move(taken);
        }
    }
    TM_CHECK(piece.note());
    return taken;
}

Result<void> takeWhole(Context& context, const domain::Actor& actor, const UploadDesk::Lease& lease,
                       storage::UploadRow& row) {
    auto entered = enterWhole(context, actor, lease, row);
    if (!entered) {
        if (!isPassing(entered.error())) TM_CHECK(discardUpload(context, lease, row.id));
        return entered;
    }
    lease.forget();
    // The archive has the bytes; a name that stays behind is found by the sweep.
    static_cast<void>(partFilesOf(context).remove(row.id));
    return {};
}

Result<void> discardUpload(Context& context, const UploadDesk::Lease& lease, const std::string& id) {
    TM_CHECK(context.database->write(
        [&](storage::WriteSession& session) { return storage::removeUpload(session, id); }));
    lease.forget();
    return partFilesOf(context).remove(id);
}

}  // namespace tickmark::app
