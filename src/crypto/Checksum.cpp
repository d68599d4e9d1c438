#include "tickmark/crypto/Checksum.h"

#include "crypto/OpenSslHandle.h"

namespace tickmark::crypto {
namespace {

struct FetchedFree {
    void operator()(EVP_MD* algorithm) const noexcept { EVP_MD_free(algorithm); }
};
using FetchedHandle = std::unique_ptr<EVP_MD, FetchedFree>;

const char* nameOf(ChecksumKind kind) { return kind == ChecksumKind::Sha1 ? "SHA1" : "SHA256"; }

}  // namespace

std::optional<ChecksumKind> checksumKindFrom(std::string_view text) noexcept {
    if (text == "sha1") return ChecksumKind::Sha1;
    if (text == "sha256") return ChecksumKind::Sha256;
    return std::nullopt;
}

std::size_t checksumSize(ChecksumKind kind) noexcept { return kind == ChecksumKind::Sha1 ? 20 : 32; }

struct Checksum::State {
    DigestContextHandle context{required(EVP_MD_CTX_new())};
};

Checksum::Checksum(ChecksumKind kind) : m_state(std::make_unique<State>()) {
    const FetchedHandle algorithm(required(EVP_MD_fetch(nullptr, nameOf(kind), nullptr)));
    require(EVP_DigestInit_ex2(m_state->context.get(), algorithm.get(), nullptr) == 1);
}
Checksum::~Checksum() = default;
Checksum::Checksum(Checksum&&) noexcept = default;
Checksum& Checksum::operator=(Checksum&&) noexcept = default;

void Checksum::update(ByteView bytes) {
    require(EVP_DigestUpdate(m_state->context.get(), bytes.data(), bytes.size()) == 1);
}

Bytes Checksum::finish() {
    Bytes bytes(EVP_MAX_MD_SIZE);
    unsigned int length = 0;
    require(EVP_DigestFinal_ex(m_state->context.get(), bytes.data(), &length) == 1);
    bytes.resize(length);
    return bytes;
}

}  // namespace tickmark::crypto
