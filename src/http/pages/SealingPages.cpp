// Preparing a bundle: which audit, what it would contain, what is withheld; then sealing.
#include <algorithm>
#include <chrono>
#include <set>

#include "http/pages/Prove.h"
#include "tickmark/app/Bundles.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Sealing.h"
#include "tickmark/domain/Visibility.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Requests.h"

namespace tickmark::http::pages {
namespace {

using domain::EvidenceVersion;

/// What the form of one audit shows.
struct Choice {
    domain::Audit audit{};
    std::vector<EvidenceVersion> versions{};  ///< those that the bundle speaks of, by reference
    std::vector<domain::Bundle> earlier{};    ///< sealed ones of the same audit
};

/// Evidence that findings, actions and requests of the audit point at, as far as they leave the house.
Result<std::vector<EvidenceVersion>> bundledVersions(storage::ReadSession& session, domain::AuditId audit) {
    std::set<domain::EvidenceVersionId> wanted;
    std::set<domain::FindingId> issued;
    const auto want = [&](const auto& item) { wanted.insert(item.evidence.begin(), item.evidence.end()); };
    TM_TRY(const auto findings, storage::findingsOf(session, audit));
    for (const domain::Finding& finding : findings) {
        const bool inside =
            finding.state != domain::FindingState::Draft && finding.state != domain::FindingState::Discarded;
        if (!inside) continue;
        issued.insert(finding.id);
        want(finding);
    }
    TM_TRY(const auto actions, storage::actionsOf(session, audit));
    for (const domain::Action& action : actions) {
        if (issued.contains(action.finding)) want(action);
    }
    TM_TRY(const auto requests, storage::requestsOf(session, audit));
    for (const domain::EvidenceRequest& request : requests) {
        if (request.state != domain::RequestState::Draft) want(request);
    }
    TM_TRY(auto versions, storage::versionsOf(session, audit));
    std::erase_if(versions, [&](const EvidenceVersion& version) { return !wanted.contains(version.id); });
    std::sort(versions.begin(), versions.end(), [](const EvidenceVersion& a, const EvidenceVersion& b) {
        return std::pair(a.ref.text(), a.number) < std::pair(b.ref.text(), b.number);
    });
    return versions;
}

Result<Choice> readChoice(WebApp& web, const Request& request, const std::string& ref) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    return web.context->database->read([&](storage::ReadSession& session) -> Result<Choice> {
        Choice choice;
        TM_TRY(choice.audit, storage::findAuditVisible(session, domain::AuditRef(ref), scope));
        TM_TRY(choice.versions, bundledVersions(session, choice.audit.id));
        storage::BundleFilter filter;
        filter.audit = choice.audit.id;
        filter.states = {domain::BundleState::Sealed};
        TM_TRY(auto found, storage::listBundles(session, scope, filter, {200, {}}));
        choice.earlier = std::move(found.rows);
        return choice;
    });
}

const app::BundleDraft::Withhold* wishFor(const app::BundleDraft& draft, const std::string& version) {
    for (const auto& wish : draft.withheld) {
        if (wish.version == version) return &wish;
    }
    return nullptr;
}

void putFile(view::Model& row, const EvidenceVersion& version, const app::BundleDraft& draft) {
    const std::string name = app::versionName(version);
    row.set("VERSION", name).set("NAME", version.originalName).set("SIZE", view::sizeText(version.size));
    row.set("HREF", addressOfThing(domain::Role::LeadAuditor, "evidence-version", name));
    putStatus(row, "STATUS", "evidence", domain::toText(version.state));
    if (version.state == domain::EvidenceState::Withdrawn) {
        row.show("ALWAYS");
        return;
    }
    const auto* wish = wishFor(draft, name);
    row.set("REASON", wish == nullptr ? "" : wish->reason);
    row.add("CHOICE").showIf(wish != nullptr, "ON");
}

void putPreview(view::Model& model, const app::BundlePreview& preview, const std::string& audit) {
    model.set("FINDINGS", view::countText(preview.findings)).set("FILES", view::countText(preview.files));
    model.set("FINDINGS_WORD", preview.findings == 1 ? "finding" : "findings");
    model.set("FILES_WORD", preview.files == 1 ? "evidence file" : "evidence files");
    model.set("SIZE", view::sizeText(preview.bytes));
    model.set("WITHHELD", view::countText(static_cast<std::int64_t>(preview.withheld.size())));
    model.set("FINDINGS_HREF", "/findings?audit=" + encoded(audit));
    model.set("EVIDENCE_HREF", "/evidence?audit=" + encoded(audit));
    model.showIf(preview.findings == 0, "NO_FINDINGS");
    if (preview.missing.empty()) return;
    view::Model& missing = model.add("MISSING");
    for (const std::string& name : preview.missing) missing.add("FILE").set("NAME", name);
}

void putChoice(view::Model& model, const Choice& choice, const app::BundleDraft& draft) {
    model.set("AUDIT", choice.audit.ref.text()).set("NAME", draft.title);
    model.showIf(draft.approval, "APPROVAL");
    for (const domain::Bundle& bundle : choice.earlier) {
        putOption(model, "EARLIER", "CODE", bundle.ref.text(), bundle.ref.text() + " " + bundle.title,
                  bundle.ref.text() == draft.supersedes);
    }
    if (choice.versions.empty()) {
        model.show("NO_FILES");
        return;
    }
    view::Model& files = model.add("HAS_FILES");
    for (const EvidenceVersion& version : choice.versions) putFile(files.add("FILE"), version, draft);
}

/// The form with what was entered; when that cannot be looked at, with the reason on top.
Result<Response> preparePage(WebApp& web, Request& request, app::BundleDraft draft, const Error* refusal) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const Choice choice, readChoice(web, request, draft.audit));
    if (draft.title.empty()) draft.title = choice.audit.title;
    auto preview = app::previewBundle(*web.context, actor, draft);
    const Result<app::BundlePreview> asked = preview;
    if (!preview) {
        app::BundleDraft plain;
        plain.audit = draft.audit;
        preview = app::previewBundle(*web.context, actor, plain);
        if (!preview) return std::move(preview).error();
        if (refusal == nullptr) refusal = &asked.error();
    }
    Frame frame;
    frame.title = "Seal a bundle of " + choice.audit.ref.text();
    frame.section = "/bundles";
    frame.trail = {{"/audits/" + encoded(choice.audit.ref.text()), choice.audit.ref.text()},
                   {"/bundles", "Bundles"}};
    frame.trailEnd = "New";
    frame.error = refusal;
    frame.status = refusal == nullptr ? 200 : statusOf(*refusal);
    return page(web, request, frame, "pages/bundle-new.html", [&](view::Model& model) {
        putPreview(model, *preview, choice.audit.ref.text());
        putChoice(model, choice, draft);
    });
}

