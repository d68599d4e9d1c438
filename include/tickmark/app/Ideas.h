// The idea bank: improvements worth a thought, each with the KPI it moves and how to measure it. Some come
// with the program, others are added by people.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/app/Context.h"

namespace tickmark::app {

/// Codes of the processes that ideas belong to, in the order of lists.
inline constexpr std::array<std::string_view, 10> ideaProcesses{
    "incident",      "problem",  "change",    "capacity",   "availability",
    "service-level", "supplier", "knowledge", "continuity", "request"};
/// "Service level management"; empty for an unknown code.
[[nodiscard]] std::string_view ideaProcessTitle(std::string_view code) noexcept;

struct Idea {
    std::string code{};     ///< "INC-01" built in, "OI-0001" own
    std::string process{};  ///< one of ideaProcesses
    std::string title{};
    std::string description{};
    std::string kpi{};         ///< name of what it moves
    std::string unit{};        ///< "%", "minutes"
    std::string direction{};   ///< "higher_is_better" or "lower_is_better"
    std::string rule{};        ///< how to measure it, in words
    std::string by{};          ///< account of whom it comes from; empty for built-in ones
    bool mayWithdraw = false;  ///< by the one who asks
};

struct IdeaFilter {
    std::string process{};  ///< empty: any
    std::string q{};        ///< every word must occur in title, description or KPI; case does not matter
};
/// Those that come with the program first, then those of people. LA AU PO AO IM TM. Errors: Forbidden;
/// Invalid "unknown-word" field "process".
[[nodiscard]] Result<std::vector<Idea>> listIdeas(Context& context, const domain::Actor& actor,
                                                  const IdeaFilter& filter = {});
/// One of them, to adopt it. Errors: Forbidden, NotFound.
[[nodiscard]] Result<Idea> findIdea(Context& context, const domain::Actor& actor, const std::string& code);

/// Adds one; code, by and mayWithdraw of the input do not matter. Event "idea.add". Errors: Forbidden;
/// Invalid with a part for each field.
[[nodiscard]] Result<Idea> addIdea(Context& context, const domain::Actor& actor, Idea idea);
/// Whoever added it, or IM. Event "idea.withdraw". Errors: Forbidden (built-in ones too), NotFound.
[[nodiscard]] Result<void> withdrawIdea(Context& context, const domain::Actor& actor,
                                        const std::string& code);

}  // namespace tickmark::app
