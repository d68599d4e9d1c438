#include "app/Authenticator.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "tickmark/crypto/Password.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::test {
namespace {

std::string base64url(std::string_view raw) {
    std::string text = toBase64(viewOf(raw));
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    return text;
}

std::string rawDigest(std::string_view text) {
    const Digest digest = crypto::Sha256::of(text);
    return {digest.bytes().begin(), digest.bytes().end()};
}

char byteOf(std::uint64_t value, unsigned shift) { return static_cast<char>((value >> shift) & 0xffU); }

// CBOR (RFC 8949): a text or bytes of up to 65535 bytes.
std::string head(std::uint8_t major, std::size_t length) {
    constexpr std::size_t shortest = 24;
    if (length < shortest) return {static_cast<char>((std::size_t{major} << 5U) | length)};
    if (length < 256) return {static_cast<char>((unsigned{major} << 5U) | 24U), byteOf(length, 0)};
    return {static_cast<char>((unsigned{major} << 5U) | 25U), byteOf(length, 8), byteOf(length, 0)};
}
std::string cborText(std::string_view text) { return head(3, text.size()) + std::string(text); }
std::string cborBytes(std::string_view bytes) { return head(2, bytes.size()) + std::string(bytes); }

std::string clientData(const Behaviour& how, std::string_view type) {
    return R"({"type":")" + (how.type.empty() ? std::string(type) : how.type) + R"(","challenge":")" +
           how.challenge + R"(","origin":")" + how.origin + R"(","crossOrigin":)" +
           (how.framed ? "true" : "false") + "}";
}

std::string dataHead(const Behaviour& how, std::uint8_t more) {
    std::string data = rawDigest(how.relyingParty);
    data += static_cast<char>(how.flags | more);
    for (const unsigned shift : {24U, 16U, 8U, 0U}) data += byteOf(how.counter, shift);
    return data;
}

}  // namespace

struct Authenticator::Key {
    EVP_PKEY* pair = EVP_EC_gen("P-256");

    Key() {
        if (pair == nullptr) throw std::runtime_error("no key");
    }
    ~Key() { EVP_PKEY_free(pair); }
    Key(const Key&) = delete;
    Key& operator=(const Key&) = delete;

    /// The key of COSE (RFC 9053 section 7.1.1).
    [[nodiscard]] std::string cose() const {
        std::vector<unsigned char> point(65);
        std::size_t length = 0;
        if (EVP_PKEY_get_octet_string_param(pair, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(),
                                            &length) != 1 ||
            length != point.size()) {
            throw std::runtime_error("no point");
        }
        const std::string raw(point.begin() + 1, point.end());
        return std::string("\xa5\x01\x02\x03\x26\x20\x01\x21", 8) + cborBytes(raw.substr(0, 32)) + "\x22" +
               cborBytes(raw.substr(32));
    }
    [[nodiscard]] std::string sign(const std::string& message) const {
        EVP_MD_CTX* work = EVP_MD_CTX_new();
        std::string signature(128, '\0');
        std::size_t length = signature.size();
        const bool signedIt =
            EVP_DigestSignInit(work, nullptr, EVP_sha256(), nullptr, pair) == 1 &&
            EVP_DigestSign(work, reinterpret_cast<unsigned char*>(signature.data()), &length,
                           reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1;
        EVP_MD_CTX_free(work);
        if (!signedIt) throw std::runtime_error("no signature");
        signature.resize(length);
        return signature;
    }
};

Authenticator::Authenticator() : m_key(std::make_unique<Key>()) {
    const Bytes random = crypto::randomBytes(16);
    m_id.assign(random.begin(), random.end());
}
Authenticator::~Authenticator() = default;

std::string Authenticator::credential() const { return base64url(m_id); }

app::PasskeyAnswer Authenticator::make(const Behaviour& how) const {
    const std::string client = clientData(how, "webauthn.create");
    const std::string data = dataHead(how, 0x40) + std::string(16, '\0') + byteOf(m_id.size(), 8) +
                             byteOf(m_id.size(), 0) + m_id + m_key->cose();
    std::string format = "none";
    std::string statement = "\xa0";
    if (how.selfAttested || how.certified) {
        format = "packed";
        statement = (how.certified ? "\xa3" : "\xa2") + cborText("alg") + "\x26" + cborText("sig") +
                    cborBytes(m_key->sign(data + rawDigest(client)));
        if (how.certified) statement += cborText("x5c") + "\x81" + cborBytes("certificate");
    }
    const std::string object = "\xa3" + cborText("fmt") + cborText(format) + cborText("attStmt") + statement +
                               cborText("authData") + cborBytes(data);
    return {credential(), base64url(client), base64url(object), {}, {}};
}

app::PasskeyAnswer Authenticator::use(const Behaviour& how, const std::string& handle) const {
    const std::string client = clientData(how, "webauthn.get");
    const std::string data = dataHead(how, 0);
    return {credential(), base64url(client), base64url(data),
            base64url(m_key->sign(data + rawDigest(client))), handle};
}

}  // namespace tickmark::test
