// The two halves of an upload's work: bytes in, and the whole file into the catalog.
#pragma once

#include "app/UploadDesk.h"
#include "tickmark/app/Uploads.h"
#include "tickmark/archive/PartFiles.h"
#include "tickmark/storage/Uploads.h"

namespace tickmark::app {

[[nodiscard]] archive::PartFiles partFilesOf(const Context& context);

/// Appends what the source yields to the upload's file; `row.received` grows with what is durable, also when
/// an error is returned.
[[nodiscard]] Result<void> receivePiece(Context& context, const UploadDesk::Lease& lease,
                                        storage::UploadRow& row, ByteSource& bytes,
                                        const std::optional<PieceChecksum>& checksum);

/// Makes evidence of a whole upload; sets `row.version`. A refusal for good ends the upload.
[[nodiscard]] Result<void> takeWhole(Context& context, const domain::Actor& actor,
                                     const UploadDesk::Lease& lease, storage::UploadRow& row);

/// Removes row and bytes.
[[nodiscard]] Result<void> discardUpload(Context& context, const UploadDesk::Lease& lease,
                                         const std::string& id);

}  // namespace tickmark::app
