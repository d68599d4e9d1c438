// What waits for a person, whatever its kind, oldest date first, with the step it waits for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"

namespace tickmark::app {

struct WaitingItem {
    std::string kind{};  ///< "finding", "action", "request", "improvement", "approval", "bundle"
    std::string
        thing{};  ///< whose states view::statusOf knows; of an approval "objective", "policy", "review"
    std::string ref{};
    std::string title{};
    std::string state{};  ///< as domain::toText
    std::string verb{};   ///< of the button: "Respond", "Hand over a file" …
    std::string classCode{};
    std::string audit{};    ///< reference; empty for an improvement item
    std::string finding{};  ///< of an action or a request about one
    std::optional<Date> due{};
};

struct WaitingQuestion {
    std::string kind{};     ///< one of the kinds above; empty: all
    bool past = false;      ///< only what is past its date
    std::size_t first = 0;  ///< skips as many
    std::size_t most = 200;
};

struct WaitingView {
    std::vector<WaitingItem> items{};
    struct Counts {
        std::int64_t findings = 0;
        std::int64_t actions = 0;
        std::int64_t requests = 0;
        std::int64_t improvements = 0;
        std::int64_t approvals = 0;  ///< objectives, policies and minutes, for top management
        std::int64_t bundles = 0;  ///< shared and not yet accepted or rejected, for the certification auditor
        [[nodiscard]] std::int64_t all() const noexcept {
            return findings + actions + requests + improvements + approvals + bundles;
        }
    };
    Counts all{};   ///< of every kind, whatever the question
    Counts past{};  ///< of these, due before today
};

/// Every role has one; it is empty for those whom nothing of these kinds waits for. Errors: Invalid "query"
/// field "kind".
[[nodiscard]] Result<WaitingView> waitingFor(Context& context, const domain::Actor& actor,
                                             const WaitingQuestion& question = {});
/// The numbers alone, for the navigation.
[[nodiscard]] Result<WaitingView::Counts> countWaitingFor(Context& context, const domain::Actor& actor);

}  // namespace tickmark::app
