#include "http/pages/Prove.h"

#include <array>

namespace tickmark::http::pages {
namespace {

using domain::Role;

struct Place {
    std::string_view subject;
    std::string_view prefix;
    domain::RoleSet roles;
};
constexpr domain::RoleSet readers{Role::LeadAuditor, Role::Auditor, Role::ImprovementManager,
                                  Role::TopManagement};
constexpr std::array<Place, 10> places{{
    {"finding", "/findings/", readers},
    {"action", "/actions/", readers},
    {"audit", "/audits/", readers},
    {"bundle", "/bundles/", readers},
    {"bundle-seal", "/bundles/", readers},
    {"evidence-request", "/requests/", readers},
    {"evidence", "/evidence/", readers},
    {"evidence-version", "/evidence/", readers},
    {"kpi", "/kpis/", readers},
    {"party", "/admin/accounts#account-", {Role::Administrator}},
}};

}  // namespace

void putGroups(view::Model& model, std::string_view section, const Digest& digest) {
    const std::string digits = digest.hex();
    for (std::size_t at = 0; at < digits.size(); at += 4)
        model.add(section).set("TEXT", digits.substr(at, 4));
}

void putWord(view::Model& model, std::string_view name, std::string tone, std::string glyph,
             std::string word) {
    model.include(name, "parts/status.html")
        .set("TONE", std::move(tone))
        .set("GLYPH", std::move(glyph))
        .say("WORD", std::move(word));
}

std::string addressOfThing(Role role, std::string_view subject, const std::string& ref) {
    for (const Place& place : places) {
        if (place.subject != subject || !place.roles.has(role) || ref.empty()) continue;
        const std::string prefix(place.prefix);
        if (subject != "evidence-version") return prefix + encoded(ref);
        // All versions stand on the page of their evidence.
        return prefix + encoded(ref.substr(0, ref.find('/')));
    }
    return {};
}

}  // namespace tickmark::http::pages
