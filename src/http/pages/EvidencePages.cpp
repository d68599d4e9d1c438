// Evidence: one piece with its versions and their custody, receipts, contents, steps.
#include <array>
#include <charconv>
#include <map>

#include "http/gate/SecurityHeaders.h"
#include "http/pages/EvidenceListPage.h"
#include "http/pages/HandOver.h"
#include "http/pages/Listing.h"
#include "http/pages/Page.h"
#include "http/pages/Parts.h"
#include "http/pages/PreviewPanel.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/http/Downloads.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/SearchIndex.h"

namespace tickmark::http::pages {
namespace {

using domain::EvidenceState;
using domain::EvidenceVersion;

constexpr std::array confidentialities{domain::Confidentiality::Public, domain::Confidentiality::Internal,
                                       domain::Confidentiality::Confidential,
                                       domain::Confidentiality::Secret};

std::string addressOf(const std::string& ref) { return "/evidence/" + encoded(ref); }
std::string addressOf(const std::string& ref, std::int64_t number) {
    return addressOf(ref) + "/v/" + std::to_string(number);
}

/// The version that the path names. Errors: NotFound for anything but a number from 1.
Result<app::VersionName> versionOf(const PathParameters& parameters) {
    const std::string_view digits = parameters.at("number");
    app::VersionName name{domain::EvidenceRef(std::string(parameters.at("ref"))), 0};
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), name.number);
    const bool whole = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
    if (!whole || name.number < 1)
        return notFound("version \"" + std::string(digits) + "\" of this evidence");
    return name;
}

bool isReadable(const EvidenceVersion& version) {
    return version.state != EvidenceState::Withdrawn && version.state != EvidenceState::Quarantined;
}

// ---- one piece of evidence
// --------------------------------------------------------------------------------------

using Custody = std::map<std::int64_t, std::vector<storage::EventRow>>;

Result<Custody> custodyOf(WebApp& web, const std::vector<EvidenceVersion>& versions) {
    return web.context->database->read([&](storage::ReadSession& session) -> Result<Custody> {
        Custody custody;
        for (const EvidenceVersion& version : versions) {
            TM_TRY(custody[version.number],
                   storage::eventsOf(session, "evidence-version", app::versionName(version)));
        }
        return custody;
    });
}

/// What happened to a version, in the past tense. A kind that is not among them shows itself.
std::string deedOf(const std::string& kind) {
    struct Deed {
        std::string_view kind;
        std::string_view words;
    };
    constexpr std::array<Deed, 12> deeds{{
        {"evidence.receive", "Received into the archive"},
        {"evidence.download", "Read"},
        {"evidence.start-review", "Taken into review"},
        {"evidence.accept", "Accepted"},
        {"evidence.reject", "Rejected"},
        {"evidence.supersede", "Superseded"},
        {"evidence.expire", "Expired"},
        {"evidence.quarantine", "Quarantined"},
        {"evidence.malware", "Quarantined by the malware scanner"},
        {"evidence.malware-release", "Released from quarantine"},
        {"evidence.propose-withdrawal", "Withdrawal proposed"},
        {"evidence.confirm-withdrawal", "Withdrawn"},
    }};
    for (const Deed& deed : deeds) {
        if (deed.kind == kind) return std::string(deed.words);
    }
    return kind;
}

void putCustody(view::Model& model, domain::Role role, const std::vector<storage::EventRow>& events) {
    for (const storage::EventRow& entry : events) {
        const auto event = ledger::Event::parse(entry.leaf);
        if (!event) continue;
        view::Model& row = model.add("EVENT");
        row.setLogged("AT", event->at).say("DEED", deedOf(event->kind)).set("WHO", event->actor);
        row.setIf("EVENT_REASON", std::string(event->facts.textAt("reason")));
        putPosition(row, role, static_cast<std::int64_t>(entry.position));
    }
}

using WordsByNumber = std::map<std::int64_t, std::optional<storage::EvidenceWords>>;

Result<WordsByNumber> wordsOf(WebApp& web, const std::vector<EvidenceVersion>& versions) {
    return web.context->database->read([&](storage::ReadSession& session) -> Result<WordsByNumber> {
        WordsByNumber found;
        for (const auto& version : versions) {
            TM_TRY(found[version.number], storage::evidenceWords(session, version.id));
        }
        return found;
    });
}

