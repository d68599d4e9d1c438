// One question to a server over HTTP(S) and its answer, within a size and a time.
#pragma once

#include <optional>
#include <string>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"
#include "tickmark/outbound/TimestampClient.h"

namespace tickmark::outbound {

/// Whom to ask what, and what to take for an answer.
struct HttpQuestion {
    std::string url{};
    std::string method = "GET";
    std::string sentType{};    ///< media type of `body`; empty when there is none
    ByteView body{};           ///< must outlive the exchange
    std::string wantedType{};  ///< media type of the answer; empty takes any
    std::size_t cap = 0;       ///< bytes of the answer
    std::string caFile{};
    std::optional<std::string> user{};
    Secret password{};
    std::string errorPrefix{};  ///< the first word of every error's type: "timestamp" or "crl"
    std::string whom{};         ///< who is asked, for messages: "time-stamp authority"
};

/// Asks, and asks again as `limits` allow. Errors: Invalid "url"; Environment "…-unreachable", "…-timeout",
/// "…-tls"; Refused "…-http", "…-redirect", "…-content"; TooLarge "…-size".
[[nodiscard]] Result<Bytes> exchange(const HttpQuestion& question, const FetchLimits& limits);

}  // namespace tickmark::outbound
