#include "http/pages/AuditForms.h"

#include <algorithm>
#include <array>

#include "http/pages/Conflict.h"
#include "http/pages/Listing.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/app/Audits.h"
#include "tickmark/app/Import.h"

namespace tickmark::http::pages {
namespace {

using domain::Audit;
using domain::AuditType;
using domain::Role;

constexpr std::array<AuditType, 6> allTypes{AuditType::Internal,
                                            AuditType::Supplier,
                                            AuditType::CertificationStage1,
                                            AuditType::CertificationStage2,
                                            AuditType::Surveillance,
                                            AuditType::Recertification};
/// Long texts and a large team fit.
constexpr FormLimits formLimits{8U * 1024U * 1024U, 15'000, 256U * 1024U};

std::string addressOf(const domain::AuditRef& ref) { return "/audits/" + encoded(ref.text()); }
domain::AuditRef refOf(const PathParameters& parameters) {
    return domain::AuditRef{std::string(parameters.at("ref"))};
}

/// Everyone who can stand on the team: auditors that may be named, and whoever stands there already.
Result<std::vector<domain::Party>> auditorsFor(WebApp& web, const domain::Actor& actor,
                                               const std::vector<domain::Party>& present) {
    TM_TRY(auto people, app::assignableParties(*web.context, actor));
    for (const domain::Party& party : present) {
        const bool known = std::any_of(people.begin(), people.end(),
                                       [&](const auto& other) { return other.id == party.id; });
        if (!known) people.push_back(party);
    }
    std::erase_if(people, [](const auto& party) {
        return party.role != Role::LeadAuditor && party.role != Role::Auditor;
    });
    return people;
}

// ---- reading
// ----------------------------------------------------------------------------------------------------

/// What the form said, as far as it could be understood, and what could not be.
struct Given {
    Audit audit{};
    std::vector<Error> problems{};
};

void readTeam(const Form& form, const std::vector<domain::Party>& people, Given& given) {
    const std::vector<std::string> leads = form.all("lead");
    for (const std::string& account : form.all("member")) {
        const auto who = std::find_if(people.begin(), people.end(),
                                      [&](const auto& party) { return party.account == account; });
        if (who == people.end()) {
            given.problems.push_back(invalid("unknown-reference", "team",
                                             "There is no auditor \"" + account + "\".",
                                             "Choose from the auditors listed."));
            continue;
        }
        const bool lead = std::find(leads.begin(), leads.end(), account) != leads.end();
        given.audit.team.push_back({who->id, lead, form.text("impartiality-" + account)});
    }
}

void readDay(const Form& form, std::string_view name, std::optional<Date>& day, Given& given) {
    auto read = form.date(name);
    if (read)
        day = *read;
    else
        given.problems.push_back(std::move(read).error());
}

Given readAudit(const Form& form, const std::vector<domain::Party>& people) {
    Given given;
    Audit& audit = given.audit;
    audit.ref = domain::AuditRef(form.text("ref"));
    audit.rev = form.revision();
    audit.title = form.text("title");
    audit.auditee = form.text("auditee");
    audit.catalog = form.text("catalog");
    audit.criteria = form.text("criteria");
    audit.scope = form.text("scope");
    audit.sites = linesOf(form.text("sites"));
    audit.programme = form.text("programme");
    audit.plan = form.text("plan");
    audit.conclusion = form.text("conclusion");
    const auto type = domain::auditTypeFrom(form.text("type"));
    if (type)
        audit.type = *type;
    else
        given.problems.push_back(invalid("unknown-word", "type", "There is no such type of audit."));
    readDay(form, "from", audit.from, given);
    readDay(form, "to", audit.to, given);
    readTeam(form, people, given);
    return given;
}

Error together(std::vector<Error> problems) {
    if (problems.size() == 1) return std::move(problems.front());
    Error error = invalid("validation", "", std::to_string(problems.size()) + " fields need a correction.");
    error.parts = std::move(problems);
    return error;
}

// ---- showing
// ----------------------------------------------------------------------------------------------------

/// What one showing of the form is made from.
struct AuditForm {
    Audit audit{};
    std::vector<domain::Party> people{};
    bool isNew = false;
    const Error* error = nullptr;
    const Audit* stored = nullptr;  ///< what stands now, when somebody was quicker
};

void putFields(view::Model& model, const Audit& audit) {
    model.set("NAME", audit.title).set("REF", audit.ref.text()).set("AUDITEE", audit.auditee);
    model.set("FROM", isoOf(audit.from)).set("TO", isoOf(audit.to));
    model.set("CRITERIA", audit.criteria).set("SCOPE", audit.scope).set("SITES", joinedLines(audit.sites));
    model.set("PROGRAMME", audit.programme).set("PLAN", audit.plan).set("CONCLUSION", audit.conclusion);
    for (const AuditType type : allTypes) {
        putOption(model, "TYPE", "CODE", std::string(domain::toText(type)), view::said(domain::titleOf(type)),
                  audit.type == type);
    }
}

void putCatalogs(WebApp& web, const domain::Actor& actor, view::Model& model, const std::string& chosen) {
    const auto catalogs = app::listCatalogs(*web.context, actor);
    if (!catalogs) return;
    for (const domain::Catalog& catalog : *catalogs) {
        putOption(model, "CATALOG", "CODE", catalog.code, catalog.title, catalog.code == chosen);
    }
}

void putTeam(view::Model& model, const AuditForm& form) {
    for (const domain::Party& party : form.people) {
        const auto& team = form.audit.team;
        const auto member =
            std::find_if(team.begin(), team.end(), [&](const auto& one) { return one.party == party.id; });
        view::Model& row = model.add("MEMBER");
        row.set("ACCOUNT", party.account).set("WHO", party.name + " (" + party.account + ")");
        row.set("WORDS", member == team.end() ? std::string() : member->impartiality);
        row.showIf(member != team.end(), "ON");
        if (party.role != Role::LeadAuditor) continue;
        row.add("MAY_LEAD").showIf(member != team.end() && member->lead, "LEADS");
    }
}

std::string teamWords(const Audit& audit, const std::vector<domain::Party>& people) {
    std::string text;
    for (const domain::TeamMember& member : audit.team) {
        text += (text.empty() ? "" : "\n") + nameOf(people, member.party);
        if (member.lead) text += " (" + view::said("Lead") + ")";
        if (!member.impartiality.empty()) text += ": " + member.impartiality;
    }
    return text;
}

std::vector<Difference> differencesOf(const Audit& theirs, const AuditForm& form) {
    const Audit& yours = form.audit;
    return {{"Title", theirs.title, yours.title},
            {"Type", view::said(domain::titleOf(theirs.type)), view::said(domain::titleOf(yours.type))},
            {"Auditee", theirs.auditee, yours.auditee},
            {"First day", isoOf(theirs.from), isoOf(yours.from)},
            {"Last day", isoOf(theirs.to), isoOf(yours.to)},
            {"Criteria", theirs.catalog, yours.catalog},
            {"Criteria in words", theirs.criteria, yours.criteria},
            {"Scope", theirs.scope, yours.scope},
            {"Sites", joinedLines(theirs.sites), joinedLines(yours.sites)},
            {"Programme", theirs.programme, yours.programme},
            {"Plan", theirs.plan, yours.plan},
            {"Conclusion", theirs.conclusion, yours.conclusion},
            {"Audit team", teamWords(theirs, form.people), teamWords(yours, form.people)}};
}

Frame frameOf(const AuditForm& form) {
    Frame frame;
    frame.title = form.isNew ? view::said("New audit") : view::said("Edit {}", {form.audit.ref.text()});
    frame.section = "/audits";
    frame.trail = {{"/audits", "Audits"}};
    if (!form.isNew) frame.trail.emplace_back(addressOf(form.audit.ref), form.audit.ref.text());
    frame.trailEnd = view::said(form.isNew ? "New" : "Edit");
    frame.error = form.error;
    frame.status = form.error == nullptr ? 200 : statusOf(*form.error);
    return frame;
}

Response formPage(WebApp& web, Request& request, const AuditForm& form) {
    const Frame frame = frameOf(form);
    return page(web, request, frame, "pages/audit-form.html", [&](view::Model& model) {
        model.set("HEADLINE", frame.title).say("BUTTON", form.isNew ? "Create the audit" : "Save the audit");
        model.set("ACTION", form.isNew ? "/audits" : addressOf(form.audit.ref) + "/edit");
        model.set("CANCEL", form.isNew ? "/audits" : addressOf(form.audit.ref));
        model.set("REV", std::to_string(form.stored == nullptr ? form.audit.rev : form.stored->rev));
        model.showIf(form.isNew, "NEW");
        putFields(model, form.audit);
        putCatalogs(web, callerOf(request).actor, model, form.audit.catalog);
        putTeam(model, form);
        if (form.stored != nullptr) putConflict(model, differencesOf(*form.stored, form));
    });
}

// ---- the four rows
// ----------------------------------------------------------------------------------------------

Result<Form> readLongForm(Request& request) {
    TM_TRY(auto fields, readCheckedForm(request, formLimits));
    return Form(std::move(fields));
}

Result<Response> showNew(WebApp& web, Request& request, const PathParameters&) {
    const domain::Actor& actor = callerOf(request).actor;
    AuditForm form;
    form.isNew = true;
    form.audit.team.push_back({actor.id, true, {}});
    TM_TRY(form.people, auditorsFor(web, actor, {}));
    return formPage(web, request, form);
}

Result<Response> create(WebApp& web, Request& request, const PathParameters&) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const Form fields, readLongForm(request));
    AuditForm form;
    form.isNew = true;
    TM_TRY(form.people, auditorsFor(web, actor, {}));
    Given given = readAudit(fields, form.people);
    form.audit = std::move(given.audit);
    if (!given.problems.empty()) {
        const Error error = together(std::move(given.problems));
        form.error = &error;
        return formPage(web, request, form);
    }
    const auto made = app::createAudit(*web.context, actor, form.audit);
    if (made) return redirectResponse(addressOf(made->ref));
    form.error = &made.error();
    return formPage(web, request, form);
}

Result<Response> showEdit(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(app::AuditView view, app::showAudit(*web.context, actor, refOf(parameters)));
    if (!domain::leads(view.audit, actor.id)) {
        return forbidden("Only the lead of this audit can change it.");
    }
    AuditForm form;
    TM_TRY(form.people, auditorsFor(web, actor, view.parties));
    form.audit = std::move(view.audit);
    return formPage(web, request, form);
}

Result<Response> change(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const Form fields, readLongForm(request));
    TM_TRY(const app::AuditView view, app::showAudit(*web.context, actor, refOf(parameters)));
    AuditForm form;
    TM_TRY(form.people, auditorsFor(web, actor, view.parties));
    Given given = readAudit(fields, form.people);
    form.audit = std::move(given.audit);
    form.audit.ref = view.audit.ref;
    if (!given.problems.empty()) {
        const Error error = together(std::move(given.problems));
        form.error = &error;
        return formPage(web, request, form);
    }
    const auto saved = app::changeAudit(*web.context, actor, form.audit);
    if (saved) return redirectResponse(addressOf(view.audit.ref));
    form.error = &saved.error();
    if (saved.error().kind != ErrorKind::Stale) return formPage(web, request, form);
    const Error stale = besideForm(saved.error());
    TM_TRY(const app::AuditView now, app::showAudit(*web.context, actor, refOf(parameters)));
    form.error = &stale;
    form.stored = &now.audit;
    return formPage(web, request, form);
}

Result<void> addLongForm(Router& router, WebApp& web, std::string pattern, std::string name,
                         PageHandler handler) {
    Route route;
    route.method = "POST";
    route.pattern = std::move(pattern);
    route.name = std::move(name);
    route.needsCsrf = true;
    route.bodyCap = formLimits.bytes;
    route.roles = "LA";
    return addRow(router, web, std::move(route), std::move(handler));
}

}  // namespace

Result<void> addAuditForms(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/audits/new", "page.audit-new", "LA", showNew));
    TM_CHECK(addLongForm(router, web, "/audits", "form.audit-create", create));
    TM_CHECK(addPage(router, web, "/audits/{ref}/edit", "page.audit-edit", "LA", showEdit));
    return addLongForm(router, web, "/audits/{ref}/edit", "form.audit-change", change);
}

}  // namespace tickmark::http::pages
