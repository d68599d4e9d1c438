// Password hashing with Argon2id (RFC 9106) through libsodium.
#pragma once

#include <string>
#include <string_view>

#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::crypto {

/// An encoded "$argon2id$…" string: 19 MiB, 2 passes (OWASP's recommendation). At most a few run at a time.
/// Errors: Environment "out-of-memory".
[[nodiscard]] Result<std::string> hashPassword(const Secret& password);
/// True when the password belongs to the encoded hash. A malformed hash is false.
[[nodiscard]] bool passwordMatches(const Secret& password, const std::string& encoded);
/// Does the work of one check against nothing, so that an unknown account takes as long as a known one.
void spendPasswordTime(const Secret& password);

/// 12 or more characters, not only one repeated, at most 200. Errors: Invalid "password" with the rule.
[[nodiscard]] Result<void> checkPasswordRule(std::string_view field, const Secret& password);

/// A readable random password of at least 80 bits, in groups ("qwx7-…"), for accounts made by a command.
[[nodiscard]] Secret inventPassword();

}  // namespace tickmark::crypto