/// Audits that the caller, a lead auditor, is on the team of; newest first.
Result<std::vector<domain::Audit>> ledAudits(WebApp& web, const domain::Actor& actor) {
    const storage::Scope scope = app::scopeOf(*web.context, actor);
    return web.context->database->read(
        [&](storage::ReadSession& session) -> Result<std::vector<domain::Audit>> {
            std::vector<domain::Audit> led;
            storage::PageRequest wanted{200, {}};
            do {
                TM_TRY(const auto found, storage::listAudits(session, scope, {}, wanted));
                for (const storage::AuditRow& row : found.rows) {
                    TM_TRY(auto audit, storage::findAudit(session, row.id));
                    if (domain::onTeam(audit, actor.id)) led.push_back(std::move(audit));
                }
                wanted.after = found.next;
            } while (!wanted.after.empty());
            return led;
        });
}

Result<Response> choosePage(WebApp& web, Request& request) {
    TM_TRY(const auto audits, ledAudits(web, callerOf(request).actor));
    Frame frame;
    frame.title = "Seal a bundle";
    frame.section = "/bundles";
    frame.trail = {{"/bundles", "Bundles"}};
    frame.trailEnd = "New";
    return page(web, request, frame, "pages/bundle-choose.html", [&](view::Model& model) {
        model.showIf(audits.empty(), "EMPTY");
        if (audits.empty()) return;
        view::Model& rows = model.add("HAS_ROWS");
        for (const domain::Audit& audit : audits)
            rows.add("ROW").set("REF", audit.ref.text()).set("NAME", audit.title);
    });
}

Result<Response> showPreparation(WebApp& web, Request& request, const PathParameters&) {
    app::BundleDraft draft;
    draft.audit = std::string(request.queryValue("audit"));
    if (draft.audit.empty()) return choosePage(web, request);
    return preparePage(web, request, std::move(draft), nullptr);
}

Result<Response> sealBundle(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    app::BundleDraft draft;
    draft.audit = form.text("audit");
    draft.title = form.text("title");
    draft.supersedes = form.text("supersedes");
    draft.approval = form.text("approval") == "1";
    for (const std::string& version : form.all("withhold")) {
        const std::string reason = form.text("reason-" + version);
        draft.withheld.push_back({version, reason});
    }
    if (form.text("step") != "seal") return preparePage(web, request, std::move(draft), nullptr);
    for (const auto& wish : draft.withheld) {
        if (!trim(wish.reason).empty()) continue;
        const Error unsaid =
            invalid("text", "reason-" + wish.version, "Withholding " + wish.version + " needs a reason.",
                    "Say why it stays in the house; the reason is in the bundle.");
        return preparePage(web, request, std::move(draft), &unsaid);
    }
    const auto begun = app::beginSealing(*web.context, callerOf(request).actor, draft);
    if (!begun) return preparePage(web, request, std::move(draft), &begun.error());
    constexpr std::chrono::seconds patience{2};
    const auto state = web.context->sealDesk->await(begun->ref, patience);
    const std::string bundle = "/bundles/" + encoded(begun->ref.text());
    if (state && state->phase == app::SealPhase::Done) return redirectResponse(bundle + "?sealed=1");
    if (state && state->phase == app::SealPhase::Failed) {
        return preparePage(web, request, std::move(draft), &*state->error);
    }
    return redirectResponse(bundle + "/sealing");
}

