// Our own reading of signatures: what is taken for one has a single encoding, and none is clean without an
// anchor.
#include <cstdint>
#include <cstdlib>

#include "tickmark/crypto/Cms.h"

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tickmark;
    const ByteView file(data, size);
    const auto parts = crypto::partsOfCades(file);
    const auto imprint = crypto::signatureImprint(file);
    if (parts) {
        check(imprint.ok());
        // Written again without any addition it is the same, or OpenSSL does not take it for a signature.
        const auto again = crypto::addRevocationData(file, {}, {});
        check(!again || std::equal(again->begin(), again->end(), file.begin(), file.end()));
        if (parts->timestampToken) check(!crypto::addSignatureTimestamp(file, *parts->timestampToken).ok());
    }
    const auto report = crypto::checkCades(file, viewOf("<ASiCManifest/>"), crypto::CadesContext{});
    check(!report.problems.empty() && !report.anchor && report.level == crypto::Level::B);
    check(!report.timestamp || !report.timestamp->trusted());
    return 0;
}
