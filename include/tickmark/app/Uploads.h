// Hand-overs in pieces: a file arrives over as many connections as it takes and becomes evidence with its
// last byte, by the same rules as one that comes at once.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "tickmark/app/EvidenceUse.h"
#include "tickmark/crypto/Checksum.h"

namespace tickmark::app {

/// What comes with a file, as texts: file_name (or filename), finding, action, improvement, audit, request
/// (one or several references, separated by blanks), evidence, title, source, collected_at, period_from,
/// period_to, valid_until, confidentiality, redaction_of, sha256. Others that upload clients send by
/// themselves (name, type, filetype, relativePath) are passed over.
using UploadFacts = std::map<std::string, std::string>;
/// Errors: Invalid "upload-facts" naming each text that is unknown or malformed.
[[nodiscard]] Result<EvidenceInput> evidenceInputFrom(const UploadFacts& facts);

struct UploadState {
    std::string id{};  ///< 32 lower-case hexadecimal digits that nobody can guess
    std::uint64_t length = 0;
    std::uint64_t received = 0;  ///< bytes that are durable: what the sender goes on from
    Timestamp expires{};         ///< ends then unless something arrives before
    std::string version{};       ///< "E-0117/v1" once it became evidence
};

/// Opens an upload of so many bytes. Judges first whether this actor may hand this file over, as far as that
/// can be said now. An empty file becomes evidence at once. Errors: as mayRecordEvidence; Refused
/// "upload-limit" when too much of this person's is under way.
[[nodiscard]] Result<UploadState> beginUpload(Context& context, const domain::Actor& actor,
                                              const UploadFacts& facts, std::uint64_t length);

/// The sender's own sum of one piece.
struct PieceChecksum {
    crypto::ChecksumKind kind = crypto::ChecksumKind::Sha256;
    Bytes value{};
};
/// Takes a piece that begins at `offset`. When the source breaks off, what arrived until then is kept (with a
/// checksum, nothing is). With the last byte the file becomes evidence; a refusal of that ends the upload,
/// except when the disk or the database are to blame. The answer to a last piece that came before is the same
/// again. Errors: NotFound; Conflict "upload-offset" (another offset is expected), "upload-busy" (a piece is
/// arriving already); Invalid "checksum-mismatch", "too-long"; the source's own; as recordEvidence.
[[nodiscard]] Result<UploadState> continueUpload(Context& context, const domain::Actor& actor,
                                                 const std::string& id, std::uint64_t offset,
                                                 ByteSource& bytes,
                                                 const std::optional<PieceChecksum>& checksum = {});
/// An upload that is whole and was not taken (a crash came between) is taken now. Errors: NotFound, Conflict
/// "upload-busy"; as recordEvidence.
[[nodiscard]] Result<UploadState> showUpload(Context& context, const domain::Actor& actor,
                                             const std::string& id);
/// Ends an upload and forgets its bytes; what became evidence stays evidence. Errors: as showUpload.
[[nodiscard]] Result<void> endUpload(Context& context, const domain::Actor& actor, const std::string& id);

/// Ends uploads that nothing arrived for within upload_keep_hours, and removes bytes that belong to none.
/// Returns how many were ended.
[[nodiscard]] Result<std::size_t> sweepUploads(Context& context);

}  // namespace tickmark::app
