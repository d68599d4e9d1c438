// tickmark evidence: hand over files, list them, write one out.
#include <algorithm>
#include <deque>
#include <fstream>
#include <future>

#include "cli/Command.h"
#include "cli/Progress.h"
#include "cli/RequestDrop.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"

namespace tickmark::cli {
namespace {

namespace fs = std::filesystem;

/// Files up to this size go in batches that share their syncs; larger ones are streamed one by one.
constexpr std::uint64_t batchFileSize = 1024 * 1024;
constexpr std::size_t firstBatchFiles = 128;  // a small one first: entering begins sooner
constexpr std::size_t batchFiles = 1024;
constexpr std::uint64_t batchBytes = 64ULL * 1024 * 1024;
constexpr std::size_t batchesUnderway = 3;

struct AddOptions {
    std::vector<fs::path> files{};
    std::string account{};
    app::EvidenceInput input{};
    bool quiet = false;
    RequestDrop drop{};
};

/// Every plain file named, and those below folders named, in order.
Result<std::vector<LocalFile>> collect(const std::vector<fs::path>& named) {
    std::vector<LocalFile> files;
    const auto add = [&](const fs::path& path) -> Result<void> {
        std::error_code failed;
        const auto size = fs::file_size(path, failed);
        if (failed) {
            return Error{ErrorKind::NotFound,
                         "file",
                         "\"" + path.string() + "\" is no file that can be read.",
                         "FILE",
                         {},
                         "Nothing was taken; check the name.",
                         {}};
        }
        files.push_back({path.string(), static_cast<std::uint64_t>(size)});
        return {};
    };
    for (const fs::path& path : named) {
        std::error_code failed;
        if (!fs::is_directory(path, failed)) {
            TM_CHECK(add(path));
            continue;
        }
        std::vector<std::string> inside;
        for (fs::recursive_directory_iterator at(path, failed), end; !failed && at != end;
             at.increment(failed)) {
            if (at->is_regular_file(failed)) inside.push_back(at->path().string());
        }
        if (failed)
            return environment("file-io", "The folder \"" + path.string() + "\" cannot be read.",
                               "Check its rights.");
        std::sort(inside.begin(), inside.end());
        for (const std::string& file : inside) TM_CHECK(add(file));
    }
    return files;
}

class Intake {
  public:
    Intake(Program& program, const AddOptions& options, app::Context& context, const domain::Actor& actor)
        : m_program(&program),
          m_options(&options),
          m_context(&context),
          m_actor(&actor),
          m_bar("Handing over") {}

    Result<void> run(const std::vector<LocalFile>& files) {
        for (const LocalFile& file : files) m_all += file.size;
        std::vector<LocalFile> batch;
        std::uint64_t bytes = 0;
        std::size_t most = firstBatchFiles;
        for (const LocalFile& file : files) {
            const bool small = file.size <= batchFileSize;
            const bool full = batch.size() == most || bytes + file.size > batchBytes;
            if (!batch.empty() && (!small || full)) {
                TM_CHECK(take(batch));
                batch.clear();
                bytes = 0;
                most = std::min(batchFiles, 2 * most);
            }
            if (small) {
                batch.push_back(file);
                bytes += file.size;
            } else {
                TM_CHECK(stream(file));
            }
        }
        if (!batch.empty()) TM_CHECK(take(batch));
        return settle();
    }

    /// Prints what is received even when a later file was refused: a receipt is never lost.
    void printReceipts() const {
        if (m_program->json) print(*m_program, m_receipts, {});
    }
    [[nodiscard]] std::size_t received() const noexcept { return m_count; }

  private:
    using Receipts = Result<std::vector<app::Receipt>>;

    [[nodiscard]] app::EvidenceInput inputFor(const LocalFile& file) const {
        app::EvidenceInput input = m_options->input;
        input.fileName = fs::path(file.path).filename().string();
        input.declaredSize = file.size;
        return input;
    }

    Result<void> stream(const LocalFile& file) {
        TM_CHECK(settle());
        TM_TRY(auto source, archive::openFile(file.path));
        auto receipt = app::recordEvidence(*m_context, *m_actor, inputFor(file), *source,
                                           [&](std::uint64_t done) { m_bar.show(m_done + done, m_all); });
        if (!receipt) return named(file, std::move(receipt).error());
        keep(*receipt);
        return {};
    }

