#include "tickmark/crypto/WebAuthn.h"

#include <cbor.h>
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>

#include "tickmark/crypto/Sha256.h"

namespace tickmark::crypto {
namespace {

constexpr std::size_t partyBytes = 32;  // SHA-256 of the relying party's id, first in authenticator data
constexpr std::size_t flagsAt = partyBytes;
constexpr std::uint8_t present = 0x01;
constexpr std::uint8_t verified = 0x04;
constexpr std::size_t longestAnswer = 16'384;
constexpr std::size_t longestCredential = 1023;

struct Freer {
    void operator()(fido_cred_t* made) const noexcept { fido_cred_free(&made); }
    void operator()(fido_assert_t* made) const noexcept { fido_assert_free(&made); }
    void operator()(es256_pk_t* made) const noexcept { es256_pk_free(&made); }
    void operator()(eddsa_pk_t* made) const noexcept { eddsa_pk_free(&made); }
    void operator()(rs256_pk_t* made) const noexcept { rs256_pk_free(&made); }
    void operator()(cbor_item_t* item) const noexcept { cbor_decref(&item); }
    void operator()(unsigned char* bytes) const noexcept { std::free(bytes); }  // NOLINT(*-no-malloc)
};
template <class T>
using Owned = std::unique_ptr<T, Freer>;

template <class T>
Owned<T> owned(T* made) {
    if (made == nullptr) throw std::bad_alloc();
    return Owned<T>(made);
}

Error malformed() {
    return invalid("passkey-answer", "", "The answer of the passkey cannot be read.",
                   "Try again; if it stays so, use another browser or another passkey.");
}

Error badSignature() {
    return invalid("passkey-signature", "", "The signature of the passkey is wrong.", "Try again.");
}

/// Both are said for themselves, because libfido2 has one error for them.
Result<void> rightPartyAndPerson(ByteView data, const std::string& relyingParty) {
    if (data.size() <= flagsAt) return malformed();
    const Digest party = Sha256::of(relyingParty);
    if (!std::equal(party.bytes().begin(), party.bytes().end(), data.begin())) {
        return invalid("passkey-party", "", "The passkey answered for another server.",
                       "Open this server by the address that its administrator named.");
    }
    if ((data[flagsAt] & present) == 0 || (data[flagsAt] & verified) == 0) {
        return invalid("passkey-unverified", "", "The device did not check who uses it.",
                       "Set up a PIN, a fingerprint or a face on the device, then try again.");
    }
    return {};
}

Bytes copyOf(const unsigned char* bytes, std::size_t length) { return {bytes, bytes + length}; }

struct Attestation {
    std::string format{};
    Bytes data{};
    Bytes statement{};  ///< CBOR
    bool empty = false;
    bool certified = false;
};

std::string textOfItem(const cbor_item_t* item) {
    if (!cbor_isa_string(item) || !cbor_string_is_definite(item)) return {};
    return {reinterpret_cast<const char*>(cbor_string_handle(item)), cbor_string_length(item)};
}

bool hasKey(const cbor_item_t* map, std::string_view name) {
    const cbor_pair* pairs = cbor_map_handle(map);
    return std::any_of(pairs, pairs + cbor_map_size(map),
                       [&](const cbor_pair& pair) { return textOfItem(pair.key) == name; });
}

/// False when the statement cannot be written again.
bool readStatement(Attestation& found, const cbor_item_t* value) {
    found.empty = cbor_map_size(value) == 0;
    found.certified = hasKey(value, "x5c") || hasKey(value, "ecdaaKeyId");
    unsigned char* bytes = nullptr;
    std::size_t room = 0;
    const std::size_t length = cbor_serialize_alloc(value, &bytes, &room);
    const Owned<unsigned char> kept(bytes);
    if (length == 0) return false;
    found.statement = copyOf(bytes, length);
    return true;
}

std::optional<Attestation> splitAttestation(ByteView object) {
    cbor_load_result read{};
    Owned<cbor_item_t> root(cbor_load(object.data(), object.size(), &read));
    if (!root || read.read != object.size() || !cbor_isa_map(root.get()) ||
        !cbor_map_is_definite(root.get()) || cbor_map_size(root.get()) != 3) {
        return {};
    }
    Attestation found;
    const cbor_pair* pairs = cbor_map_handle(root.get());
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string name = textOfItem(pairs[i].key);
        const cbor_item_t* value = pairs[i].value;
        if (name == "fmt") found.format = textOfItem(value);
        if (name == "authData" && cbor_isa_bytestring(value) && cbor_bytestring_is_definite(value))
            found.data = copyOf(cbor_bytestring_handle(value), cbor_bytestring_length(value));
        if (name != "attStmt" || !cbor_isa_map(value) || !cbor_map_is_definite(value)) continue;
        if (!readStatement(found, value)) return {};
    }
    if (found.data.empty() || found.statement.empty()) return {};
    return found;
}

/// libfido2 reads authenticator data only for the algorithm that it was told.
Owned<fido_cred_t> readData(ByteView data, std::int64_t& algorithm) {
    for (const std::int64_t one : passkeyAlgorithms) {
        auto made = owned(fido_cred_new());
        if (fido_cred_set_type(made.get(), static_cast<int>(one)) == FIDO_OK &&
            fido_cred_set_authdata_raw(made.get(), data.data(), data.size()) == FIDO_OK) {
            algorithm = one;
            return made;
        }
    }
    return {};
}

Result<void> checkStatement(fido_cred_t* made, const Attestation& given, const Digest& clientData,
                            const std::string& relyingParty) {
    if (given.format == "none" && given.empty) return {};
    if (given.format != "packed" || given.certified) {
        return invalid("passkey-attestation", "", "The passkey brought a certificate that nobody asked for.",
                       "Let the browser make it without telling its maker.");
    }
    const bool set = fido_cred_set_fmt(made, "packed") == FIDO_OK &&
                     fido_cred_set_rp(made, relyingParty.c_str(), nullptr) == FIDO_OK &&
                     fido_cred_set_uv(made, FIDO_OPT_TRUE) == FIDO_OK &&
                     fido_cred_set_clientdata_hash(made, clientData.bytes().data(),
                                                   clientData.bytes().size()) == FIDO_OK &&
                     fido_cred_set_attstmt(made, given.statement.data(), given.statement.size()) == FIDO_OK;
    if (!set) return malformed();
    if (fido_cred_verify_self(made) != FIDO_OK) return badSignature();
    return {};
}

/// The verdict of libfido2, or an error of its own when the key is none.
int verify(const fido_assert_t* given, const PasskeyKey& key) {
    const void* bytes = key.bytes.data();
    const std::size_t length = key.bytes.size();
    switch (key.algorithm) {
        case COSE_ES256: {
            const auto made = owned(es256_pk_new());
            if (const int bad = es256_pk_from_ptr(made.get(), bytes, length); bad != FIDO_OK) return bad;
            return fido_assert_verify(given, 0, COSE_ES256, made.get());
        }
        case COSE_EDDSA: {
            const auto made = owned(eddsa_pk_new());
            if (const int bad = eddsa_pk_from_ptr(made.get(), bytes, length); bad != FIDO_OK) return bad;
            return fido_assert_verify(given, 0, COSE_EDDSA, made.get());
        }
        case COSE_RS256: {
            const auto made = owned(rs256_pk_new());
            if (const int bad = rs256_pk_from_ptr(made.get(), bytes, length); bad != FIDO_OK) return bad;
            return fido_assert_verify(given, 0, COSE_RS256, made.get());
        }
        default:
            return FIDO_ERR_UNSUPPORTED_ALGORITHM;
    }
}

}  // namespace

