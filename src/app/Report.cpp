#include "tickmark/app/Report.h"

#include <algorithm>

#include "app/ReportContent.h"
#include "tickmark/archive/Archive.h"

namespace tickmark::app {
namespace {

constexpr std::uint64_t mostBytes = 1024UL * 1024;
constexpr std::size_t mostFiles = 100;

Error unreadable(std::string message) {
    return invalid("report-template", "report_templates", std::move(message),
                   "Name a folder that holds report.html, report.css and their parts.");
}

}  // namespace

Result<codec::Json> gatherReport(Context& context, const storage::Scope& scope, const domain::AuditRef& ref) {
    TM_TRY(auto content, context.database->read([&](storage::ReadSession& session) {
        return readReportContent(session, scope, ref);
    }));
    content.organisation = context.settings.organisation;
    content.logOrigin = context.settings.logOrigin;
    return reportJson(content);
}

Result<view::ReportTemplates> readReportTemplates(const std::filesystem::path& folder) {
    std::error_code failed;
    view::ReportTemplates templates;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        const std::string name = entry.path().filename().string();
        const bool fits = name.ends_with(".html") || name == "report.css";
        if (!fits || !entry.is_regular_file(failed)) continue;
        if (templates.size() == mostFiles) return unreadable("The folder holds more than 100 templates.");
        TM_TRY(auto text, archive::readSmallFile(entry.path(), mostBytes));
        templates.emplace(name, std::move(text));
    }
    if (failed) return unreadable("The folder of the report's templates cannot be read.");
    return templates;
}

Result<view::ReportTemplates> reportTemplates(const Context& context) {
    if (!context.settings.reportTemplates.empty())
        return readReportTemplates(context.settings.reportTemplates);
    const auto own = context.directory.root / "report-templates";
    std::error_code failed;
    if (std::filesystem::is_directory(own, failed)) return readReportTemplates(own);
    return view::defaultReportTemplates();
}

Result<Report> makeReport(Context& context, const storage::Scope& scope, const domain::AuditRef& ref,
                          const view::ReportFrame& frame) {
    Report report;
    TM_TRY(report.data, gatherReport(context, scope, ref));
    TM_TRY(const auto templates, reportTemplates(context));
    TM_TRY(report.document, view::renderReport(templates, report.data, frame));
    return report;
}

Timestamp reportMoment(const codec::Json& data) {
    // "2022-11-18 14:07 UTC", as view::timeText writes it.
    std::string text(data.textAt("as_of").substr(0, 16));
    std::replace(text.begin(), text.end(), ' ', 'T');
    const auto moment = Timestamp::parse(text + ":00Z");
    return moment ? *moment : Timestamp{};
}

}  // namespace tickmark::app
