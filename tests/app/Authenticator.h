// An authenticator in software: makes passkeys (ES256) and signs with them, rightly or as a test wants it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tickmark/app/Passkeys.h"

namespace tickmark::test {

/// What a client and an authenticator put together; each member can be made wrong.
struct Behaviour {
    std::string origin{};
    std::string relyingParty{};
    std::string challenge{};
    std::uint8_t flags = 0x05;  ///< present and verified
    std::uint32_t counter = 0;
    std::string type{};         ///< of the client data; empty: the right one
    bool framed = false;        ///< crossOrigin
    bool selfAttested = false;  ///< "packed" without certificates, in the place of "none"
    bool certified = false;     ///< claims a certificate
};

class Authenticator {
  public:
    Authenticator();
    ~Authenticator();
    Authenticator(const Authenticator&) = delete;
    Authenticator& operator=(const Authenticator&) = delete;

    [[nodiscard]] app::PasskeyAnswer make(const Behaviour& how) const;
    [[nodiscard]] app::PasskeyAnswer use(const Behaviour& how, const std::string& handle) const;
    [[nodiscard]] std::string credential() const;  ///< base64url

  private:
    struct Key;
    std::unique_ptr<Key> m_key;
    std::string m_id;  ///< raw
};

}  // namespace tickmark::test
