// The improvement policy: what holds, every version, and the steps of one.
#include "tickmark/app/Policy.h"

#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/EventInput.h"
#include "http/api/References.h"
#include "http/api/Rows.h"

namespace tickmark::http::api {
namespace {

using codec::Json;
using domain::PolicyVersion;

constexpr std::string_view base = "/api/v1/improvement-policy";

Result<app::PolicyDraft> readDraft(Request& request) {
    TM_TRY(const Json body, readJson(request));
    codec::JsonReader reader(body);
    app::PolicyDraft draft;
    draft.title = reader.text("title");
    draft.text = reader.text("text");
    draft.changes = reader.textOr("changes", "");
    draft.effectiveOn = dateOf(reader, "effective_on");
    draft.reviewOn = dateOf(reader, "review_on");
    TM_CHECK(reader.finish());
    return draft;
}

/// What a list shows of it: everything but the text.
Json describe(const PolicyVersion& version, const Names& names, bool inForce) {
    Json item = Json::object();
    item.set("ref", version.ref.text()).set("version", version.version);
    item.set("state", domain::toText(version.state)).set("in_force", inForce);
    item.set("title", version.title);
    setText(item, "changes", version.changes);
    setDate(item, "effective_on", version.effectiveOn);
    setDate(item, "review_on", version.reviewOn);
    Json writers = Json::array();
    for (const domain::PartyId writer : version.writers) writers.push(names.person(writer));
    item.set("writers", std::move(writers)).set("decided_by", names.person(version.decidedBy));
    setText(item, "comment", version.comment);
    if (version.approvedAt) item.set("approved_at", version.approvedAt->iso());
    item.set("created_at", version.createdAt.iso()).set("rev", version.rev);
    return item;
}

Response changed(const PolicyVersion& version) {
    return changeAnswer(version.ref.text(), domain::toText(version.state), version.rev);
}

Result<Response> showPolicy(Call& call) {
    TM_TRY(const auto overview, app::showPolicy(call.context(), call.actor()));
    Names names;
    names.add(overview.parties);
    Json versions = Json::array();
    for (const PolicyVersion& version : overview.versions) {
        const bool holds = overview.inForce && overview.inForce->id == version.id;
        versions.push(describe(version, names, holds));
    }
    Json document = Json::object();
    if (overview.inForce) {
        Json holds = describe(*overview.inForce, names, true);
        holds.set("text", overview.inForce->text);
        document.set("in_force", std::move(holds));
    }
    document.set("versions", std::move(versions)).set("may_draft", overview.mayDraft);
    return documentAnswer(document);
}

Result<Response> draftPolicy(Call& call) {
    TM_TRY(const auto draft, readDraft(call.request));
    TM_TRY(const PolicyVersion made, app::draftPolicy(call.context(), call.actor(), draft));
    return creationAnswer(base, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> showVersion(Call& call) {
    TM_TRY(const auto view,
           app::showPolicyVersion(call.context(), call.actor(), call.ref<domain::PolicyVersionRef>()));
    Names names;
    names.add(view.parties);
    Json item = describe(view.version, names, view.inForce);
    item.set("text", view.version.text).set("steps", describeSteps(view.steps));
    return documentAnswer(item, view.version.rev);
}

Result<Response> editVersion(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const auto draft, readDraft(call.request));
    TM_TRY(const PolicyVersion made,
           app::editPolicy(call.context(), call.actor(), call.ref<domain::PolicyVersionRef>(), rev, draft));
    return changed(made);
}

Result<Response> moveVersion(Call& call) {
    TM_TRY(const auto step, readStep(call.request, domain::policyEventFrom));
    TM_TRY(const PolicyVersion made,
           app::movePolicy(call.context(), call.actor(), call.ref<domain::PolicyVersionRef>(), step.rev,
                           step.event, step.reason));
    return changed(made);
}

}  // namespace

std::vector<ApiRow> policyRows() {
    const std::string all(base);
    const std::string one = all + "/{ref}";
    const std::string readers = "LA AU PO AO IM TM";
    return {
        {"GET", all, "policy.list", readers, "The improvement policy and its versions", showPolicy},
        {"POST", all, "policy.draft", "IM", "Begin the next version of the policy", draftPolicy},
        {"GET", one, "policy.show", readers, "One version of the policy", showVersion},
        {"PUT", one, "policy.edit", "IM", "Change a draft of the policy", editVersion},
        {"POST", one + "/events", "policy.move", "IM TM", "Submit, reject or approve a version", moveVersion},
    };
}

}  // namespace tickmark::http::api
