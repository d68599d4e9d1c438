// Objectives: proposed by the improvement manager, approved by top management, served by improvement items.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Objective.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/Objectives.h"

namespace tickmark::app {

struct ObjectiveDraft {
    std::string title{};
    std::string statement{};
    std::string process{};
    std::string service{};
    std::string owner{};  ///< account, or empty
    std::string kpi{};    ///< reference of a defined KPI; gives unit and direction when these are empty
    std::string unit{};
    std::optional<domain::KpiDirection> direction{};
    std::optional<double> baseline{};
    std::optional<double> target{};
    std::optional<Date> startOn{};
    std::optional<Date> targetOn{};
};

/// IM, TM. Event "objective.propose". Errors: Invalid "validation", "unknown-reference", "unknown-kpi".
[[nodiscard]] Result<domain::Objective> proposeObjective(Context& context, const domain::Actor& actor,
                                                         const ObjectiveDraft& draft);
/// Who proposed it, while it is proposed. Event "objective.edit". Errors: as above, Stale, Refused
/// "approved".
[[nodiscard]] Result<domain::Objective> editObjective(Context& context, const domain::Actor& actor,
                                                      const domain::ObjectiveRef& ref, std::int64_t rev,
                                                      const ObjectiveDraft& draft);
/// Its owner or the IM while it is approved and no KPI measures it; `evidence` ("E-0117/v1") proves the
/// value. Event "objective.measure". Errors: Invalid naming "evidence", Refused "measured-by-kpi", Forbidden,
/// Stale.
[[nodiscard]] Result<domain::Objective> measureObjective(Context& context, const domain::Actor& actor,
                                                         const domain::ObjectiveRef& ref, std::int64_t rev,
                                                         double value, const std::string& evidence);
/// As the machine allows. Events "objective.approve" …
[[nodiscard]] Result<domain::Objective> moveObjective(Context& context, const domain::Actor& actor,
                                                      const domain::ObjectiveRef& ref, std::int64_t rev,
                                                      domain::ObjectiveEvent event,
                                                      const std::string& reason);

/// One objective with what serves it. The measured progress and the items' progress stand side by side; they
/// are never mixed.
struct ObjectiveView {
    domain::Objective objective{};
    std::optional<double> value{};           ///< the KPI's newest figure, or as entered
    std::string evidence{};                  ///< version that proves an entered value, if it is open to them
    std::optional<std::int64_t> progress{};  ///< measured, percent of the way
    std::vector<storage::ImprovementRow> items{};
    /// Mean progress of the items that were not rejected or cancelled, a closed one counting 100; rounded
    /// down.
    std::optional<std::int64_t> itemProgress{};
    std::vector<domain::ObjectiveStep> steps{};
    std::vector<domain::Party> parties{};
    bool mayEdit = false;
    bool mayMeasure = false;
};
[[nodiscard]] Result<ObjectiveView> showObjective(Context& context, const domain::Actor& actor,
                                                  const domain::ObjectiveRef& ref);

struct ObjectiveLine {
    storage::ObjectiveRow row{};
    std::optional<double> value{};
    std::optional<std::int64_t> progress{};
};
struct ObjectiveList {
    std::vector<ObjectiveLine> lines{};
    std::string next{};
};
/// Those who read KPIs. Newest first.
[[nodiscard]] Result<ObjectiveList> listObjectives(Context& context, const domain::Actor& actor,
                                                   const storage::ObjectiveFilter& filter,
                                                   const storage::PageRequest& page);

/// Errors: Invalid "unknown-objective" when there is none of that reference or it is no longer pursued.
[[nodiscard]] Result<void> objectiveMustBeOpen(storage::ReadSession& session, const std::string& ref);

}  // namespace tickmark::app
