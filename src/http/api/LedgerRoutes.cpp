// The ledger: entries, checkpoint, proofs; and the keys that outsiders compare.
#include <charconv>

#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/Rows.h"
#include "tickmark/app/Keys.h"
#include "tickmark/app/Ledgers.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

Result<Response> listEntries(Call& call) {
    QueryReader query(call.request);
    const std::int64_t from = query.number("from", 0);
    const std::int64_t limit = query.number("limit", 50);
    TM_CHECK(query.finish());
    TM_TRY(const auto lines, app::listLedger(call.context(), call.actor(), from, limit));
    Json items = Json::array();
    for (const app::LedgerLine& line : lines) {
        Json item = describe(line.position, line.event);
        item.set("leaf", line.leaf);
        items.push(std::move(item));
    }
    Json document = Json::object();
    if (static_cast<std::int64_t>(lines.size()) == limit)
        document.set("next_from", lines.back().position + 1);
    document.set("items", std::move(items));
    return documentAnswer(document);
}

Result<Response> showCheckpoint(Call& call) {
    TM_TRY(std::string note, app::currentCheckpoint(call.context()));
    return textResponse(std::move(note));
}

Result<Response> proveEntry(Call& call) {
    const std::string digits = call.path("position");
    std::int64_t position = -1;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), position);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || position < 0) {
        return notFound("entry \"" + digits + "\"");
    }
    TM_TRY(const ledger::TlogProof proof, app::proveEntry(call.context(), call.actor(), position));
    return textResponse(proof.text());
}

Result<Response> proveConsistency(Call& call) {
    QueryReader query(call.request);
    const std::int64_t first = query.number("first", -1);
    if (first < 0) query.complain("first", "The earlier size is missing; it is a whole number from 0.");
    TM_CHECK(query.finish());
    TM_TRY(const app::ConsistencyAnswer answer,
           app::proveConsistency(call.context(), static_cast<std::uint64_t>(first)));
    Json path = Json::array();
    for (const Digest& node : answer.path) path.push(node.hex());
    Json document = Json::object();
    document.set("first", answer.first)
        .set("second", answer.second)
        .set("path", std::move(path))
        .set("checkpoint", answer.checkpoint);
    return documentAnswer(document);
}

Result<Response> showKeys(Call& call) {
    const app::Fingerprints keys = app::fingerprintsOf(call.context());
    Json document = Json::object();
    document.set("organisation", call.context().settings.organisation)
        .set("root_fingerprint", keys.root.hex())
        .set("seal_fingerprint", keys.seal.hex())
        .set("seal_subject", keys.sealSubject)
        .set("seal_until", keys.sealUntil.iso())
        .set("ledger_key", keys.ledgerKey);
    return documentAnswer(document);
}

Result<Response> showAnchor(Call& call) {
    return textResponse(app::fingerprintsOf(call.context()).rootPem)
        .set("Content-Type", "application/x-pem-file")
        .set("Content-Disposition", contentDisposition("attachment", "tickmark-anchor.pem"));
}

}  // namespace

std::vector<ApiRow> ledgerRows() {
    const std::string base = "/api/v1/ledger";
    return {
        {"GET",
         base,
         "ledger.list",
         "LA AU IM TM AD",
         "Entries of the ledger",
         listEntries,
         {"from", "limit"}},
        {"GET", base + "/checkpoint", "ledger.checkpoint", "public", "The signed head of the ledger",
         showCheckpoint},
        {"GET", base + "/proof/{position}", "ledger.prove", "LA AU IM TM AD",
         "Proof that an entry is in the ledger", proveEntry},
        {"GET",
         base + "/consistency",
         "ledger.consistency",
         "public",
         "Proof that the ledger only grew since an earlier size",
         proveConsistency,
         {"first"}},
        {"GET", "/api/v1/keys", "keys.show", "public", "Fingerprints to compare", showKeys},
        {"GET", "/api/v1/keys/anchor.pem", "keys.anchor", "public", "The root certificate", showAnchor},
    };
}

}  // namespace tickmark::http::api
