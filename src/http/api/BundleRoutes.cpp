// Bundles: prepare, seal, hand out, verify, revoke.
#include "http/api/Answers.h"
#include "http/api/BundleSigning.h"
#include "http/api/Describe.h"
#include "http/api/ListText.h"
#include "http/api/References.h"
#include "http/api/Rows.h"
#include "tickmark/app/Bundles.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Sealing.h"
#include "tickmark/app/Signing.h"
#include "tickmark/http/Downloads.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view base = "/api/v1/bundles";

Json selectionJson(const domain::BundleSelection& selection) {
    Json document = Json::object();
    document.set("kind", domain::toText(selection.kind));
    if (selection.kind != domain::SelectionKind::Audit) document.set("findings", texts(selection.findings));
    if (selection.kind != domain::SelectionKind::Delta) return document;
    return document.set("since", selection.since.text()).set("unchanged", texts(selection.unchanged));
}

Result<app::BundleDraft> readDraft(Request& request) {
    TM_TRY(const Json body, readJson(request));
    codec::JsonReader reader(body);
    app::BundleDraft draft;
    draft.audit = reader.text("audit");
    draft.title = reader.textOr("title", "");
    draft.supersedes = reader.textOr("supersedes", "");
    draft.findings = reader.textsOr("findings", {});
    draft.since = reader.textOr("since", "");
    const std::string sizeClass = reader.textOr("class", "large");
    draft.portableOnly = sizeClass == "portable";
    if (!draft.portableOnly && sizeClass != "large") {
        reader.complain(invalid("class", "class", "There is no class \"" + sizeClass + "\".",
                                "Write portable, or large to allow the large class where it is needed."));
    }
    draft.approval = reader.booleanOr("approval", false);
    std::size_t index = 0;
    for (const Json& item : reader.arrayOr("withheld")) {
        codec::JsonReader inner(item, "withheld[" + std::to_string(index++) + "].");
        app::BundleDraft::Withhold withhold;
        withhold.version = inner.text("version");
        withhold.reason = inner.text("reason");
        draft.withheld.push_back(std::move(withhold));
        if (auto done = inner.finish(); !done) reader.complain(std::move(done).error());
    }
    TM_CHECK(reader.finish());
    return draft;
}

Result<Response> listBundles(Call& call) {
    QueryReader query(call.request);
    storage::BundleFilter filter;
    filter.states = query.choices("state", domain::bundleStateFrom);
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    const storage::Scope scope = app::scopeOf(call.context(), call.actor());
    using Found = storage::Page<domain::Bundle>;
    TM_TRY(const Found found,
           call.context().database->read([&](storage::ReadSession& session) -> Result<Found> {
               TM_TRY(filter.audit, auditNamed(session, scope, query.text("audit")));
               return storage::listBundles(session, scope, filter, page);
           }));
    ListText list;
    for (const domain::Bundle& bundle : found.rows) {
        list.openItem();
        list.text("ref", bundle.ref.text());
        list.text("title", bundle.title);
        list.text("state", domain::toText(bundle.state));
        if (bundle.sealedAt) list.text("sealed_at", bundle.sealedAt->iso());
        if (bundle.sealedAt) list.text("sha256", bundle.digest.hex());
        list.number("size", bundle.size);
        list.number("files", bundle.files);
        list.textIf("supersedes", bundle.supersedes.text());
        list.number("rev", bundle.rev);
        list.closeItem();
    }
    return jsonResponse(std::move(list).finish(found.next));
}

Result<Response> previewBundle(Call& call) {
    TM_TRY(const app::BundleDraft draft, readDraft(call.request));
    TM_TRY(const app::BundlePreview preview, app::previewBundle(call.context(), call.actor(), draft));
    Json document = Json::object();
    document.set("findings", preview.findings)
        .set("files", preview.files)
        .set("bytes", preview.bytes)
        .set("missing", texts(preview.missing))
        .set("withheld", texts(preview.withheld))
        .set("selection", selectionJson(preview.selection));
    return documentAnswer(document);
}

Json sealingJson(const app::SealingState& state) {
    Json document = Json::object();
    document.set("ref", state.ref.text())
        .set("phase", app::toText(state.phase))
        .set("over", state.over())
        .set("done", state.done)
        .set("total", state.total)
        .set("begun_at", state.begunAt.iso());
    if (state.endedAt) document.set("ended_at", state.endedAt->iso());
    if (state.error) {
        Json error = Json::object();
        error.set("type", state.error->type).set("message", state.error->message);
        setText(error, "fix", state.error->fix);
        document.set("error", std::move(error));
    }
    return document;
}

/// RFC 7240 section 4.1.
bool wantsNoWaiting(const Request& request) {
    return request.header("prefer").find("respond-async") != std::string_view::npos;
}

