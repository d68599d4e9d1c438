#include "bundle/Forging.h"

#include "crypto/OpenSslHandle.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle::test {

Make outsider(Change change) {
    return [change = std::move(change)](Forge& forge) {
        Parts parts = forge.parts();
        change(parts, forge);
        return parts.zip();
    };
}

Make insider(Change change) {
    return [change = std::move(change)](Forge& forge) {
        Parts parts = forge.parts();
        change(parts, forge);
        parts.regenerate();
        forge.house.signAgain(parts);
        return parts.zip();
    };
}

Make product(Change change) {
    return [change = std::move(change)](Forge& forge) {
        Parts parts = forge.parts();
        change(parts, forge);
        reseal(parts, forge.house, "B-0001");
        return parts.zip();
    };
}

void reseal(Parts& parts, SealingHouse& house, const std::string& ref) {
    parts.regenerate();
    house.content.bundle.ref = domain::BundleRef(ref);
    const auto answer = house.enter(crypto::Sha256::of(parts.at(entry::payloadManifest)));
    parts.at(entry::seal) = answer.seal.leaf;
    parts.at(entry::checkpoint) = answer.checkpoint;
    // A mutant may have left the history out.
    if (parts.has(entry::history)) parts.at(entry::history) = ledger::writeHistory(answer.history);
    parts.at(entry::sealProof) =
        ledger::TlogProof{answer.seal.position, answer.seal.path, answer.checkpoint}.text();
    std::string proofs;
    for (const auto& proven : answer.entries) {
        auto path = codec::Json::array();
        for (const auto& hash : proven.path) path.push(hash.hex());
        proofs += codec::canonicalJson(
                      codec::Json::object().set("index", proven.position).set("path", std::move(path))) +
                  "\n";
    }
    parts.at(entry::entryProofs) = proofs;
    parts.regenerate();
    house.signAgain(parts);
}

void replaceIn(std::string& text, std::string_view from, std::string_view to) {
    const auto place = text.find(from);
    if (place == std::string::npos) throw std::runtime_error("not there: " + std::string(from));
    text.replace(place, from.size(), to);
}

std::string withToken(std::string_view cms, const Bytes& token) {
    using namespace crypto;
    const auto* from = viewOf(cms).data();
    const CmsHandle info(required(d2i_CMS_ContentInfo(nullptr, &from, static_cast<long>(cms.size()))));
    CMS_SignerInfo* signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(info.get()), 0);
    require(CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE,
                                          token.data(), static_cast<int>(token.size())) == 1);
    return std::string(textOf(derOf<CMS_ContentInfo>(info.get(), &i2d_CMS_ContentInfo)));
}

}  // namespace tickmark::bundle::test
