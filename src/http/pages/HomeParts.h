// What the home pages of the roles are made of.
#pragma once

#include <optional>
#include <string>

#include "http/pages/Page.h"
#include "tickmark/app/Waiting.h"

namespace tickmark::http::pages {

/// A number with its list: "/findings?open=1". Without a number it is counted with the filter of that list.
struct Tile {
    std::string href{};
    std::string one{};   ///< "audit under way"
    std::string many{};  ///< "audits under way"
    std::optional<std::int64_t> number{};
    std::string tone{};   ///< "late" where a number above zero is bad news
    std::string glyph{};  ///< of the sprite
};
/// Section TILES with one TILE.
[[nodiscard]] Result<void> putTile(WebApp& web, const domain::Actor& actor, view::Model& tiles,
                                   const Tile& tile);

/// Where the thing is opened.
[[nodiscard]] std::string addressOf(const app::WaitingItem& item);
/// Rows WAITING of a list of what waits.
void putWaitingRow(view::Model& list, const app::WaitingItem& item, Date today);
/// Section CHIP for each kind of which something waits, "Everything" first; `kind` is the one on show.
void putKinds(view::Model& model, const app::WaitingView& waiting, const std::string& kind, bool past);
/// "Nine", "23": a number as a sentence begins with it.
[[nodiscard]] std::string sentenceNumber(std::int64_t number);

/// The rest of a home page below what waits, by role: sections TILES, SIDE, AUDITS, CHARTS …
[[nodiscard]] Result<void> putRoleParts(WebApp& web, const Request& request, view::Model& model);

[[nodiscard]] Result<void> addWaitingPage(Router& router, WebApp& web);

}  // namespace tickmark::http::pages
