// Passkeys (W3C Web Authentication): signing in with a key that a device keeps and uses only for this server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/app/Accounts.h"

namespace tickmark::app {

inline constexpr std::size_t passkeysPerAccount = 20;

/// The server as browsers know it.
struct PasskeyPlace {
    std::string relyingParty{};  ///< the host's name, what passkeys are made for
    std::string origin{};        ///< "https://tickmark.example.org", the only one that is taken
};
/// From `public_url`; without one, from a Host that is `localhost`. Errors: Refused "passkeys-off" when
/// neither names the server (passkeys are made for names, not addresses, and need https but on localhost).
[[nodiscard]] Result<PasskeyPlace> passkeyPlace(const Settings& settings, std::string_view host);

/// What a browser is asked for.
struct PasskeyRequest {
    Secret challenge{};  ///< 256 random bits, base64url; stored only as its SHA-256, answered once in 5 min
    std::string relyingParty{};
    std::string handle{};              ///< of the account, for a new one
    std::vector<std::string> known{};  ///< credentials that a new one must not repeat
};
/// What it answers, each base64url.
struct PasskeyAnswer {
    std::string credential{};
    std::string clientData{};
    std::string data{};       ///< authenticator data, or the attestation object of a new one
    std::string signature{};  ///< empty for a new one
    std::string handle{};     ///< empty for a new one
};

struct PasskeyView {
    std::string credential{};
    std::string name{};
    Timestamp added{};
    std::optional<Timestamp> lastUsed{};
};
/// One's own.
[[nodiscard]] Result<std::vector<PasskeyView>> listPasskeys(Context& context, const domain::Actor& actor);
/// Asks for the password, and for a code where the account has codes. Errors: Invalid "text" naming `name`,
/// "password", "code-needed", "code"; Throttled; Refused "too-many-passkeys".
[[nodiscard]] Result<PasskeyRequest> beginPasskey(Context& context, const domain::Actor& actor,
                                                  const PasskeyPlace& place, const std::string& name,
                                                  const Secret& password, const std::string& code);
/// Event "party.passkey-added". Errors: Invalid "passkey-expired" (unknown, used or old challenge),
/// "passkey-origin", "passkey-party", "passkey-unverified", "passkey-signature", "passkey-attestation",
/// "passkey-answer"; Conflict "passkey-known".
[[nodiscard]] Result<void> addPasskey(Context& context, const domain::Actor& actor,
                                      const PasskeyAnswer& answer);
/// Asks as beginPasskey. Event "party.passkey-removed". Errors: as beginPasskey; NotFound.
[[nodiscard]] Result<void> removePasskey(Context& context, const domain::Actor& actor,
                                         const std::string& credential, const Secret& password,
                                         const std::string& code);

/// For whoever stands at the door. Errors: Throttled.
[[nodiscard]] Result<PasskeyRequest> beginPasskeySignIn(Context& context, const PasskeyPlace& place,
                                                        const std::string& remoteAddress);
/// Device and its check of the person are two factors: no code is asked for. Event "party.sign-in" with
/// second_factor "passkey"; a refusal is "party.sign-in-failed" with its reason and counts for the address.
/// Errors: Unauthenticated "passkey-unknown", "passkey-counter" (a copy of it was used), those of addPasskey
/// and "account-disabled", "account-early", "account-ended"; Throttled.
[[nodiscard]] Result<SignedIn> finishPasskeySignIn(Context& context, const PasskeyAnswer& answer,
                                                   const std::string& remoteAddress,
                                                   std::string_view userAgent);

}  // namespace tickmark::app
