// What the home pages of the roles have in common: tiles, panels, and the parts that several show.
#pragma once

#include <string>
#include <vector>

#include "http/pages/HomeParts.h"

namespace tickmark::http::pages {

/// One home page while it is put together.
struct Home {
    WebApp& web;
    const Caller& caller;
    view::Model& model;
    Date today{};
    [[nodiscard]] const domain::Actor& actor() const { return caller.actor; }
};

[[nodiscard]] Result<void> putTiles(const Home& home, const std::vector<Tile>& tiles);
/// A panel in section SIDE or WIDE, with a link in its head.
view::Model& panel(view::Model& model, const char* section, std::string_view headline,
                   const std::string& href = {}, const std::string& word = {});
/// What a panel says when it has no rows.
void putNone(view::Model& part, const char* words);
/// A row of a panel in section SIDE; without an address it is no link.
view::Model& sideRow(view::Model& part, const std::string& name, const std::string& href, std::string note);

/// The chart of age; `all`: also where findings concentrate and their flow.
[[nodiscard]] Result<void> putCharts(const Home& home, bool all);
[[nodiscard]] Result<void> putBookedChecks(const Home& home);
[[nodiscard]] Result<void> putObjectives(const Home& home);

// One for each kind of role.
[[nodiscard]] Result<void> putAuditor(const Home& home);
[[nodiscard]] Result<void> putOwner(const Home& home);
/// The form that takes files dropped anywhere on the page, when something waits for them.
[[nodiscard]] Result<void> putDrop(const Home& home, const Request& request);
[[nodiscard]] Result<void> putImprover(const Home& home);
[[nodiscard]] Result<void> putManagement(const Home& home);
[[nodiscard]] Result<void> putShared(const Home& home);
[[nodiscard]] Result<void> putAdministrator(const Home& home);

}  // namespace tickmark::http::pages
