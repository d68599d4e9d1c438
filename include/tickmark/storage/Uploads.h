// Files on their way in: what is known of them until the archive has them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/storage/Database.h"

namespace tickmark::storage {

struct UploadRow {
    std::string id{};
    domain::PartyId party{};
    std::uint64_t length = 0;
    std::uint64_t received = 0;  ///< durable bytes
    std::string facts{};         ///< JSON object of texts
    Timestamp created{};
    Timestamp changed{};
    std::string version{};  ///< "E-0117/v1" once it became evidence, else empty
};

/// What one person has under way, finished ones not counted.
struct UploadLoad {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;  ///< as announced
};

// None of these appends an event.

[[nodiscard]] Result<void> addUpload(WriteSession& session, const UploadRow& row);
/// Errors: NotFound.
[[nodiscard]] Result<UploadRow> findUpload(ReadSession& session, std::string_view id);
[[nodiscard]] Result<UploadLoad> uploadLoadOf(ReadSession& session, domain::PartyId party);
/// Bytes that were announced by everybody and have not arrived yet.
[[nodiscard]] Result<std::uint64_t> uploadBytesMissing(ReadSession& session);
/// Errors: NotFound when it was ended meanwhile.
[[nodiscard]] Result<void> noteUploadReceived(WriteSession& session, std::string_view id,
                                              std::uint64_t received, Timestamp at);
/// It became that version. Errors: NotFound; Conflict "upload-taken" when it became one before.
[[nodiscard]] Result<void> noteUploadTaken(WriteSession& session, std::string_view id,
                                           std::string_view version, Timestamp at);
[[nodiscard]] Result<void> removeUpload(WriteSession& session, std::string_view id);
/// Ids of uploads that did not change since then, finished ones too.
[[nodiscard]] Result<std::vector<std::string>> uploadsUnchangedSince(ReadSession& session, Timestamp since);

}  // namespace tickmark::storage
