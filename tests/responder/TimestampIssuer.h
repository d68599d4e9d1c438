// A time-stamp authority for tests: right answers by OpenSSL's own TS code, wrong ones put together by hand.
#pragma once

#include <optional>
#include <vector>

#include "crypto/OpenSslHandle.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Timestamp.h"

namespace tickmark::crypto::test {

/// How OpenSSL's responder is set up.
struct Issuing {
    SigningKey key;
    Timestamp at{};
    const EVP_MD* digest = EVP_sha256();
    std::vector<Certificate> embedded{};  ///< beside the signer's own certificate
    bool bindsBySha1 = false;             ///< signing-certificate of RFC 2634 instead of version 2
    unsigned int millis = 0;              ///< of the time
};
/// The TimeStampResp to a TimeStampReq.
Bytes answerTo(ByteView request, const Issuing& issuing);
/// The token in it, over this imprint.
Bytes stamp(const Digest& imprint, const Issuing& issuing);
/// A refusal with words and a failure bit (TS_INFO_…).
Bytes refusalOf(const char* words, int failureBit);
/// A granting response around any token.
Bytes grantingResponse(ByteView token);
/// The nonce of a request, as the content of its INTEGER.
Bytes nonceOf(ByteView request);
Digest imprintOf(ByteView request);

/// A token made with the CMS functions, which take any certificate and any content.
struct TokenRecipe {
    std::vector<SigningKey> signers{};
    Digest imprint{};
    Timestamp at{};
    const EVP_MD* digest = EVP_sha256();
    const EVP_MD* imprintDigest = EVP_sha256();
    Bytes imprintBytes{};  ///< instead of `imprint`
    Bytes nonce{};
    long version = 1;
    bool hasCriticalExtension = false;
    std::optional<Bytes> content{};  ///< instead of the TSTInfo
    int contentType = NID_id_smime_ct_TSTInfo;
    unsigned int signerFlags = CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP | CMS_CADES;
    std::vector<Certificate> certificates{};
    std::vector<Bytes> crls{};
};
Bytes makeToken(const TokenRecipe& recipe);

}  // namespace tickmark::crypto::test