    /// Stages a batch while those before are stored and entered.
    Result<void> take(const std::vector<LocalFile>& batch) {
        std::vector<app::EvidenceFile> files;
        files.reserve(batch.size());
        for (const LocalFile& file : batch) {
            files.push_back({inputFor(file), [path = file.path]() { return archive::openFile(path); }});
        }
        auto staged = app::stageEvidenceBatch(*m_context, *m_actor, files);
        if (!staged) {
            TM_CHECK(settle());
            return batch.size() == 1 ? named(batch.front(), std::move(staged).error())
                                     : std::move(staged).error();
        }
        while (m_underway.size() >= batchesUnderway) TM_CHECK(keepFirst());
        begin(std::make_shared<app::EvidenceBatch>(*std::move(staged)));
        return {};
    }

    /// Batches are stored beside each other, which lets them share syncs, and entered in their order; none is
    /// entered after one that failed.
    void begin(const std::shared_ptr<app::EvidenceBatch>& files) {
        auto entered = std::make_shared<std::promise<bool>>();
        const std::shared_future<bool> before = std::exchange(m_lastEntered, entered->get_future().share());
        m_underway.push_back(std::async(std::launch::async, [this, files, entered, before]() -> Receipts {
            const auto stored = app::storeEvidenceBatch(*m_context, *files);
            Receipts receipts = environment("stopped", "A batch before this one was not received.", "");
            if (!before.valid() || before.get()) {
                receipts = stored ? app::enterEvidenceBatch(*m_context, *m_actor, *files) : stored.error();
            }
            entered->set_value(receipts.ok());
            return receipts;
        }));
    }

    /// Waits for the batch that was begun first and keeps its receipts.
    Result<void> keepFirst() {
        auto first = std::move(m_underway.front());
        m_underway.pop_front();
        TM_TRY(const auto receipts, first.get());
        for (const app::Receipt& receipt : receipts) keep(receipt);
        return {};
    }

    /// Waits for everything that is under way.
    Result<void> settle() {
        while (!m_underway.empty()) TM_CHECK(keepFirst());
        return {};
    }

    static Error named(const LocalFile& file, Error error) {
        if (error.field.empty()) error.field = file.path;
        return error;
    }

    void keep(const app::Receipt& receipt) {
        ++m_count;
        m_done += receipt.version.size;
        m_bar.show(m_done, m_all);
        if (m_program->json)
            m_receipts.push(receiptJson(receipt));
        else if (!m_options->quiet)
            print(*m_program, {}, receiptText(receipt));
    }

