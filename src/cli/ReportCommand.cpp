// tickmark report: an audit's report as HTML or PDF; the check of a firm's templates.
#include <fstream>

#include "cli/Command.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Report.h"

namespace tickmark::cli {
namespace {

struct ReportOptions {
    std::string audit{};
    std::string format{"html"};
    std::filesystem::path out{};
    std::string account{};
    std::filesystem::path folder{};
};

Result<void> write(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (stream) return {};
    return environment("report-file", "The file " + file.string() + " cannot be written.",
                       "Name a file in a folder that you may write to.");
}

Result<storage::Scope> readerOf(app::Context& context, const std::string& account) {
    if (account.empty()) return storage::everything();
    TM_TRY(const domain::Actor actor, app::actorForCommand(context, account));
    return app::scopeOf(context, actor);
}

Outcome make(Program& program, const ReportOptions& options) {
    if (options.audit.empty()) {
        return invalid(
            "usage", "AUDIT", "No audit is named.",
            "Write `tickmark report AUDIT --format pdf --out FILE`, or `tickmark report check FOLDER`.");
    }
    if (options.out.empty()) return invalid("usage", "--out", "No file is named.", "Add --out FILE.");
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const storage::Scope scope, readerOf(*context, options.account));
    TM_TRY(const app::Report report, app::makeReport(*context, scope, domain::AuditRef(options.audit)));
    std::string bytes = report.document.html;
    if (options.format == "pdf") {
        TM_TRY(bytes, app::reportPdf(report.document.html, app::reportMoment(report.data)));
    }
    TM_CHECK(write(options.out, bytes));
    const std::string digest = view::reportDigest(report.data);
    codec::Json json;
    json.set("audit", options.audit).set("file", options.out.string()).set("digest", digest);
    json.set("bytes", static_cast<std::int64_t>(bytes.size()));
    print(program, json,
          "Wrote " + options.out.string() + " (" + sizeText(bytes.size()) +
              "). Digest of its data: " + digest + "\n");
    return 0;
}

Outcome check(Program& program, const ReportOptions& options) {
    TM_TRY(const auto templates, app::readReportTemplates(options.folder));
    const auto mistakes = view::checkReportTemplates(templates);
    codec::Json list = codec::Json::array();
    std::string text;
    for (const view::TemplateMistake& mistake : mistakes) {
        list.push(codec::Json::object()
                      .set("file", mistake.file)
                      .set("line", static_cast<std::int64_t>(mistake.line))
                      .set("field", mistake.field)
                      .set("message", mistake.message));
        text += mistake.file + (mistake.line == 0 ? "" : ":" + std::to_string(mistake.line)) + ": " +
                (mistake.field.empty() ? "" : mistake.field + ": ") + mistake.message + "\n";
    }
    text += mistakes.empty()       ? "No mistake found. The templates can be used.\n"
            : mistakes.size() == 1 ? "One mistake.\n"
                                   : std::to_string(mistakes.size()) + " mistakes.\n";
    print(program, codec::Json::object().set("ok", mistakes.empty()).set("mistakes", std::move(list)), text);
    return mistakes.empty() ? 0 : 1;
}

}  // namespace

void addReport(CLI::App& root, Program& program) {
    auto options = std::make_shared<ReportOptions>();
    CLI::App* command =
        addCommand(root, program, "report", "Write an audit's report, or check its templates", options, make);
    // With `check` this command's own callback comes last and must not take its place.
    command->callback([&program, options, command]() {
        if (command->get_subcommands().empty())
            program.chosen = [&program, options]() { return make(program, *options); };
    });
    command->add_option("audit", options->audit, "Reference of the audit");
    command->add_option("--format", options->format, "html or pdf")->check(CLI::IsMember({"html", "pdf"}));
    command->add_option("--out", options->out, "File to write");
    command->add_option("--as", options->account, "Account whose view it is (default: the whole report)");
    auto checked = std::make_shared<ReportOptions>();
    CLI::App* judge =
        addCommand(*command, program, "check", "Name file, line and field of each mistake", checked, check);
    judge->add_option("folder", checked->folder, "Folder with report.html and report.css")->required();
}

}  // namespace tickmark::cli
