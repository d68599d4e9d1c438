// The audit programme (ISO 19011:2018 clause 5): the audits of a period, and which clauses they looked at.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Programme.h"
#include "tickmark/storage/Audits.h"

namespace tickmark::app {

struct ProgrammeQuestion {
    std::optional<Date> from{};  ///< with both ends empty: the year of today, else the latest one with audits
    std::optional<Date> to{};
    std::string catalog{};  ///< whose clauses are listed; empty: that of most of the audits
};

/// One number for each phase, in the order of domain::ProgrammePhase.
using PhaseCounts = std::array<std::int64_t, 5>;

struct ProgrammeAudit {
    storage::AuditRow row{};
    domain::ProgrammePhase phase = domain::ProgrammePhase::Planned;
};
struct ProgrammeAuditee {
    std::string auditee{};
    PhaseCounts counts{};
    std::int64_t all = 0;
    std::optional<Date> last{};  ///< last day of the latest audit that is done or under way
};
struct ProgrammeClause {
    std::string code{};
    std::string title{};
    bool group = false;        ///< has clauses below it, so that nothing is missing when it has no row itself
    std::int64_t rows = 0;     ///< rows of checklists in the period that looked at it
    std::int64_t audits = 0;   ///< that these rows belong to
    std::int64_t planned = 0;  ///< rows that have no such result (yet)
    std::optional<Date> last{};  ///< the latest day of those audits
};

struct ProgrammeView {
    std::optional<Date> from{};
    std::optional<Date> to{};
    std::vector<int> years{};  ///< in which audits begin, latest first
    PhaseCounts counts{};      ///< of all audits in the period
    std::int64_t all = 0;
    std::int64_t undated = 0;                  ///< audits without any date; in no period
    std::vector<ProgrammeAudit> audits{};      ///< of the period, by first day, then reference
    std::vector<ProgrammeAuditee> auditees{};  ///< by name
    std::vector<ProgrammeAudit> next{};  ///< planned and not yet begun, whenever they are, soonest first
    std::string catalog{};
    std::string catalogTitle{};
    std::vector<std::string> catalogs{};  ///< to choose from
    std::vector<ProgrammeClause> clauses{};
    std::int64_t covered = 0;  ///< clauses without clauses below them that a row looked at
    std::int64_t never = 0;    ///< and those that none did
    bool readsPapers = false;  ///< checklists are working papers; without them nothing is counted for clauses
};

/// Errors: Forbidden for roles that take no part in the programme (LA, AU, IM, TM do); Invalid "query" naming
/// catalog, or to when it lies before from.
[[nodiscard]] Result<ProgrammeView> showProgramme(Context& context, const domain::Actor& actor,
                                                  const ProgrammeQuestion& question);

}  // namespace tickmark::app