Result<Response> beginSealing(Call& call, const app::BundleDraft& draft) {
    TM_TRY(const app::SealingState state, app::beginSealing(call.context(), call.actor(), draft));
    Response response = documentAnswer(sealingJson(state));
    response.status = 202;
    response.set("Location", std::string(base) + "/" + state.ref.text() + "/sealing")
        .set("Preference-Applied", "respond-async");
    return response;
}

Result<Response> showSealing(Call& call) {
    TM_TRY(const app::SealingState state,
           app::showSealing(call.context(), call.actor(), call.ref<domain::BundleRef>()));
    return documentAnswer(sealingJson(state));
}

Result<Response> cancelSealing(Call& call) {
    TM_TRY(const app::SealingState state,
           app::cancelSealing(call.context(), call.actor(), call.ref<domain::BundleRef>()));
    return documentAnswer(sealingJson(state));
}

Result<Response> sealBundle(Call& call) {
    TM_TRY(app::BundleDraft draft, readDraft(call.request));
    draft.code = call.code();
    if (wantsNoWaiting(call.request)) return beginSealing(call, draft);
    TM_TRY(const domain::Bundle made, app::sealBundle(call.context(), call.actor(), draft));
    return creationAnswer(base, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> showBundle(Call& call) {
    TM_TRY(const app::BundleView view,
           app::showBundle(call.context(), call.actor(), call.ref<domain::BundleRef>()));
    Names names;
    names.add(view.parties);
    const domain::Bundle& bundle = view.bundle;
    Json document = Json::object();
    document.set("ref", bundle.ref.text())
        .set("audit", view.audit.ref.text())
        .set("title", bundle.title)
        .set("state", domain::toText(bundle.state))
        .set("state_title", domain::titleOf(bundle.state))
        .set("files", bundle.files)
        .set("size", bundle.size)
        .set("withheld", bundle.withheld.size())
        .set("sealed_by", names.person(bundle.sealedBy))
        .set("root_fingerprint", view.rootFingerprint.hex())
        .set("created_at", bundle.createdAt.iso())
        .set("rev", bundle.rev);
    setText(document, "signer", bundle.signer);
    setText(document, "reason", bundle.reason);
    setText(document, "supersedes", bundle.supersedes.text());
    document.set("selection", selectionJson(bundle.selection));
    if (bundle.sealedAt) {
        document.set("sealed_at", bundle.sealedAt->iso())
            .set("sha256", bundle.digest.hex())
            .set("file_name", app::downloadName(bundle))
            .set("level", bundle.level)
            .set("signatures", describeSignatures(bundle))
            .set("ledger_position", view.ledgerPosition);
    }
    return documentAnswer(document, bundle.rev);
}

Result<Response> readBundle(Call& call) {
    return bundleAttachment(call.context(), call.actor(), call.ref<domain::BundleRef>());
}

Result<Response> revokeBundle(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string reason = reader.text("reason");
    TM_CHECK(reader.finish());
    TM_TRY(const domain::Bundle bundle,
           app::revokeBundle(call.context(), call.actor(), call.ref<domain::BundleRef>(), rev, reason));
    return changeAnswer(bundle.ref.text(), domain::toText(bundle.state), bundle.rev);
}

Result<Response> verifyBundle(Call& call) {
    TM_TRY(const bundle::Report report,
           app::verifyStoredBundle(call.context(), call.actor(), call.ref<domain::BundleRef>()));
    return documentAnswer(bundle::reportAsJson(report));
}

}  // namespace

std::vector<ApiRow> bundleRows() {
    const std::string all(base);
    const std::string one = all + "/{ref}";
    const std::string readers = "LA AU IM TM XA";
    std::vector<ApiRow> rows{
        {"GET",
         all,
         "bundles.list",
         readers,
         "Bundles that the caller may see",
         listBundles,
         {"audit", "state", "limit", "after"}},
        {"POST", all, "bundles.seal", "LA", "Seal a bundle", sealBundle},
        {"POST", all + "/preview", "bundles.preview", "LA", "What sealing would contain", previewBundle},
        {"GET", one, "bundles.show", readers, "One bundle", showBundle},
        {"GET", one + "/content", "bundles.content", readers, "The sealed file", readBundle},
        {"GET", one + "/verification", "bundles.verify", readers, "The report of the verifier", verifyBundle},
        {"GET", one + "/sealing", "bundles.sealing", readers, "How far a sealing is", showSealing},
        {"POST", one + "/sealing/cancel", "bundles.sealing-cancel", "LA", "Cancel a sealing", cancelSealing},
        {"POST", one + "/revoke", "bundles.revoke", "LA", "Revoke a bundle with a reason", revokeBundle},
    };
    for (ApiRow& row : bundleSigningRows()) rows.push_back(std::move(row));
    return rows;
}

}  // namespace tickmark::http::api
