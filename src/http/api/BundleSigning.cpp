#include "http/api/BundleSigning.h"

#include "http/Staging.h"
#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "tickmark/app/Signing.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view one = "/api/v1/bundles/{ref}";
constexpr std::uint64_t bundleCap = 64ULL * 1024 * 1024 * 1024;

Response signedAnswer(const domain::Bundle& bundle) {
    Json document = Json::object();
    document.set("ref", bundle.ref.text())
        .set("state", domain::toText(bundle.state))
        .set("rev", bundle.rev)
        .set("level", bundle.level)
        .set("sha256", bundle.digest.hex())
        .set("size", bundle.size)
        .set("signatures", describeSignatures(bundle));
    return documentAnswer(document, bundle.rev);
}

Result<Response> sign(Call& call) {
    app::SignWish wish;
    TM_TRY(wish.rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    wish.decision = reader.text("decision");
    wish.comment = reader.textOr("comment", "");
    wish.passphrase = Secret(reader.text("passphrase"));
    TM_CHECK(reader.finish());
    wish.code = call.code();
    TM_TRY(const domain::Bundle bundle,
           app::signStoredBundle(call.context(), call.actor(), call.ref<domain::BundleRef>(), wish));
    return signedAnswer(bundle);
}

Result<Response> takeBack(Call& call) {
    if (!call.request.contentLength) {
        return invalid("length-needed", "Content-Length", "The length of the file is not declared.",
                       "Send Content-Length with the exact number of bytes.");
    }
    TM_TRY([[maybe_unused]] const auto known,
           app::showBundle(call.context(), call.actor(), call.ref<domain::BundleRef>()));
    TM_TRY(const auto staged, StagedFile::take(call.context(), call.request.body(), bundleCap));
    TM_TRY(const domain::Bundle bundle,
           app::takeSignedBundle(call.context(), call.actor(), call.ref<domain::BundleRef>(), staged.path()));
    return signedAnswer(bundle);
}

Result<Response> timestamp(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string text = reader.textOr("level", "LT");
    TM_CHECK(reader.finish());
    TM_TRY(const auto level, bundle::wantedLevelFrom(text));
    TM_TRY(const domain::Bundle bundle,
           app::timestampStoredBundle(call.context(), call.actor(), call.ref<domain::BundleRef>(), level));
    return signedAnswer(bundle);
}

}  // namespace

Json describeSignatures(const domain::Bundle& bundle) {
    Json list = Json::array();
    for (const domain::BundleSignature& signature : bundle.signatures) {
        Json item = Json::object();
        item.set("role", signature.role)
            .set("signer", signature.signer)
            .set("fingerprint", signature.fingerprint)
            .set("trusted", signature.trusted)
            .set("at", signature.at.iso());
        setText(item, "decision", signature.decision);
        setText(item, "comment", signature.comment);
        setText(item, "name", signature.name);
        list.push(std::move(item));
    }
    return list;
}

std::vector<ApiRow> bundleSigningRows() {
    const std::string base(one);
    return {
        {"POST", base + "/signatures", "bundles.sign", "LA XA",
         "Approve, accept or reject a bundle with the key that the installation keeps for the caller", sign},
        {"PUT", base + "/content", "bundles.take-back", "LA XA",
         "Hand back the bundle's file that was signed elsewhere", takeBack},
        {"POST", base + "/timestamps", "bundles.timestamp", "LA AD",
         "Add a timestamp by the configured authority", timestamp},
    };
}

}  // namespace tickmark::http::api
