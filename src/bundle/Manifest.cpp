#include "bundle/ManifestParts.h"
#include "tickmark/bundle/Content.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle {

using codec::Json;

namespace {

template <class Entity>
Json listInOrder(const std::vector<Entity>& entities, Json (*make)(const Entity&, const ContentIndex&),
                 const ContentIndex& index) {
    Json array = Json::array();
    for (const Entity* entity : inOrderOfReference(entities)) array.push(make(*entity, index));
    return array;
}

Json listOfTexts(const std::vector<std::string>& values) {
    Json array = Json::array();
    for (const std::string& value : values) array.push(value);
    return array;
}

Json clausesJson(const std::vector<domain::Clause>& clauses) {
    Json array = Json::array();
    for (const auto& clause : clauses) {
        array.push(Members()
                       .always("code", clause.code)
                       .text("parent", clause.parent)
                       .always("title", clause.title)
                       .take());
    }
    return array;
}

Json partiesJson(const std::vector<domain::Party>& parties) {
    std::vector<const domain::Party*> order;
    order.reserve(parties.size());
    for (const auto& party : parties) order.push_back(&party);
    std::sort(order.begin(), order.end(), [](auto* a, auto* b) { return a->account < b->account; });
    Json array = Json::array();
    for (const auto* party : order) {
        array.push(Members()
                       .always("account", party->account)
                       .always("name", party->name)
                       .always("role", roleCode(party->role))
                       .take());
    }
    return array;
}

Json selectionJson(const domain::BundleSelection& selection) {
    Members members;
    members.always("kind", toText(selection.kind));
    if (selection.kind == domain::SelectionKind::Audit) return members.take();
    members.always("findings", listOfTexts(selection.findings));
    if (selection.kind != domain::SelectionKind::Delta) return members.take();
    return members
        .always("since", Members()
                             .always("bundle", selection.since.text())
                             .always("sha256", selection.sinceDigest.hex())
                             .always("log_size", selection.sinceLogSize)
                             .take())
        .always("unchanged", listOfTexts(selection.unchanged))
        .take();
}

Json reviewJson(const ReviewMinutes& review) {
    return Members()
        .always("ref", review.ref)
        .always("title", review.title)
        .always("day", review.day.iso())
        .always("approved_by", review.approvedBy)
        .moment("approved_at", review.approvedAt)
        .always("inputs_sha256", crypto::Sha256::of(review.inputs).hex())
        .always("minutes_sha256", crypto::Sha256::of(review.minutes).hex())
        .take();
}

/// What the bundle is about: an audit, or the minutes of a management review.
void addSubject(Members& members, const Content& content, const ContentIndex& index) {
    if (content.review) {
        members.always("review", reviewJson(*content.review))
            .always("selection", Members().always("kind", "review").take());
        return;
    }
    members.always("audit", auditJson(content.audit, index))
        .always("selection", selectionJson(content.bundle.selection));
}

}  // namespace

Json makeManifest(const Content& content) {
    const ContentIndex index(content);
    Json versions = Json::array();
    for (const auto* version : index.versionsInOrder()) versions.push(versionJson(*version, index));
    Members members;
    if (const domain::Bundle& bundle = content.bundle; !bundle.supersedes.empty()) {
        members.always("supersedes", Members()
                                         .always("bundle", bundle.supersedes.text())
                                         .always("sha256", bundle.supersedesDigest.hex())
                                         .take());
    }
    addImprovements(members, content, index);
    addSubject(members, content, index);
    return members.always("format", "tickmark-bundle")
        .number("profile", 1)
        .always("organisation", content.organisation)
        .always("product", content.product)
        .always("snapshot_at", content.snapshotAt.iso())
        .always(
            "bundle",
            Members().always("ref", content.bundle.ref.text()).always("title", content.bundle.title).take())
        .always("clauses", clausesJson(content.clauses))
        .always("findings", listInOrder(content.findings, &findingJson, index))
        .always("actions", listInOrder(content.actions, &actionJson, index))
        .always("requests", listInOrder(content.requests, &requestJson, index))
        .always("evidence", std::move(versions))
        .always("parties", partiesJson(content.parties))
        .take();
}

}  // namespace tickmark::bundle
