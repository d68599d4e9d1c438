#include "app/KpiAccess.h"

namespace tickmark::app {
namespace {

using domain::Role;
constexpr domain::RoleSet readers{Role::LeadAuditor, Role::Auditor, Role::ProcessOwner,
                                  Role::ImprovementManager, Role::TopManagement};
constexpr domain::RoleSet measurers{Role::ProcessOwner, Role::ImprovementManager};

}  // namespace

bool mayReadKpis(const domain::Actor& actor) noexcept { return readers.has(actor.role); }
bool mayEditKpis(const domain::Actor& actor) noexcept { return actor.role == Role::ImprovementManager; }
bool mayMeasureKpis(const domain::Actor& actor) noexcept { return measurers.has(actor.role); }

Result<void> mustReadKpis(const domain::Actor& actor) {
    if (mayReadKpis(actor)) return {};
    return forbidden("KPIs are read by " + domain::roleNames(readers) + ".");
}

Result<void> mustEditKpis(const domain::Actor& actor) {
    if (mayEditKpis(actor)) return {};
    return forbidden("Only the improvement manager defines KPIs.");
}

Result<void> mustMeasureKpis(const domain::Actor& actor) {
    if (mayMeasureKpis(actor)) return {};
    return forbidden("Only " + domain::roleNames(measurers) + " can record measurements.");
}

}  // namespace tickmark::app
