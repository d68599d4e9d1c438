#include <algorithm>

#include "domain/FieldReport.h"
#include "tickmark/domain/Validation.h"

namespace tickmark::domain {
namespace {

/// "type/subtype" of RFC 6838 section 4.2, with parameters allowed behind it.
bool isMediaType(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos || slash == 0) return false;
    const std::string_view subtype = text.substr(slash + 1, text.find(';') - slash - 1);
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
    };
    const std::string_view type = text.substr(0, slash);
    return !subtype.empty() && std::all_of(type.begin(), type.end(), plain) &&
           std::all_of(subtype.begin(), subtype.end(), plain);
}

}  // namespace

Result<void> validate(EvidenceVersion& version) {
    FieldReport report;
    report.reference("ref", version.ref.text());
    report.atLeast("number", version.number, 1);
    report.text("media_type", version.mediaType, lineRule);
    if (!version.mediaType.empty() && !isMediaType(version.mediaType)) {
        report.complain("media_type", "This is not a media type.", "type/subtype (RFC 6838)",
                        "Write it like text/csv.");
    }
    auto name = checkFileName("file_name", version.originalName);
    if (!name) report.add("file_name", std::move(name).error());
    report.text("source", version.source, {0, 500, false});
    report.day("period_from", version.periodFrom);
    report.day("period_to", version.periodTo);
    report.order("period_to", version.periodFrom, version.periodTo, "period_from");
    report.day("valid_until", version.validUntil);
    report.text("state_reason", version.stateReason, wordsRule);
    return report.finish();
}

Result<void> validate(EvidenceRequest& request) {
    FieldReport report;
    report.reference("ref", request.ref.text());
    report.text("text", request.text, neededWordsRule);
    report.texts("items", request.items, {1, 500, false}, 200, true);
    report.day("due", request.due);
    report.text("return_note", request.returnNote, wordsRule);
    return report.finish();
}

}  // namespace tickmark::domain
