// A house in which somebody signs in with codes of an authenticator app.
#pragma once

#include <string>
#include <vector>

#include "app/House.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/crypto/OneTimeCode.h"

namespace tickmark::test {

/// From where everybody signs in.
inline constexpr const char* doorAddress = "192.0.2.7";

/// A house in which somebody has an authenticator app.
struct Door : House {
    Secret secret{};
    std::vector<Secret> recovery{};
    Secret session{};  ///< of whoever turned it on

    [[nodiscard]] std::string code(std::int64_t drift = 0) const {
        return crypto::codeOf(secret, crypto::codeStepAt(clock().now()) + drift).reveal();
    }
    void later(std::int64_t seconds) const { clock().set(clock().now().plusSeconds(seconds)); }
    /// Turns it on, and waits until that code has run out.
    void turnOn(const std::string& account) {
        session = must(app::signIn(context(), account, Secret(password), doorAddress)).cookie;
        secret = must(app::beginSecondFactor(context(), as(account), Secret(password))).secret;
        recovery = must(app::confirmSecondFactor(context(), as(account), code(), session));
        later(60);
    }
    [[nodiscard]] Result<app::SignedIn> in(const std::string& account, const std::string& given) const {
        return app::signIn(context(), account, Secret(password), doorAddress, {}, given);
    }
    [[nodiscard]] std::string wrong() const {
        for (int digit = 0;; ++digit) {
            const std::string guess(6, static_cast<char>('0' + digit));
            if (guess != code(-1) && guess != code() && guess != code(1)) return guess;
        }
    }
};

}  // namespace tickmark::test
