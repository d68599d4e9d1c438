#include "http/pages/Parts.h"

#include "http/pages/Listing.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Improvements.h"

#include <algorithm>
#include <array>

#include "tickmark/app/EvidenceUse.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::pages {
namespace {

std::string withoutArticle(const std::string& roles) {
    return roles.starts_with("the ") ? roles.substr(4) : roles;
}

/// "Accept the plan" in the middle of a sentence; only English begins it small there.
std::string deedOf(const std::string& label) {
    if (label.empty() || view::currentLanguage() != view::Language::English) return view::said(label);
    return lower(label.substr(0, 1)) + label.substr(1);
}

/// Steps back and out stand behind those that lead on, and are never the primary one.
bool leadsOn(const ShownStep& step) {
    constexpr std::array<std::string_view, 12> others{"return",
                                                      "send-back",
                                                      "withdraw",
                                                      "discard",
                                                      "cancel",
                                                      "hold",
                                                      "reject",
                                                      "reopen",
                                                      "expire",
                                                      "propose-withdrawal",
                                                      "find-not-effective",
                                                      "return-to-planning"};
    return std::find(others.begin(), others.end(), step.event) == others.end();
}

/// Every sentence of a guard begins with the same refusal, "Cannot be issued yet: …": it is said once.
void putRefusal(view::Model& model, const std::vector<std::string>& blockedBy) {
    if (blockedBy.empty()) return;
    view::Model& blocked = model.add("BLOCKED");
    const std::string& sentence = blockedBy.front();
    const std::string refusal = sentence.substr(0, std::min(sentence.find(": "), sentence.size()));
    blocked.say("REFUSAL", refusal);
    for (const std::string& why : blockedBy) {
        const bool same = why.starts_with(refusal + ": ");
        blocked.add("WHY").say("TEXT", same ? why.substr(refusal.size() + 2) : why);
    }
}

void putTarget(view::Model& model, const ShownStep& step) {
    model.add(step.stays ? "STAYS" : "LEADS").say("TO", step.to);
}

/// What anybody may do next, where it leads, and what still stands against it. A step of this person is
/// refused in words at its own place, so it is not said twice.
void putNext(view::Model& next, const ShownStep& step) {
    view::Model& row = next.add("NEXT");
    row.say("ROLES", withoutArticle(step.roles)).set("DEED", deedOf(step.label));
    putTarget(row, step);
    row.sayIf("NOT_YOU", step.notYou);
    if (!step.permitted) putRefusal(row, step.blockedBy);
}

/// The words of the refused step, when it is this one.
std::string typedFor(const ShownStep& step, const RefusedStep* refused) {
    return refused != nullptr && refused->event == step.event ? refused->reason : std::string();
}

/// Words that have no field to stand in any more are shown, so that they can be copied.
void putKept(view::Model& part, const std::vector<ShownStep>& own, const RefusedStep* refused) {
    if (refused == nullptr || refused->reason.empty()) return;
    const bool hasField = std::any_of(own.begin(), own.end(), [&](const ShownStep& step) {
        return step.event == refused->event && step.needsReason && step.blockedBy.empty();
    });
    if (!hasField) part.add("KEPT").say("KEPT_STEP", refused->label).set("WORDS", refused->reason);
}

void putStep(view::Model& steps, const ShownStep& step, bool first, const std::string& typed) {
    view::Model& form = steps.add("STEP");
    form.set("EVENT", step.event).say("LABEL", step.label);
    form.set("BUTTON_CLASS", first && step.blockedBy.empty() ? "primary" : "secondary");
    putRefusal(form, step.blockedBy);
    if (!step.blockedBy.empty()) return;
    if (step.needsReason) {
        form.add("REASON")
            .set("REASON_LABEL", view::said("{}: reason or comment", {view::said(step.label)}))
            .set("TYPED", typed);
    }
    view::Model& open = form.add("OPEN");
    putTarget(open, step);
    open.showIf(step.asksCode, "ASK_CODE");
    if (step.check) {
        open.add("CHECK_PLAN").set("CRITERION", step.check->first).set("CHECK_ON", step.check->second);
    }
}

void putChoices(view::Model& next, const std::vector<ShownStep>& steps) {
    next.showIf(steps.empty(), "NOTHING_NEXT");
    if (steps.empty()) return;
    view::Model& choices = next.add("HAS_CHOICES");
    for (const ShownStep& step : steps) putNext(choices, step);
}

}  // namespace

