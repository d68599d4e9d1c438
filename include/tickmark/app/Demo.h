// The demonstration organisation: real single audits and an internal audit on a real incident log.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::app {

struct DemoAccount {
    std::string account{};
    std::string name{};
    domain::Role role = domain::Role::Auditor;
    Secret password{};
};
struct DemoOutcome {
    std::vector<DemoAccount> accounts{};
    std::int64_t audits = 0;
    std::int64_t findings = 0;
    std::int64_t plans = 0;
    std::int64_t actions = 0;
    std::int64_t files = 0;
    std::vector<std::string> leftOut{};  ///< what the source names but this data cannot place, in words
};
/// Makes accounts, loads everything through the ordinary use cases (every step is in the ledger), moves
/// findings into different states. Accounts and passwords are also written to demo-accounts.txt (0600) in the
/// data directory. Errors: Refused "demo-loaded" when
/// it is there already, "account-taken" when one of its accounts is somebody's.
[[nodiscard]] Result<DemoOutcome> loadDemo(Context& context,
                                           const std::function<void(const std::string&)>& say);

}  // namespace tickmark::app
