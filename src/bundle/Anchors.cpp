#include "tickmark/bundle/Anchors.h"

#include "tickmark/archive/Archive.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle {
namespace {

constexpr std::uint64_t largestPem = 1024 * 1024;

Error inFile(Error error, const std::filesystem::path& file) {
    error.field = file.filename().string();
    return error;
}

}  // namespace

Result<Digest> parseFingerprint(std::string_view text) {
    std::string digits = lower(trim(text));
    if (digits.starts_with("sha256:")) digits.erase(0, 7);
    std::erase_if(digits, [](char c) { return c == ':' || c == ' '; });
    auto digest = Digest::parse(digits);
    if (digest) return digest;
    return invalid("fingerprint", "fingerprint", "A fingerprint is SHA256: and 64 hexadecimal digits.",
                   "Copy the whole fingerprint.");
}

Result<VerifyOptions> optionsFrom(const AnchorArguments& arguments) {
    VerifyOptions options;
    for (const auto& file : arguments.files) {
        auto pem = archive::readSmallFile(file, largestPem);
        if (!pem) return inFile(std::move(pem).error(), file);
        auto certificates = crypto::Certificate::allFromPem(*pem);
        if (!certificates) return inFile(std::move(certificates).error(), file);
        for (auto& certificate : *certificates)
            options.anchors.certificates.push_back(std::move(certificate));
    }
    for (const std::string& text : arguments.fingerprints) {
        TM_TRY(const Digest digest, parseFingerprint(text));
        options.anchors.fingerprints.push_back(digest);
    }
    if (!arguments.logKey.empty()) {
        TM_TRY(options.logKey, ledger::VerifierKey::parse(trim(arguments.logKey)));
    }
    return options;
}

}  // namespace tickmark::bundle
