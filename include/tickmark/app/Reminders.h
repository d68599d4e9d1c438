// How one person is reminded: the secret address of a calendar feed, and a mail address for the daily digest.
#pragma once

#include <optional>
#include <string>

#include "tickmark/app/Context.h"

namespace tickmark::app {

struct ReminderView {
    std::string mail{};                    ///< empty: no digest
    std::optional<Timestamp> feedSince{};  ///< when the present address of the feed was made
    bool mailConfigured = false;           ///< whether this installation sends digests at all
};
[[nodiscard]] Result<ReminderView> showReminders(Context& context, const domain::Actor& actor);

/// Makes the address of the caller's feed, or a new one in place of the one before, which ends at once. What
/// is returned goes between "/calendar/" and ".ics" and is shown this once: only its digest is kept. Event
/// "calendar.renew".
[[nodiscard]] Result<Secret> renewFeed(Context& context, const domain::Actor& actor);
/// Event "calendar.revoke". Errors: NotFound when there is none.
[[nodiscard]] Result<void> revokeFeed(Context& context, const domain::Actor& actor);

/// The feed as a calendar file. Whoever knows the secret reads it. Errors: NotFound for a secret that is not
/// known any more, or whose account is shut; Throttled "calendar-throttled" after many unknown ones from that
/// address, as for signing in.
[[nodiscard]] Result<std::string> readFeed(Context& context, const Secret& secret,
                                           const std::string& remoteAddress);

/// Where the caller's digest goes; empty ends it. Event "party.mail", without the address. Errors: Invalid
/// "mail-address".
[[nodiscard]] Result<void> setMailAddress(Context& context, const domain::Actor& actor,
                                          const std::string& address);

}  // namespace tickmark::app
