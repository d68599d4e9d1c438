// Rows about signing in that let nobody in any more.
#include "app/SignInParts.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/storage/Passkeys.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::app {
namespace {

constexpr std::int64_t secondsOfDay = 86'400;
constexpr std::int64_t tokensStayDays = 30;

}  // namespace

Result<Swept> sweepSignIns(Context& context) {
    const Timestamp now = context.now();
    const Timestamp idleSince = now.plusSeconds(-context.settings.sessionIdleMinutes * 60);
    return context.database->write([&](storage::WriteSession& session) -> Result<Swept> {
        Swept swept;
        TM_TRY(swept.sessions, storage::sweepSessions(session, now, idleSince));
        TM_TRY(swept.tokens, storage::sweepTokens(session, now.plusSeconds(-tokensStayDays * secondsOfDay)));
        TM_TRY(swept.throttles, storage::sweepThrottles(session, now.plusSeconds(-secondsOfDay)));
        TM_CHECK(storage::sweepPendingSignIns(session, now.plusSeconds(-pendingEnrolmentSeconds)));
        TM_CHECK(storage::sweepPasskeyChallenges(session, now.plusSeconds(-pendingEnrolmentSeconds)));
        return swept;
    });
}

}  // namespace tickmark::app