    Program* m_program;
    const AddOptions* m_options;
    app::Context* m_context;
    const domain::Actor* m_actor;
    Progress m_bar;
    std::uint64_t m_done = 0;
    std::uint64_t m_all = 0;
    std::size_t m_count = 0;
    codec::Json m_receipts = codec::Json::array();
    std::shared_future<bool> m_lastEntered{};
    std::deque<std::future<Receipts>> m_underway{};
};

/// The files' names below the folder that was named, which may carry codes as well.
std::vector<std::string> shortNames(const std::vector<LocalFile>& files, const std::vector<fs::path>& named) {
    std::vector<std::string> names;
    for (const LocalFile& file : files) {
        std::string name = fs::path(file.path).filename().string();
        for (const fs::path& folder : named) {
            const std::string prefix = (folder / "").string();
            if (file.path.starts_with(prefix)) name = file.path.substr(prefix.size());
        }
        names.push_back(std::move(name));
    }
    return names;
}

Outcome add(Program& program, const AddOptions& options) {
    TM_TRY(const auto files, collect(options.files));
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    if (!options.drop.audit.empty()) {
        RequestDrop drop = options.drop;
        drop.names = shortNames(files, options.files);
        drop.input = options.input;
        drop.quiet = options.quiet;
        return answerRequests(program, drop, *context, actor, files);
    }
    Intake intake(program, options, *context, actor);
    const auto done = intake.run(files);
    if (done || intake.received() > 0) intake.printReceipts();
    if (done) return 0;
    if (intake.received() > 0) {
        note(std::to_string(intake.received()) + " of " + std::to_string(files.size()) +
             " files were received before the one that was refused.");
    }
    return done.error();
}

struct ListOptions {
    std::string account{};
    std::string after{};
};

Outcome list(Program& program, const ListOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    TM_TRY(const auto page, context->database->read([&](storage::ReadSession& session) {
        return storage::listEvidence(session, app::scopeOf(*context, actor), {}, {200, options.after});
    }));
    codec::Json rows = codec::Json::array();
    std::string text;
    for (const auto& row : page.rows) {
        const std::string name = row.ref + "/v" + std::to_string(row.number);
        rows.push(codec::Json()
                      .set("evidence", name)
                      .set("sha256", row.digest)
                      .set("size", row.size)
                      .set("file_name", row.originalName)
                      .set("state", row.state)
                      .set("audit", row.auditRef));
        text += name + "  " + row.digest + "  " + std::to_string(row.size) + "  " + row.originalName + "\n";
    }
    if (!page.next.empty()) text += "More: --after " + page.next + "\n";
    print(program, codec::Json().set("evidence", std::move(rows)).set("next", page.next), text);
    return 0;
}

struct GetOptions {
    std::string account{};
    std::string name{};
    fs::path output{};
};

Outcome get(Program& program, const GetOptions& options) {
    TM_TRY(const auto name, app::parseVersionName("evidence", options.name));
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    std::error_code failed;
    if (fs::exists(options.output, failed)) {
        return Error{ErrorKind::Conflict,
                     "exists",
                     "\"" + options.output.string() + "\" is there already.",
                     "--output",
                     {},
                     "Choose a name that is free.",
                     {}};
    }
    TM_TRY(auto download, app::downloadEvidence(*context, actor, name));
    const fs::path partial = options.output.string() + ".partial";
    std::ofstream file(partial, std::ios::binary | std::ios::trunc);
    Bytes buffer(1024 * 1024);
    for (;;) {
        auto count = download.bytes->read(buffer);
        if (!count || *count == 0) {
            file.close();
            if (!count || !file) fs::remove(partial, failed);
            if (!count) return std::move(count).error();
            break;
        }
        file.write(reinterpret_cast<const char*>(buffer.data()), static_cast<std::streamsize>(*count));
    }
    fs::rename(partial, options.output, failed);
    if (failed || !file)
        return environment("file-io", "\"" + options.output.string() + "\" cannot be written.",
                           "Check the folder.");
    print(program,
          codec::Json().set("file", options.output.string()).set("sha256", download.version.digest.hex()),
          "Wrote " + options.output.string() + "; its digest was proved: " + download.version.digest.hex());
    return 0;
}

void describeTarget(CLI::App* command, app::EvidenceInput& input) {
    command->add_option("--finding", input.finding, "Reference of the finding it answers");
    command->add_option("--action", input.action, "Reference of the action it answers");
    command->add_option("--request", input.request, "Reference of the request it answers");
    command->add_option("--audit", input.audit, "Reference of the audit it belongs to");
    command->add_option("--evidence", input.evidence, "Existing evidence that this is the next version of");
    command->add_option("--title", input.title, "Title (default: the file's name)");
    command->add_option("--source", input.source, "System or person it was taken from");
}

}  // namespace

void addEvidence(CLI::App& root, Program& program) {
    CLI::App* group = root.add_subcommand("evidence", "Evidence: add, list, get");
    group->require_subcommand(1);
    auto added = std::make_shared<AddOptions>();
    CLI::App* command =
        addCommand(*group, program, "add", "Hand over files; prints a receipt for each", added, add);
    command->add_option("files", added->files, "Files and folders")->required();
    command->add_option("--as", added->account, "Account that hands them over")->required();
    command->add_flag("--quiet", added->quiet, "Print no receipts");
    describeTarget(command, added->input);
    CLI::Option* requests = command->add_option(
        "--requests", added->drop.audit, "Audit whose open requests the files answer, by code in the name");
    command->add_flag("--show-matching", added->drop.showOnly, "Print what would answer what; take nothing")
        ->needs(requests);
    command
        ->add_flag("--skip-unmatched", added->drop.skipUnmatched,
                   "Take the others when a file answers nothing")
        ->needs(requests);
    for (const char* other : {"--finding", "--action", "--request", "--audit", "--evidence"})
        requests->excludes(command->get_option(other));
    auto listed = std::make_shared<ListOptions>();
    command = addCommand(*group, program, "list", "List evidence, newest first", listed, list);
    command->add_option("--as", listed->account, "Account that looks")->required();
    command->add_option("--after", listed->after, "Where the page before ended");
    auto got = std::make_shared<GetOptions>();
    command = addCommand(*group, program, "get", "Write one version out, proving its digest", got, get);
    command->add_option("evidence", got->name, "Evidence version, like E-0117/v1")->required();
    command->add_option("--as", got->account, "Account that reads it")->required();
    command->add_option("--output,-o", got->output, "File to write")->required();
}

}  // namespace tickmark::cli
