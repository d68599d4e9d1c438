// Witnesses of the ledger: who is believed, what they are asked, what they answered.
#include "http/api/Answers.h"
#include "http/api/Rows.h"
#include "tickmark/app/Witnesses.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view base = "/api/v1/ledger/witnesses";

Json describe(const app::WitnessView& witness) {
    Json item = Json::object();
    item.set("name", witness.name).set("key", witness.verifierKey).set("added", witness.added.iso());
    if (witness.size) item.set("size", *witness.size).set("cosigned_at", witness.at.iso());
    return item;
}

Result<Response> listWitnesses(Call& call) {
    TM_TRY(const auto witnesses, app::listWitnesses(call.context()));
    Json items = Json::array();
    for (const app::WitnessView& witness : witnesses) items.push(describe(witness));
    Json document = Json::object();
    document.set("items", std::move(items));
    return documentAnswer(document);
}

Result<Response> addWitness(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string name = reader.text("name");
    const std::string key = reader.text("key");
    TM_CHECK(reader.finish());
    TM_TRY(const app::WitnessView added, app::addWitness(call.context(), call.actor(), name, key));
    Response response = documentAnswer(describe(added));
    response.status = 201;
    return response;
}

Result<Response> removeWitness(Call& call) {
    QueryReader query(call.request);
    const std::string name = query.text("name");
    if (name.empty()) query.complain("name", "Say which witness: its name, as the list shows it.");
    TM_CHECK(query.finish());
    TM_CHECK(app::removeWitness(call.context(), call.actor(), name));
    return noContent();
}

Result<Response> requestCosigning(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string name = reader.text("witness");
    std::optional<std::uint64_t> since;
    if (reader.has("since")) {
        const std::int64_t size = reader.integer("since");
        if (size < 0) reader.complain(invalid("size", "since", "A size is a whole number from 0."));
        since = static_cast<std::uint64_t>(size);
    }
    TM_CHECK(reader.finish());
    TM_TRY(const app::WitnessRequestFile made,
           app::witnessRequest(call.context(), call.actor(), name, since));
    Json document = Json::object();
    document.set("old", made.old).set("size", made.size).set("request", made.text);
    return documentAnswer(document);
}

Result<Response> takeCosignatures(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string answer = reader.text("answer");
    TM_CHECK(reader.finish());
    TM_TRY(const auto taken, app::takeCosignatures(call.context(), call.actor(), answer));
    Json items = Json::array();
    for (const app::CosignedView& one : taken) {
        items.push(Json::object()
                       .set("witness", one.witness)
                       .set("size", one.size)
                       .set("cosigned_at", one.at.iso()));
    }
    Json document = Json::object();
    document.set("items", std::move(items));
    return documentAnswer(document);
}

}  // namespace

std::vector<ApiRow> witnessRows() {
    const std::string all(base);
    return {
        {"GET", all, "witnesses.list", "public", "Witnesses of the ledger and what they cosigned last",
         listWitnesses},
        {"POST", all, "witnesses.add", "AD", "Believe a witness from now on", addWitness},
        {"DELETE", all, "witnesses.remove", "AD", "Believe a witness no longer", removeWitness, {"name"}},
        {"POST", "/api/v1/ledger/requests", "witnesses.request", "AD",
         "What a witness is to check and cosign", requestCosigning},
        {"POST", "/api/v1/ledger/cosignatures", "witnesses.cosign", "AD", "Hand in a witness's answer",
         takeCosignatures},
    };
}

}  // namespace tickmark::http::api
