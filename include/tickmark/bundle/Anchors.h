// What a verifier brings from outside, as people write it on a command line.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/bundle/Verifier.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// Trust and requirements as they were written: names of files, fingerprints, keys.
struct AnchorArguments {
    std::vector<std::string> files{};             ///< PEM files, each with one or more certificates
    std::vector<std::string> fingerprints{};      ///< see parseFingerprint()
    std::string logKey{};                         ///< C2SP verifier key text, or empty
    std::vector<std::string> timestampAnchors{};  ///< PEM files, for time-stamp authorities
    std::vector<std::string> crls{};              ///< files with a revocation list, PEM or DER
    std::vector<std::string> witnesses{};         ///< C2SP verifier key texts of witnesses
    std::vector<std::string> previous{};          ///< files: an earlier bundle, or a checkpoint
    std::vector<std::string> required{};          ///< "approval", "acceptance", "timestamp", "witness"
};

/// One option of a command line for the arguments above. Each may be repeated.
struct AnchorOption {
    const char* name = "";  ///< "--anchor"
    const char* help = "";
    std::vector<std::string> AnchorArguments::*list = nullptr;
};
/// All but the log's key, which is "--log-key" and stands once.
[[nodiscard]] std::span<const AnchorOption> anchorOptions() noexcept;

/// "SHA256:" (optional, any case) and 64 hex digits of any case, with or without colons or blanks between
/// them; or its 32 words (crypto/FingerprintWords.h). Errors: Invalid "fingerprint", "fingerprint-words".
[[nodiscard]] Result<Digest> parseFingerprint(std::string_view text);

/// The arguments put into verify options. Errors: Invalid "fingerprint", "fingerprint-words", "certificate",
/// "verifier-key", "crl", "requirement", "checkpoint", "bundle"; NotFound "file"; TooLarge "over-cap" (1
/// MiB); Environment "file-io".
[[nodiscard]] Result<VerifyOptions> optionsFrom(const AnchorArguments& arguments);

}  // namespace tickmark::bundle
