// Back matter of an OSCAL document: the audit plan and the evidence.
#include "bundle/EntryNames.h"
#include "bundle/ManifestParts.h"
#include "bundle/OscalParts.h"

namespace tickmark::bundle::oscal {

using codec::Json;

namespace {

/// From data/oscal/ to a file below data/.
std::string linkTo(const RelativePath& path) {
    return "../" + path.text().substr(entry::payloadFolder.size());
}

Json linksOf(const domain::EvidenceVersion& version, const RelativePath& path) {
    Json hash = Json::object();
    hash.set("algorithm", "SHA-256").set("value", version.digest.hex());
    Json link = Members()
                    .always("href", linkTo(path))
                    .text("media-type", lineOf(version.mediaType))
                    .list("hashes", Json(Json::Array{std::move(hash)}))
                    .take();
    return Json(Json::Array{std::move(link)});
}

Json resourceOf(const Source& source, const domain::EvidenceVersion& version) {
    const std::string name = source.index.versionName(version.id);
    const domain::Evidence* evidence = source.index.evidence(version.evidence);
    const RelativePath* path = source.index.path(version.id);
    const std::string* reason = source.index.withheldReason(version.id);
    Props props;
    props.add("type", "evidence").add("version", name).add("file-name", version.originalName);
    props.add("sha256", version.digest.hex()).add("size", std::to_string(version.size));
    props.add("state", toText(version.state)).add("confidentiality", toText(version.confidentiality));
    props.add("received-at", version.receivedAt.iso());
    props.add("redaction-of", source.index.versionName(version.redactionOf));
    props.add("status", path == nullptr ? "withheld" : "present");
    Members members;
    members.always("uuid", source.ids.of("evidence-version", name))
        .always("title", textOr(evidence == nullptr ? std::string_view() : evidence->title, name))
        .always("description", name + ", received as " + version.originalName)
        .list("props", props.take());
    if (path != nullptr) return members.list("rlinks", linksOf(version, *path)).take();
    return members
        .always("remarks", "Withheld: " + textOr(reason == nullptr ? "" : *reason, "no reason given"))
        .take();
}

Json planResource(const Source& source) {
    const domain::Audit& audit = source.content.audit;
    return Members()
        .always("uuid", source.ids.of("audit-plan", audit.ref.text()))
        .always("title", "Plan of audit " + audit.ref.text())
        .always("description",
                textOr(audit.plan, "The plan of this audit is not written down in the bundle."))
        .list("props", Props().add("type", "plan").add("audit", audit.ref.text()).take())
        .take();
}

}  // namespace

std::string planLink(const Source& source) {
    return source.ids.link("audit-plan", source.content.audit.ref.text());
}

Json backMatter(const Source& source) {
    Json resources = Json::array();
    resources.push(planResource(source));
    for (const auto* version : source.index.versionsInOrder()) resources.push(resourceOf(source, *version));
    return Members().list("resources", std::move(resources)).take();
}

}  // namespace tickmark::bundle::oscal
