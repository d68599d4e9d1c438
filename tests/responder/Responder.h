// A time-stamp authority on this machine's loopback, with good and bad manners.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "tickmark/crypto/Certificate.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::test {

/// How it answers a request for a timestamp.
enum class Manner {
    Good,
    Refuse,        ///< a rejection with words and a failure bit
    WrongNonce,    ///< a genuine token with another nonce
    WrongImprint,  ///< a genuine token over something else
    Slow,          ///< reads and never answers
    Drip,          ///< one byte of the header every 50 ms, without end
    Garbage,       ///< the right media type, but no DER
    BadEku,        ///< signed by a certificate that is not for timestamps
    Expired,       ///< signed by a certificate that ran out
    Redirect,      ///< 302 to itself
    ServerError,   ///< always 503
    Flaky,         ///< 503 twice, then good
    BreakOff,      ///< twice closes in the middle of the body, then good
    ClientError,   ///< 403
    WrongType,     ///< a good token as text/html
    Big            ///< 2 MiB
};
/// The manner with this name ("good", "wrong-nonce", …). Errors: Invalid "mode".
Result<Manner> mannerNamed(const std::string& name);

/// The authority's keys: made once, or read back from a folder.
struct TimeHouse {
    crypto::LocalAuthority root;
    crypto::SigningKey clock;
    crypto::SigningKey expiredClock;
    crypto::SigningKey wrongClock;
    Bytes crl{};
    /// Empty folder: nothing is kept. Otherwise root.pem, root.key, tsa.pem and root.crl lie there.
    static TimeHouse open(const std::string& folder);
};

/// Serves from its start to its end, each connection in a thread of its own. POST anywhere asks for a
/// timestamp; GET /root.crl gives the list, GET /big.crl more than any list may have.
class Responder {
  public:
    /// Port 0 takes a free one. With TLS its certificate for "localhost" comes from `tlsRoot`.
    Responder(TimeHouse house, Manner manner, unsigned short port, bool withTls);
    ~Responder();
    Responder(const Responder&) = delete;
    Responder& operator=(const Responder&) = delete;

    [[nodiscard]] unsigned short port() const;
    [[nodiscard]] int connections() const;
    [[nodiscard]] const TimeHouse& house() const;
    /// PEM of the root that its TLS certificate is by.
    [[nodiscard]] std::string tlsRootPem() const;
    /// What the last request said, header and body.
    [[nodiscard]] std::string lastRequest() const;

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace tickmark::test
