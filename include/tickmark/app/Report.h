// The audit report: what it says to this reader, its templates, its PDF.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "tickmark/app/Context.h"
#include "tickmark/codec/Json.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/storage/Page.h"
#include "tickmark/view/ReportTemplates.h"

namespace tickmark::app {

/// Everything that the report of this audit says to a reader of this scope (scopeOf, or storage::everything()
/// for the machine's owner), by view::reportFields: issued findings that they may see, with answers, actions,
/// evidence and checks. It depends on nothing but the catalog: asked again before anything changed, it is the
/// same. Errors: NotFound.
[[nodiscard]] Result<codec::Json> gatherReport(Context& context, const storage::Scope& scope,
                                               const domain::AuditRef& ref);

/// The firm's templates: those of `report_templates` in the settings, else of report-templates in the data
/// directory, else the program's own. Errors: Invalid "report-template" when the folder cannot be read.
[[nodiscard]] Result<view::ReportTemplates> reportTemplates(const Context& context);
/// The .html and .css files directly in a folder. Errors: NotFound; TooLarge over 1 MiB each or 100 files.
[[nodiscard]] Result<view::ReportTemplates> readReportTemplates(const std::filesystem::path& folder);

/// gatherReport in the templates. Errors: of both, and those of view::renderReport.
struct Report {
    codec::Json data{};
    view::ReportDocument document{};
};
[[nodiscard]] Result<Report> makeReport(Context& context, const storage::Scope& scope,
                                        const domain::AuditRef& ref, const view::ReportFrame& frame = {});

/// What making a PDF may cost.
struct PdfLimits {
    unsigned seconds = 120;                         ///< of processor time, and half as long again of waiting
    std::size_t memory = 2UL * 1024 * 1024 * 1024;  ///< bytes of address space
    std::size_t output = 128UL * 1024 * 1024;       ///< bytes of PDF
};
/// The programs that make it; tests name others.
struct PdfPrograms {
    std::filesystem::path weasyprint{"/usr/bin/weasyprint"};
    std::filesystem::path jail{"/usr/bin/bwrap"};
};
/// The document as PDF, made by WeasyPrint under bubblewrap: no network, no files but its own libraries and
/// fonts, nothing written. `made` is its SOURCE_DATE_EPOCH, so that the same document and moment give the
/// same bytes. At most two at a time. Errors: Environment "no-pdf-maker" naming the Debian package that is
/// missing; Throttled "pdf-busy"; TooLarge "pdf-too-large"; Environment "pdf-failed".
[[nodiscard]] Result<std::string> reportPdf(const std::string& html, Timestamp made,
                                            const PdfLimits& limits = {}, const PdfPrograms& programs = {});
/// The moment that the data carries as as_of, for SOURCE_DATE_EPOCH.
[[nodiscard]] Timestamp reportMoment(const codec::Json& data);

}  // namespace tickmark::app
