#include "crypto/TestHouse.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "crypto/AsnTime.h"
#include "crypto/CadesAttributes.h"
#include "crypto/CertificateBuilder.h"
#include "crypto/CertificateState.h"
#include "crypto/PrivateKey.h"

namespace tickmark::crypto::test {

SigningKey issueAsWished(const SigningKey& issuer, const Wish& wish, PkeyHandle key) {
    CertificateBuilder builder(key.get());
    require(builder.setValidity(wish.from, wish.from.plusSeconds(wish.days * 86'400)).ok());
    require(builder.setSubject("", wish.name).ok());
    builder.setIssuer(x509Of(issuer.certificate()));
    builder.addExtension(NID_basic_constraints, wish.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (wish.keyUsage != nullptr) builder.addExtension(NID_key_usage, wish.keyUsage);
    if (!wish.extendedUsages.empty()) builder.addExtendedKeyUsage(wish.extendedUsages);
    if (wish.extendedUsageWords != nullptr) builder.addExtension(NID_ext_key_usage, wish.extendedUsageWords);
    Certificate certificate = builder.sign(pkeyOf(issuer));
    std::vector<Certificate> between;
    if (!isSelfIssued(issuer.certificate())) between.push_back(issuer.certificate());
    for (const Certificate& above : issuer.intermediates()) between.push_back(above);
    return SigningKey(std::make_shared<SigningKey::State>(
        SigningKey::State{{}, std::move(key), std::move(certificate), std::move(between)}));
}

SigningKey rootKeyOf(const LocalAuthority& authority) {
    return expected(SigningKey::fromPem(authority.keyPem({}), authority.certificate().pem(), {}));
}

PkeyHandle makeRsaKey(unsigned int bits) { return PkeyHandle(required(EVP_RSA_gen(bits))); }
PkeyHandle makeKey(const char* curve) { return PkeyHandle(required(EVP_EC_gen(curve))); }

namespace {

void addSigner(CMS_ContentInfo* cms, const SigningKey& key, const CmsRecipe& recipe) {
    CMS_SignerInfo* signer = required(
        CMS_add1_signer(cms, x509Of(key.certificate()), pkeyOf(key), recipe.digest, recipe.signerFlags));
    if ((recipe.signerFlags & CMS_NOATTR) != 0) return;
    const AsnTimeHandle time = expected(asnTimeOf(recipe.at));
    require(CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, ASN1_STRING_type(time.get()),
                                        time.get(), -1) == 1);
    if (!recipe.withCommitment) return;
    const Bytes value = commitmentValue(Commitment::Origin);
    require(CMS_signed_add1_attr_by_NID(signer, NID_id_smime_aa_ets_commitmentType, V_ASN1_SEQUENCE,
                                        value.data(), static_cast<int>(value.size())) == 1);
}

}  // namespace

Bytes makeCms(const CmsRecipe& recipe, ByteView content) {
    const unsigned int detached = recipe.attached ? 0U : static_cast<unsigned int>(CMS_DETACHED);
    const unsigned int flags = CMS_BINARY | CMS_PARTIAL | CMS_STREAM | detached;
    const CmsHandle cms(required(CMS_sign(nullptr, nullptr, nullptr, nullptr, flags)));
    for (const SigningKey& key : recipe.signers) addSigner(cms.get(), key, recipe);
    for (const Certificate& certificate : recipe.certificates)
        require(CMS_add1_cert(cms.get(), x509Of(certificate)) == 1);
    for (const Bytes& der : recipe.crls) {
        const auto crl = ownerFromDer<CrlHandle>(der, &d2i_X509_CRL);
        require(crl != nullptr && CMS_add1_crl(cms.get(), crl.get()) == 1);
    }
    const BioHandle source = readingBio(content);
    require(CMS_final(cms.get(), source.get(), nullptr, CMS_BINARY | detached) == 1);
    return derOf<CMS_ContentInfo>(cms.get(), &i2d_CMS_ContentInfo);
}

Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tickmark-crypto-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    m_path = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

void Folder::write(const std::string& name, ByteView bytes) const {
    std::ofstream(path(name), std::ios::binary) << textOf(bytes);
}

Bytes Folder::read(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path(name), std::ios::binary).rdbuf();
    return bytesOf(text.str());
}

// The shell itself always ends well, so that the test framework does not take a refused command for a crashed
// test.
int Folder::run(const std::string& command) const {
    const std::string line =
        "cd '" + m_path.string() + "' && { ( " + command + " ) > output 2>&1; echo $? > code; true; }";
    require(std::system(line.c_str()) == 0);  // NOLINT(cert-env33-c): the commands are constants of the tests
    return std::atoi(std::string(textOf(read("code"))).c_str());  // NOLINT(cert-err34-c)
}

std::string Folder::output() const { return std::string(textOf(read("output"))); }

}  // namespace tickmark::crypto::test