RefusedStep refusedStep(const Form& form, std::string_view label, Error error) {
    if (error.kind == ErrorKind::Stale)
        error.fix = "This page shows what stands now, and your words are kept. Look at it, then decide anew.";
    return {std::move(error), form.text("event"), std::string(label), form.text("reason")};
}

void takeRefusal(Frame& frame, const RefusedStep* refused) {
    if (refused == nullptr) return;
    frame.error = &refused->error;
    frame.status = statusOf(refused->error);
}

void putSteps(view::Model& model, const Request& request, const std::vector<ShownStep>& steps,
              const std::string& action, std::int64_t rev, const RefusedStep* refused) {
    // One primary action a page: the step when there is one, else what the head offers.
    model.set("HEAD_CLASS", "button primary");
    view::Model& part = model.include("STEPS", "parts/steps.html");
    part.set("ACTION", action).set("REV", std::to_string(rev)).set("CSRF", callerOf(request).csrf);
    std::vector<ShownStep> ordered = steps;
    std::stable_partition(ordered.begin(), ordered.end(), leadsOn);
    putChoices(part.add("HAS_NEXT"), ordered);
    std::erase_if(ordered, [](const ShownStep& step) { return !step.permitted; });
    putKept(part, ordered, refused);
    if (ordered.empty()) return;
    view::Model& own = part.add("HAS_STEPS");
    for (const ShownStep& step : ordered) {
        const bool primary = &step == &ordered.front() && leadsOn(step);
        putStep(own, step, primary, typedFor(step, refused));
    }
    if (leadsOn(ordered.front()) && ordered.front().blockedBy.empty()) model.set("HEAD_CLASS", "button");
}

void putEvidence(view::Model& model, const std::vector<domain::EvidenceVersion>& versions,
                 const std::vector<domain::Party>& parties) {
    view::Model& part = model.include("EVIDENCE", "parts/evidence-list.html");
    part.showIf(versions.empty(), "NO_EVIDENCE");
    for (const domain::EvidenceVersion& version : versions) {
        const std::string stem = "/evidence/" + encoded(version.ref.text());
        const std::string own = stem + "/v/" + std::to_string(version.number);
        view::Model& file = part.add("FILE");
        file.set("HREF", stem).set("NAME", version.originalName).set("VERSION", app::versionName(version));
        file.set("SIZE", view::sizeText(version.size))
            .set("TYPE", version.mediaType)
            .setIf("SOURCE", version.source);
        file.setIf("PERIOD", periodText(version.periodFrom, version.periodTo));
        file.set("DIGEST", version.digest.shortForm()).setTime("RECEIVED", version.receivedAt);
        file.setIf("BY", accountOf(parties, version.receivedBy));
        file.set("CONTENT_HREF", own + "/content").set("RECEIPT_HREF", own + "/receipt");
        putStatus(file, "STATUS", "evidence", domain::toText(version.state));
    }
}

void putUpload(view::Model& model, const Request& request, const std::string& kind, const std::string& ref,
               const std::string& back) {
    view::Model& part = model.include("UPLOAD", "parts/upload.html");
    part.set("CSRF", callerOf(request).csrf)
        .set("TARGET_KIND", kind)
        .set("TARGET_REF", ref)
        .set("BACK", back);
    putUploadScripts(part, request);
}

void putUploadScripts(view::Model& model, const Request& request) {
    model.set("PERSON", callerOf(request).actor.account)
        .set("UPLOAD_TAG", std::string(view::asset("upload.js").tag))
        .set("DIGEST_TAG", std::string(view::asset("digest.js").tag));
}

void putItemLink(WebApp& web, const Request& request, view::Model& model, std::string_view section,
                 const std::string& ref) {
    const auto found = web.context->database->read([&](storage::ReadSession& session) {
        return storage::findImprovementVisible(session, domain::ImprovementRef(ref),
                                               app::scopeOf(*web.context, callerOf(request).actor));
    });
    view::Model& link = model.add(section);
    link.set("ITEM", ref).showIf(!found, "CLOSED");
    if (found) link.add("OPEN").set("ITEM_HREF", "/improvements/" + encoded(ref));
}

}  // namespace tickmark::http::pages
