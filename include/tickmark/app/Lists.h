// Lists and the numbers of the home page, within what the actor may see.
#pragma once

#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Bundles.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Requests.h"

namespace tickmark::app {

/// Builds the storage scope of an actor: reach by role, party, today.
[[nodiscard]] storage::Scope scopeOf(const Context& context, const domain::Actor& actor);

/// One line of "what waits for you", oldest date first, whatever its kind.
struct ToDo {
    std::string kind{};  ///< "finding", "action", "request"
    std::string ref{};
    std::string title{};
    std::string verb{};   ///< the button: "Respond", "Accept the plan", "Hand over a file" …
    std::string state{};  ///< in words
    std::string audit{};  ///< reference
    std::optional<Date> due{};
};
struct HomeView {
    std::vector<ToDo> waiting{};
    bool moreWaiting = false;  ///< thousands of one kind wait; those beyond are in its list only
    std::vector<storage::AuditRow> audits{};
    bool moreAudits = false;
    struct Count {
        std::string key{};  ///< class or state code
        std::int64_t number = 0;
    };
    std::vector<Count> openByClass{};
    std::vector<Count> byState{};
    std::int64_t open = 0;
    std::int64_t pastDue = 0;
    std::int64_t ledgerSize = 0;
};
[[nodiscard]] Result<HomeView> showHome(Context& context, const domain::Actor& actor);

}  // namespace tickmark::app
