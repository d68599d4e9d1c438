// Has a stream of bytes looked at by clamd of ClamAV (clamd(8), commands VERSION and INSTREAM).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "tickmark/foundation/Result.h"

namespace tickmark::outbound {

/// Where clamd listens: "unix:/absolute/path" or "address:port" of this machine, since the bytes cross in the
/// open. `deadline`: for one whole exchange.
struct Clamd {
    std::string address{};
    std::chrono::milliseconds deadline{120'000};
};
/// Errors: Invalid "setting" field "clamd".
[[nodiscard]] Result<void> checkClamdAddress(const std::string& address);

struct MalwareVerdict {
    bool isClean = false;   ///< clamd said OK
    std::string malware{};  ///< what it found; never empty when not clean
};

/// Fills the buffer from its front; 0 at the end. An error ends the exchange and is handed on.
using ByteFeed = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;

/// "ClamAV 1.0.9/27500/Mon Nov 23 09:00:00 2026": program, number and time of its signatures. Errors as
/// scanStream.
[[nodiscard]] Result<std::string> clamdVersion(const Clamd& clamd, const std::function<bool()>& goOn);

/// Sends the bytes and gives the verdict. Whatever is not one of clamd's two verdicts is an error, never
/// clean: Environment "scanner-unreachable", "scanner-timeout", "scanner-broken" (another answer, or none);
/// Refused "scanner-limit" (clamd refuses so much, or says that it did not look into all of it),
/// "scanner-error" (clamd's own words), "stopped" when `goOn` says no.
[[nodiscard]] Result<MalwareVerdict> scanStream(const Clamd& clamd, const ByteFeed& feed,
                                                const std::function<bool()>& goOn);

}  // namespace tickmark::outbound
