// Our own reading of timestamps and of what authorities answer. The first byte chooses between the two.
#include <cstdint>
#include <cstdlib>

#include "tickmark/crypto/Timestamp.h"

namespace {

using namespace tickmark;

void check(bool holds) {
    if (!holds) std::abort();
}

void tryToken(ByteView token) {
    const auto report = crypto::checkTimestamp(token, Digest(), {}, {});
    check(!report.problems.empty() && !report.trusted() && !report.anchor);
    const auto tidy = crypto::tidyToken(token, {});
    if (!tidy) return;
    // Tidied once, it stays as it is and says the same.
    const auto again = crypto::tidyToken(*tidy, {});
    check(again.ok() && *again == *tidy);
    const auto after = crypto::checkTimestamp(*tidy, Digest(), {}, {});
    check(after.time == report.time && after.serialHex == report.serialHex && after.policy == report.policy);
}

void tryAnswer(ByteView answer) {
    static const auto request = crypto::makeTimestampRequest(Digest());
    // The nonce is random: no input can know it.
    check(!crypto::tokenFromResponse(answer, *request).ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const ByteView rest(data + 1, size - 1);
    if (data[0] % 2 == 0) {
        tryToken(rest);
    } else {
        tryAnswer(rest);
    }
    return 0;
}
