#include "tickmark/domain/Party.h"

#include <vector>

#include "domain/EnumText.h"

namespace tickmark::domain {
namespace {

// The code is a role's spelling, its name the title.
constexpr EnumWords<Role, 8> roleWords{{
    {Role::LeadAuditor, "LA", "lead auditor"},
    {Role::Auditor, "AU", "auditor"},
    {Role::ProcessOwner, "PO", "process owner"},
    {Role::ActionOwner, "AO", "action owner"},
    {Role::ImprovementManager, "IM", "improvement manager"},
    {Role::TopManagement, "TM", "top management"},
    {Role::CertificationAuditor, "XA", "certification auditor"},
    {Role::Administrator, "AD", "administrator"},
}};
static_assert(isComplete(roleWords, Role::Administrator));

std::string withArticle(const EnumWord<Role>& role) {
    // "top management" is nobody in particular and takes no article.
    return (role.value == Role::TopManagement ? "" : "the ") + std::string(role.title);
}

}  // namespace

std::string_view roleCode(Role role) noexcept { return textIn(roleWords, role); }
std::string_view roleName(Role role) noexcept { return titleIn(roleWords, role); }
std::optional<Role> roleFromCode(std::string_view code) noexcept { return valueIn(roleWords, code); }

Admission admissionOn(const Party& party, Date today) noexcept {
    if (party.disabled) return Admission::Disabled;
    if (party.validUntil && *party.validUntil < today) return Admission::Ended;
    if (party.validFrom && today < *party.validFrom) return Admission::NotYet;
    return Admission::Open;
}

std::string roleNames(RoleSet roles) {
    std::vector<std::string> names;
    for (const EnumWord<Role>& role : roleWords) {
        if (roles.has(role.value)) names.push_back(withArticle(role));
    }
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += names[i];
    }
    return text;
}

}  // namespace tickmark::domain
