// Preparing a bundle: which audit and which part of it, what it would contain, what is withheld; then
// sealing.
#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "http/pages/Prove.h"
#include "tickmark/app/Bundles.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Sealing.h"
#include "tickmark/domain/Visibility.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Findings.h"

namespace tickmark::http::pages {
namespace {

using domain::EvidenceVersion;

/// What a bundle may cover, as the form says it.
constexpr std::string_view coversAll = "audit";
constexpr std::string_view coversFindings = "findings";
constexpr std::string_view coversChanges = "changes";

/// What was entered: the draft, and what was ticked or chosen although it does not count now.
struct Wish {
    app::BundleDraft draft{};
    std::string covers{coversAll};
    std::vector<std::string> ticked{};
    std::string since{};
};

/// What the form of one audit shows beside what the bundle would contain.
struct Choice {
    domain::Audit audit{};
    std::vector<domain::Finding> findings{};  ///< those that a bundle may speak of
    std::vector<domain::Bundle> earlier{};    ///< sealed or superseded ones of the same audit
};

Result<Choice> readChoice(WebApp& web, const Request& request, const std::string& ref) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    return web.context->database->read([&](storage::ReadSession& session) -> Result<Choice> {
        Choice choice;
        TM_TRY(choice.audit, storage::findAuditVisible(session, domain::AuditRef(ref), scope));
        TM_TRY(choice.findings, storage::findingsOf(session, choice.audit.id));
        std::erase_if(choice.findings, [](const auto& finding) { return !app::mayStandInBundle(finding); });
        storage::BundleFilter filter;
        filter.audit = choice.audit.id;
        filter.states = {domain::BundleState::Sealed, domain::BundleState::Superseded};
        TM_TRY(choice.earlier, app::everyRow([&](const storage::PageRequest& page) {
                   return storage::listBundles(session, scope, filter, page);
               }));
        return choice;
    });
}

const app::BundleDraft::Withhold* wishFor(const app::BundleDraft& draft, const std::string& version) {
    for (const auto& wish : draft.withheld) {
        if (wish.version == version) return &wish;
    }
    return nullptr;
}

void putFile(view::Model& row, const EvidenceVersion& version, const app::BundleDraft& draft,
             const app::BundlePreview& preview) {
    const std::string name = app::versionName(version);
    row.set("VERSION", name).set("NAME", version.originalName).set("SIZE", view::sizeText(version.size));
    row.set("HREF", addressOfThing(domain::Role::LeadAuditor, "evidence-version", name));
    putStatus(row, "STATUS", "evidence", domain::toText(version.state));
    const auto* wish = wishFor(draft, name);
    const auto withheld = std::find_if(preview.reasons.begin(), preview.reasons.end(),
                                       [&](const auto& file) { return file.version == version.id; });
    if (wish == nullptr && withheld != preview.reasons.end()) {
        row.add("ALWAYS").set("WHY", withheld->reason);
        return;
    }
    row.set("REASON", wish == nullptr ? "" : wish->reason);
    row.add("CHOICE").showIf(wish != nullptr, "ON");
}

void putPreview(view::Model& model, const app::BundlePreview& preview, const std::string& audit) {
    model.set("FINDINGS", view::countText(preview.findings)).set("FILES", view::countText(preview.files));
    model.say("FINDINGS_WORD", preview.findings == 1 ? "finding" : "findings");
    model.say("FILES_WORD", preview.files == 1 ? "evidence file" : "evidence files");
    model.set("SIZE", view::sizeText(preview.bytes));
    model.set("WITHHELD", view::countText(static_cast<std::int64_t>(preview.withheld.size())));
    model.set("FINDINGS_HREF", "/findings?audit=" + encoded(audit));
    model.set("EVIDENCE_HREF", "/evidence?audit=" + encoded(audit));
    const bool whole = preview.selection.kind != domain::SelectionKind::Delta;
    model.showIf(whole && preview.findings == 0, "NO_FINDINGS");
    if (preview.missing.empty()) return;
    view::Model& missing = model.add("MISSING");
    for (const std::string& name : preview.missing) missing.add("FILE").set("NAME", name);
}

void putCoverage(view::Model& model, const Choice& choice, const Wish& wish) {
    model.showIf(wish.covers == coversAll, "WHOLE");
    model.showIf(wish.covers == coversFindings, "CHOSEN");
    model.showIf(wish.covers == coversChanges, "CHANGES");
    model.showIf(wish.draft.portableOnly, "PORTABLE");
    for (const domain::Finding& finding : choice.findings) {
        const std::string& ref = finding.ref.text();
        const bool ticked = std::find(wish.ticked.begin(), wish.ticked.end(), ref) != wish.ticked.end();
        model.add("FINDING_CHOICE").set("REF", ref).set("TITLE", finding.title).showIf(ticked, "ON");
    }
    for (const domain::Bundle& bundle : choice.earlier) {
        const std::string word = bundle.ref.text() + " " + bundle.title;
        putOption(model, "SINCE", "CODE", bundle.ref.text(), view::said(word),
                  bundle.ref.text() == wish.since);
        if (bundle.state == domain::BundleState::Sealed)
            putOption(model, "EARLIER", "CODE", bundle.ref.text(), view::said(word),
                      bundle.ref.text() == wish.draft.supersedes);
    }
}

void putFiles(view::Model& model, const app::BundlePreview& preview, const app::BundleDraft& draft) {
    if (preview.versions.empty()) {
        model.show("NO_FILES");
        return;
    }
    auto versions = preview.versions;
    std::sort(versions.begin(), versions.end(), [](const EvidenceVersion& a, const EvidenceVersion& b) {
        return std::pair(a.ref.text(), a.number) < std::pair(b.ref.text(), b.number);
    });
    view::Model& files = model.add("HAS_FILES");
    for (const EvidenceVersion& version : versions) putFile(files.add("FILE"), version, draft, preview);
}

void putSelection(view::Model& model, const domain::BundleSelection& selection) {
    if (selection.unchanged.empty()) return;
    std::string refs;
    for (const std::string& ref : selection.unchanged) refs += (refs.empty() ? "" : ", ") + ref;
    model.add("UNCHANGED").set("REFS", refs).set("SINCE_REF", selection.since.text());
}

/// The form with what was entered; when that cannot be looked at, with the reason on top.
Result<Response> preparePage(WebApp& web, Request& request, Wish wish, const Error* refusal) {
    app::BundleDraft& draft = wish.draft;
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
    frame.title = view::said("Seal a bundle of " + choice.audit.ref.text());
    frame.section = "/bundles";
    frame.trail = {{"/audits/" + encoded(choice.audit.ref.text()), choice.audit.ref.text()},
                   {"/bundles", "Bundles"}};
    frame.trailEnd = view::said("New");
    frame.error = refusal;
    frame.status = refusal == nullptr ? 200 : statusOf(*refusal);
    return page(web, request, frame, "pages/bundle-new.html", [&](view::Model& model) {
        putPreview(model, *preview, choice.audit.ref.text());
        model.set("AUDIT", choice.audit.ref.text()).set("NAME", draft.title);
        model.showIf(draft.approval, "APPROVAL");
        putCoverage(model, choice, wish);
        putSelection(model, preview->selection);
        putFiles(model, *preview, draft);
    });
}

/// Audits that the caller, a lead auditor, is on the team of; newest first.
Result<std::vector<domain::Audit>> ledAudits(WebApp& web, const domain::Actor& actor) {
    const storage::Scope scope = app::scopeOf(*web.context, actor);
    return web.context->database->read(
        [&](storage::ReadSession& session) -> Result<std::vector<domain::Audit>> {
            TM_TRY(const auto rows, app::everyRow([&](const storage::PageRequest& page) {
                       return storage::listAudits(session, scope, {}, page);
                   }));
            std::vector<domain::Audit> led;
            for (const storage::AuditRow& row : rows) {
                TM_TRY(auto audit, storage::findAudit(session, row.id));
                if (domain::onTeam(audit, actor.id)) led.push_back(std::move(audit));
            }
            return led;
        });
}

Result<Response> choosePage(WebApp& web, Request& request) {
    TM_TRY(const auto audits, ledAudits(web, callerOf(request).actor));
    Frame frame;
    frame.title = view::said("Seal a bundle");
    frame.section = "/bundles";
    frame.trail = {{"/bundles", "Bundles"}};
    frame.trailEnd = view::said("New");
    return page(web, request, frame, "pages/bundle-choose.html", [&](view::Model& model) {
        model.showIf(audits.empty(), "EMPTY");
        if (audits.empty()) return;
        view::Model& rows = model.add("HAS_ROWS");
        for (const domain::Audit& audit : audits)
            rows.add("ROW").set("REF", audit.ref.text()).set("NAME", audit.title);
    });
}

Result<Response> showPreparation(WebApp& web, Request& request, const PathParameters&) {
    Wish wish;
    wish.draft.audit = std::string(request.queryValue("audit"));
    if (wish.draft.audit.empty()) return choosePage(web, request);
    return preparePage(web, request, std::move(wish), nullptr);
}

Wish readWish(const Form& form) {
    Wish wish;
    app::BundleDraft& draft = wish.draft;
    draft.audit = form.text("audit");
    draft.title = form.text("title");
    draft.supersedes = form.text("supersedes");
    draft.approval = form.text("approval") == "1";
    draft.portableOnly = form.text("class") == "portable";
    draft.code = form.text("code");
    for (const std::string& version : form.all("withhold"))
        draft.withheld.push_back({version, form.text("reason-" + version)});
    if (!form.text("covers").empty()) wish.covers = form.text("covers");
    wish.ticked = form.all("finding");
    wish.since = form.text("since");
    if (wish.covers == coversFindings) draft.findings = wish.ticked;
    if (wish.covers == coversChanges) draft.since = wish.since;
    return wish;
}

/// What is missing in the form itself; the use case would take it for something else.
std::optional<Error> unsaidIn(const Wish& wish) {
    if (wish.covers != coversAll && wish.covers != coversFindings && wish.covers != coversChanges)
        return invalid("selection", "covers", "The page does not know \"" + wish.covers + "\".",
                       "Choose the whole audit, some findings, or what changed since a bundle.");
    if (wish.covers == coversFindings && wish.ticked.empty())
        return invalid("selection", "finding", "No finding is ticked.",
                       "Tick the findings that the bundle is to cover, or choose the whole audit.");
    if (wish.covers == coversChanges && wish.since.empty())
        return invalid("selection", "since", "No bundle is chosen that the new one continues.",
                       "Choose the bundle since which the changes count, or choose the whole audit.");
    for (const auto& file : wish.draft.withheld) {
        if (!trim(file.reason).empty()) continue;
        return invalid("text", "reason-" + file.version, "Withholding " + file.version + " needs a reason.",
                       "Say why it stays in the house; the reason is in the bundle.");
    }
    return std::nullopt;
}

Result<Response> sealBundle(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    Wish wish = readWish(form);
    const bool sealing = form.text("step") == "seal";
    const auto unsaid = unsaidIn(wish);
    const bool counts = unsaid && (sealing || unsaid->type == "selection");
    if (counts) return preparePage(web, request, std::move(wish), &*unsaid);
    if (!sealing) return preparePage(web, request, std::move(wish), nullptr);
    const auto begun = app::beginSealing(*web.context, callerOf(request).actor, wish.draft);
    if (!begun) return preparePage(web, request, std::move(wish), &begun.error());
    constexpr std::chrono::seconds patience{2};
    const auto state = web.context->sealDesk->await(begun->ref, patience);
    const std::string bundle = "/bundles/" + encoded(begun->ref.text());
    if (state && state->phase == app::SealPhase::Done) return redirectResponse(bundle + "?sealed=1");
    if (state && state->phase == app::SealPhase::Failed)
        return preparePage(web, request, std::move(wish), &*state->error);
    return redirectResponse(bundle + "/sealing");
}

}  // namespace

Result<void> addPreparationPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/bundles/new", "page.bundle-new", "LA", showPreparation));
    return addForm(router, web, "/bundles", "form.bundle-seal", "LA", sealBundle);
}

}  // namespace tickmark::http::pages
