#include "http/api/EvidenceUpload.h"

#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/DigestField.h"
#include "http/api/Input.h"
#include "http/gate/Telemetry.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

Error lengthNeeded() {
    return invalid("length-needed", "Content-Length", "The length of the file is not declared.",
                   "Send Content-Length with the exact number of bytes, 0 for an empty file.");
}

Result<app::EvidenceInput> readParameters(const Request& request) {
    QueryReader query(request);
    app::EvidenceInput input;
    input.audit = query.text("audit");
    input.finding = query.text("finding");
    input.action = query.text("action");
    input.request = query.text("request");
    input.evidence = query.text("evidence");
    input.title = query.text("title");
    input.fileName = query.text("file_name");
    input.source = query.text("source");
    input.collectedAt = query.moment("collected_at");
    input.periodFrom = query.date("period_from");
    input.periodTo = query.date("period_to");
    input.validUntil = query.date("valid_until");
    input.redactionOf = query.text("redaction_of");
    if (const std::string word = query.text("confidentiality"); !word.empty()) {
        const auto known = domain::confidentialityFrom(word);
        if (known)
            input.confidentiality = *known;
        else
            query.complain("confidentiality", "\"" + word + "\" is not one of the words for this.");
    }
    TM_CHECK(query.finish());
    return input;
}

}  // namespace

std::vector<std::string_view> uploadParameters() {
    return {"audit",     "finding",     "action",          "request",      "evidence",
            "title",     "file_name",   "source",          "collected_at", "period_from",
            "period_to", "valid_until", "confidentiality", "redaction_of"};
}

Result<Response> uploadEvidence(Call& call) {
    Request& request = call.request;
    if (!request.contentLength) return lengthNeeded();
    TM_TRY(app::EvidenceInput input, readParameters(request));
    input.declaredSize = request.contentLength;
    TM_TRY(input.declaredDigest, digestFrom("Repr-Digest", request.header("repr-digest")));
    TM_TRY(const auto content, digestFrom("Content-Digest", request.header("content-digest")));
    // The body is sent as it is, so both fields speak of the same bytes (RFC 9530 section 3.1).
    if (content && input.declaredDigest && *content != *input.declaredDigest) {
        return invalid("digest-field", "Content-Digest", "It differs from Repr-Digest.", "Send one of them.");
    }
    if (content) input.declaredDigest = content;
    TM_TRY(const app::Receipt receipt,
           app::recordEvidence(call.context(), call.actor(), input, request.body()));
    call.web.telemetry->metrics.addUploaded(receipt.version.size);
    Response response = documentAnswer(describeReceipt(receipt), receipt.version.rev);
    response.status = 201;
    response.add("Location", "/api/v1/evidence/" + receipt.version.ref.text() + "/v/" +
                                 std::to_string(receipt.version.number) + "/receipt");
    return response;
}

Json describeReceipt(const app::Receipt& receipt) {
    const domain::EvidenceVersion& version = receipt.version;
    Json document = Json::object();
    document.set("version", app::versionName(version))
        .set("ref", version.ref.text())
        .set("number", version.number)
        .set("title", receipt.evidenceTitle)
        .set("audit", receipt.audit)
        .set("answers", receipt.answers)
        .set("file_name", version.originalName)
        .set("sha256", version.digest.hex())
        .set("size", version.size)
        .set("media_type", version.mediaType)
        .set("received_at", version.receivedAt.iso())
        .set("received_by", receipt.receivedBy)
        .set("ledger_position", version.ledgerPosition)
        .set("checkpoint", receipt.checkpoint)
        .set("state", domain::toText(version.state))
        .set("rev", version.rev);
    if (receipt.sameBytesBefore) document.set("same_as", receipt.sameAs);
    return document;
}

}  // namespace tickmark::http::api
