#include "tickmark/view/Words.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "tickmark/view/Language.h"

namespace tickmark::view {
namespace {

struct Row {
    std::string_view thing;
    std::string_view code;
    Status status;
};

constexpr auto rows = std::to_array<Row>({
    {"finding", "draft", {"neutral", "i-dashed", "Draft"}},
    {"finding", "discarded", {"neutral", "i-cross", "Discarded"}},
    {"finding", "issued", {"info", "i-circle", "Issued"}},
    {"finding", "withdrawn", {"neutral", "i-cross", "Withdrawn"}},
    {"finding", "responded", {"info", "i-half", "Responded"}},
    {"finding", "returned", {"warn", "i-back", "Returned"}},
    {"finding", "plan_accepted", {"info", "i-three", "Plan accepted"}},
    {"finding", "implemented", {"info", "i-full", "Implemented"}},
    {"finding", "verified", {"good", "i-tick", "Verified"}},
    {"finding", "acknowledged", {"info", "i-half", "Acknowledged"}},
    {"finding", "converted", {"info", "i-up", "Converted"}},
    {"finding", "no_action", {"neutral", "i-circle", "No action"}},
    {"finding", "closed", {"good", "i-lock", "Closed"}},
    {"class", "major", {"bad", "i-triangle-full", "Major"}},
    {"class", "minor", {"warn", "i-triangle", "Minor"}},
    {"class", "observation", {"info", "i-eye", "Observation"}},
    {"class", "opportunity", {"info", "i-up", "Opportunity"}},
    {"class", "conformity", {"good", "i-tick", "Conformity"}},
    {"action", "planned", {"neutral", "i-dashed", "Planned"}},
    {"action", "approved", {"info", "i-circle", "Approved"}},
    {"action", "in_progress", {"info", "i-half", "In progress"}},
    {"action", "done", {"info", "i-full", "Done"}},
    {"action", "verified", {"good", "i-tick", "Verified"}},
    {"action", "effective", {"good", "i-tick", "Effective"}},
    {"action", "not_effective", {"bad", "i-cross", "Not effective"}},
    {"action", "on_hold", {"warn", "i-pause", "On hold"}},
    {"action", "cancelled", {"neutral", "i-cross", "Cancelled"}},
    {"evidence", "received", {"neutral", "i-tray", "Received"}},
    {"evidence", "under_review", {"info", "i-eye", "Under review"}},
    {"evidence", "accepted", {"good", "i-tick", "Accepted"}},
    {"evidence", "rejected", {"bad", "i-cross", "Rejected"}},
    {"evidence", "superseded", {"neutral", "i-back", "Superseded"}},
    {"evidence", "expired", {"warn", "i-pause", "Expired"}},
    {"evidence", "quarantined", {"bad", "i-triangle-full", "Quarantined"}},
    {"evidence", "withdrawn", {"neutral", "i-cross", "Withdrawn"}},
    {"request", "draft", {"neutral", "i-dashed", "Draft"}},
    {"request", "open", {"info", "i-circle", "Open"}},
    {"request", "submitted", {"info", "i-half", "Submitted"}},
    {"request", "accepted", {"good", "i-tick", "Accepted"}},
    {"request", "returned", {"warn", "i-back", "Returned"}},
    {"request", "closed", {"good", "i-lock", "Closed"}},
    {"request", "cancelled", {"neutral", "i-cross", "Cancelled"}},
    {"review", "planned", {"neutral", "i-dashed", "Planned"}},
    {"review", "held", {"info", "i-half", "Held"}},
    {"review", "submitted", {"info", "i-full", "Minutes submitted"}},
    {"review", "approved", {"good", "i-tick", "Minutes approved"}},
    {"review", "closed", {"good", "i-lock", "Closed"}},
    {"review", "cancelled", {"neutral", "i-cross", "Cancelled"}},
    {"policy", "draft", {"neutral", "i-dashed", "Draft"}},
    {"policy", "submitted", {"info", "i-full", "Submitted"}},
    {"policy", "approved", {"good", "i-tick", "Approved"}},
    {"policy", "superseded", {"neutral", "i-back", "Superseded"}},
    {"objective", "proposed", {"neutral", "i-dashed", "Proposed"}},
    {"objective", "approved", {"info", "i-circle", "Approved"}},
    {"objective", "achieved", {"good", "i-tick", "Achieved"}},
    {"objective", "missed", {"bad", "i-cross", "Missed"}},
    {"objective", "withdrawn", {"neutral", "i-cross", "Withdrawn"}},
    {"audit", "planned", {"neutral", "i-dashed", "Planned"}},
    {"audit", "fieldwork", {"info", "i-circle", "Fieldwork"}},
    {"audit", "reporting", {"info", "i-half", "Reporting"}},
    {"audit", "follow_up", {"info", "i-three", "Follow-up"}},
    {"audit", "closed", {"good", "i-lock", "Closed"}},
    {"audit", "cancelled", {"neutral", "i-cross", "Cancelled"}},
    {"check-row", "open", {"neutral", "i-dashed", "Not looked at yet"}},
    {"check-row", "conforming", {"good", "i-tick", "Conforming"}},
    {"check-row", "finding", {"warn", "i-triangle", "Finding"}},
    {"check-row", "not_examined", {"neutral", "i-cross", "Not examined"}},
    {"programme", "planned", {"neutral", "i-dashed", "Planned"}},
    {"programme", "overdue", {"warn", "i-triangle-full", "Past its date"}},
    {"programme", "under_way", {"info", "i-half", "Under way"}},
    {"programme", "done", {"good", "i-lock", "Done"}},
    {"programme", "cancelled", {"neutral", "i-cross", "Cancelled"}},
    {"bundle", "draft", {"neutral", "i-dashed", "Prepared"}},
    {"bundle", "sealed", {"good", "i-lock", "Sealed"}},
    {"bundle", "superseded", {"neutral", "i-back", "Superseded"}},
    {"bundle", "revoked", {"bad", "i-cross", "Revoked"}},
    {"feedback", "new", {"warn", "i-dashed", "New"}},
    {"feedback", "acknowledged", {"info", "i-half", "Acknowledged"}},
    {"feedback", "answered", {"good", "i-tick", "Answered"}},
    {"feedback", "improving", {"info", "i-up", "Became an item"}},
    {"feedback", "dismissed", {"neutral", "i-cross", "Dismissed"}},
    {"service-review", "planned", {"neutral", "i-dashed", "Planned"}},
    {"service-review", "held", {"info", "i-half", "Held"}},
    {"service-review", "closed", {"good", "i-lock", "Closed"}},
    {"improvement", "identified", {"neutral", "i-dashed", "Identified"}},
    {"improvement", "goals_set", {"info", "i-circle", "Goals set"}},
    {"improvement", "analysed", {"info", "i-eye", "Analysed"}},
    {"improvement", "planned", {"info", "i-three", "Planned"}},
    {"improvement", "implementing", {"info", "i-half", "Implementing"}},
    {"improvement", "evaluating", {"info", "i-full", "Evaluating"}},
    {"improvement", "standardised", {"good", "i-tick", "Standardised"}},
    {"improvement", "closed", {"good", "i-lock", "Closed"}},
    {"improvement", "rejected", {"neutral", "i-cross", "Rejected"}},
    {"improvement", "on_hold", {"warn", "i-pause", "On hold"}},
    {"improvement", "cancelled", {"neutral", "i-cross", "Cancelled"}},
});

}  // namespace

Status statusOf(std::string_view thing, std::string_view code) noexcept {
    for (const Row& row : rows) {
        if (row.thing == thing && row.code == code) return row.status;
    }
    return {"neutral", "i-circle", code};
}

std::string sizeText(std::uint64_t bytes) {
    constexpr std::array<const char*, 5> units{"bytes", "KiB", "MiB", "GiB", "TiB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    if (bytes == 1) return said("1 byte");
    // What would be written as 1024.0 of one unit is 1.0 of the next.
    while (value >= (unit == 0 ? 1024 : 1023.95) && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    std::array<char, 40> text{};
    static_cast<void>(std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f" : "%.1f", value));
    std::string number(text.data());
    if (currentLanguage() == Language::German) std::replace(number.begin(), number.end(), '.', ',');
    return number + " " + said(units[unit]);
}

std::string timeText(Timestamp moment) {
    const std::string iso = moment.iso();
    return iso.substr(0, 10) + " " + iso.substr(11, 5) + " UTC";
}

std::string dueHint(const std::optional<Date>& due, Date today) {
    if (!due) return {};
    const std::int32_t days = due->days - today.days;
    if (days == 0) return said("today");
    return days < 0 ? counted(-days, "{} day late", "{} days late")
                    : counted(days, "in {} day", "in {} days");
}

std::string countText(std::int64_t number) {
    const char* const mark = currentLanguage() == Language::German ? "." : ",";
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3 + (number < 0 ? 1U : 0U); at -= 3)
        digits.insert(at - 3, mark);
    return digits;
}

}  // namespace tickmark::view
