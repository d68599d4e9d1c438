#include "http/pages/Page.h"

#include <array>
#include <charconv>

#include "tickmark/app/Accounts.h"
#include "tickmark/app/Ledgers.h"
#include "tickmark/app/Waiting.h"
#include "tickmark/ledger/Checkpoint.h"
#include "tickmark/view/Language.h"

namespace tickmark::http::pages {
namespace {

using domain::Role;

struct NavItem {
    const char* href = "";
    const char* label = "";
    domain::RoleSet roles{};
    const char* glyph = "";  ///< of the sprite
};
struct NavGroup {
    const char* name = "";
    std::array<NavItem, 12> items{};
};

constexpr domain::RoleSet everyone{
    Role::LeadAuditor,        Role::Auditor,       Role::ProcessOwner,         Role::ActionOwner,
    Role::ImprovementManager, Role::TopManagement, Role::CertificationAuditor, Role::Administrator};
constexpr domain::RoleSet content{
    Role::LeadAuditor,        Role::Auditor,       Role::ProcessOwner,        Role::ActionOwner,
    Role::ImprovementManager, Role::TopManagement, Role::CertificationAuditor};
constexpr domain::RoleSet bundleReaders{Role::LeadAuditor, Role::Auditor, Role::ImprovementManager,
                                        Role::TopManagement, Role::CertificationAuditor};
constexpr domain::RoleSet logReaders{Role::LeadAuditor, Role::Auditor, Role::ImprovementManager,
                                     Role::TopManagement, Role::Administrator};
constexpr domain::RoleSet trendReaders{Role::LeadAuditor, Role::Auditor, Role::ImprovementManager,
                                       Role::TopManagement};
constexpr domain::RoleSet kpiReaders{Role::LeadAuditor, Role::Auditor, Role::ProcessOwner,
                                     Role::ImprovementManager, Role::TopManagement};
constexpr domain::RoleSet ideaReaders{Role::LeadAuditor,        Role::Auditor,
                                      Role::ProcessOwner,       Role::ActionOwner,
                                      Role::ImprovementManager, Role::TopManagement};
constexpr domain::RoleSet reviewReaders{Role::LeadAuditor, Role::ImprovementManager, Role::TopManagement};
constexpr domain::RoleSet administrators{Role::Administrator};

constexpr std::array<NavGroup, 4> navigation{{
    {"Work",
     {{{"/", "Home", everyone, "i-home"},
       {"/audits", "Audits", content, "i-clipboard"},
       {"/findings", "Findings", content, "i-flag"},
       {"/requests", "Requests", content, "i-tray"},
       {"/actions", "Actions", content, "i-list"},
       {"/evidence", "Evidence", content, "i-file"}}}},
    {"Improve",
     {{{"/improvements", "Improvements", content, "i-cycle"},
       {"/objectives", "Objectives", kpiReaders, "i-target"},
       {"/improvement-policy", "Policy", ideaReaders, "i-book"},
       {"/ideas", "Ideas", ideaReaders, "i-bulb"},
       {"/kpis", "KPIs", kpiReaders, "i-chart"},
       {"/trends", "Trends", trendReaders, "i-trend"},
       {"/reviews", "Reviews", reviewReaders, "i-people"},
       {"/lessons", "Lessons", ideaReaders, "i-book"},
       {"/feedback", "Feedback", ideaReaders, "i-speech"},
       {"/service-reviews", "Service reviews", ideaReaders, "i-people"}}}},
    {"Prove",
     {{{"/bundles", "Bundles", bundleReaders, "i-seal"},
       {"/log", "Audit trail", logReaders, "i-trail"},
       {"/verify", "Verify", everyone, "i-shield"},
       {"/keys", "Fingerprints", everyone, "i-key"}}}},
    {"Administer",
     {{{"/admin/accounts", "Accounts", administrators, "i-people"},
       {"/admin/external-auditors", "External auditors", administrators, "i-eye"},
       {"/admin/sessions", "Sessions", administrators, "i-clock"},
       {"/admin/keys", "Keys", administrators, "i-key"},
       {"/admin/ledger", "Ledger", administrators, "i-trail"},
       {"/admin/integrity", "Integrity", administrators, "i-shield"},
       {"/admin/backups", "Backups", administrators, "i-tray"},
       {"/admin/storage", "Storage", administrators, "i-file"},
       {"/admin/server", "Server", administrators, "i-cycle"}}}},
}};

/// What waits for the person in this part; its number leads to exactly that list.
void putWaitingCount(view::Model& entry, const app::WaitingView::Counts& waiting, const NavItem& item) {
    struct Part {
        std::string_view href{};
        std::string_view kind{};
        std::int64_t number = 0;
    };
    const std::array<Part, 6> parts{{{"/", "", waiting.all()},
                                     {"/findings", "finding", waiting.findings},
                                     {"/requests", "request", waiting.requests},
                                     {"/actions", "action", waiting.actions},
                                     {"/improvements", "improvement", waiting.improvements},
                                     {"/bundles", "bundle", waiting.bundles}}};
    for (const Part& part : parts) {
        if (part.href != item.href || part.number == 0) continue;
        entry.add("HAS_WAITING")
            .set("HREF", "/waiting" + (part.kind.empty() ? std::string() : "?kind=" + std::string(part.kind)))
            .set("NUMBER", view::countText(part.number))
            .say("LABEL", item.label);
    }
}

void putNavigation(view::Model& model, const app::WaitingView::Counts& waiting, Role role,
                   const std::string& current) {
    for (const NavGroup& group : navigation) {
        view::Model* shown = nullptr;
        for (const NavItem& item : group.items) {
            if (!item.roles.has(role)) continue;
            if (shown == nullptr) shown = &model.add("NAV_GROUP").say("NAME", group.name);
            view::Model& entry = shown->add("NAV_ITEM");
            entry.set("HREF", item.href)
                .say("LABEL", item.label)
                .set("GLYPH", item.glyph)
                .showIf(item.href == current, "CURRENT");
            putWaitingCount(entry, waiting, item);
        }
    }
}

void putCaller(WebApp& web, view::Model& model, const Caller& caller, const std::string& section) {
    view::Model& frame = model.add("SIGNED_IN");
    frame.set("WHO_NAME", caller.name).set("WHO_ACCOUNT", caller.actor.account);
    if (caller.mustEnrol) return;
    frame.showIf(caller.actor.role != Role::Administrator, "MAY_SEARCH");
    // A page is shown without its counts rather than not at all.
    const auto waiting = app::countWaitingFor(*web.context, caller.actor);
    frame.say("WHO_ROLE", std::string(domain::roleName(caller.actor.role)));
    putNavigation(frame, waiting ? *waiting : app::WaitingView::Counts{}, caller.actor.role, section);
}

void putError(view::Model& model, const Error& error) {
    view::Model& banner = model.add("ERROR");
    banner.say("MESSAGE", error.message).sayIf("RULE", error.rule).sayIf("FIX", error.fix);
    banner.showIf(!error.parts.empty(), "HAS_PARTS");
    for (const Error& part : error.parts) {
        banner.add("PART")
            .setIf("FIELD", part.field)
            .say("MESSAGE", part.message)
            .say("RULE", part.rule)
            .say("FIX", part.fix);
    }
}

std::string ledgerSize(WebApp& web) {
    auto note = app::currentCheckpoint(*web.context);
    auto head = note ? ledger::readCheckpoint(*note) : Result<ledger::Checkpoint>(internal(""));
    return view::countText(head ? static_cast<std::int64_t>(head->size) : 0);
}

/// What style and scripts need to know of the person's choices stands on the root element.
void putPreferences(view::Model& model, const app::Preferences& preferences) {
    if (preferences.theme != app::Theme::System) {
        model.setIf("THEME", preferences.theme == app::Theme::Dark ? "dark" : "light");
    }
    model.showIf(preferences.density == app::Density::Compact, "COMPACT");
    model.showIf(!preferences.shortcuts, "NO_KEYS");
    model.showIf(preferences.motion == app::Motion::Reduced, "STILL");
}

void putFrame(WebApp& web, const Request& request, const Frame& frame, view::Model& model) {
    const std::string language(view::codeOf(view::currentLanguage()));
    const std::string words = "words-" + language + ".js";
    model.set("LANG", language);
    if (const view::Asset texts = view::asset(words); !texts.text.empty())
        model.setIf("WORDS", words).set("WORDS_TAG", std::string(texts.tag));
    model.set("TITLE", frame.title).set("ORGANISATION", web.context->settings.organisation);
    model.set("LEDGER_SIZE", ledgerSize(web));
    model.set("MARK_TAG", std::string(view::asset("mark.svg").tag));
    model.set("TOKENS_TAG", std::string(view::asset("tokens.css").tag));
    model.set("STYLE_TAG", std::string(view::asset("tickmark.css").tag));
    model.set("HTMX_TAG", std::string(view::asset("htmx.js").tag));
    model.set("SCRIPT_TAG", std::string(view::asset("app.js").tag));
    model.include("SPRITE", "parts/sprite.html");
    model.set("CSRF", "");
    const Caller* known = callerIf(request);
    putPreferences(model, known == nullptr ? app::Preferences{} : known->preferences);
    if (const Caller* caller = known; caller != nullptr) {
        model.set("CSRF", caller->csrf);
        putCaller(web, model, *caller, frame.section);
    } else if (frame.section != signInSection) {
        model.show("PUBLIC");
    }
    if (!frame.trail.empty()) {
        view::Model& trail = model.add("HAS_TRAIL");
        trail.set("TRAIL_END", frame.trailEnd);
        for (const auto& [href, label] : frame.trail)
            trail.add("TRAIL").set("HREF", href).say("LABEL", label);
    }
    if (frame.error != nullptr) putError(model, *frame.error);
    if (!frame.notice.empty()) model.add("NOTICE").set("TEXT", frame.notice);
}

view::Language languageFor(const Request& request) {
    const Caller* caller = callerIf(request);
    if (caller != nullptr && caller->preferences.language) return *caller->preferences.language;
    return view::preferredLanguage(request.header("accept-language"));
}

std::string zoneFor(const Request& request) {
    const Caller* caller = callerIf(request);
    return caller == nullptr ? std::string() : caller->preferences.timeZone;
}

}  // namespace

PersonScope::PersonScope(const Request& request)
    : m_language(languageFor(request)), m_zone(zoneFor(request)) {}

Response page(WebApp& web, Request& request, const Frame& frame, std::string_view body,
              const std::function<void(view::Model&)>& fill) {
    view::Model model;
    putFrame(web, request, frame, model);
    view::Model& content = model.include("BODY", body);
    if (const Caller* caller = callerIf(request))
        content.set("CSRF", caller->csrf).showIf(caller->secondFactor, "ASK_CODE");
    fill(content);
    auto html = view::render("pages/layout.html", model);
    if (!html) return problem(html.error(), request.id);
    Response response = htmlResponse(*std::move(html), frame.status);
    if (frame.error != nullptr) sayWhenAgain(response, *frame.error);
    return response;
}

void putStatus(view::Model& model, std::string_view name, std::string_view thing, std::string_view code) {
    const view::Status status = view::statusOf(thing, code);
    model.include(name, "parts/status.html")
        .set("TONE", std::string(status.tone))
        .set("GLYPH", std::string(status.glyph))
        .say("WORD", std::string(status.word));
}

void putDue(view::Model& model, const std::optional<Date>& due, Date today) {
    model.set("DUE", due ? due->iso() : "").say("HINT", view::dueHint(due, today));
    model.set("HINT_TONE", due && *due < today ? "late" : "");
}

void putOption(view::Model& model, std::string_view section, std::string_view codeName, std::string code,
               std::string word, bool on) {
    model.add(section).set(codeName, std::move(code)).set("WORD", std::move(word)).showIf(on, "ON");
}

void putPeople(WebApp& web, const Request& request, view::Model& model, const std::string& chosen,
               const std::function<bool(Role)>& fits) {
    auto parties = app::assignableParties(*web.context, callerOf(request).actor);
    if (!parties) return;
    for (const domain::Party& party : *parties) {
        if (!fits(party.role)) continue;
        putOption(model, "PERSON", "ACCOUNT", party.account, party.name + " (" + party.account + ")",
                  party.account == chosen);
    }
}

std::string nameOf(const std::vector<domain::Party>& parties, domain::PartyId id) {
    for (const domain::Party& party : parties) {
        if (party.id == id) return party.name;
    }
    return view::said("nobody");
}

std::string accountOf(const std::vector<domain::Party>& parties, domain::PartyId id) {
    for (const domain::Party& party : parties) {
        if (party.id == id) return party.account;
    }
    return {};
}

std::vector<std::string> Form::all(std::string_view name) const {
    std::vector<std::string> out;
    for (const std::string_view value : valuesOf(m_fields, name)) out.emplace_back(value);
    return out;
}

std::int64_t Form::revision() const {
    const std::string_view text = valueOf(m_fields, "rev");
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

Result<std::optional<Date>> Form::date(std::string_view name) const {
    const std::string_view text = valueOf(m_fields, name);
    if (text.empty()) return std::optional<Date>{};
    auto date = Date::parse(text);
    if (date) return std::optional<Date>(*date);
    Error error = std::move(date).error();
    error.field = std::string(name);
    return error;
}

std::vector<std::string> Form::words(std::string_view name) const {
    std::vector<std::string> out;
    const std::string_view text = valueOf(m_fields, name);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(" ,;\n\r\t", at), text.size());
        if (end > at) out.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

Result<Form> readForm(Request& request) {
    TM_TRY(auto fields, readCheckedForm(request));
    return Form(std::move(fields));
}

std::string encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
    return out;
}

Result<void> addRow(Router& router, WebApp& web, Route route, PageHandler handler) {
    route.handler = [&web, run = std::move(handler)](Request& request, const PathParameters& parameters) {
        const PersonScope person(request);
        auto response = run(web, request, parameters);
        return response ? *std::move(response) : errorPage(web, request, response.error());
    };
    return router.add(std::move(route));
}

Result<void> addPage(Router& router, WebApp& web, std::string pattern, std::string name, std::string roles,
                     PageHandler handler) {
    Route route;
    route.method = "GET";
    route.pattern = std::move(pattern);
    route.name = std::move(name);
    route.isPublic = roles == "public";
    route.roles = std::move(roles);
    return addRow(router, web, std::move(route), std::move(handler));
}

Result<void> addForm(Router& router, WebApp& web, std::string pattern, std::string name, std::string roles,
                     PageHandler handler) {
    Route route;
    route.method = "POST";
    route.pattern = std::move(pattern);
    route.name = std::move(name);
    route.isPublic = roles == "public";
    route.needsCsrf = !route.isPublic;
    route.roles = std::move(roles);
    return addRow(router, web, std::move(route), std::move(handler));
}

}  // namespace tickmark::http::pages
