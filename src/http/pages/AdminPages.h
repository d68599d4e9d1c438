// What an administrator keeps: external auditors, who is signed in, keys, the ledger, integrity, backups, the
// room that everything takes, settings and the server's own work.
#pragma once

#include <string>
#include <vector>

#include "http/pages/Page.h"
#include "tickmark/app/Upkeep.h"

namespace tickmark::http::pages {

/// Include {{>RUNS}}: pieces of work with their results, newest first; `none` says what appears there. Shows
/// the section RUNNING when one of them goes on, for a page that then looks again by itself.
void putRuns(view::Model& model, const std::vector<storage::WorkRun>& runs, const char* none);
/// "2.5 GB".
[[nodiscard]] std::string sizeOf(std::uint64_t bytes);

/// Runs `deed` of a form that needs no fields and goes back to `back`; a refusal becomes an error page.
using AdminDeed = std::function<Result<void>(WebApp&, const domain::Actor&, const Form&)>;
[[nodiscard]] Result<void> addDeed(Router& router, WebApp& web, const std::string& pattern,
                                   const std::string& name, const std::string& back, AdminDeed deed);

/// Rows that addAccountPages brings along.
[[nodiscard]] Result<void> addAdminPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addExternalAuditorPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addSessionPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addKeyPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addIntegrityPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addBackupPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addServerPages(Router& router, WebApp& web);

}  // namespace tickmark::http::pages
