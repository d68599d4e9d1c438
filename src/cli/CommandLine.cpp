#include "tickmark/cli/CommandLine.h"

#include <cstdlib>
#include <exception>
#include <iostream>

#include "cli/Command.h"

namespace tickmark::cli {
namespace {

constexpr int usageError = 2;

std::string defaultData() {
    const char* set = std::getenv("TICKMARK_DATA");
    return set != nullptr && *set != '\0' ? set : "./tickmark-data";
}

codec::Json errorJson(const Error& error) {
    codec::Json json;
    json.set("type", error.type).set("message", error.message);
    if (!error.field.empty()) json.set("field", error.field);
    if (!error.rule.empty()) json.set("rule", error.rule);
    if (!error.fix.empty()) json.set("fix", error.fix);
    if (!error.parts.empty()) {
        codec::Json parts = codec::Json::array();
        for (const Error& part : error.parts) parts.push(errorJson(part));
        json.set("errors", std::move(parts));
    }
    return json;
}

int report(const Program& program, const Error& error) {
    if (program.json)
        std::cerr << codec::prettyJson(codec::Json().set("error", errorJson(error)));
    else
        std::cerr << "tickmark: " << describe(error) << "\n";
    return exitCodeOf(error.kind);
}

void addCommands(CLI::App& root, Program& program) {
    addInit(root, program);
    addServe(root, program);
    addDemo(root, program);
    addUser(root, program);
    addToken(root, program);
    addImport(root, program);
    addEvidence(root, program);
    addBundle(root, program);
    addVerify(root, program);
    addCheck(root, program);
    addBackup(root, program);
    addRemind(root, program);
    addRestore(root, program);
    addLedger(root, program);
    addKey(root, program);
    addKpi(root, program);
    addReport(root, program);
}

}  // namespace

int exitCodeOf(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::Invalid:
        case ErrorKind::Refused:
        case ErrorKind::Forbidden:
        case ErrorKind::Unauthenticated:
        case ErrorKind::NotFound:
        case ErrorKind::Stale:
        case ErrorKind::Conflict:
        case ErrorKind::TooLarge:
        case ErrorKind::Throttled:
            return 3;
        case ErrorKind::Damaged:
            return 1;
        case ErrorKind::Undecided:
            return 5;
        case ErrorKind::Environment:
            return 4;
        case ErrorKind::Internal:
            return 70;
    }
    return 70;
}

int run(int argc, const char* const* argv, const Serve& serve) {
    Program program;
    program.data = defaultData();
    program.serve = serve;
    CLI::App root{"Tickmark: audit findings, the evidence behind them, and bundles that anyone can verify.",
                  "tickmark"};
    root.set_version_flag("--version", std::string("Tickmark ") + TICKMARK_VERSION);
    root.require_subcommand(1);
    root.fallthrough();
    root.add_option("--data", program.data, "Data directory (default: $TICKMARK_DATA or ./tickmark-data)");
    root.add_flag("--json", program.json, "Print results and errors as JSON");
    addCommands(root, program);
    try {
        root.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        const int code = root.exit(wrong);
        return code == 0 ? 0 : usageError;
    }
    try {
        const Outcome outcome = program.chosen();
        if (outcome) return *outcome;
        return report(program, outcome.error());
    } catch (const std::exception& bug) {
        return report(program, internal(std::string("Something unexpected happened: ") + bug.what()));
    }
}

}  // namespace tickmark::cli