/// Whether the words inside the file can be found, and if not, why.
std::string fullTextOf(const std::optional<storage::EvidenceWords>& words) {
    if (!words) return "Not read yet; its name and title are found in a moment.";
    if (words->outcome == "read")
        return view::sizeText(static_cast<std::uint64_t>(words->bytes)) + " of words can be found.";
    if (words->outcome == "cut") {
        return "The first " + view::sizeText(static_cast<std::uint64_t>(words->bytes)) +
               " of words can be found.";
    }
    return words->note;
}

/// Never "clean" but after a verdict: what was not scanned says so, and why.
void putScan(view::Model& model, const app::Scanned& scan) {
    view::Model& row = model.add("SCAN");
    if (scan.outcome == "none") {
        row.add("NOT_SCANNED").say("WHY", scan.reason);
        return;
    }
    view::Model& verdict = row.add(scan.outcome == "clean" ? "NOTHING_FOUND" : "FOUND");
    verdict.set("MALWARE", scan.malware).set("SCANNER", scan.scanner);
    if (scan.at) verdict.setTime("SCANNED", *scan.at);
    if (scan.releasedBy.empty()) return;
    verdict.add("RELEASED").set("RELEASER", scan.releasedBy).set("RELEASE_REASON", scan.releaseReason);
}

void putRelease(view::Model& model, const Request& request, const app::EvidenceView& view,
                const EvidenceVersion& version) {
    if (!view.mayRelease) return;
    view::Model& form = model.add("RELEASE");
    form.set("RELEASE_ACTION", addressOf(version.ref.text(), version.number) + "/malware-release");
    form.showIf(callerOf(request).secondFactor, "ASK_CODE");
}

void putVersion(view::Model& model, const EvidenceVersion& version, const app::EvidenceView& view,
                const app::Scanned& scan, Timestamp proved, Date today) {
    const std::string own = addressOf(version.ref.text(), version.number);
    model.set("NUMBER", std::to_string(version.number)).set("FILE_NAME", version.originalName);
    model.set("DIGEST", version.digest.shortForm()).set("FULL_DIGEST", version.digest.hex());
    model.set("SIZE", view::sizeText(version.size))
        .set("TYPE", version.mediaType)
        .setIf("SOURCE", version.source);
    if (version.collectedAt) model.add("HAS_COLLECTED").setTime("COLLECTED", *version.collectedAt);
    model.setIf("PERIOD", periodText(version.periodFrom, version.periodTo));
    model.setIf("VALID", isoOf(version.validUntil));
    putDue(model, version.validUntil, today);
    model.set("CONFIDENTIALITY", std::string(domain::toText(version.confidentiality)));
    if (version.state != domain::EvidenceState::Quarantined) model.add("INTACT").setTime("PROVED", proved);
    model.setTime("RECEIVED", version.receivedAt).set("BY", nameOf(view.parties, version.receivedBy));
    model.setIf("REASON", version.stateReason).set("RECEIPT_HREF", own + "/receipt");
    if (isReadable(version) && !scan.isHeld) model.add("CONTENT").set("CONTENT_HREF", own + "/content");
    putScan(model, scan);
    putStatus(model, "STATUS", "evidence", domain::toText(version.state));
}

/// References carry their kind in front; what has no known front is a finding's, which imports may name
/// freely.
void putUses(view::Model& model, const std::vector<std::string>& refs) {
    model.showIf(refs.empty(), "UNUSED");
    for (const std::string& ref : refs) {
        view::Model& use = model.add("USE").set("USE_REF", ref);
        const bool isAction = ref.starts_with("AC-");
        const bool isRequest = ref.starts_with("ER-");
        const std::string stem = isAction ? "/actions/" : isRequest ? "/requests/" : "/findings/";
        use.set("USE_KIND", isAction ? "action" : isRequest ? "request" : "finding");
        use.set("USE_HREF", stem + encoded(ref));
    }
}

void putNewVersion(view::Model& model, const Request& request, const app::EvidenceView& view) {
    if (!view.mayAddVersion) return;
    model.show("MAY_ADD");
    const std::string ref = view.evidence.ref.text();
    model.set("BACK", addressOf(ref));
    putUploadScripts(model, request);
    for (const auto one : confidentialities) {
        const std::string code(domain::toText(one));
        putOption(model, "CONFIDENTIALITY_OPTION", "CODE", code, code,
                  one == view.versions.back().confidentiality);
    }
}

