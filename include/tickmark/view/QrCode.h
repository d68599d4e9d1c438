// A text as a QR code (ISO/IEC 18004), drawn as one path of an SVG picture, through libqrencode.
#pragma once

#include <string>

#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::view {

/// The dark modules, one unit each, as the `d` of an SVG path, with the quiet zone of four modules around
/// them (section 9.1): the picture is `side` units wide and high.
struct QrCode {
    int side = 0;
    Secret path{};  ///< whoever has it has the text
};

/// Error correction level M. Errors: Environment "qr-code" for a text of more than 2331 bytes or no memory.
[[nodiscard]] Result<QrCode> qrCode(const Secret& text);

}  // namespace tickmark::view
