// Evidence: list, look at, hand over, read, review.
#include <charconv>

#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/EventInput.h"
#include "http/api/EvidenceUpload.h"
#include "http/api/ListText.h"
#include "http/api/References.h"
#include "http/api/Rows.h"
#include "tickmark/app/Lists.h"
#include "tickmark/http/Downloads.h"
#include "tickmark/storage/Actions.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

/// The version that the path names. Errors: NotFound for anything but a number from 1.
Result<app::VersionName> versionOf(const Call& call) {
    const std::string digits = call.path("number");
    app::VersionName name{call.ref<domain::EvidenceRef>(), 0};
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), name.number);
    const bool whole = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
    if (!whole || name.number < 1) return notFound("version \"" + digits + "\" of this evidence");
    return name;
}

struct EvidenceQuery {
    storage::EvidenceFilter filter{};
    storage::PageRequest page{};
};

Result<EvidenceQuery> readQuery(const Request& request) {
    QueryReader query(request);
    EvidenceQuery asked;
    asked.filter.states = query.choices("state", domain::evidenceStateFrom);
    asked.filter.validBefore = query.date("valid_before");
    if (const std::string hex = query.text("sha256"); !hex.empty()) {
        auto digest = Digest::parse(hex);
        if (digest)
            asked.filter.digest = *digest;
        else
            query.complain("sha256", "A SHA-256 is written with 64 lower-case hexadecimal digits.");
    }
    asked.page = query.page();
    TM_CHECK(query.finish());
    return asked;
}

using Found = storage::Page<storage::EvidenceRow>;

Result<Found> findRows(Call& call, EvidenceQuery asked) {
    const storage::Scope scope = app::scopeOf(call.context(), call.actor());
    const auto text = [&call](std::string_view name) { return std::string(call.request.queryValue(name)); };
    return call.context().database->read([&](storage::ReadSession& session) -> Result<Found> {
        TM_TRY(asked.filter.audit, auditNamed(session, scope, text("audit")));
        TM_TRY(asked.filter.finding, findingNamed(session, scope, text("finding")));
        if (const std::string ref = text("action"); !ref.empty()) {
            TM_TRY(const auto action, storage::findActionVisible(session, domain::ActionRef(ref), scope));
            asked.filter.action = action.id;
        }
        return storage::listEvidence(session, scope, asked.filter, asked.page);
    });
}

Result<Response> listEvidence(Call& call) {
    TM_TRY(EvidenceQuery asked, readQuery(call.request));
    TM_TRY(const Found found, findRows(call, std::move(asked)));
    ListText list;
    for (const storage::EvidenceRow& row : found.rows) {
        list.openItem();
        list.text("version", row.ref + "/v" + std::to_string(row.number));
        list.text("ref", row.ref);
        list.number("number", row.number);
        list.text("title", row.title);
        list.text("audit", row.auditRef);
        list.text("sha256", row.digest);
        list.number("size", row.size);
        list.text("media_type", row.mediaType);
        list.text("file_name", row.originalName);
        list.text("state", row.state);
        list.text("confidentiality", row.confidentiality);
        list.text("received_by_name", row.receivedByName);
        list.text("received_at", row.receivedAt.iso());
        list.textIf("valid_until", row.validUntil);
        list.number("ledger_position", row.ledgerPosition);
        list.number("rev", row.rev);
        list.closeItem();
    }
    return jsonResponse(std::move(list).finish(found.next));
}

Json scanJson(const app::Scanned& scan) {
    Json item = Json::object();
    item.set("outcome", scan.outcome == "none" ? "not-scanned" : scan.outcome).set("held", scan.isHeld);
    const auto text = [&item](std::string_view name, const std::string& value) {
        if (!value.empty()) item.set(name, value);
    };
    text("malware", scan.malware);
    text("scanner", scan.scanner);
    text("reason", scan.reason);
    if (scan.at) item.set("at", scan.at->iso());
    text("released_by", scan.releasedBy);
    text("release_reason", scan.releaseReason);
    return item;
}

