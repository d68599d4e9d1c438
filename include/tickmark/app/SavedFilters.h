// Filters of lists that people keep under a name, for themselves or for all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/app/Context.h"

namespace tickmark::app {

struct FilterDraft {
    std::string list{};   ///< one of filterLists()
    std::string name{};   ///< 1 to 60 characters
    std::string query{};  ///< as it stands in an address, without "?": at most 2000 characters; may be empty
    bool shared = false;  ///< everybody of the organisation sees it; external auditors share nothing
    bool standard = false;  ///< the list opens with it for this person
};

struct SavedFilter {
    std::int64_t id = 0;
    std::string list{};
    std::string name{};
    std::string query{};
    bool shared = false;
    bool standard = false;  ///< of the person who keeps it
    bool own = false;
    std::string keeper{};  ///< name of who keeps it
};

/// The lists that filters are kept for: "findings", "actions", "requests", "evidence", "improvements",
/// "audits", "lessons".
[[nodiscard]] bool isFilterList(std::string_view list) noexcept;
/// The most filters that one person keeps for one list.
inline constexpr std::size_t mostFilters = 30;

/// Anybody for themselves. Errors: Invalid "unknown-word" field list, "text" fields name and query; Conflict
/// "filter-name"; Refused "too-many-filters"; Forbidden when an external auditor shares.
[[nodiscard]] Result<SavedFilter> saveFilter(Context& context, const domain::Actor& actor,
                                             const FilterDraft& draft);
/// Own ones only; the list stays. Errors: as saveFilter; NotFound for any other.
[[nodiscard]] Result<SavedFilter> changeFilter(Context& context, const domain::Actor& actor, std::int64_t id,
                                               const FilterDraft& draft);
/// Own ones only. Errors: NotFound.
[[nodiscard]] Result<void> removeFilter(Context& context, const domain::Actor& actor, std::int64_t id);
/// Own ones by name, then what others share (not for external auditors), by name. Errors: Invalid.
[[nodiscard]] Result<std::vector<SavedFilter>> savedFilters(Context& context, const domain::Actor& actor,
                                                            const std::string& list);

}  // namespace tickmark::app
