// The list of bundles, one bundle, its file, its verification, its revocation.
#include <algorithm>
#include <array>

#include "http/api/DigestField.h"
#include "http/pages/BundleSigning.h"
#include "http/pages/Prove.h"
#include "tickmark/app/Bundles.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Signing.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/domain/Transitions.h"
#include "tickmark/domain/Visibility.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/EvidenceRows.h"

namespace tickmark::http::pages {
namespace {

using domain::BundleState;
using domain::Role;

constexpr const char* readers = "LA AU IM TM XA";
constexpr std::array<BundleState, 4> allStates{BundleState::Sealed, BundleState::Superseded,
                                               BundleState::Revoked, BundleState::Draft};

std::string addressOf(const domain::BundleRef& ref) { return "/bundles/" + encoded(ref.text()); }

struct ListedBundle {
    domain::Bundle bundle{};
    std::string audit{};
};
struct BundleList {
    std::vector<ListedBundle> rows{};
    std::string next{};
};

Result<storage::BundleFilter> filterOf(storage::ReadSession& session, const Request& request,
                                       const storage::Scope& scope) {
    storage::BundleFilter filter;
    if (const auto state = domain::bundleStateFrom(request.queryValue("state"))) filter.states = {*state};
    const std::string ref(request.queryValue("audit"));
    if (ref.empty()) return filter;
    auto audit = storage::findAuditVisible(session, domain::AuditRef(ref), scope);
    if (!audit)
        return invalid("unknown-reference", "audit", "There is no audit \"" + ref + "\" that you may see.");
    filter.audit = audit->id;
    return filter;
}

Result<BundleList> readList(WebApp& web, const Request& request) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    return web.context->database->read([&](storage::ReadSession& session) -> Result<BundleList> {
        TM_TRY(const storage::BundleFilter filter, filterOf(session, request, scope));
        storage::PageRequest wanted;
        wanted.after = std::string(request.queryValue("after"));
        TM_TRY(auto found, storage::listBundles(session, scope, filter, wanted));
        BundleList list;
        list.next = found.next;
        for (domain::Bundle& bundle : found.rows) {
            TM_TRY(const domain::Audit audit, storage::findAudit(session, bundle.audit));
            list.rows.push_back({std::move(bundle), audit.ref.text()});
        }
        return list;
    });
}

void putRow(view::Model& row, const ListedBundle& listed) {
    const domain::Bundle& bundle = listed.bundle;
    const bool sealed = bundle.sealedAt.has_value();
    row.set("HREF", addressOf(bundle.ref)).set("REF", bundle.ref.text()).set("NAME", bundle.title);
    row.set("AUDIT_REF", listed.audit).set("AUDIT_HREF", "/audits/" + encoded(listed.audit));
    if (sealed) row.add("WAS_SEALED").setLogged("SEALED", *bundle.sealedAt);
    row.showIf(!sealed, "NEVER");
    row.set("FILES", sealed ? view::countText(bundle.files) : "");
    row.set("SIZE", sealed ? view::sizeText(bundle.size) : "");
    row.set("DIGEST", sealed ? bundle.digest.shortForm() : "");
    putStatus(row, "STATUS", "bundle", domain::toText(bundle.state));
}

void putList(view::Model& model, const Request& request, const BundleList& list) {
    const bool lead = callerOf(request).actor.role == Role::LeadAuditor;
    model.showIf(lead, "MAY_SEAL").set("AUDIT", std::string(request.queryValue("audit")));
    for (const BundleState state : allStates) {
        const std::string code(domain::toText(state));
        putOption(model, "STATE", "CODE", code, std::string(view::statusOf("bundle", code).word),
                  request.queryValue("state") == code);
    }
    if (list.rows.empty()) {
        model.add("EMPTY").showIf(lead, "MAY_SEAL_HERE");
        return;
    }
    view::Model& rows = model.add("HAS_ROWS");
    for (const ListedBundle& listed : list.rows) putRow(rows.add("ROW"), listed);
    if (list.next.empty()) return;
    std::string address = "/bundles?";
    for (const NameValue& pair : request.query) {
        if (pair.name != "after" && !pair.value.empty())
            address += encoded(pair.name) + "=" + encoded(pair.value) + "&";
    }
    model.setIf("NEXT_PAGE", address + "after=" + encoded(list.next));
}

Result<Response> listBundles(WebApp& web, Request& request, const PathParameters&) {
    auto list = readList(web, request);
    Frame frame;
    frame.title = view::said("Evidence bundles");
    frame.section = "/bundles";
    frame.error = list ? nullptr : &list.error();
    frame.status = list ? 200 : statusOf(list.error());
    return page(web, request, frame, "pages/bundles.html",
                [&](view::Model& model) { putList(model, request, list ? *list : BundleList{}); });
}

/// What the bundle says of a file that it withholds.
struct Withheld {
    std::string version{};
    std::string name{};
    std::string reason{};
};
/// A bundle with what its page needs beyond the use case's view.
struct ShownBundle {
    app::BundleView view{};
    std::vector<Withheld> withheld{};
    std::string replacedBy{};
};

Result<ShownBundle> readBundle(WebApp& web, const Request& request, const domain::BundleRef& ref) {
    const domain::Actor& actor = callerOf(request).actor;
    ShownBundle shown;
    TM_TRY(shown.view, app::showBundle(*web.context, actor, ref));
    const storage::Scope scope = app::scopeOf(*web.context, actor);
    auto more = web.context->database->read([&](storage::ReadSession& session) -> Result<bool> {
        for (const domain::WithheldFile& file : shown.view.bundle.withheld) {
            TM_TRY(const auto version, storage::findEvidenceVersion(session, file.version));
            shown.withheld.push_back({app::versionName(version), version.originalName, file.reason});
        }
        storage::BundleFilter siblings;
        siblings.audit = shown.view.audit.id;
        TM_TRY(const auto found, storage::listBundles(session, scope, siblings, {200, {}}));
        for (const domain::Bundle& bundle : found.rows) {
            const bool stands = bundle.state != BundleState::Draft;
            if (stands && bundle.supersedes == ref) shown.replacedBy = bundle.ref.text();
        }
        return true;
    });
    if (!more) return std::move(more).error();
    return shown;
}

bool mayRevoke(const Caller& caller, const app::BundleView& view) {
    const auto transitions = domain::bundleTransitions();
    const bool possible = std::any_of(transitions.begin(), transitions.end(), [&](const auto& row) {
        return row.from == view.bundle.state && row.event == domain::BundleEvent::Revoke &&
               row.roles.has(caller.actor.role);
    });
    return possible && domain::onTeam(view.audit, caller.actor.id);
}

/// The commands of README-VERIFY.txt with this bundle's own names.
std::string shellCommands(const std::string& file) {
    std::string folder = file;
    if (const auto dot = folder.find(".evidence.zip"); dot != std::string::npos) folder.resize(dot);
    return "unzip -q " + file + " -d " + folder + " && cd " + folder +
           "\n\nsha256sum -c --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt\n\n"
           "grep -F 'URI=\"tagmanifest-sha256.txt\"' META-INF/ASiCManifest001.xml | grep -qF "
           "\"$(openssl dgst -sha256 -binary tagmanifest-sha256.txt | base64)\" && echo the list is named\n\n"
           "openssl cms -verify -cades -binary -purpose any -inform DER -in META-INF/signature001.p7s "
           "-content META-INF/ASiCManifest001.xml -CAfile ../tickmark-anchor.pem -out /dev/null\n\n"
           "grep -qF \"\\\"manifest_sha256\\\":\\\"$(sha256sum manifest-sha256.txt | cut -c1-64)\\\"\" "
           "tlog/seal.json && echo the log names it\n";
}

void putSealed(view::Model& model, const Caller& caller, const app::BundleView& view) {
    const domain::Bundle& bundle = view.bundle;
    model.set("SIZE", view::sizeText(bundle.size)).set("FILE_NAME", app::downloadName(bundle));
    model.set("BYTES", view::countText(static_cast<std::int64_t>(bundle.size)));
    model.set("FILES", view::countText(bundle.files)).set("DIGEST", bundle.digest.hex());
    model.set("BY", nameOf(view.parties, bundle.sealedBy)).set("SIGNER", bundle.signer);
    model.setLogged("AT", *bundle.sealedAt);
    model.set("CONTENT_HREF", addressOf(bundle.ref) + "/content");
    model.set("VERIFY_HREF", addressOf(bundle.ref) + "/verification");
    model.set("VERIFY_COMMAND", "tickmark-verify --anchor tickmark-anchor.pem " + app::downloadName(bundle) +
                                    "\ntickmark-verify --fingerprint SHA256:" + view.rootFingerprint.hex() +
                                    " " + app::downloadName(bundle) + "\n");
    model.set("SHELL_COMMANDS", shellCommands(app::downloadName(bundle)));
    putGroups(model, "GROUP", bundle.digest);
    if (view.ledgerPosition < 0) return;
    view::Model& logged = model.add("LOGGED");
    logged.set("POSITION", std::to_string(view.ledgerPosition));
    logged.show(caller.actor.role == Role::CertificationAuditor ? "NO_LINK" : "LINK");
}

/// What was chosen: all, named findings, or what changed since another bundle.
void putSelection(view::Model& model, const domain::Bundle& bundle) {
    const domain::BundleSelection& selection = bundle.selection;
    model.say("COVERS", std::string(domain::titleOf(selection.kind)));
    for (const std::string& finding : selection.findings)
        model.add("COVERED").set("FINDING", finding).set("FINDING_HREF", "/findings/" + encoded(finding));
    if (selection.kind == domain::SelectionKind::Delta)
        model.add("CONTINUES")
            .set("SINCE", selection.since.text())
            .set("SINCE_HREF", addressOf(selection.since));
}

void putState(view::Model& model, const ShownBundle& shown) {
    const domain::Bundle& bundle = shown.view.bundle;
    putStatus(model, "STATUS", "bundle", domain::toText(bundle.state));
    if (bundle.state == BundleState::Revoked) model.add("REVOKED").set("REASON", bundle.reason);
    if (bundle.state == BundleState::Superseded) {
        view::Model& replaced = model.add("REPLACED");
        if (!shown.replacedBy.empty()) {
            replaced.add("BY")
                .set("REF", shown.replacedBy)
                .set("HREF", "/bundles/" + encoded(shown.replacedBy));
        }
    }
    if (!bundle.sealedAt) {
        model.add("UNSEALED").set("AGAIN_HREF", "/bundles/new?audit=" + encoded(shown.view.audit.ref.text()));
    }
    if (shown.withheld.empty()) return;
    view::Model& list = model.add("HAS_WITHHELD");
    for (const Withheld& file : shown.withheld)
        list.add("FILE").set("VERSION", file.version).set("NAME", file.name).set("REASON", file.reason);
}

void putBundle(view::Model& model, const WebApp& web, const Caller& caller, const ShownBundle& shown,
               const std::string& reason) {
    const app::BundleView& view = shown.view;
    model.set("NAME", view.bundle.title).set("REF", view.bundle.ref.text());
    model.set("AUDIT", view.audit.ref.text()).set("AUDIT_TITLE", view.audit.title);
    model.set("AUDIT_HREF", "/audits/" + encoded(view.audit.ref.text()));
    model.setTime("CREATED", view.bundle.createdAt);
    model.setIf("SUPERSEDES", view.bundle.supersedes.text());
    model.set("SUPERSEDES_HREF", addressOf(view.bundle.supersedes));
    model.set("ROOT", view.rootFingerprint.hex());
    putGroups(model, "ROOT_GROUP", view.rootFingerprint);
    putState(model, shown);
    putSelection(model, view.bundle);
    if (view.bundle.sealedAt) {
        putSealed(model, caller, view);
        putSignatures(model, web, caller, view);
        model.show("SEALED");
    }
    if (!mayRevoke(caller, view)) return;
    model.add("MAY_REVOKE")
        .set("REVOKE_ACTION", addressOf(view.bundle.ref) + "/revoke")
        .set("REV", std::to_string(view.bundle.rev))
        .set("REVOKE_REASON", reason);
}

Result<Response> bundlePage(WebApp& web, Request& request, const domain::BundleRef& ref, const Error* error,
                            const std::string& reason) {
    TM_TRY(const ShownBundle shown, readBundle(web, request, ref));
    Frame frame;
    frame.title = ref.text() + " " + shown.view.bundle.title;
    frame.section = "/bundles";
    frame.trail = {{"/bundles", "Bundles"}};
    frame.trailEnd = ref.text();
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    if (request.queryValue("signed") == "1")
        frame.notice = view::said("Signed, read back and entered into the log.");
    if (request.queryValue("stamped") == "1")
        frame.notice = view::said("Timestamped, read back and entered into the log.");
    if (request.queryValue("sealed") == "1" && shown.view.bundle.state == BundleState::Sealed) {
        frame.notice = view::said(
            "Sealed and read back: the verifier opened the finished file and found it intact, "
            "authentic, complete and in the log.");
    }
    return page(web, request, frame, "pages/bundle.html",
                [&](view::Model& model) { putBundle(model, web, callerOf(request), shown, reason); });
}

domain::BundleRef refOf(const PathParameters& parameters) {
    return domain::BundleRef(std::string(parameters.at("ref")));
}

Result<Response> showBundle(WebApp& web, Request& request, const PathParameters& parameters) {
    return bundlePage(web, request, refOf(parameters), nullptr, {});
}

Result<Response> sendContent(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const auto path, app::bundleFile(*web.context, actor, refOf(parameters)));
    TM_TRY(const app::BundleView view, app::showBundle(*web.context, actor, refOf(parameters)));
    TM_TRY(auto source, archive::openFile(path));
    Response response = streamResponse(std::move(source), view.bundle.size, "application/zip");
    response.set("Content-Disposition", contentDisposition("attachment", app::downloadName(view.bundle)))
        .set("Content-Security-Policy", "sandbox; default-src 'none'")
        .set("Repr-Digest", api::digestField(view.bundle.digest));
    return response;
}

