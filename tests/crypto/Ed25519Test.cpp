// RFC 8032 section 7.1, and keys in PEM.
#include <boost/test/unit_test.hpp>

#include "tickmark/crypto/Ed25519.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using namespace tickmark::crypto;

namespace {

struct Vector {
    const char* seed = "";
    const char* publicKey = "";
    const char* message = "";
    const char* signature = "";
};

constexpr std::array<Vector, 3> vectors{{
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f"
     "0595bbe24"
     "655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2ea"
     "eb4302aee"
     "b00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e"
     "9716ed28d"
     "c027beceea1ec40a"},
}};

// PKCS#8 around the seed (RFC 8410 section 7).
std::string pemOf(const char* seed) {
    const Bytes der = *fromHex(std::string("302e020100300506032b657004220420") + seed);
    return "-----BEGIN PRIVATE KEY-----\n" + toBase64(der) + "\n-----END PRIVATE KEY-----\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ed25519)

BOOST_AUTO_TEST_CASE(the_published_vectors_come_out) {
    for (const Vector& vector : vectors) {
        const auto key = Ed25519Key::fromPem(pemOf(vector.seed));
        BOOST_REQUIRE(key.ok());
        BOOST_TEST(toHex(key->publicKey()) == vector.publicKey);
        const Bytes message = *fromHex(vector.message);
        const Ed25519Signature signature = key->sign(message);
        BOOST_TEST(toHex(signature) == vector.signature);
        BOOST_TEST(ed25519Verifies(key->publicKey(), message, signature));
    }
}

BOOST_AUTO_TEST_CASE(a_change_of_any_bit_of_a_signature_is_seen) {
    const Ed25519Key key = Ed25519Key::generate();
    const ByteView message = viewOf("tree head");
    const Ed25519Signature signature = key.sign(message);
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        Ed25519Signature changed = signature;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        BOOST_REQUIRE(!ed25519Verifies(key.publicKey(), message, changed));
    }
}

BOOST_AUTO_TEST_CASE(another_message_key_or_length_does_not_verify) {
    const Ed25519Key key = Ed25519Key::generate();
    const Ed25519Signature signature = key.sign(viewOf("one"));
    BOOST_TEST(!ed25519Verifies(key.publicKey(), viewOf("two"), signature));
    BOOST_TEST(!ed25519Verifies(Ed25519Key::generate().publicKey(), viewOf("one"), signature));
    BOOST_TEST(!ed25519Verifies(key.publicKey(), viewOf("one"), ByteView(signature).first(63)));
    BOOST_TEST(!ed25519Verifies(key.publicKey(), viewOf("one"), {}));
}

BOOST_AUTO_TEST_CASE(the_neutral_element_is_no_key) {
    // Under the key 1 (small order) the signature (1, 0) would fit every message.
    Ed25519PublicKey neutral{};
    neutral[0] = 1;
    Ed25519Signature signature{};
    signature[0] = 1;
    BOOST_TEST(!ed25519Verifies(neutral, viewOf("anything"), signature));
}

BOOST_AUTO_TEST_CASE(a_key_comes_back_from_its_pem_with_and_without_a_passphrase) {
    const Ed25519Key key = Ed25519Key::generate();
    const auto plain = Ed25519Key::fromPem(key.toPem());
    BOOST_REQUIRE(plain.ok());
    BOOST_TEST((plain->publicKey() == key.publicKey()));
    const std::string sealed = key.toPem(Secret("open sesame"));
    BOOST_TEST(sealed.rfind("-----BEGIN ENCRYPTED PRIVATE KEY-----", 0) == 0U);
    const auto opened = Ed25519Key::fromPem(sealed, Secret("open sesame"));
    BOOST_REQUIRE(opened.ok());
    BOOST_TEST((opened->publicKey() == key.publicKey()));
}

BOOST_AUTO_TEST_CASE(a_wrong_passphrase_and_a_text_that_is_no_key_are_told_apart) {
    const std::string sealed = Ed25519Key::generate().toPem(Secret("open sesame"));
    for (const char* wrong : {"", "Open sesame"}) {
        const auto opened = Ed25519Key::fromPem(sealed, Secret(wrong));
        BOOST_REQUIRE(!opened.ok());
        BOOST_TEST((opened.error().kind == ErrorKind::Refused));
        BOOST_TEST(opened.error().type == "passphrase");
    }
    const auto nothing = Ed25519Key::fromPem("not a key");
    BOOST_REQUIRE(!nothing.ok());
    BOOST_TEST((nothing.error().kind == ErrorKind::Invalid));
    BOOST_TEST(nothing.error().type == "key");
}

BOOST_AUTO_TEST_SUITE_END()
