#include "tickmark/bundle/Anchors.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "tickmark/archive/Archive.h"
#include "tickmark/bundle/LogFiles.h"
#include "tickmark/crypto/Crl.h"
#include "tickmark/crypto/FingerprintWords.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle {
namespace {

constexpr std::uint64_t largestFile = 1024 * 1024;

constexpr std::array<AnchorOption, 7> allOptions{{
    {"--anchor", "PEM file with a certificate to trust; may be repeated", &AnchorArguments::files},
    {"--fingerprint", "SHA256:HEX, or the 32 words, of a certificate to trust; may be repeated",
     &AnchorArguments::fingerprints},
    {"--tsa-anchor", "PEM file with a time-stamp authority's certificate to trust; may be repeated",
     &AnchorArguments::timestampAnchors},
    {"--crl", "file with a certificate revocation list, PEM or DER; may be repeated", &AnchorArguments::crls},
    {"--witness", "verifier key of a witness that must have cosigned the log; may be repeated",
     &AnchorArguments::witnesses},
    {"--previous", "an earlier bundle or checkpoint that the log must still contain; may be repeated",
     &AnchorArguments::previous},
    {"--require", "approval, acceptance, timestamp or witness: fail without it; may be repeated",
     &AnchorArguments::required},
}};

struct RequirementWord {
    std::string_view word;
    Requirement requirement;
};
constexpr std::array<RequirementWord, 4> requirements{{
    {"approval", Requirement::Approval},
    {"acceptance", Requirement::Acceptance},
    {"timestamp", Requirement::Timestamp},
    {"witness", Requirement::Witness},
}};

std::string nameOf(const std::string& file) { return std::filesystem::path(file).filename().string(); }

Error inFile(Error error, const std::string& file) {
    error.field = nameOf(file);
    return error;
}

Result<std::vector<crypto::Certificate>> certificatesIn(const std::vector<std::string>& files) {
    std::vector<crypto::Certificate> all;
    for (const std::string& file : files) {
        const auto pem = archive::readSmallFile(file, largestFile);
        if (!pem) return inFile(pem.error(), file);
        const auto certificates = crypto::Certificate::allFromPem(*pem);
        if (!certificates) return inFile(certificates.error(), file);
        all.insert(all.end(), certificates->begin(), certificates->end());
    }
    return all;
}

Result<Bytes> listIn(const std::string& file) {
    const auto bytes = archive::readSmallFile(file, largestFile);
    if (!bytes) return inFile(bytes.error(), file);
    auto list = crypto::crlFromFile(viewOf(*bytes));
    if (!list) return inFile(list.error(), file);
    return list;
}

Result<EarlierHead> headIn(const std::string& file) {
    constexpr std::string_view zipMark = "PK\x03\x04";
    EarlierHead head{nameOf(file), {}};
    auto text = archive::readSmallFile(file, largestFile);
    const bool isText = text.ok() && !text->starts_with(zipMark);
    if (isText) {
        if (const auto read = ledger::readCheckpoint(*text); !read) return inFile(read.error(), file);
        head.checkpoint = *std::move(text);
        return head;
    }
    if (!text && text.error().kind != ErrorKind::TooLarge) return inFile(text.error(), file);
    auto files = readLogFiles(file);
    if (!files) return inFile(files.error(), file);
    head.checkpoint = std::move(files->checkpoint);
    return head;
}

Result<Requirement> requirementFrom(std::string_view word) {
    const auto found = std::find_if(requirements.begin(), requirements.end(),
                                    [&](const RequirementWord& one) { return one.word == word; });
    if (found != requirements.end()) return found->requirement;
    return invalid("requirement", "require", "Nothing of this name can be required.",
                   "Give approval, acceptance, timestamp or witness.");
}

}  // namespace

std::span<const AnchorOption> anchorOptions() noexcept { return allOptions; }

Result<Digest> parseFingerprint(std::string_view text) {
    std::string digits = lower(trim(text));
    if (digits.starts_with("sha256:")) digits.erase(0, 7);
    std::erase_if(digits, [](char c) { return c == ':' || c == ' '; });
    auto digest = Digest::parse(digits);
    if (digest) return digest;
    const bool isWords =
        std::any_of(digits.begin(), digits.end(), [](char c) { return c >= 'g' && c <= 'z'; });
    if (isWords && digits.size() > 2 * Digest::size) return crypto::fingerprintFromWords(text);
    return invalid("fingerprint", "fingerprint",
                   "A fingerprint is SHA256: and 64 hexadecimal digits, or its 32 words.",
                   "Copy the whole fingerprint.");
}

Result<VerifyOptions> optionsFrom(const AnchorArguments& arguments) {
    VerifyOptions brought;
    TM_TRY(brought.anchors.certificates, certificatesIn(arguments.files));
    TM_TRY(brought.timestampAnchors.certificates, certificatesIn(arguments.timestampAnchors));
    for (const std::string& text : arguments.fingerprints) {
        TM_TRY(const Digest digest, parseFingerprint(text));
        brought.anchors.fingerprints.push_back(digest);
    }
    for (const std::string& file : arguments.crls) {
        TM_TRY(Bytes list, listIn(file));
        brought.crls.push_back(std::move(list));
    }
    if (!arguments.logKey.empty()) {
        TM_TRY(brought.logKey, ledger::VerifierKey::parse(trim(arguments.logKey)));
    }
    for (const std::string& text : arguments.witnesses) {
        TM_TRY(ledger::VerifierKey key, ledger::VerifierKey::parse(trim(text), ledger::KeyUse::Cosignature));
        brought.witnesses.push_back(std::move(key));
    }
    for (const std::string& file : arguments.previous) {
        TM_TRY(EarlierHead head, headIn(file));
        brought.previous.push_back(std::move(head));
    }
    for (const std::string& word : arguments.required) {
        TM_TRY(const Requirement requirement, requirementFrom(word));
        brought.required.insert(requirement);
    }
    return brought;
}

}  // namespace tickmark::bundle
