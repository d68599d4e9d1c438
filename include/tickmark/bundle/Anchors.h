// What a verifier brings from outside, as people write it on a command line.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/bundle/Verifier.h"
#include "tickmark/crypto/Cms.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// Trust as it was written: files, fingerprints, a log key.
struct AnchorArguments {
    std::vector<std::filesystem::path> files{};  ///< PEM files, each with one or more certificates
    std::vector<std::string> fingerprints{};     ///< see parseFingerprint()
    std::string logKey{};                        ///< C2SP verifier key text, or empty
};

/// "SHA256:" (optional, any case) and 64 hex digits of any case, with or without colons or blanks between
/// them. Errors: Invalid "fingerprint".
[[nodiscard]] Result<Digest> parseFingerprint(std::string_view text);

/// Anchors and log key of the arguments, put into verify options. Errors: Invalid "fingerprint",
/// "certificate", "verifier-key"; NotFound "file"; TooLarge "over-cap" (1 MiB); Environment "file-io".
[[nodiscard]] Result<VerifyOptions> optionsFrom(const AnchorArguments& arguments);

}  // namespace tickmark::bundle