std::string_view wordsOf(app::SealPhase phase) {
    switch (phase) {
        case app::SealPhase::Waiting:
            return "Waiting for another sealing to end";
        case app::SealPhase::Writing:
            return "Reading, hashing and writing every file";
        case app::SealPhase::Checking:
            return "Reading the finished bundle back with the verifier";
        case app::SealPhase::Done:
            return "Sealed";
        case app::SealPhase::Failed:
            return "Nothing was sealed";
        case app::SealPhase::Cancelled:
            return "Cancelled: nothing was sealed and no file is left";
    }
    return "";
}

void putSealing(view::Model& model, const app::SealingState& state, const domain::Audit& audit, bool lead) {
    const std::string address = "/bundles/" + encoded(state.ref.text());
    model.set("REF", state.ref.text()).set("WORDS", std::string(wordsOf(state.phase)));
    model.set("BEGUN", view::timeText(state.begunAt));
    if (state.over()) {
        model.add("OVER").set("AGAIN_HREF", "/bundles/new?audit=" + encoded(audit.ref.text()));
        if (state.error && state.phase == app::SealPhase::Failed)
            model.add("FAILED").set("MESSAGE", state.error->message).set("FIX", state.error->fix);
        return;
    }
    view::Model& going = model.add("GOING");
    if (state.total > 0) {
        view::Model& bar = going.add("BAR");
        bar.set("DONE", std::to_string(state.done)).set("TOTAL", std::to_string(state.total));
        bar.set("DONE_TEXT", view::sizeText(state.done)).set("TOTAL_TEXT", view::sizeText(state.total));
    } else {
        going.show("NO_BAR");
    }
    going.set("HREF", address + "/sealing");
    if (lead) going.add("MAY_CANCEL").set("ACTION", address + "/sealing/cancel");
}

Result<Response> sealingPage(WebApp& web, Request& request, const domain::BundleRef& ref,
                             const Error* error) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const app::BundleView view, app::showBundle(*web.context, actor, ref));
    auto state = app::showSealing(*web.context, actor, ref);
    if (!state && state.error().type == "sealing-lost")
        return redirectResponse("/bundles/" + encoded(ref.text()));
    if (!state) return std::move(state).error();
    if (state->phase == app::SealPhase::Done)
        return redirectResponse("/bundles/" + encoded(ref.text()) + "?sealed=1");
    Frame frame;
    frame.title = "Sealing " + ref.text();
    frame.section = "/bundles";
    frame.trail = {{"/bundles", "Bundles"}, {"/bundles/" + encoded(ref.text()), ref.text()}};
    frame.trailEnd = "Sealing";
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    const bool lead = actor.role == domain::Role::LeadAuditor && domain::onTeam(view.audit, actor.id);
    Response response = page(web, request, frame, "pages/bundle-sealing.html",
                             [&](view::Model& model) { putSealing(model, *state, view.audit, lead); });
    // Without a script: the browser asks again until it is over.
    if (!state->over()) response.set("Refresh", "2");
    return response;
}

domain::BundleRef bundleOf(const PathParameters& parameters) {
    return domain::BundleRef(std::string(parameters.at("ref")));
}

Result<Response> showSealing(WebApp& web, Request& request, const PathParameters& parameters) {
    return sealingPage(web, request, bundleOf(parameters), nullptr);
}

Result<Response> cancelSealing(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY([[maybe_unused]] const Form form, readForm(request));
    const domain::BundleRef ref = bundleOf(parameters);
    const auto cancelled = app::cancelSealing(*web.context, callerOf(request).actor, ref);
    if (!cancelled && cancelled.error().type != "sealing-over")
        return sealingPage(web, request, ref, &cancelled.error());
    constexpr std::chrono::seconds patience{2};
    [[maybe_unused]] const auto ended = web.context->sealDesk->await(ref, patience);
    return redirectResponse("/bundles/" + encoded(ref.text()) + "/sealing");
}

}  // namespace

Result<void> addSealingPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/bundles/new", "page.bundle-new", "LA", showPreparation));
    TM_CHECK(addForm(router, web, "/bundles", "form.bundle-seal", "LA", sealBundle));
    TM_CHECK(
        addPage(router, web, "/bundles/{ref}/sealing", "page.bundle-sealing", "LA AU IM TM XA", showSealing));
    return addForm(router, web, "/bundles/{ref}/sealing/cancel", "form.bundle-sealing-cancel", "LA",
                   cancelSealing);
}

}  // namespace tickmark::http::pages
