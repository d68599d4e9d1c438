#include "cli/RequestDrop.h"

#include <filesystem>

namespace tickmark::cli {
namespace {

namespace fs = std::filesystem;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

codec::Json listOf(const std::vector<std::string>& words) {
    codec::Json list = codec::Json::array();
    for (const std::string& word : words) list.push(word);
    return list;
}

void printMatching(Program& program, const domain::Matching& matching) {
    codec::Json files = codec::Json::array();
    std::string text;
    for (const domain::FileMatch& match : matching.files) {
        files.push(codec::Json().set("file", match.file).set("requests", listOf(match.requests)));
        text += match.file + "  ->  " + (match.requests.empty() ? "no request" : joined(match.requests));
        if (!match.strangers.empty()) text += "  (no open request: " + joined(match.strangers) + ")";
        text += "\n";
    }
    if (!matching.unanswered.empty()) text += "Still without a file: " + joined(matching.unanswered) + "\n";
    print(program,
          codec::Json()
              .set("files", std::move(files))
              .set("unmatched", listOf(matching.unmatched()))
              .set("unanswered", listOf(matching.unanswered)),
          text);
}

/// Hands each matched file over for its first request and lets it answer the others.
Outcome takeMatched(Program& program, const RequestDrop& drop, app::Context& context,
                    const domain::Actor& actor, const std::vector<LocalFile>& files,
                    const domain::Matching& matching) {
    codec::Json receipts = codec::Json::array();
    for (std::size_t i = 0; i < files.size(); ++i) {
        std::vector<std::string> requests = matching.files[i].requests;
        if (requests.empty()) continue;
        app::EvidenceInput input = drop.input;
        input.request = requests.front();
        input.fileName = fs::path(files[i].path).filename().string();
        input.declaredSize = files[i].size;
        TM_TRY(auto source, archive::openFile(files[i].path));
        TM_TRY(const auto receipt, app::recordEvidence(context, actor, input, *source));
        const std::string all = joined(requests);
        requests.erase(requests.begin());
        if (!requests.empty())
            TM_CHECK(app::answerRequests(context, actor, requests, {app::versionName(receipt.version)}));
        if (program.json)
            receipts.push(receiptJson(receipt).set("answers", all));
        else if (!drop.quiet)
            print(program, {}, all + "  " + receiptText(receipt));
    }
    if (program.json) print(program, receipts, {});
    return 0;
}

}  // namespace

codec::Json receiptJson(const app::Receipt& receipt) {
    codec::Json json;
    json.set("evidence", app::versionName(receipt.version)).set("sha256", receipt.version.digest.hex());
    json.set("size", receipt.version.size).set("file_name", receipt.version.originalName);
    json.set("media_type", receipt.version.mediaType).set("received_at", receipt.version.receivedAt.iso());
    json.set("received_by", receipt.receivedBy).set("audit", receipt.audit).set("answers", receipt.answers);
    json.set("ledger_position", receipt.version.ledgerPosition);
    if (receipt.sameBytesBefore) json.set("same_as", receipt.sameAs);
    return json;
}

std::string receiptText(const app::Receipt& receipt) {
    return app::versionName(receipt.version) + "  " + receipt.version.digest.hex() + "  " +
           std::to_string(receipt.version.size) + "  " + receipt.version.originalName + "  log " +
           std::to_string(receipt.version.ledgerPosition) +
           (receipt.sameBytesBefore ? "  same bytes as " + receipt.sameAs : "") + "\n";
}

Outcome answerRequests(Program& program, const RequestDrop& drop, app::Context& context,
                       const domain::Actor& actor, const std::vector<LocalFile>& files) {
    TM_TRY(const auto matching, app::proposeMatching(context, actor, drop.audit, drop.names));
    if (drop.showOnly) {
        printMatching(program, matching);
        return 0;
    }
    const auto unmatched = matching.unmatched();
    if (!unmatched.empty() && !drop.skipUnmatched) {
        return refused("unmatched-files",
                       "Nothing was taken: no open request of " + drop.audit +
                           " is named by: " + joined(unmatched) + ".",
                       "Put the request's code in each name (ER-0014 log.csv), or take the others with "
                       "--skip-unmatched.");
    }
    for (const std::string& name : unmatched) note("Not taken, it names no open request: " + name);
    return takeMatched(program, drop, context, actor, files, matching);
}

}  // namespace tickmark::cli
