#include "bundle/Codes.h"

#include <algorithm>
#include <stdexcept>

namespace tickmark::bundle {
namespace {

constexpr std::string_view askAgain = "Do not rely on this file. Ask the sender for the bundle again.";
constexpr std::string_view askSender = "Do not rely on this bundle. Ask the organisation what happened.";

}  // namespace

const std::vector<Code>& allCodes() {
    static const std::vector<Code> codes{
        {"E10", "Zip structure", Statement::Intact,
         "The file is not built as a bundle must be. Two programs may see different content in it.",
         askAgain},
        {"E20", "File names", Statement::Intact,
         "A name could write outside the folder on unpacking, hide another file, or does not belong here.",
         askAgain},
        {"E30", "Coverage", Statement::Intact,
         "A file lies in the bundle that nobody signed, or a signed file is not there.", askAgain},
        {"E31", "Digests", Statement::Intact, "The bytes of this file are not those that were signed.",
         askAgain},
        {"E40", "Signature", Statement::Authentic,
         "Nobody vouches for this content: the signature is missing, broken, or belongs to something else.",
         askSender},
        {"E50", "Trust in the signer", Statement::Authentic,
         "The signature is not from anybody you said you trust, or its certificate was not fit for signing.",
         "Compare the anchor's fingerprint with the organisation by phone. If it is right, do not rely on "
         "the "
         "bundle."},
        {"E51", "Revocation", Statement::Authentic, "The certificate had been revoked before the signing.",
         askSender},
        {"I52", "Revocation known", Statement::Authentic,
         "Nothing says whether the certificate had been revoked before the signing.",
         "Ask the organisation for its revocation list, or whether the certificate stood at that time."},
        {"E60", "Timestamp", Statement::Authentic, "The time of signing is not confirmed by a third party.",
         "Take the signing time as the organisation's own statement."},
        {"E80", "Content", Statement::Complete,
         "What the bundle says about itself does not follow the format, or contradicts the files in it.",
         askSender},
        {"E90", "Completeness", Statement::Complete,
         "A file or signature that this bundle should have is missing, or one is there that nobody listed.",
         "Ask the organisation for what is missing, or for a reason why it is withheld."},
        {"E70", "Log", Statement::InTheLog,
         "The bundle is not proved to stand in the organisation's append-only log.",
         "Ask the organisation for the log's entry and key. Until then a later change of the past cannot be "
         "excluded."},
    };
    return codes;
}

const Code& codeNamed(std::string_view code) {
    const auto& codes = allCodes();
    const auto found =
        std::find_if(codes.begin(), codes.end(), [&](const Code& one) { return one.code == code; });
    if (found == codes.end()) throw std::logic_error("no such code");
    return *found;
}

}  // namespace tickmark::bundle
