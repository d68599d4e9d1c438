// An organisation for tests: a root, certificates of every kind, signatures that break one rule each, and the
// openssl command.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crypto/OpenSslHandle.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Cms.h"

namespace tickmark::crypto::test {

inline const Timestamp founded = Timestamp::fromSeconds(1'700'000'000);  // 2023-11-14
inline const Timestamp sealed = founded.plusSeconds(86'400 * 30);

/// Unwraps what a test takes for granted.
template <class T>
T expected(Result<T> result) {
    if (!result) throw std::runtime_error(describe(result.error()));
    return *std::move(result);
}

/// A certificate to be made outside LocalAuthority's rules.
struct Wish {
    std::string name = "Someone";
    const char* keyUsage = "critical,digitalSignature,nonRepudiation";  ///< null leaves it out
    std::vector<const char*> extendedUsages{};
    bool isAuthority = false;
    Timestamp from = founded;
    int days = 365;
    const char* extendedUsageWords = nullptr;  ///< in OpenSSL's words, so that it can be critical
};
SigningKey issueAsWished(const SigningKey& issuer, const Wish& wish, PkeyHandle key);
/// The authority's root as a key that can sign anything.
SigningKey rootKeyOf(const LocalAuthority& authority);
PkeyHandle makeRsaKey(unsigned int bits);
PkeyHandle makeKey(const char* curve);

/// A CMS made with OpenSSL directly; the defaults follow the profile.
struct CmsRecipe {
    std::vector<SigningKey> signers{};
    const EVP_MD* digest = EVP_sha256();
    unsigned int signerFlags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP | CMS_CADES;
    bool attached = false;
    bool withCommitment = true;
    Timestamp at = sealed;
    std::vector<Bytes> crls{};
    std::vector<Certificate> certificates{};
};
Bytes makeCms(const CmsRecipe& recipe, ByteView content);

/// A folder that goes away with the test.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string path(const std::string& name) const { return (m_path / name).string(); }
    void write(const std::string& name, ByteView bytes) const;
    void write(const std::string& name, const std::string& text) const { write(name, viewOf(text)); }
    [[nodiscard]] Bytes read(const std::string& name) const;
    /// Runs a shell command in the folder; its exit code. What it printed lies in "output".
    [[nodiscard]] int run(const std::string& command) const;
    [[nodiscard]] std::string output() const;

  private:
    std::filesystem::path m_path;
};

}  // namespace tickmark::crypto::test
