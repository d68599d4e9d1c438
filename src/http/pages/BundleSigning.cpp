#include "http/pages/BundleSigning.h"

#include <algorithm>

#include "http/Staging.h"
#include "http/pages/Prove.h"
#include "tickmark/app/Keys.h"
#include "tickmark/app/Signing.h"
#include "tickmark/domain/Visibility.h"
#include "tickmark/http/Forms.h"

namespace tickmark::http::pages {
namespace {

constexpr std::uint64_t bundleCap = 64ULL * 1024 * 1024 * 1024;

std::string addressOf(const domain::BundleRef& ref) { return "/bundles/" + encoded(ref.text()); }

std::string wordsOf(const domain::BundleSignature& signature) {
    if (signature.role == "seal") return "Sealed by the server";
    const std::string who =
        signature.role == "lead-auditor" ? "the lead auditor" : "the certification auditor";
    if (signature.decision == "rejected") return "Rejected by " + who;
    return (signature.decision == "accepted" ? "Accepted by " : "Approved by ") + who;
}

std::string levelWords(const std::string& level) {
    if (level == "T") return "Level T: a time-stamp authority confirms when it was signed.";
    if (level == "LT") return "Level LT: timestamped, with the revocation lists inside.";
    if (level == "LTA") return "Level LTA: timestamped, and all of it covered by an archive timestamp.";
    return "Level B: the signing times are the signers' own word; no authority confirms them.";
}

bool signedBy(const domain::Bundle& bundle, std::string_view role) {
    return std::any_of(bundle.signatures.begin(), bundle.signatures.end(), [&](const auto& signature) {
        return signature.role == role && signature.decision != "rejected";
    });
}

Result<Response> signBundle(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    const domain::BundleRef ref(std::string(parameters.at("ref")));
    app::SignWish wish;
    wish.rev = form.revision();
    wish.decision = form.text("decision");
    wish.comment = form.text("comment");
    wish.passphrase = Secret(form.text("passphrase"));
    wish.code = form.text("code");
    const auto made = app::signStoredBundle(*web.context, callerOf(request).actor, ref, wish);
    if (!made) return bundlePageWith(web, request, ref, made.error());
    return redirectResponse(addressOf(ref) + "?signed=1");
}

Result<Response> timestampBundle(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    const domain::BundleRef ref(std::string(parameters.at("ref")));
    const auto level = bundle::wantedLevelFrom(form.text("level"));
    if (!level) return bundlePageWith(web, request, ref, level.error());
    const auto made = app::timestampStoredBundle(*web.context, callerOf(request).actor, ref, *level);
    if (!made) return bundlePageWith(web, request, ref, made.error());
    return redirectResponse(addressOf(ref) + "?stamped=1");
}

Result<StagedFile> stagedFrom(WebApp& web, MultipartForm& form) {
    for (;;) {
        TM_TRY(const bool more, form.next());
        if (!more) break;
        if (form.name() == "bundle" && form.isFile() && !form.fileName().empty())
            return StagedFile::take(*web.context, form.content(), bundleCap);
    }
    return invalid("bundle", "bundle", "No file was chosen.", "Choose the signed file.");
}

Result<Response> takeBack(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::BundleRef ref(std::string(parameters.at("ref")));
    const auto taken = [&]() -> Result<domain::Bundle> {
        TM_TRY(auto form, openCheckedForm(request));
        TM_TRY(const StagedFile staged, stagedFrom(web, *form));
        return app::takeSignedBundle(*web.context, callerOf(request).actor, ref, staged.path());
    }();
    if (!taken) return bundlePageWith(web, request, ref, taken.error());
    return redirectResponse(addressOf(ref) + "?signed=1");
}

}  // namespace

void putSignatures(view::Model& model, const WebApp& web, const Caller& caller, const app::BundleView& view) {
    const domain::Bundle& bundle = view.bundle;
    model.say("LEVEL", levelWords(bundle.level));
    for (const auto& signature : bundle.signatures) {
        view::Model& row = model.add("SIGNATURE");
        row.say("WORDS", wordsOf(signature)).setLogged("AT", signature.at);
        row.set("SIGNER", signature.signer);
        row.setIf("SIGNER_NAME", signature.name);
        if (!signature.comment.empty()) row.add("SAID").set("COMMENT", signature.comment);
        row.showIf(signature.trusted, "TRUSTED").showIf(!signature.trusted, "NOT_TRUSTED");
        row.showIf(signature.decision == "rejected", "REJECTED_MARK");
    }
    const bool stands =
        bundle.state == domain::BundleState::Sealed || bundle.state == domain::BundleState::Superseded;
    if (stands && !signedBy(bundle, "lead-auditor"))
        model.add("AWAITED").say("WORDS", "The lead auditor has not approved it with a signature yet.");
    if (stands && !signedBy(bundle, "certification-auditor"))
        model.add("AWAITED").say("WORDS", "No certification auditor has accepted or rejected it yet.");
    const bool lead = domain::leads(view.audit, caller.actor.id);
    const bool outside = domain::sharedWith(view.audit, caller.actor.id, web.context->today());
    if (!stands || (!lead && !outside)) return;
    const std::string address = addressOf(bundle.ref);
    view::Model& back = model.add("MAY_HAND_BACK");
    back.set("BACK_ACTION", address + "/signed")
        .set("COMMAND", "tickmark bundle sign " + app::downloadName(bundle) + " --key my-key.p12 --role " +
                            (lead ? "lead-auditor" : "certification-auditor") + " --decision " +
                            (lead ? "approved" : "accepted"));
    const bool keyed = app::hasSignerKey(*web.context, caller.actor.account);
    if (lead && keyed && !signedBy(bundle, "lead-auditor"))
        model.add("MAY_APPROVE")
            .set("SIGN_ACTION", address + "/signatures")
            .set("REV", std::to_string(bundle.rev));
    if (outside && keyed && !signedBy(bundle, "certification-auditor"))
        model.add("MAY_ACCEPT")
            .set("SIGN_ACTION", address + "/signatures")
            .set("REV", std::to_string(bundle.rev));
    if (lead && !web.context->settings.timestampUrl.empty())
        model.add("MAY_STAMP").set("STAMP_ACTION", address + "/timestamps");
}

Result<void> addBundleSigningPages(Router& router, WebApp& web) {
    TM_CHECK(addForm(router, web, "/bundles/{ref}/signatures", "form.bundle-sign", "LA XA", signBundle));
    TM_CHECK(
        addForm(router, web, "/bundles/{ref}/timestamps", "form.bundle-timestamp", "LA", timestampBundle));
    return addForm(router, web, "/bundles/{ref}/signed", "form.bundle-signed", "LA XA", takeBack);
}

}  // namespace tickmark::http::pages
