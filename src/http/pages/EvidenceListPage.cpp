#include "http/pages/EvidenceListPage.h"

#include <array>
#include <set>

#include "http/api/References.h"
#include "http/pages/ListTools.h"
#include "http/pages/Listing.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/MalwareScans.h"

namespace tickmark::http::pages {
namespace {

using domain::EvidenceState;

constexpr std::array<EvidenceState, 8> allStates{EvidenceState::Received,    EvidenceState::UnderReview,
                                                 EvidenceState::Accepted,    EvidenceState::Rejected,
                                                 EvidenceState::Superseded,  EvidenceState::Expired,
                                                 EvidenceState::Quarantined, EvidenceState::Withdrawn};

std::string addressOf(const std::string& ref) { return "/evidence/" + encoded(ref); }
std::string addressOf(const std::string& ref, std::int64_t number) {
    return addressOf(ref) + "/v/" + std::to_string(number);
}

using Found = storage::Page<storage::EvidenceRow>;

Result<storage::EvidenceFilter> filterOf(storage::ReadSession& session, const Request& request,
                                         const storage::Scope& scope) {
    const auto text = [&request](std::string_view name) { return std::string(request.queryValue(name)); };
    storage::EvidenceFilter filter;
    if (const std::string hex = text("sha256"); !hex.empty()) {
        auto digest = Digest::parse(hex);
        if (!digest) {
            return invalid("digest", "sha256", "This is not a whole SHA-256.",
                           "Write all 64 hexadecimal digits in lower case.");
        }
        filter.digest = *digest;
    }
    if (const auto state = domain::evidenceStateFrom(text("state"))) filter.states = {*state};
    TM_TRY(filter.audit, api::auditNamed(session, scope, text("audit")));
    TM_TRY(filter.finding, api::findingNamed(session, scope, text("finding")));
    return filter;
}

Result<Found> findRows(WebApp& web, const Request& request, const storage::Scope& scope) {
    return web.context->database->read([&](storage::ReadSession& session) -> Result<Found> {
        TM_TRY(const auto filter, filterOf(session, request, scope));
        return storage::listEvidence(session, scope, filter, {50, std::string(request.queryValue("after"))});
    });
}

void putFilters(view::Model& model, const Request& request) {
    putAsked(model, request, {"audit", "finding", "sha256"});
    for (const EvidenceState state : allStates) {
        const std::string code(domain::toText(state));
        putOption(model, "STATE", "CODE", code, view::said(domain::titleOf(state)),
                  request.queryValue("state") == code);
    }
}

std::string shortDigest(const std::string& hex) {
    const auto digest = Digest::parse(hex);
    return digest ? digest->shortForm() : hex;
}

/// The rows of those that a malware scanner found something in.
Result<std::set<std::int64_t>> heldAmong(WebApp& web, const std::vector<storage::EvidenceRow>& rows) {
    return web.context->database->read([&](storage::ReadSession& session) -> Result<std::set<std::int64_t>> {
        std::set<std::int64_t> held;
        for (const auto& row : rows) {
            TM_TRY(const Digest digest, Digest::parse(row.digest));
            TM_TRY(const auto hold, storage::malwareHold(session, row.id, digest));
            if (hold) held.insert(row.id.value);
        }
        return held;
    });
}

void putRow(const Request& request, view::Model& rows, const storage::EvidenceRow& version, bool isHeld) {
    view::Model& row = rows.add("ROW");
    putPick(request, row, version.ref + "/v" + std::to_string(version.number), version.rev);
    row.set("HREF", addressOf(version.ref)).set("NAME", version.title);
    row.set("VERSION", version.ref + "/v" + std::to_string(version.number));
    row.set("FILE_NAME", version.originalName).set("SIZE", view::sizeText(version.size));
    row.set("DIGEST", shortDigest(version.digest)).setTime("RECEIVED", version.receivedAt);
    row.set("BY", version.receivedByName).set("AUDIT_REF", version.auditRef);
    row.set("AUDIT_HREF", "/audits/" + encoded(version.auditRef));
    row.set("RECEIPT_HREF", addressOf(version.ref, version.number) + "/receipt");
    putStatus(row, "STATUS", "evidence", version.state);
    row.showIf(isHeld, "IS_HELD");
}

Result<Response> listEvidence(WebApp& web, Request& request, const PathParameters&) {
    if (auto standard = standardFilter(web, request, "evidence")) return *std::move(standard);
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    const auto found = findRows(web, request, scope);
    std::set<std::int64_t> held;
    if (found) {
        TM_TRY(held, heldAmong(web, found->rows));
    }
    Frame frame;
    frame.title = view::said("Evidence");
    frame.section = "/evidence";
    if (!found) {
        frame.error = &found.error();
        frame.status = statusOf(found.error());
    }
    return page(web, request, frame, "pages/evidence-all.html", [&](view::Model& model) {
        putFilters(model, request);
        const ListFace& face = listFace(app::BulkKind::Evidence);
        const ListCount count =
            found ? countOf(web, request, face.kind, found->rows.size(), !found->next.empty()) : ListCount{};
        putListTools(web, request, model, face, count);
        model.showIf(!found || found->rows.empty(), "EMPTY");
        if (!found || found->rows.empty()) return;
        view::Model& rows = model.add("HAS_ROWS");
        putBulk(web, request, rows, face, count);
        for (const auto& row : found->rows) putRow(request, rows, row, held.contains(row.id.value));
        if (found->next.empty()) return;
        model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, "/evidence", found->next));
    });
}

}  // namespace

Result<std::vector<app::BulkItem>> matchingEvidence(WebApp& web, const Request& request, std::size_t most,
                                                    bool& more) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    return web.context->database->read(
        [&](storage::ReadSession& session) -> Result<std::vector<app::BulkItem>> {
            TM_TRY(const auto filter, filterOf(session, request, scope));
            TM_TRY(auto rows, app::everyRow(
                                  [&](const storage::PageRequest& asked) {
                                      return storage::listEvidence(session, scope, filter, asked);
                                  },
                                  most + 1, more));
            for (auto& row : rows) row.ref += "/v" + std::to_string(row.number);
            return itemsOf(rows, most, more);
        });
}

Result<void> addEvidenceListPage(Router& router, WebApp& web) {
    return addPage(router, web, "/evidence", "page.evidence-all", "LA AU PO AO IM TM XA", listEvidence);
}

}  // namespace tickmark::http::pages
