// Asking a time-stamp authority, and judging its answer before it is used.
#pragma once

#include <string>

#include "tickmark/bundle/Appending.h"
#include "tickmark/crypto/Trust.h"
#include "tickmark/outbound/TimestampClient.h"

namespace tickmark::app {

/// A question to `authority` whose token is used only when it leads to one of `anchors`: a token that could
/// not be defended later is not put into a bundle. Without anchors it only has to be right by itself. `fix`
/// says what to compare when it is refused. Errors of the answer: those of outbound::requestTimestamp() and
/// crypto::tokenFromResponse(); Refused "timestamp-untrusted".
[[nodiscard]] bundle::AskTimestamp askAuthority(outbound::TimestampAuthority authority,
                                                crypto::TrustAnchors anchors, std::string fix);

}  // namespace tickmark::app
