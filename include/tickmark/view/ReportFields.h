// The data model of the audit report: every field that a template may name.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tickmark/codec/Json.h"

namespace tickmark::view {

enum class ReportFieldKind { Text, Flag, List, Chart };

/// One field. In a template its name is the last part of the path in upper case: "findings.title" is
/// {{TITLE}} inside {{#FINDINGS}}.
struct ReportField {
    std::string_view path{};
    ReportFieldKind kind = ReportFieldKind::Text;
    std::string_view when{};     ///< "always", or when it is there
    std::string_view meaning{};  ///< for docs/report-templates.md, which a test holds equal
};

[[nodiscard]] std::span<const ReportField> reportFields() noexcept;
/// "text", "flag", "list" or "chart".
[[nodiscard]] std::string_view wordOf(ReportFieldKind kind) noexcept;
/// The field of that path, or nullptr.
[[nodiscard]] const ReportField* reportField(std::string_view path) noexcept;
/// The name that a template uses for the path.
[[nodiscard]] std::string templateName(std::string_view path);

/// A made-up report in which every field is there and every list has two items or more; what
/// `tickmark report check` renders.
[[nodiscard]] codec::Json sampleReport();

}  // namespace tickmark::view
