// What has a date and waits for one person: the list, and the words for calendar and mail.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/app/Context.h"

namespace tickmark::app {

enum class DueKind { Finding, Action, Request, Extension, Check, Improvement, Malware };
inline constexpr std::array<DueKind, 7> dueKinds{DueKind::Finding,   DueKind::Action, DueKind::Request,
                                                 DueKind::Extension, DueKind::Check,  DueKind::Improvement,
                                                 DueKind::Malware};
[[nodiscard]] std::string_view toText(DueKind kind) noexcept;   ///< "finding", …, "improvement", "malware"
[[nodiscard]] std::string_view titleOf(DueKind kind) noexcept;  ///< "Findings", …, "Quarantined files"

/// One thing with a date that waits for the person's step.
struct DueItem {
    DueKind kind = DueKind::Finding;
    std::string ref{};    ///< of the finding, action, request, item or evidence
    std::string title{};  ///< on one line
    std::string verb{};   ///< "Respond", "Report as done", "Decide the extension" …
    std::string audit{};  ///< reference; empty for an improvement item
    Date due{};
    /// "/findings/F-0092": where its page lies.
    [[nodiscard]] std::string path() const;
};

struct DueList {
    static constexpr std::int32_t soonDays = 7;

    Date today{};
    std::vector<DueItem> items{};  ///< earliest first; of each kind the earliest that were asked for
    struct Count {
        std::int64_t all = 0;
        std::int64_t overdue = 0;  ///< due before today
        std::int64_t soon = 0;     ///< due today up to and with the day soonDays after it
    };
    std::array<Count, dueKinds.size()> counts{};  ///< of everything, in the order of dueKinds
    [[nodiscard]] const Count& countOf(DueKind kind) const noexcept {
        return counts.at(static_cast<std::size_t>(kind));
    }
    [[nodiscard]] Count count() const noexcept;  ///< of all kinds
    /// Whether something waits that is not among the items.
    [[nodiscard]] bool more() const noexcept;
};

/// Every role has one; it is empty for those whom nothing waits for. Findings to answer or judge, actions to
/// do or verify, requests to answer or judge, extensions that the lead auditor decides (by the date that the
/// action has now), effectiveness checks that are booked and not done, improvement items whose next step is
/// the person's, files in which a malware scanner found something (for who leads the audit and who handed
/// them over; due on the day they were found). What has no date stands on the home page only. `most`: items
/// of each kind.
[[nodiscard]] Result<DueList> dueList(Context& context, const domain::Actor& actor, std::size_t most = 2000);

}  // namespace tickmark::app
