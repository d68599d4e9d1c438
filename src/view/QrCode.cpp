#include "tickmark/view/QrCode.h"

#include <qrencode.h>

#include <memory>

namespace tickmark::view {
namespace {

constexpr int quietZone = 4;

struct Freed {
    void operator()(QRcode* code) const noexcept { QRcode_free(code); }
};

/// "M x y h n v 1 h -n z": a bar of n modules.
void appendBar(std::string& path, int x, int y, int length) {
    path += "M" + std::to_string(x) + " " + std::to_string(y) + "h" + std::to_string(length) + "v1h-" +
            std::to_string(length) + "z";
}

}  // namespace

Result<QrCode> qrCode(const Secret& text) {
    const std::string& bytes = text.reveal();
    const std::unique_ptr<QRcode, Freed> code(
        QRcode_encodeData(static_cast<int>(bytes.size()),
                          reinterpret_cast<const unsigned char*>(bytes.data()),  // NOLINT(*-reinterpret-cast)
                          0, QR_ECLEVEL_M));
    if (!code) {
        return environment("qr-code", "The QR code could not be made.",
                           "Type the secret into the app by hand.");
    }
    std::string path;
    for (int y = 0; y < code->width; ++y) {
        int begun = -1;
        for (int x = 0; x <= code->width; ++x) {
            const bool dark = x < code->width && (code->data[y * code->width + x] & 1U) != 0;
            if (dark && begun < 0) begun = x;
            if (dark || begun < 0) continue;
            appendBar(path, begun + quietZone, y + quietZone, x - begun);
            begun = -1;
        }
    }
    return QrCode{code->width + 2 * quietZone, Secret(std::move(path))};
}

}  // namespace tickmark::view
