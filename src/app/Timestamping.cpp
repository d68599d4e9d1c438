// The time-stamp authority and the anchors that tickmark.conf names.
#include "app/Timestamping.h"

#include <utility>

#include "app/Access.h"
#include "tickmark/app/Authority.h"
#include "tickmark/app/Keys.h"
#include "tickmark/app/Signing.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/outbound/TimestampClient.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t anchorCap = 1024 * 1024;

Error badFile(const char* setting, const fs::path& file, const std::string& why) {
    return environment("settings",
                       "The file \"" + file.string() + "\" of " + setting + " cannot be used: " + why,
                       "Mend tickmark.conf or the file, then try again.");
}

/// Certificates of a PEM file; a relative name lies in the data directory.
Result<crypto::TrustAnchors> anchorsOf(const Context& context, const char* setting, const std::string& name) {
    crypto::TrustAnchors anchors;
    if (name.empty()) return anchors;
    const fs::path file = context.directory.root / name;
    auto pem = archive::readSmallFile(file, anchorCap);
    if (!pem) return badFile(setting, file, pem.error().message);
    auto certificates = crypto::Certificate::allFromPem(*pem);
    if (!certificates) return badFile(setting, file, certificates.error().message);
    anchors.certificates = *std::move(certificates);
    return anchors;
}

}  // namespace

Result<crypto::TrustAnchors> timestampAnchors(const Context& context) {
    return anchorsOf(context, "timestamp_anchor", context.settings.timestampAnchor);
}

Result<crypto::TrustAnchors> signatoryAnchors(const Context& context) {
    TM_TRY(auto anchors, anchorsOf(context, "signatory_anchor", context.settings.signatoryAnchor));
    anchors.certificates.push_back(context.keys->root);
    return anchors;
}

Result<bundle::AskTimestamp> timestampSource(const Context& context) {
    if (context.settings.timestampUrl.empty()) return bundle::AskTimestamp{};
    TM_TRY(auto anchors, timestampAnchors(context));
    if (anchors.empty()) {
        return environment("settings", "tickmark.conf names a time-stamp authority but not its root.",
                           "Add timestamp_anchor with the PEM file of its root certificate.");
    }
    outbound::TimestampAuthority authority;
    authority.url = context.settings.timestampUrl;
    return askAuthority(std::move(authority), std::move(anchors),
                        "Compare timestamp_anchor in tickmark.conf with the authority's own root.");
}

std::vector<Bytes> authorityLists(const Context& context) {
    if (context.settings.timestampCrl.empty()) return {};
    const auto fetched = outbound::fetchCrl(context.settings.timestampCrl);
    if (!fetched) return {};
    auto der = crypto::crlFromFile(*fetched);
    if (!der) return {};
    return {*std::move(der)};
}

Result<std::vector<Bytes>> revocationLists(const Context& context) {
    TM_TRY(const RevocationList own, revocationList(context));
    std::vector<Bytes> lists{own.der};
    for (Bytes& list : authorityLists(context)) lists.push_back(std::move(list));
    return lists;
}

Result<bundle::Report> verifyHere(Context& context, const fs::path& file, Approval approval,
                                  const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    bundle::VerifyOptions options;
    TM_TRY(options.anchors, signatoryAnchors(context));
    TM_TRY(options.timestampAnchors, timestampAnchors(context));
    TM_TRY(const RevocationList own, revocationList(context));
    options.crls = {own.der};
    options.logKey = context.keys->ledgerPublic;
    options.approvalMayFollow = approval == Approval::MayFollow;
    options.progress = progress;
    return bundle::verifyBundle(file, options);
}

void note(domain::Bundle& bundle, const bundle::Report& report) {
    bundle.level = std::string(bundle::toText(report.level));
    bundle.signatures.clear();
    for (const bundle::SignatureFact& fact : report.signatures) {
        domain::BundleSignature signature;
        signature.role = fact.role;
        signature.decision = fact.decision;
        signature.comment = fact.comment;
        signature.name = fact.name;
        signature.signer = fact.signer;
        signature.fingerprint = fact.fingerprint;
        signature.trusted = fact.trusted;
        signature.at = fact.signingTime.value_or(Timestamp{});
        bundle.signatures.push_back(std::move(signature));
    }
}

Error notVerified(const bundle::Report& report, std::string message, std::string fix) {
    Error error{ErrorKind::Damaged, "bundle-not-verified", std::move(message), {}, {}, std::move(fix), {}};
    for (const auto& problem : report.problems) {
        error.parts.push_back({ErrorKind::Damaged, problem.code, problem.message, problem.place, {}, {}, {}});
    }
    return error;
}

}  // namespace tickmark::app
