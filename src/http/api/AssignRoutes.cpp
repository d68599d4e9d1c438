// Another owner or another date for actions, requests and improvement items.
#include "http/api/Answers.h"
#include "http/api/Rows.h"
#include "tickmark/app/Assign.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

template <class Entity>
Response changed(const Entity& entity) {
    return changeAnswer(entity.ref.text(), domain::toText(entity.state), entity.rev);
}

/// `person` is what the kind calls its owner. A member that is left out leaves things as they are.
Result<app::Handover> readHandover(Request& request, const char* person) {
    TM_TRY(const Json body, readJson(request));
    codec::JsonReader reader(body);
    app::Handover handover;
    if (reader.has(person)) handover.owner = reader.textOr(person, "");
    handover.due = dateOf(reader, "due");
    handover.reason = reader.textOr("reason", "");
    TM_CHECK(reader.finish());
    return handover;
}

Result<Response> assignAction(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const auto handover, readHandover(call.request, "owner"));
    TM_TRY(const auto action,
           app::assignAction(call.context(), call.actor(), call.ref<domain::ActionRef>(), rev, handover));
    return changed(action);
}

Result<Response> assignRequest(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const auto handover, readHandover(call.request, "assignee"));
    TM_TRY(const auto asked,
           app::assignRequest(call.context(), call.actor(), call.ref<domain::RequestRef>(), rev, handover));
    return changed(asked);
}

Result<Response> assignImprovement(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const auto handover, readHandover(call.request, "owner"));
    TM_TRY(const auto item, app::assignImprovement(call.context(), call.actor(),
                                                   call.ref<domain::ImprovementRef>(), rev, handover));
    return changed(item);
}

Result<Response> askExtension(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string reason = reader.text("reason");
    const auto asked = dateOf(reader, "due");
    TM_CHECK(reader.finish());
    if (!asked)
        return invalid("missing-member", "due", "The new date is missing.", "Send the day asked for.");
    TM_TRY(const auto item,
           app::requestImprovementExtension(call.context(), call.actor(), call.ref<domain::ImprovementRef>(),
                                            rev, *asked, reason));
    return changed(item);
}

Result<Response> decideExtension(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const bool approve = reader.booleanOr("approve", false);
    if (!reader.has("approve")) {
        reader.complain(invalid("missing-member", "approve", "This is missing.", "Send true or false."));
    }
    const std::string note = reader.textOr("note", "");
    TM_CHECK(reader.finish());
    TM_TRY(const auto item,
           app::decideImprovementExtension(call.context(), call.actor(), call.ref<domain::ImprovementRef>(),
                                           rev, approve, note));
    return changed(item);
}

}  // namespace

std::vector<ApiRow> assignRows() {
    const std::string item = "/api/v1/improvements/{ref}";
    return {
        {"POST", "/api/v1/actions/{ref}/assignment", "actions.assign", "LA PO",
         "Give an action to another owner", assignAction},
        {"POST", "/api/v1/requests/{ref}/assignment", "requests.assign", "LA AU",
         "Ask somebody else, or for another day", assignRequest},
        {"POST", item + "/assignment", "improvements.assign", "PO AO IM",
         "Give an improvement item to another owner", assignImprovement},
        {"POST", item + "/extension", "improvements.ask-extension", "PO AO IM", "Ask for a later due date",
         askExtension},
        {"POST", item + "/extension-decision", "improvements.decide-extension", "IM", "Decide about that",
         decideExtension},
    };
}

}  // namespace tickmark::http::api
