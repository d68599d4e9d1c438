// Accounts, signing in, sessions and API tokens.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/app/Preferences.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::app {

/// Administrator only. A password is invented when none is given and returned once.
struct NewAccount {
    std::string account{};
    std::string name{};
    domain::Role role = domain::Role::Auditor;
    std::optional<Date> validUntil{};  ///< last day
    Secret password{};
    std::optional<Date> validFrom{};  ///< first day on which it may sign in
    std::string reason{};             ///< for the log; may be empty
};
struct CreatedAccount {
    domain::Party party{};
    Secret password{};  ///< the invented one, or empty
};
[[nodiscard]] Result<CreatedAccount> createAccount(Context& context, const domain::Actor& actor,
                                                   NewAccount input);

/// Another role ends the account's sessions. Errors: Refused "own-account" (disabling it, or giving it
/// another role), "on-team" (a role that may not be on a team, while the account is on one of an open audit).
struct AccountChange {
    std::optional<std::string> name{};
    std::optional<bool> disabled{};
    std::optional<std::optional<Date>> validUntil{};
    std::int64_t rev = 0;
    std::optional<domain::Role> role{};
    std::optional<std::optional<Date>> validFrom{};
};
[[nodiscard]] Result<domain::Party> changeAccount(Context& context, const domain::Actor& actor,
                                                  const std::string& account, const AccountChange& change);
/// One's own password (the old one is asked for, and the `code` of a second factor: stepUp), or anyone's for
/// the administrator. Ends that account's sessions.
[[nodiscard]] Result<Secret> setPassword(Context& context, const domain::Actor& actor,
                                         const std::string& account, const Secret& oldPassword,
                                         const Secret& newPassword, const std::string& code = {});
[[nodiscard]] Result<std::vector<domain::Party>> listAccounts(Context& context, const domain::Actor& actor);
/// People one may name as owner or assignee: account, name and role of every enabled account but
/// administrators.
[[nodiscard]] Result<std::vector<domain::Party>> assignableParties(Context& context,
                                                                   const domain::Actor& actor);

/// A signed-in browser.
struct Session {
    domain::Actor actor{};
    std::string name{};
    std::string csrf{};  ///< what forms carry
    Timestamp absoluteEnd{};
    Preferences preferences{};
    std::optional<Date> lastDay{};  ///< of the account
    bool secondFactor = false;      ///< the account has one
    bool mustEnrol = false;         ///< it needs one and has none: it may do nothing but turn one on
};
struct SignedIn {
    Secret cookie{};  ///< 256 random bits, base64url; stored only as its SHA-256
    Session session{};
};
/// The family of a browser from its User-Agent, like "Firefox on Linux"; "another program" for what is none.
[[nodiscard]] std::string agentFamily(std::string_view userAgent);
/// Unknown account and wrong password take the same time and give the same words. After five failures an
/// account waits, longer each time; an address likewise after twenty (Throttled "sign-in-throttled" says for
/// how long). Whoever knows the password of an account that is shut learns why: Unauthenticated
/// "account-disabled", "account-early", "account-ended". Every attempt is one ledger event ("party.sign-in",
/// "party.sign-in-failed", "party.proof-failed" for a wrong code). An account with a second factor needs
/// `code` as well: Unauthenticated "code-needed" without one, "code" for one that is wrong, which is counted
/// for itself in the same way.
[[nodiscard]] Result<SignedIn> signIn(Context& context, const std::string& account, const Secret& password,
                                      const std::string& remoteAddress, std::string_view userAgent = {},
                                      const std::string& code = {});

/// The same in two steps, for pages: `done` for an account without a second factor, else `pending`, which
/// waits five minutes for finishSignIn.
struct SignInStep {
    std::optional<SignedIn> done{};
    Secret pending{};  ///< 256 random bits, base64url; stored only as its SHA-256
};
/// Errors: as signIn.
[[nodiscard]] Result<SignInStep> beginSignIn(Context& context, const std::string& account,
                                             const Secret& password, const std::string& remoteAddress,
                                             std::string_view userAgent);
/// Errors: Unauthenticated "sign-in-expired".
[[nodiscard]] Result<void> mayFinishSignIn(Context& context, const Secret& pending);
/// Errors: Unauthenticated "sign-in-expired", "code"; Throttled.
[[nodiscard]] Result<SignedIn> finishSignIn(Context& context, const Secret& pending, const std::string& code,
                                            const std::string& remoteAddress, std::string_view userAgent);
/// Errors: Unauthenticated "no-session". Cached in memory; honours idle and absolute end and disabled
/// accounts.
[[nodiscard]] Result<Session> resumeSession(Context& context, const Secret& cookie);
[[nodiscard]] Result<void> signOut(Context& context, const Secret& cookie);

/// How much sweepSignIns removed.
struct Swept {
    std::int64_t sessions = 0;
    std::int64_t tokens = 0;
    std::int64_t throttles = 0;
};
/// Removes sessions that ended or idled out, tokens that expired or were revoked thirty days ago (so long
/// their owner can read what became of them), and counts of failed sign-ins a day old. The log keeps what
/// happened; these rows let nobody in any more. The server calls it at its start and every ten minutes.
[[nodiscard]] Result<Swept> sweepSignIns(Context& context);

/// Scopes: "read", "write", "evidence" (hand over files only), "admin" for administrators.
struct NewToken {
    std::string name{};
    std::vector<std::string> scopes{};
    Date expires{};  ///< its last day, at most a year ahead
};
struct TokenInfo {
    std::string name{};  ///< unique
    std::string account{};
    std::vector<std::string> scopes{};
    Date expires{};
    std::optional<Timestamp> lastUsed{};
    bool revoked = false;
};
struct CreatedToken {
    TokenInfo info{};
    Secret token{};  ///< "tm_…", shown once
};
[[nodiscard]] Result<CreatedToken> createToken(Context& context, const domain::Actor& actor,
                                               const NewToken& input);
[[nodiscard]] Result<std::vector<TokenInfo>> listTokens(Context& context, const domain::Actor& actor);
[[nodiscard]] Result<void> revokeToken(Context& context, const domain::Actor& actor, const std::string& name);
struct TokenSession {
    domain::Actor actor{};
    std::vector<std::string> scopes{};
    std::optional<Date> lastDay{};  ///< of the account
};
/// Errors: Unauthenticated "token" (unknown, expired, revoked, account disabled).
[[nodiscard]] Result<TokenSession> resumeToken(Context& context, const Secret& token);

}  // namespace tickmark::app