Result<Response> showVerification(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::BundleRef ref = refOf(parameters);
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const app::BundleView view, app::showBundle(*web.context, actor, ref));
    TM_TRY(const bundle::Report report, app::verifyStoredBundle(*web.context, actor, ref));
    Frame frame;
    frame.title = view::said("Verification of " + ref.text());
    frame.section = "/bundles";
    frame.trail = {{"/bundles", "Bundles"}, {addressOf(ref), ref.text()}};
    frame.trailEnd = view::said("Verification");
    ReportFrame around;
    around.heading = frame.title;
    around.file = app::downloadName(view.bundle);
    around.checked = "Checked " + view::timeText(web.context->now()) +
                     " by this server, against its own root certificate and log key. An outsider does the "
                     "same with tickmark-verify and a certificate received on another way.";
    around.backHref = addressOf(ref);
    around.backLabel = "Back to the bundle";
    return reportPage(web, request, frame, around, report);
}

Result<Response> revokeBundle(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    const domain::BundleRef ref = refOf(parameters);
    const auto revoked =
        app::revokeBundle(*web.context, callerOf(request).actor, ref, form.revision(), form.text("reason"));
    if (!revoked) return bundlePage(web, request, ref, &revoked.error(), form.text("reason"));
    return redirectResponse(addressOf(ref));
}

}  // namespace

Result<Response> bundlePageWith(WebApp& web, Request& request, const domain::BundleRef& ref,
                                const Error& error) {
    return bundlePage(web, request, ref, &error, {});
}

Result<void> addBundlePages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/bundles", "page.bundles", readers, listBundles));
    TM_CHECK(addSealingPages(router, web));
    TM_CHECK(addPage(router, web, "/bundles/{ref}", "page.bundle", readers, showBundle));
    TM_CHECK(addPage(router, web, "/bundles/{ref}/content", "page.bundle-content", readers, sendContent));
    TM_CHECK(addPage(router, web, "/bundles/{ref}/verification", "page.bundle-verification", readers,
                     showVerification));
    TM_CHECK(addBundleSigningPages(router, web));
    return addForm(router, web, "/bundles/{ref}/revoke", "form.bundle-revoke", "LA", revokeBundle);
}

}  // namespace tickmark::http::pages
