#include "http/api/UploadHeaders.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <charconv>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::api {
namespace {

Error bad(std::string_view field, std::string message, std::string fix) {
    return invalid("upload-header", std::string(field), std::move(message), std::move(fix));
}

Error badMetadata(std::string message) {
    return bad("Upload-Metadata", std::move(message),
               "Write `key BASE64` pairs separated by commas, each key once.");
}

Result<void> addPair(app::UploadFacts& facts, std::string_view pair) {
    const std::size_t blank = pair.find(' ');
    const std::string_view key = pair.substr(0, blank);
    if (key.empty()) return badMetadata("A pair has no key.");
    std::string value;
    if (blank != std::string_view::npos) {
        const auto bytes = fromBase64(trim(pair.substr(blank + 1)));
        if (!bytes) return badMetadata("The value of " + std::string(key) + " is not base64.");
        value.assign(bytes->begin(), bytes->end());
    }
    if (!isUtf8(value)) return badMetadata("The value of " + std::string(key) + " is not UTF-8.");
    if (!facts.emplace(key, std::move(value)).second)
        return badMetadata("The key " + std::string(key) + " stands twice.");
    return {};
}

}  // namespace

Result<std::uint64_t> uploadNumber(std::string_view field, std::string_view value) {
    constexpr std::size_t mostDigits = 18;
    std::uint64_t number = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == value.data() + value.size();
    if (whole && !value.empty() && value.size() <= mostDigits) return number;
    return bad(field, value.empty() ? "The field is missing." : "This is not a number of bytes.",
               "Write the number in decimal digits.");
}

Result<app::UploadFacts> uploadFacts(std::string_view value) {
    app::UploadFacts facts;
    std::string_view rest = trim(value);
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        TM_CHECK(addPair(facts, trim(rest.substr(0, comma))));
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    }
    return facts;
}

Result<std::optional<app::PieceChecksum>> uploadChecksum(std::string_view value) {
    constexpr std::string_view field = "Upload-Checksum";
    if (value.empty()) return std::optional<app::PieceChecksum>{};
    const std::size_t blank = std::min(value.find(' '), value.size());
    const auto kind = crypto::checksumKindFrom(value.substr(0, blank));
    if (!kind) return bad(field, "This sum is not known here.", "Use sha256 or sha1.");
    auto bytes = fromBase64(trim(value.substr(blank)));
    if (!bytes || bytes->size() != crypto::checksumSize(*kind))
        return bad(field, "The sum is not the base64 of as many bytes as it has.", "Send the whole sum.");
    return std::optional<app::PieceChecksum>({*kind, *std::move(bytes)});
}

std::string httpTime(Timestamp at) {
    return Poco::DateTimeFormatter::format(Poco::Timestamp(at.micros), Poco::DateTimeFormat::HTTP_FORMAT);
}

}  // namespace tickmark::http::api
