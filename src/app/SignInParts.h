// What signing in, tokens and second factors share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tickmark/app/Accounts.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/SecondFactors.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::app {

/// The use of a session or token is noted once in so many seconds.
inline constexpr std::int64_t sessionTouchSeconds = 60;
/// So long a right password waits for its code, and a new secret for its first one.
inline constexpr std::int64_t pendingSignInSeconds = 5 * 60;
inline constexpr std::int64_t pendingEnrolmentSeconds = 15 * 60;

/// 256 random bits, base64url, behind the prefix.
[[nodiscard]] Secret newSecret(std::string_view prefix);
/// A cached answer holds until the account's last day is over.
[[nodiscard]] bool withinDays(const std::optional<Date>& lastDay, Timestamp now);

/// What failures are counted under: not the name itself, which may be a password in the wrong field.
[[nodiscard]] std::string accountKey(const std::string& account);
/// The same for codes, and for passwords that are asked for again. Who neither knows the password nor is
/// signed in does not count here, so that strangers cannot keep a person out.
[[nodiscard]] std::string proofKey(const std::string& account);

/// Throttled while an attempt under the key has to wait: "proof-throttled" for that of proofKey, else
/// "sign-in-throttled".
[[nodiscard]] Result<void> notThrottled(Context& context, const std::string& key, std::int64_t limit);

/// Where a code came from.
enum class CodeSource { App, Recovery };
/// Takes the code, inside the transaction of what it is asked for: one of the app's, each step once, or a
/// recovery code, which tells of itself in the ledger. Errors: Invalid "code" naming the field `code`.
[[nodiscard]] Result<CodeSource> spendCode(storage::WriteSession& session, const Context& context,
                                           const domain::Actor& actor, const storage::SecondFactorRow& row,
                                           const std::string& code);
/// Counts a wrong code ("code") or password ("password") of somebody known, and enters it; a failure that
/// cannot be entered is the answer. An empty address is that of a session.
[[nodiscard]] Result<void> noteWrongProof(Context& context, const domain::Actor& actor, std::string_view of,
                                          const std::string& address);

/// The password of somebody signed in, asked for again. Errors: Throttled; Invalid "password".
[[nodiscard]] Result<void> provePassword(Context& context, const domain::Actor& actor,
                                         const Secret& password);

/// Where an attempt comes from.
struct Origin {
    std::string address{};
    std::string agent{};  ///< family, in words
};
/// Said only to whoever proved to be that person. Errors: Unauthenticated "account-disabled",
/// "account-early", "account-ended".
[[nodiscard]] Result<void> mustBeOpenToday(const Context& context, const domain::Party& party);
/// The session that somebody has earned, inside the transaction of what earned it. `factor` is what proved
/// more than a password, for the ledger: "app", "recovery-code", "passkey" or nothing.
[[nodiscard]] Result<SignedIn> openFor(storage::WriteSession& session, const Context& context,
                                       const domain::Party& party, const Origin& origin,
                                       std::string_view factor);

/// Takes the code and does `then` in one transaction. Errors: Throttled; Invalid "code"; those of `then`.
template <class Then>
[[nodiscard]] auto withCode(Context& context, const domain::Actor& actor, const std::string& code,
                            const std::string& address, Then then)
    -> decltype(then(std::declval<storage::WriteSession&>(), CodeSource::App)) {
    using Outcome = decltype(then(std::declval<storage::WriteSession&>(), CodeSource::App));
    constexpr std::int64_t failures = 5;
    TM_CHECK(notThrottled(context, proofKey(actor.account), failures));
    bool wrong = false;
    auto done = context.database->write([&](storage::WriteSession& session) -> Outcome {
        TM_TRY(const auto row, storage::secondFactorOf(session, actor.id));
        if (!row || !row->confirmed) return refused("no-second-factor", "The account has no second factor.");
        auto source = spendCode(session, context, actor, *row, code);
        if (!source) {
            wrong = source.error().type == "code";
            return std::move(source).error();
        }
        TM_CHECK(storage::clearThrottle(session, proofKey(actor.account)));
        return then(session, *source);
    });
    if (wrong) TM_CHECK(noteWrongProof(context, actor, "code", address));
    return done;
}

}  // namespace tickmark::app
