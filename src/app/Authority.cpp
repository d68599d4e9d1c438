#include "tickmark/app/Authority.h"

#include <utility>

#include "tickmark/crypto/Timestamp.h"

namespace tickmark::app {
namespace {

Result<Bytes> checkedToken(const Bytes& raw, const Digest& imprint, const crypto::TrustAnchors& anchors,
                           const std::string& fix) {
    TM_TRY(Bytes token, crypto::tidyToken(raw, anchors));
    const crypto::TimestampReport report = crypto::checkTimestamp(token, imprint, anchors, {});
    if (report.trusted() || (anchors.empty() && report.onlyUnanchored())) return token;
    const std::string why = report.problems.empty() ? "it names no time." : report.problems.front().message;
    return refused("timestamp-untrusted", "The time-stamp authority's answer cannot be used: " + why, fix);
}

}  // namespace

bundle::AskTimestamp askAuthority(outbound::TimestampAuthority authority, crypto::TrustAnchors anchors,
                                  std::string fix) {
    return [authority = std::move(authority), anchors = std::move(anchors),
            fix = std::move(fix)](const Digest& imprint) -> Result<Bytes> {
        TM_TRY(const auto request, crypto::makeTimestampRequest(imprint));
        TM_TRY(const Bytes response, outbound::requestTimestamp(authority, request.der));
        TM_TRY(const Bytes raw, crypto::tokenFromResponse(response, request));
        return checkedToken(raw, imprint, anchors, fix);
    };
}

}  // namespace tickmark::app
