#include "bundle/Codes.h"

#include <algorithm>
#include <stdexcept>

namespace tickmark::bundle {
namespace {

constexpr std::string_view askAgain = "Do not rely on this file. Ask the sender for the bundle again.";
constexpr std::string_view askSender = "Do not rely on this bundle. Ask the organisation what happened.";
constexpr std::string_view undecided =
    "This question could not be decided; nothing speaks against the bundle.";

}  // namespace

const std::vector<Code>& allCodes() {
    static const std::vector<Code> codes{
        {"E10", "Zip structure", Statement::Intact,
         "The file is not built as a bundle must be. Two programs may see different content in it.", askAgain,
         undecided, askAgain},
        {"E20", "File names", Statement::Intact,
         "A name could write outside the folder on unpacking, hide another file, or does not belong here.",
         askAgain, undecided, askAgain},
        {"E30", "Coverage", Statement::Intact,
         "A file lies in the bundle that nobody signed, or a signed file is not there.", askAgain, undecided,
         askAgain},
        {"E31", "Digests", Statement::Intact, "The bytes of this file are not those that were signed.",
         askAgain, undecided, askAgain},
        {"E40", "Signatures", Statement::Authentic,
         "Nobody vouches for this content: a signature is missing, broken, or belongs to something else.",
         askSender, undecided, askSender},
        {"E50", "Trust in the signers", Statement::Authentic,
         "The signature is not from anybody you said you trust, or its certificate was not fit for signing.",
         "Compare the anchor's fingerprint with the organisation by phone. If it is right, do not rely on "
         "the "
         "bundle.",
         "The signature fits the bundle, but nothing that you brought says who made it. Anybody can make a "
         "certificate with any name in it.",
         "Get the certificate of the signer's organisation from that organisation, and give it with "
         "--anchor."},
        {"E51", "Revocation", Statement::Authentic,
         "The certificate had been revoked when it was used: whoever held the key was no longer entitled to "
         "sign.",
         askSender, undecided, askSender},
        {"I52", "Revocation known", Statement::Authentic,
         "Nothing says whether the certificate had been revoked before the signing.",
         "Ask the organisation for its revocation list, or whether the certificate stood at that time.",
         "Nothing says for certain whether the certificate had been revoked before the signing.",
         "Ask the organisation for its current revocation list and give it with --crl, or ask whether the "
         "certificate stood at that time."},
        {"E60", "Timestamps", Statement::Authentic,
         "The time that stands in the bundle contradicts itself, or was not confirmed by the authority that "
         "it names.",
         "Do not rely on any time in this bundle, and ask the organisation what happened.",
         "No third party that you trust confirms the time of signing.",
         "Take the signing time as the signer's own statement, or give the authority's certificate with "
         "--tsa-anchor."},
        {"E80", "Content", Statement::Complete,
         "What the bundle says about itself does not follow the format, or contradicts the files in it.",
         askSender, undecided, askSender},
        {"E85", "Measurements", Statement::Complete,
         "The measurements that a claim of improvement rests on are missing, were changed, or name evidence "
         "that is not listed here.",
         askSender, undecided, askSender},
        {"E90", "Completeness", Statement::Complete,
         "A file or signature that this bundle should have is missing, or one is there that nobody listed.",
         "Ask the organisation for what is missing, or for a reason why it is withheld.",
         "Whether everything that you require is here could not be decided.",
         "Give what is named here, then verify again."},
        {"E70", "Log", Statement::InTheLog,
         "The bundle is not proved to stand in the organisation's append-only log, or the log's past was "
         "changed.",
         "Ask the organisation for the log's entry and key. Until then a later change of the past cannot be "
         "excluded.",
         "Whether the organisation's log still says what it said before could not be decided.",
         "Give the log's key, or a bundle that lies between the two in time."},
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
