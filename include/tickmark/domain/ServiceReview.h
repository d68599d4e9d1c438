// A review of a service with its customer or supplier (ISO/IEC 20000-1:2018 clauses 8.3.2, 8.3.3 and 8.3.4):
// which levels were reached, which points were raised, and what was decided about each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/domain/Transitions.h"

namespace tickmark::domain {

using ServiceReviewId = Id<struct ServiceReviewTag>;
using ServiceReviewRef = Ref<struct ServiceReviewRefTag>;

enum class ServiceReviewSide { Customer, Supplier };
enum class ServiceReviewState { Planned, Held, Closed };
enum class ServiceReviewEvent { Hold, Close };
enum class PointDecision { Open, Item, NoAction };

[[nodiscard]] std::string_view toText(ServiceReviewSide value) noexcept;   ///< "customer"
[[nodiscard]] std::string_view toText(ServiceReviewState value) noexcept;  ///< "held"
[[nodiscard]] std::string_view toText(ServiceReviewEvent value) noexcept;  ///< "hold"
[[nodiscard]] std::string_view toText(PointDecision value) noexcept;       ///< "no_action"
[[nodiscard]] std::optional<ServiceReviewSide> serviceReviewSideFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<ServiceReviewState> serviceReviewStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<ServiceReviewEvent> serviceReviewEventFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<PointDecision> pointDecisionFrom(std::string_view text) noexcept;
/// For people: "Customer", "Held", "Record as held", "No action".
[[nodiscard]] std::string_view titleOf(ServiceReviewSide value) noexcept;
[[nodiscard]] std::string_view titleOf(ServiceReviewState value) noexcept;
[[nodiscard]] std::string_view titleOf(ServiceReviewEvent value) noexcept;
[[nodiscard]] std::string_view titleOf(PointDecision value) noexcept;

/// One level that was looked at. Value and target are as people agreed them, e.g. "65.13 %" and "4 hours".
struct ServiceLevel {
    std::string text{};
    std::string kpi{};  ///< reference of the KPI behind it, or empty
    std::string value{};
    std::string target{};
    bool met = false;
    bool operator==(const ServiceLevel&) const = default;
};

/// One point that was raised; its number is its place in the list, from 1.
struct ServiceReviewPoint {
    std::string text{};
    PartyId owner{};
    std::optional<Date> due{};
    PointDecision decision = PointDecision::Open;
    std::string item{};    ///< the improvement item that it became
    std::string reason{};  ///< why nothing is done
    bool operator==(const ServiceReviewPoint&) const = default;
};

struct ServiceReview {
    ServiceReviewId id{};
    ServiceReviewRef ref{};  ///< "SR-0001"
    ServiceReviewState state = ServiceReviewState::Planned;
    std::string service{};
    ServiceReviewSide side = ServiceReviewSide::Customer;
    std::string counterpart{};  ///< the organisation
    std::optional<Date> date{};
    std::optional<Date> from{};  ///< the period that it looks back on
    std::optional<Date> to{};
    std::vector<std::string> attendees{};  ///< functions, never names
    std::vector<ServiceLevel> levels{};
    std::vector<ServiceReviewPoint> points{};
    PartyId createdBy{};
    Timestamp createdAt{};
    Timestamp changedAt{};
    std::int64_t rev = 0;
    bool operator==(const ServiceReview&) const = default;
};

/// Cleans the texts in place and reports every broken rule at once; the day is needed, and a held review has
/// attendees.
[[nodiscard]] Result<void> validate(ServiceReview& review);

using ServiceReviewStep = Step<ServiceReviewEvent, ServiceReviewState>;
[[nodiscard]] std::span<const Transition<ServiceReviewState, ServiceReviewEvent>>
serviceReviewTransitions() noexcept;
/// The state that follows. Errors: as next() of improvement items. Held on or after its day, with attendees;
/// closed once every point is decided.
[[nodiscard]] Result<ServiceReviewState> next(const ServiceReview& item, ServiceReviewEvent event,
                                              const StepInput& input);
[[nodiscard]] std::vector<ServiceReviewStep> stepsOf(const ServiceReview& item, const StepInput& input);

}  // namespace tickmark::domain
