// The audit report's templates: report.html, the parts it includes and report.css. A firm may bring its own;
// they are judged before they are used.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::view {

/// Files by name: "report.html", "report.css", and parts such as "finding.html" for {{>FINDING}}.
using ReportTemplates = std::map<std::string, std::string, std::less<>>;

/// Those that the program brings (templates/report).
[[nodiscard]] ReportTemplates defaultReportTemplates();

/// One mistake in a template: where, about what, in plain words.
struct TemplateMistake {
    std::string file{};
    std::size_t line = 0;  ///< from 1; 0: the file as a whole
    std::string field{};   ///< the marker, tag or attribute that is wrong; empty for the file as a whole
    std::string message{};
};

/// Everything that keeps these templates from being used: a missing report.html or report.css, a file without
/// the pragma that escapes, a field that the data model has not (or not at this place), a section that is not
/// closed, a modifier that could switch escaping off, a script, a reference to anything outside. Renders the
/// sample report when nothing else is wrong. Empty: they can be used.
[[nodiscard]] std::vector<TemplateMistake> checkReportTemplates(const ReportTemplates& templates);

/// What stands around the report on a screen; nothing of it is printed.
struct ReportFrame {
    std::string backHref{};  ///< empty: no bar, as for the PDF and files
    std::string pdfHref{};
};

/// A finished report, one document with nothing outside it.
struct ReportDocument {
    std::string html{};
    std::string style{};  ///< the text of its one style element, for a policy that names its digest
};

/// The report of this data (reportFields) and its digest. Errors: Invalid "report-template" whose parts name
/// file, line and field; Internal.
[[nodiscard]] Result<ReportDocument> renderReport(const ReportTemplates& templates, const codec::Json& data,
                                                  const ReportFrame& frame);

/// SHA-256 of the canonical data, 64 hexadecimal digits: stands on every page.
[[nodiscard]] std::string reportDigest(const codec::Json& data);

}  // namespace tickmark::view
