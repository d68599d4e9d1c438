// Who is signed in right now, and ending it from outside.
#pragma once

#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::app {

struct OpenSession {
    std::string id{};  ///< sixteen hexadecimal digits that lead to no cookie
    std::string account{};
    std::string name{};
    domain::Role role = domain::Role::Auditor;
    Timestamp since{};
    Timestamp lastSeen{};  ///< to the minute
    Timestamp endsAt{};    ///< at the latest
    std::string address{};
    std::string agent{};  ///< family of the program, like "Firefox on Linux"
    bool own = false;     ///< the caller's
};

/// The actor's own, as listOpenSessions.
[[nodiscard]] Result<std::vector<OpenSession>> listOwnSessions(Context& context, const domain::Actor& actor,
                                                               const Secret& own);
/// Ends one of the actor's own sessions, but not the one that is worked in. Asks for the `code` of a second
/// factor (stepUp). Event "party.end-session". Errors: NotFound, also for another person's; Refused
/// "own-session".
[[nodiscard]] Result<void> endOwnSession(Context& context, const domain::Actor& actor, const std::string& id,
                                         const Secret& own, const std::string& code = {});
/// The actor's sessions but the one that is worked in; returns how many. Asks for the `code` as well. Event
/// "party.end-sessions".
[[nodiscard]] Result<std::int64_t> endOtherSessions(Context& context, const domain::Actor& actor,
                                                    const Secret& own, const std::string& code = {});

/// Administrator only, in all of these. `own` is the caller's cookie, empty for a program. Seen last first;
/// sessions that ended or idled out are left out.
[[nodiscard]] Result<std::vector<OpenSession>> listOpenSessions(Context& context, const domain::Actor& actor,
                                                                const Secret& own);
/// Event "party.end-session". Errors: NotFound; Refused "own-session": signing out is for that.
[[nodiscard]] Result<void> endOpenSession(Context& context, const domain::Actor& actor, const std::string& id,
                                          const Secret& own);
/// All of an account, but the caller's own; returns how many. Event "party.end-sessions". Errors: NotFound.
[[nodiscard]] Result<std::int64_t> endSessionsOfAccount(Context& context, const domain::Actor& actor,
                                                        const std::string& account, const Secret& own);

}  // namespace tickmark::app
