// Asks time-stamp authorities and fetches revocation lists over HTTP(S).
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::outbound {

/// How far one exchange may go. The whole of it, retries and waits included, ends by `deadline`.
struct FetchLimits {
    std::chrono::milliseconds deadline{20'000};
    /// Further attempts after a failed connection or an answer of 500 to 599; never after a refusal. The
    /// waits between them double from 250 ms.
    int retries = 2;
};

/// A time-stamp authority as configured.
struct TimestampAuthority {
    std::string url{};  ///< http:// or https://, no user name inside
    FetchLimits limits{};
    std::string caFile{};               ///< PEM of the roots for https; empty means the system's
    std::optional<std::string> user{};  ///< for HTTP Basic, over https or to this machine only
    Secret password{};
};

/// Sends a TimeStampReq (RFC 3161 section 3.4) and returns the TimeStampResp, unread: at most 64 KiB of
/// application/timestamp-reply. Redirects are refused, TLS certificates and host names are checked. Errors:
/// Invalid "url"; Environment "timestamp-unreachable", "timestamp-timeout", "timestamp-tls"; Refused
/// "timestamp-http" (the status), "timestamp-redirect", "timestamp-content"; TooLarge "timestamp-size".
[[nodiscard]] Result<Bytes> requestTimestamp(const TimestampAuthority& authority, ByteView request);

/// Fetches a revocation list of at most 1 MiB, PEM or DER, unread. Errors as above, with "crl-" instead of
/// "timestamp-".
[[nodiscard]] Result<Bytes> fetchCrl(const std::string& url, const FetchLimits& limits = {},
                                     const std::string& caFile = {});

}  // namespace tickmark::outbound
