// tickmark backup and restore.
#include "cli/CheckReport.h"
#include "cli/Command.h"
#include "cli/Progress.h"
#include "tickmark/app/Maintenance.h"

namespace tickmark::cli {
namespace {

struct BackupOptions {
    std::filesystem::path file{};
    std::filesystem::path into{};
    std::filesystem::path test{};
    std::string moment{};
    std::size_t keep = 0;
};

constexpr const char* keepSafe = "\nIt holds the seal's key: keep it as safe as the data directory.";

void tell(Program& program, const std::filesystem::path& place, const app::BackupOutcome& made,
          const std::string& text) {
    codec::Json json;
    json.set("file", place.string())
        .set("bytes", made.bytes)
        .set("objects", made.objects)
        .set("manifest_sha256", made.digest.hex())
        .set("written", made.written);
    if (!made.moment.empty()) json.set("moment", made.moment);
    print(program, json, text);
}

Outcome backUpInto(Program& program, const BackupOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    Progress bar("Backing up");
    TM_TRY(const auto made,
           app::backupInto(*context, options.into, options.keep,
                           [&](std::uint64_t done, std::uint64_t all) { bar.show(done, all); }));
    tell(program, options.into, made,
         "Wrote the moment " + made.moment + " into " + options.into.string() + ": " +
             std::to_string(made.objects) + " evidence objects, " + sizeText(made.bytes) +
             " in all, of which " + sizeText(made.written) + " were not there before." + keepSafe);
    return 0;
}

Outcome test(Program& program, const BackupOptions& options) {
    Progress bar("Reading");
    TM_TRY(const auto read, app::testBackup(options.test, [&](std::uint64_t done, std::uint64_t all) {
               bar.show(done, all);
           }));
    const std::string what = read.moment.empty() ? options.test.string() : "The moment " + read.moment;
    tell(program, options.test, read,
         what + " is whole: " + std::to_string(read.objects) +
             " files have the digests they were saved with." +
             (read.moment.empty() ? ""
                                  : "\nRestored beside it, it agrees with its ledger; the copy is removed."));
    return 0;
}

Outcome backUp(Program& program, const BackupOptions& options) {
    const int asked =
        (options.file.empty() ? 0 : 1) + (options.into.empty() ? 0 : 1) + (options.test.empty() ? 0 : 1);
    if (asked != 1) {
        return invalid("backup", "file", "It is not clear what to do.",
                       "Give either a file to write, --into FOLDER, or --test PLACE.");
    }
    if (!options.test.empty()) return test(program, options);
    if (!options.into.empty()) return backUpInto(program, options);
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    Progress bar("Backing up");
    TM_TRY(const auto made, app::backup(*context, options.file,
                                        [&](std::uint64_t done, std::uint64_t all) { bar.show(done, all); }));
    tell(program, options.file, made,
         "Wrote " + options.file.string() + ": " + sizeText(made.bytes) + ", " +
             std::to_string(made.objects) + " evidence objects, each proved while it was read." + keepSafe);
    return 0;
}

Outcome restoreFrom(Program& program, const BackupOptions& options) {
    TM_TRY(const auto outcome,
           app::restore(options.file, options.moment, program.data, std::make_shared<SystemClock>()));
    print(program, checkJson(outcome, true),
          "Restored " + program.data.string() + "; every file has the digest it was saved with.\n" +
              checkText(outcome, false));
    return outcome.problems.empty() ? 0 : 1;
}

}  // namespace

void addBackup(CLI::App& root, Program& program) {
    auto options = std::make_shared<BackupOptions>();
    CLI::App* command =
        addCommand(root, program, "backup", "Write everything into a file or a series, while the server runs",
                   options, backUp);
    command->add_option("file", options->file, "The file to write; must not exist");
    command->add_option(
        "--into", options->into,
        "A folder that keeps each file once, whichever backups have it; goes on where one was "
        "cut off");
    command->add_option("--keep", options->keep, "With --into: how many moments stay (0: all)");
    command->add_option(
        "--test", options->test,
        "Prove a backup instead: a file, or a folder's newest moment, which is restored beside it");
}

void addRestore(CLI::App& root, Program& program) {
    auto options = std::make_shared<BackupOptions>();
    CLI::App* command =
        addCommand(root, program, "restore", "Make a data directory from a backup", options, restoreFrom);
    command->add_option("file", options->file, "The backup: a file, or the folder of a series")->required();
    command->add_option("--moment", options->moment, "Of a series: which one (its newest)");
}

}  // namespace tickmark::cli