void putHead(view::Model& model, const Request& request, const app::EvidenceView& view) {
    const EvidenceVersion& latest = view.versions.back();
    const std::string audit = view.audit.ref.text();
    const auto count = static_cast<std::int64_t>(view.versions.size());
    model.set("NAME", view.evidence.title).set("REF", view.evidence.ref.text());
    model.say("COUNT", count == 1 ? "one version" : view::countText(count) + " versions");
    model.set("AUDIT_REF", audit).set("AUDIT_HREF", "/audits/" + encoded(audit));
    model.set("AUDIT_TITLE", view.audit.title).setTime("CREATED", view.evidence.createdAt);
    model.set("LATEST_HREF", addressOf(latest.ref.text(), latest.number) + "/content");
    model.showIf(isReadable(latest) && !view.scans.back().isHeld, "MAY_READ");
    model.showIf(view.scans.back().isHeld, "IS_HELD");
    putStatus(model, "STATUS", "evidence", domain::toText(latest.state));
    putNewVersion(model, request, view);
    putUses(model, view.usedBy);
}

Result<Response> showEvidence(WebApp& web, Request& request, const PathParameters& parameters) {
    const Caller& caller = callerOf(request);
    const domain::EvidenceRef ref{std::string(parameters.at("ref"))};
    TM_TRY(const app::EvidenceView view, app::showEvidence(*web.context, caller.actor, ref));
    TM_TRY(const Custody custody, custodyOf(web, view.versions));
    TM_TRY(const auto words, wordsOf(web, view.versions));
    const EvidenceVersion& latest = view.versions.back();
    const std::string audit = view.audit.ref.text();
    Frame frame;
    frame.title = ref.text() + " " + view.evidence.title;
    frame.section = "/evidence";
    frame.trail = {{"/audits", "Audits"},
                   {"/audits/" + encoded(audit), audit},
                   {"/evidence?audit=" + encoded(audit), "Evidence"}};
    frame.trailEnd = ref.text();
    bool frames = false;
    Response response = page(web, request, frame, "pages/evidence.html", [&](view::Model& model) {
        putHead(model, request, view);
        auto steps = shown(view.steps, latest.state, caller.actor.role);
        for (ShownStep& next : steps) {
            next.asksCode =
                caller.secondFactor && next.event == domain::toText(domain::EvidenceEvent::ConfirmWithdrawal);
        }
        putSteps(model, request, steps, addressOf(ref.text(), latest.number) + "/events", latest.rev);
        for (auto at = view.versions.rbegin(); at != view.versions.rend(); ++at) {
            view::Model& version = model.add("VERSION");
            const auto index = static_cast<std::size_t>(at.base() - view.versions.begin()) - 1;
            const app::Scanned& scan = view.scans[index];
            putVersion(version, *at, view, scan, view.proved[index], web.context->today());
            if (scan.isHeld) putRelease(version, request, view, *at);
            putCustody(version, caller.actor.role, custody.at(at->number));
            version.sayIf("FULL_TEXT", fullTextOf(words.at(at->number)));
            if (isReadable(*at) && !scan.isHeld) frames = putPreview(web, request, version, *at) || frames;
        }
    });
    if (frames) response.set("Content-Security-Policy", policyWithFrames());
    return response;
}

Result<Response> step(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const app::VersionName name, versionOf(parameters));
    TM_TRY(const Form form, readForm(request));
    const auto event = domain::evidenceEventFrom(form.text("event"));
    if (!event) {
        return invalid("unknown-word", "event", "There is no such step.",
                       "Choose a step on the evidence's page.");
    }
    TM_TRY([[maybe_unused]] const auto moved,
           app::changeEvidenceState(*web.context, callerOf(request).actor, name, form.revision(), *event,
                                    form.text("reason"), form.text("code")));
    return redirectResponse(addressOf(name.ref.text()));
}

Result<Response> release(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const app::VersionName name, versionOf(parameters));
    TM_TRY(const Form form, readForm(request));
    TM_CHECK(app::releaseMalware(*web.context, callerOf(request).actor, name, form.text("reason"),
                                 form.text("code")));
    return redirectResponse(addressOf(name.ref.text()));
}

// ---- receipt and content
// ----------------------------------------------------------------------------------------

