#include "tickmark/storage/Preferences.h"

#include "storage/Connection.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {

Result<void> savePreferences(WriteSession& session, const PreferenceRow& row) {
    return guarded([&]() -> Result<void> {
        session.connection()
            .prepare(
                "INSERT INTO preference (party, theme, density, motion, shortcuts, time_zone, language) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (party) DO UPDATE SET theme = "
                "excluded.theme, density = excluded.density, motion = excluded.motion, shortcuts = "
                "excluded.shortcuts, time_zone = excluded.time_zone, language = excluded.language")
            .bind(row.party.value, std::string_view(row.theme), std::string_view(row.density),
                  std::string_view(row.motion), std::int64_t{row.shortcuts ? 1 : 0},
                  std::string_view(row.timeZone), std::string_view(row.language))
            .run();
        return {};
    });
}

Result<std::optional<PreferenceRow>> preferencesOf(ReadSession& session, domain::PartyId party) {
    return guarded([&]() -> Result<std::optional<PreferenceRow>> {
        Statement statement = session.connection().prepare(
            "SELECT theme, density, motion, shortcuts, time_zone, language FROM preference WHERE party = $1");
        if (!statement.bind(party.value).step()) return std::optional<PreferenceRow>{};
        PreferenceRow row;
        row.party = party;
        row.theme = statement.text(0);
        row.density = statement.text(1);
        row.motion = statement.text(2);
        row.shortcuts = statement.integer(3) != 0;
        row.timeZone = statement.text(4);
        row.language = statement.text(5);
        return std::optional<PreferenceRow>(std::move(row));
    });
}

}  // namespace tickmark::storage
