// The second factor of an account: codes by time from an authenticator app (RFC 6238), and recovery codes.
#pragma once

#include <string>
#include <vector>

#include "tickmark/app/Accounts.h"

namespace tickmark::app {

/// How many recovery codes an account gets at once.
inline constexpr std::size_t recoveryCodes = 10;

/// Whether the settings ask a second factor of the role: `second_factor = required`, or `required-for-leads`
/// and it is a lead auditor or an administrator.
[[nodiscard]] bool asksSecondFactor(const Settings& settings, domain::Role role) noexcept;

/// One's own, as it stands.
struct SecondFactorView {
    bool required = false;           ///< by the settings
    std::optional<Timestamp> since;  ///< when it was turned on; empty: it is off
    std::int64_t recoveryLeft = 0;   ///< recovery codes that were not used yet
};
[[nodiscard]] Result<SecondFactorView> showSecondFactor(Context& context, const domain::Actor& actor);

/// What an app is given.
struct Enrolment {
    Secret secret{};  ///< base32, 32 characters
    Secret uri{};     ///< "otpauth://totp/…"
};
/// Makes a new secret for the actor, who has none that is confirmed. Errors: Invalid "password" naming
/// `password`, Throttled, Refused "second-factor-on".
[[nodiscard]] Result<Enrolment> beginSecondFactor(Context& context, const domain::Actor& actor,
                                                  const Secret& password);
/// The secret that was begun within a quarter of an hour. Errors: Refused "second-factor-not-begun".
[[nodiscard]] Result<Enrolment> begunSecondFactor(Context& context, const domain::Actor& actor);
/// Turns it on with a first code, ends the actor's other sessions, and returns the recovery codes, which are
/// not shown again. Event "party.second-factor-on". Errors: Invalid "code"; Refused
/// "second-factor-not-begun".
[[nodiscard]] Result<std::vector<Secret>> confirmSecondFactor(Context& context, const domain::Actor& actor,
                                                              const std::string& code,
                                                              const Secret& keptSession);
/// New recovery codes in the place of the old ones. Event "party.recovery-codes". Errors: Invalid "password",
/// "code"; Throttled; Refused "no-second-factor".
[[nodiscard]] Result<std::vector<Secret>> renewRecoveryCodes(Context& context, const domain::Actor& actor,
                                                             const Secret& password, const std::string& code);
/// Turns one's own off; where it is required, the account has to turn on another before anything else. Event
/// "party.second-factor-off". Errors: as renewRecoveryCodes.
[[nodiscard]] Result<void> endSecondFactor(Context& context, const domain::Actor& actor,
                                           const Secret& password, const std::string& code);

/// Administrator only, for somebody who lost app and recovery codes: turns it off, removes the account's
/// passkeys and ends its sessions. Event "party.second-factor-reset" with the reason. Errors: Invalid "text"
/// naming `reason`; Refused "own-account", "no-second-factor".
[[nodiscard]] Result<void> resetSecondFactor(Context& context, const domain::Actor& actor,
                                             const std::string& account, const std::string& reason);
/// Administrator only: who has codes or a passkey.
[[nodiscard]] Result<std::vector<domain::PartyId>> accountsWithSecondFactor(Context& context,
                                                                            const domain::Actor& actor);

/// Asked before a step that cannot be undone or that signs: a person with a second factor, at a browser or
/// by a session of the API, proves it again with a fresh code or a recovery code. Tokens and commands are not
/// asked, and neither is who has none. Errors: Invalid "code-needed" or "code" naming `code`; Throttled.
[[nodiscard]] Result<void> stepUp(Context& context, const domain::Actor& actor, const std::string& code);

}  // namespace tickmark::app
