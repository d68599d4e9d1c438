// Certification auditors from outside: who may read what, from which day, until which.
#include "http/pages/AdminPages.h"
#include "http/pages/Listing.h"
#include "http/pages/People.h"
#include "tickmark/app/ExternalAuditors.h"

namespace tickmark::http::pages {
namespace {

constexpr const char* address = "/admin/external-auditors";

/// What was typed into the form of a new one.
struct NewInput {
    std::string account{};
    std::string name{};
    std::string from{};
    std::string until{};
    std::string reason{};
};

void putAdmission(view::Model& row, domain::Admission admission) {
    switch (admission) {
        case domain::Admission::Open:
            return putWord(row, "STATUS", "good", "i-tick", "Open");
        case domain::Admission::NotYet:
            return putWord(row, "STATUS", "info", "i-dashed", "Not yet");
        case domain::Admission::Ended:
            return putWord(row, "STATUS", "neutral", "i-pause", "Over");
        case domain::Admission::Disabled:
            return putWord(row, "STATUS", "neutral", "i-pause", "Disabled");
    }
}

void putAuditor(view::Model& row, const app::ExternalAuditor& one, Date today) {
    const domain::Party& party = one.party;
    const std::string own = std::string(address) + "/" + encoded(party.account);
    row.set("ANCHOR", "account-" + party.account).set("ACCOUNT", party.account).set("NAME", party.name);
    row.setIf("FROM", isoOf(party.validFrom)).setIf("UNTIL", isoOf(party.validUntil));
    row.showIf(!party.validUntil, "NO_END").set("REV", std::to_string(party.rev));
    if (one.admission == domain::Admission::Open && party.validUntil)
        row.add("DUE").set("HINT", view::said(view::dueHint(*party.validUntil, today)));
    putAdmission(row, one.admission);
    row.set("EXTEND_ACTION", own + "/extension").set("TODAY", today.iso());
    if (one.admission != domain::Admission::Ended && one.admission != domain::Admission::Disabled)
        row.add("MAY_END").set("END_ACTION", own + "/end");
    row.showIf(one.shared.empty(), "NOTHING_SHARED");
    for (const storage::SharedAudit& shared : one.shared) {
        view::Model& line =
            row.add("SHARED").set("AUDIT", shared.audit).set("SHARED_UNTIL", shared.until.iso());
        for (const std::string& bundle : shared.bundles) line.add("BUNDLE").set("BUNDLE_REF", bundle);
    }
}

Result<Response> auditorsPage(WebApp& web, Request& request, const NewInput& input, const Error* error) {
    TM_TRY(const auto auditors, app::listExternalAuditors(*web.context, callerOf(request).actor));
    const Date today = web.context->today();
    Frame frame;
    frame.title = view::said("External auditors");
    frame.section = address;
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/external-auditors.html", [&](view::Model& model) {
        for (const app::ExternalAuditor& one : auditors) putAuditor(model.add("AUDITOR"), one, today);
        model.showIf(auditors.empty(), "EMPTY");
        model.set("NEW_ACCOUNT", input.account).set("NEW_NAME", input.name).set("NEW_REASON", input.reason);
        model.set("NEW_FROM", input.from.empty() ? today.iso() : input.from).set("NEW_UNTIL", input.until);
    });
}

Result<Response> showAuditors(WebApp& web, Request& request, const PathParameters&) {
    return auditorsPage(web, request, {}, nullptr);
}

Result<Date> neededDay(const Form& form, std::string_view field) {
    TM_TRY(const auto day, form.date(field));
    if (day) return *day;
    return invalid("date", std::string(field), "A day is missing.", "Choose the first and the last day.");
}

Result<app::CreatedAccount> create(WebApp& web, const Request& request, const Form& form) {
    app::ExternalAuditorDraft draft;
    draft.account = form.text("account");
    draft.name = form.text("name");
    draft.reason = form.text("reason");
    TM_TRY(draft.from, neededDay(form, "valid_from"));
    TM_TRY(draft.until, neededDay(form, "valid_until"));
    return app::createExternalAuditor(*web.context, callerOf(request).actor, draft);
}

Result<Response> createAuditor(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto made = create(web, request, form);
    if (!made) {
        const NewInput input{form.text("account"), form.text("name"), form.text("valid_from"),
                             form.text("valid_until"), form.text("reason")};
        return auditorsPage(web, request, input, &made.error());
    }
    SecretPage shown;
    shown.heading = "Password of " + made->party.account;
    shown.words = "The account " + made->party.account +
                  " signs in with this password. It can be changed under Your account.";
    shown.section = address;
    shown.back = address;
    return secretPage(web, request, shown, made->password);
}

/// Runs a change of one account and shows the list again, with what was refused on top.
Result<Response> changed(
    WebApp& web, Request& request, const PathParameters& parameters,
    const std::function<Result<domain::Party>(const std::string&, const Form&)>& change) {
    TM_TRY(const Form form, readForm(request));
    const std::string account(parameters.at("account"));
    const auto party = change(account, form);
    if (!party) return auditorsPage(web, request, {}, &party.error());
    return redirectResponse(std::string(address) + "#account-" + encoded(account));
}

Result<Response> extend(WebApp& web, Request& request, const PathParameters& parameters) {
    return changed(web, request, parameters,
                   [&](const std::string& account, const Form& form) -> Result<domain::Party> {
                       TM_TRY(const Date until, neededDay(form, "valid_until"));
                       return app::extendExternalAuditor(*web.context, callerOf(request).actor, account,
                                                         form.revision(), until, form.text("reason"));
                   });
}

Result<Response> endAccess(WebApp& web, Request& request, const PathParameters& parameters) {
    return changed(web, request, parameters, [&](const std::string& account, const Form& form) {
        return app::endExternalAuditor(*web.context, callerOf(request).actor, account, form.revision(),
                                       form.text("reason"));
    });
}

}  // namespace

Result<void> addExternalAuditorPages(Router& router, WebApp& web) {
    const std::string all = address;
    TM_CHECK(addPage(router, web, all, "page.external-auditors", "AD", showAuditors));
    TM_CHECK(addForm(router, web, all, "form.external-auditor-create", "AD", createAuditor));
    TM_CHECK(
        addForm(router, web, all + "/{account}/extension", "form.external-auditor-extend", "AD", extend));
    return addForm(router, web, all + "/{account}/end", "form.external-auditor-end", "AD", endAccess);
}

}  // namespace tickmark::http::pages
