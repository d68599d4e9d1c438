// tickmark backup and restore.
#include "cli/CheckReport.h"
#include "cli/Command.h"
#include "cli/Progress.h"
#include "tickmark/app/Maintenance.h"

namespace tickmark::cli {
namespace {

struct BackupOptions {
    std::filesystem::path file{};
};

Outcome backUp(Program& program, const BackupOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    Progress bar("Backing up");
    TM_TRY(const auto made, app::backup(*context, options.file,
                                        [&](std::uint64_t done, std::uint64_t all) { bar.show(done, all); }));
    print(program,
          codec::Json()
              .set("file", options.file.string())
              .set("bytes", made.bytes)
              .set("objects", made.objects)
              .set("manifest_sha256", made.digest.hex()),
          "Wrote " + options.file.string() + ": " + sizeText(made.bytes) + ", " +
              std::to_string(made.objects) +
              " evidence objects, each proved while it was read.\nIt holds the seal's key: keep it as safe "
              "as the data "
              "directory.");
    return 0;
}

Outcome restoreFrom(Program& program, const BackupOptions& options) {
    TM_TRY(const auto outcome, app::restore(options.file, program.data, std::make_shared<SystemClock>()));
    print(program, checkJson(outcome, true),
          "Restored " + program.data.string() + "; every file has the digest it was saved with.\n" +
              checkText(outcome, false));
    return outcome.problems.empty() ? 0 : 1;
}

}  // namespace

void addBackup(CLI::App& root, Program& program) {
    auto options = std::make_shared<BackupOptions>();
    CLI::App* command = addCommand(root, program, "backup",
                                   "Write one file with everything, while the server runs", options, backUp);
    command->add_option("file", options->file, "The file to write; must not exist")->required();
}

void addRestore(CLI::App& root, Program& program) {
    auto options = std::make_shared<BackupOptions>();
    CLI::App* command =
        addCommand(root, program, "restore", "Make a data directory from a backup", options, restoreFrom);
    command->add_option("file", options->file, "The backup")->required();
}

}  // namespace tickmark::cli