Result<Response> releaseMalware(Call& call) {
    TM_TRY(const app::VersionName name, versionOf(call));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string reason = reader.text("reason");
    TM_CHECK(reader.finish());
    TM_CHECK(app::releaseMalware(call.context(), call.actor(), name, reason, call.code()));
    return noContent();
}

Result<Response> showEvidence(Call& call) {
    TM_TRY(const app::EvidenceView view,
           app::showEvidence(call.context(), call.actor(), call.ref<domain::EvidenceRef>()));
    Names names;
    names.add(view.parties);
    names.add(view.versions);
    Json versions = Json::array();
    for (std::size_t i = 0; i < view.versions.size(); ++i) {
        Json version = describe(view.versions[i], names);
        version.set("malware_scan", scanJson(view.scans[i]));
        versions.push(std::move(version));
    }
    Json rights = Json::object();
    rights.set("add_version", view.mayAddVersion).set("release", view.mayRelease);
    Json document = Json::object();
    document.set("ref", view.evidence.ref.text())
        .set("title", view.evidence.title)
        .set("audit", view.audit.ref.text())
        .set("created_at", view.evidence.createdAt.iso())
        .set("versions", std::move(versions))
        .set("used_by", texts(view.usedBy))
        .set("steps", describeSteps(view.steps))
        .set("rights", std::move(rights))
        .set("rev", view.evidence.rev);
    return documentAnswer(document, view.evidence.rev);
}

Result<Response> readEvidence(Call& call) {
    TM_TRY(const app::VersionName name, versionOf(call));
    return evidenceAttachment(call.context(), call.actor(), name);
}

Result<Response> showReceipt(Call& call) {
    TM_TRY(const app::VersionName name, versionOf(call));
    TM_TRY(const app::Receipt receipt, app::showReceipt(call.context(), call.actor(), name));
    return documentAnswer(describeReceipt(receipt));
}

Result<Response> moveEvidence(Call& call) {
    TM_TRY(const app::VersionName name, versionOf(call));
    TM_TRY(const auto step, readStep(call.request, domain::evidenceEventFrom));
    TM_TRY(const domain::EvidenceVersion version,
           app::changeEvidenceState(call.context(), call.actor(), name, step.rev, step.event, step.reason,
                                    call.code()));
    return changeAnswer(app::versionName(version), domain::toText(version.state), version.rev);
}

}  // namespace

std::vector<ApiRow> evidenceRows(std::uint64_t uploadCap) {
    const std::string all = "/api/v1/evidence";
    const std::string one = all + "/{ref}";
    const std::string version = one + "/v/{number}";
    const std::string readers = "LA AU PO AO IM TM XA";
    ApiRow upload{"POST",
                  all,
                  "evidence.upload",
                  "LA AU PO AO",
                  "Hand over a file",
                  uploadEvidence,
                  uploadParameters()};
    upload.isUpload = true;
    upload.bodyCap = uploadCap;
    return {
        {"GET",
         all,
         "evidence.list",
         readers,
         "Evidence versions that the caller may see",
         listEvidence,
         {"audit", "finding", "action", "state", "sha256", "valid_before", "limit", "after"}},
        std::move(upload),
        {"GET", one, "evidence.show", readers, "One piece of evidence with all its versions", showEvidence},
        {"GET", version + "/content", "evidence.content", readers, "The exact bytes of a version",
         readEvidence},
        {"GET", version + "/receipt", "evidence.receipt", readers, "The receipt of a version", showReceipt},
        {"POST", version + "/malware-release", "evidence.malware-release", "LA",
         "Release a version that a malware scanner found something in", releaseMalware},
        {"POST", version + "/events", "evidence.move", "LA AU PO", "Review or withdraw a version",
         moveEvidence},
    };
}

}  // namespace tickmark::http::api
