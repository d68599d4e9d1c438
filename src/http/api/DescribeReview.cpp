// First, because describeSteps() speaks through the words of the review's machine.
#include "http/api/ReviewInput.h"

#include "http/api/Answers.h"
#include "http/api/Describe.h"

namespace tickmark::http::api {

using codec::Json;

namespace {

Json decisionsOf(const domain::ManagementReview& review, const Names& names) {
    Json list = Json::array();
    for (const auto& decision : review.decisions) {
        Json item = Json::object();
        item.set("text", decision.text).set("owner", names.person(decision.owner));
        setDate(item, "due", decision.due);
        setText(item, "improvement", decision.item);
        list.push(std::move(item));
    }
    return list;
}

Json notesOf(const domain::ManagementReview& review) {
    Json notes = Json::object();
    for (const auto& note : review.notes) notes.set(domain::toText(note.topic), note.text);
    return notes;
}

Json writersOf(const domain::ManagementReview& review, const Names& names) {
    Json list = Json::array();
    for (const domain::PartyId writer : review.writers) list.push(names.person(writer));
    return list;
}

void setMilestones(Json& document, const domain::ManagementReview& review, const Names& names) {
    if (review.heldAt) {
        document.set("held_at", review.heldAt->iso()).set("inputs_sha256", review.inputsDigest.hex());
    }
    if (review.approvedAt) {
        document.set("approved_by", names.person(review.approvedBy))
            .set("approved_at", review.approvedAt->iso());
    }
    if (review.bundle.empty()) return;
    document.set("bundle", review.bundle)
        .set("bundle_sha256", review.bundleDigest.hex())
        .set("bundle_size", review.bundleSize);
}

}  // namespace

Json describe(const app::ReviewView& view) {
    const domain::ManagementReview& review = view.review;
    Names names;
    names.add(view.parties);
    Json document = Json::object();
    document.set("ref", review.ref.text())
        .set("title", review.title)
        .set("state", domain::toText(review.state))
        .set("state_title", domain::titleOf(review.state))
        .set("day", review.day->iso())
        .set("chair", review.chair)
        .set("participants", texts(review.participants))
        .set("notes", notesOf(review))
        .set("conclusions", review.conclusions)
        .set("decisions", decisionsOf(review, names))
        .set("inputs", view.inputs)
        .set("inputs_frozen", !review.inputs.empty())
        .set("writers", writersOf(review, names))
        .set("created_by", names.person(review.createdBy))
        .set("created_at", review.createdAt.iso())
        .set("rev", review.rev);
    setDate(document, "from", review.from);
    setDate(document, "to", review.to);
    setText(document, "comment", review.comment);
    setMilestones(document, review, names);
    Json rights = Json::object();
    rights.set("edit", view.mayEdit).set("follow_up", view.mayFollowUp).set("seal", view.maySeal);
    Json history = Json::array();
    for (const auto& line : view.history) history.push(describe(line.position, line.event));
    document.set("steps", describeSteps(view.steps))
        .set("rights", std::move(rights))
        .set("history", std::move(history));
    return document;
}

}  // namespace tickmark::http::api
