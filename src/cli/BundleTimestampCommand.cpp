// tickmark bundle timestamp: one file, or all of the catalog that wait for one.
#include "cli/BundleAppending.h"
#include "tickmark/app/Signing.h"
#include "tickmark/crypto/Crl.h"
#include "tickmark/outbound/TimestampClient.h"

namespace tickmark::cli {
namespace {

namespace fs = std::filesystem;

struct TimestampOptions {
    fs::path file{};
    fs::path output{};
    std::string level{"LT"};
    std::vector<fs::path> crls{};
    std::vector<std::string> crlUrls{};
    std::vector<fs::path> anchors{};
    AuthorityOptions authority{};
    bool pending = false;
};

Outcome timestampWaiting(Program& program) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const auto pending, app::timestampPending(*context, machineOwner()));
    codec::Json rows = codec::Json::array();
    std::string text;
    bool waits = false;
    for (const auto& one : pending) {
        codec::Json row;
        row.set("bundle", one.ref.text()).set("level", one.level);
        text += one.ref.text() + "  level " + one.level;
        if (one.error) {
            row.set("error", one.error->message);
            text += "  still waits: " + one.error->message;
            waits = true;
        }
        rows.push(std::move(row));
        text += "\n";
    }
    if (pending.empty()) text = "No bundle waits for a timestamp.\n";
    print(program, rows, text);
    return waits ? 1 : 0;
}

Outcome timestamp(Program& program, const TimestampOptions& options) {
    if (options.pending) return timestampWaiting(program);
    if (options.file.empty()) {
        return invalid("file", "file", "Name the bundle's file, or say --pending for all of the catalog.");
    }
    bundle::AppendOptions append;
    TM_TRY(append.timestamp, authorityOf(options.authority));
    if (!append.timestamp) {
        return invalid("url", "--url", "Name the time-stamp authority.",
                       "Write it like --url http://tsa.example/tsr.");
    }
    TM_TRY(append.crls, listsOf(options.crls));
    for (const std::string& url : options.crlUrls) {
        TM_TRY(const Bytes fetched, outbound::fetchCrl(url));
        TM_TRY(auto list, crypto::crlFromFile(fetched));
        append.crls.push_back(std::move(list));
    }
    TM_TRY(append.anchors, allAnchors(options.authority.anchor, options.anchors));
    Progress bar("Timestamping");
    append.progress = shownBy(bar);
    const fs::path output = options.output.empty() ? options.file : options.output;
    TM_TRY(const auto level, bundle::wantedLevelFrom(options.level));
    TM_TRY(const auto made, bundle::timestampBundle(options.file, output, level, append));
    printMade(program, output, made);
    return 0;
}

}  // namespace

void addBundleTimestamp(CLI::App& group, Program& program) {
    auto stamping = std::make_shared<TimestampOptions>();
    CLI::App* command =
        addCommand(group, program, "timestamp", "Add a timestamp to a bundle, or to all that wait for one",
                   stamping, timestamp);
    command->add_option("file", stamping->file, "The bundle's file; no server is needed");
    command->add_option("--out", stamping->output, "Write there (default: in place)");
    command->add_option("--level", stamping->level, "T, LT or LTA")->check(CLI::IsMember({"T", "LT", "LTA"}));
    command->add_option("--crl", stamping->crls, "Revocation list to embed; may be repeated");
    command->add_option("--crl-url", stamping->crlUrls,
                        "Fetch a revocation list from there; may be repeated");
    command->add_option("--anchor", stamping->anchors, "PEM file with roots or intermediates of the signers");
    command->add_flag("--pending", stamping->pending, "All sealed bundles of the catalog that lack one");
    describeAuthority(command, stamping->authority);
}

}  // namespace tickmark::cli
