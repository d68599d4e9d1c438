// Resumable hand-overs: tus 1.0.0 with creation, termination, checksum and expiration.
#include "http/api/Answers.h"
#include "http/api/Rows.h"
#include "http/api/UploadHeaders.h"
#include "http/gate/Telemetry.h"
#include "tickmark/http/server/Problem.h"

namespace tickmark::http::api {
namespace {

constexpr std::string_view base = "/api/v1/uploads";
constexpr std::string_view pieceType = "application/offset+octet-stream";

/// The statuses that the protocol gives a meaning of its own.
int uploadStatusOf(const Error& error) {
    if (error.type == "tus-version") return 412;
    if (error.type == "upload-busy") return 423;
    if (error.type == "checksum-mismatch") return 460;
    return apiStatusOf(error);
}

using Step = Result<Response> (*)(Call&);

/// Every answer names the version, refusals too.
Result<Response> inTus(Call& call, Step step) {
    const auto spoken = [&]() -> Result<Response> {
        // A person or a script may look without speaking the protocol.
        const bool looks = call.request.method == "GET";
        if (looks || call.request.header("tus-resumable") == tusVersion) return step(call);
        return invalid("tus-version", "Tus-Resumable", "This version of the protocol is not spoken here.",
                       "Send Tus-Resumable: " + std::string(tusVersion) + ".");
    };
    auto answered = spoken();
    Response response = answered
                            ? *std::move(answered)
                            : problem(answered.error(), uploadStatusOf(answered.error()), call.request.id);
    response.set("Tus-Resumable", tusVersion);
    if (response.status == 412) response.set("Tus-Version", tusVersion);
    return response;
}

void setState(Response& response, const app::UploadState& state) {
    response.set("Upload-Offset", std::to_string(state.received));
    response.set("Upload-Expires", httpTime(state.expires));
    if (!state.version.empty()) response.set("Tickmark-Evidence", state.version);
}

/// Not again for a repeated last piece, which carries nothing.
void countTaken(Call& call, const app::UploadState& state) {
    const bool carried = call.request.contentLength.value_or(0) > 0 || state.length == 0;
    if (carried && !state.version.empty()) call.web.telemetry->metrics.addUploaded(state.length);
}

Result<Response> create(Call& call) {
    const Request& request = call.request;
    if (request.hasHeader("upload-defer-length")) {
        return invalid("upload-header", "Upload-Defer-Length", "The length of the file must be known.",
                       "Send Upload-Length.");
    }
    TM_TRY(const std::uint64_t length, uploadNumber("Upload-Length", request.header("upload-length")));
    TM_TRY(const app::UploadFacts facts, uploadFacts(request.header("upload-metadata")));
    TM_TRY(const app::UploadState state, app::beginUpload(call.context(), call.actor(), facts, length));
    countTaken(call, state);
    Response response;
    response.status = 201;
    response.set("Location", std::string(base) + "/" + state.id);
    setState(response, state);
    return response;
}

Result<Response> append(Call& call) {
    Request& request = call.request;
    if (request.mediaType() != pieceType) {
        return invalid("media-type", "Content-Type", "A piece is not sent like this.",
                       "Send it as " + std::string(pieceType) + ".");
    }
    TM_TRY(const std::uint64_t offset, uploadNumber("Upload-Offset", request.header("upload-offset")));
    TM_TRY(const auto checksum, uploadChecksum(request.header("upload-checksum")));
    TM_TRY(const app::UploadState state, app::continueUpload(call.context(), call.actor(), call.path("id"),
                                                             offset, request.body(), checksum));
    countTaken(call, state);
    Response response = noContent();
    setState(response, state);
    return response;
}

codec::Json described(const app::UploadState& state) {
    codec::Json document = codec::Json::object();
    document.set("id", state.id)
        .set("length", state.length)
        .set("received", state.received)
        .set("expires", state.expires.iso());
    setText(document, "version", state.version);
    return document;
}

Result<Response> show(Call& call) {
    TM_TRY(const app::UploadState state, app::showUpload(call.context(), call.actor(), call.path("id")));
    Response response = documentAnswer(described(state));
    setState(response, state);
    response.set("Upload-Length", std::to_string(state.length));
    return response;
}

Result<Response> end(Call& call) {
    TM_CHECK(app::endUpload(call.context(), call.actor(), call.path("id")));
    return noContent();
}

/// What the server speaks, for anybody who asks.
Result<Response> capabilities(Call& call) {
    Response response = noContent();
    response.set("Tus-Resumable", tusVersion).set("Tus-Version", tusVersion);
    response.set("Tus-Extension", "creation,termination,checksum,expiration");
    response.set("Tus-Checksum-Algorithm", "sha256,sha1");
    response.set("Tus-Max-Size", std::to_string(call.context().settings.uploadCap));
    return response;
}

Result<Response> createInTus(Call& call) { return inTus(call, create); }
Result<Response> appendInTus(Call& call) { return inTus(call, append); }
Result<Response> showInTus(Call& call) { return inTus(call, show); }
Result<Response> endInTus(Call& call) { return inTus(call, end); }

}  // namespace

std::vector<ApiRow> uploadRows(std::uint64_t uploadCap) {
    const std::string all(base);
    const std::string one = all + "/{id}";
    const std::string givers = "LA AU PO AO IM";
    ApiRow piece{"PATCH", one, "uploads.append", givers, "Send the next piece of a file", appendInTus};
    piece.isUpload = true;
    piece.bodyCap = uploadCap;
    return {
        {"OPTIONS", all, "uploads.options", "public", "What the upload protocol can do here", capabilities},
        {"POST", all, "uploads.create", givers, "Begin to hand over a file in pieces", createInTus},
        {"GET", one, "uploads.show", givers, "How much of a file has arrived", showInTus},
        std::move(piece),
        {"DELETE", one, "uploads.end", givers, "Give an unfinished hand-over up", endInTus},
    };
}

}  // namespace tickmark::http::api