Result<NewPasskey> readNewPasskey(ByteView attestationObject, const Digest& clientData,
                                  const std::string& relyingParty) {
    if (attestationObject.size() > longestAnswer) return malformed();
    const auto given = splitAttestation(attestationObject);
    if (!given) return malformed();
    TM_CHECK(rightPartyAndPerson(given->data, relyingParty));
    NewPasskey found;
    const auto made = readData(given->data, found.key.algorithm);
    if (!made) return malformed();
    TM_CHECK(checkStatement(made.get(), *given, clientData, relyingParty));
    const std::size_t idLength = fido_cred_id_len(made.get());
    const std::size_t keyLength = fido_cred_pubkey_len(made.get());
    if (idLength == 0 || idLength > longestCredential || keyLength == 0) return malformed();
    found.credential = copyOf(fido_cred_id_ptr(made.get()), idLength);
    found.key.bytes = copyOf(fido_cred_pubkey_ptr(made.get()), keyLength);
    found.counter = fido_cred_sigcount(made.get());
    return found;
}

Result<std::int64_t> checkPasskey(const PasskeyKey& key, ByteView authenticatorData, const Digest& clientData,
                                  ByteView signature, const std::string& relyingParty) {
    if (authenticatorData.size() > longestAnswer || signature.size() > longestAnswer) return malformed();
    TM_CHECK(rightPartyAndPerson(authenticatorData, relyingParty));
    const auto given = owned(fido_assert_new());
    const bool set = fido_assert_set_count(given.get(), 1) == FIDO_OK &&
                     fido_assert_set_rp(given.get(), relyingParty.c_str()) == FIDO_OK &&
                     fido_assert_set_up(given.get(), FIDO_OPT_TRUE) == FIDO_OK &&
                     fido_assert_set_uv(given.get(), FIDO_OPT_TRUE) == FIDO_OK &&
                     fido_assert_set_clientdata_hash(given.get(), clientData.bytes().data(),
                                                     clientData.bytes().size()) == FIDO_OK &&
                     fido_assert_set_authdata_raw(given.get(), 0, authenticatorData.data(),
                                                  authenticatorData.size()) == FIDO_OK &&
                     fido_assert_set_sig(given.get(), 0, signature.data(), signature.size()) == FIDO_OK;
    if (!set) return malformed();
    if (verify(given.get(), key) != FIDO_OK) return badSignature();
    return static_cast<std::int64_t>(fido_assert_sigcount(given.get(), 0));
}

}  // namespace tickmark::crypto