/// The first other version of the same audit with the same bytes, as far as the caller may see.
Result<std::vector<storage::EvidenceRow>> sameBytes(WebApp& web, const domain::Actor& actor,
                                                    const EvidenceVersion& version) {
    storage::EvidenceFilter filter;
    filter.audit = version.audit;
    filter.digest = version.digest;
    const storage::Scope scope = app::scopeOf(*web.context, actor);
    TM_TRY(auto rows, web.context->database->read([&](storage::ReadSession& session) {
        return app::everyRow([&](const storage::PageRequest& page) {
            return storage::listEvidence(session, scope, filter, page);
        });
    }));
    std::erase_if(rows, [&](const auto& row) { return row.id == version.id; });
    return rows;
}

void putReceipt(view::Model& model, const app::Receipt& receipt) {
    const EvidenceVersion& version = receipt.version;
    model.set("VERSION", app::versionName(version)).set("REF", version.ref.text());
    model.set("FILE_NAME", version.originalName).set("NAME", receipt.evidenceTitle);
    model.set("DIGEST", version.digest.hex()).set("SIZE", view::sizeText(version.size));
    model.say("BYTES", view::countText(static_cast<std::int64_t>(version.size)) + " bytes");
    model.set("TYPE", version.mediaType).setIf("SOURCE", version.source);
    model.setIf("PERIOD", periodText(version.periodFrom, version.periodTo));
    model.set("RECEIVED", version.receivedAt.iso()).set("BY", receipt.receivedBy);
    model.set("AUDIT_REF", receipt.audit).set("AUDIT_HREF", "/audits/" + encoded(receipt.audit));
    model.set("CHECKPOINT", receipt.checkpoint).set("EVIDENCE_HREF", addressOf(version.ref.text()));
    putStatus(model, "STATUS", "evidence", domain::toText(version.state));
    if (isReadable(version)) {
        model.add("MAY_READ").set("CONTENT_HREF", addressOf(version.ref.text(), version.number) + "/content");
    }
    if (receipt.answers.empty() || receipt.answers == receipt.audit) return;
    const bool isAction = receipt.answers.starts_with("AC-");
    const bool isRequest = receipt.answers.starts_with("ER-");
    const std::string stem = isAction ? "/actions/" : isRequest ? "/requests/" : "/findings/";
    model.setIf("ANSWERS", receipt.answers).set("ANSWERS_HREF", stem + encoded(receipt.answers));
}

Result<Response> showReceipt(WebApp& web, Request& request, const PathParameters& parameters) {
    const Caller& caller = callerOf(request);
    TM_TRY(const app::VersionName name, versionOf(parameters));
    TM_TRY(const app::Receipt receipt, app::showReceipt(*web.context, caller.actor, name));
    TM_TRY(const auto same, sameBytes(web, caller.actor, receipt.version));
    const std::string ref = name.ref.text();
    Frame frame;
    frame.title = view::said("Receipt for " + app::versionName(receipt.version));
    frame.section = "/evidence";
    frame.trail = {{"/evidence", "Evidence"}, {addressOf(ref), ref}};
    frame.trailEnd = view::said("Receipt");
    return page(web, request, frame, "pages/receipt.html", [&](view::Model& model) {
        putReceipt(model, receipt);
        putPosition(model, caller.actor.role, receipt.version.ledgerPosition);
        model.set("ORGANISATION", web.context->settings.organisation);
        for (const auto& row : same) {
            model.add("SAME")
                .set("SAME_VERSION", row.ref + "/v" + std::to_string(row.number))
                .set("SAME_HREF", addressOf(row.ref, row.number) + "/receipt")
                .setTime("SAME_AT", row.receivedAt);
        }
    });
}

Result<Response> readContent(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const app::VersionName name, versionOf(parameters));
    return evidenceAttachment(*web.context, callerOf(request).actor, name);
}

}  // namespace

Result<void> addEvidencePages(Router& router, WebApp& web) {
    const std::string readers = "LA AU PO AO IM TM XA";
    const std::string one = "/evidence/{ref}";
    const std::string version = one + "/v/{number}";
    TM_CHECK(addHandOver(router, web));
    TM_CHECK(addEvidenceListPage(router, web));
    TM_CHECK(addPage(router, web, one, "page.evidence", readers, showEvidence));
    TM_CHECK(addPage(router, web, version + "/receipt", "page.evidence-receipt", readers, showReceipt));
    TM_CHECK(addPage(router, web, version + "/content", "page.evidence-content", readers, readContent));
    TM_CHECK(addPreviewPages(router, web));
    TM_CHECK(
        addForm(router, web, version + "/malware-release", "form.evidence-malware-release", "LA", release));
    return addForm(router, web, version + "/events", "form.evidence-step", "LA AU PO", step);
}

}  // namespace tickmark::http::pages
