// How each person wants the pages, as it is stored.
#pragma once

#include <optional>
#include <string>

#include "tickmark/domain/Party.h"
#include "tickmark/storage/Database.h"

namespace tickmark::storage {

/// Words as app::Preferences writes them; empty texts mean "as the system".
struct PreferenceRow {
    domain::PartyId party{};
    std::string theme{};     ///< "", "light", "dark"
    std::string density{};   ///< "normal", "compact"
    std::string motion{};    ///< "", "reduced"
    bool shortcuts = true;   ///< keys of the pages
    std::string timeZone{};  ///< "Europe/Berlin"; "" is UTC
    std::string language{};  ///< "", "en", "de"
};

/// Replaces what the person had chosen.
[[nodiscard]] Result<void> savePreferences(WriteSession& session, const PreferenceRow& row);
/// Nothing when the person never chose.
[[nodiscard]] Result<std::optional<PreferenceRow>> preferencesOf(ReadSession& session, domain::PartyId party);

}  // namespace tickmark::storage
