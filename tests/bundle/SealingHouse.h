// An organisation for tests: a root, a seal, a log in memory, an archive in a folder, and content worth
// sealing.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bundle/DigestList.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/bundle/Content.h"
#include "tickmark/bundle/Verifier.h"
#include "tickmark/bundle/Writer.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Ed25519.h"
#include "tickmark/ledger/Tree.h"

namespace tickmark::bundle::test {

inline const Timestamp founded = Timestamp::fromSeconds(1'700'000'000);  // 2023-11-14
inline const Timestamp sealTime = founded.plusSeconds(86'400 * 30);

template <class T>
T expected(Result<T> result) {
    if (!result) throw std::runtime_error(describe(result.error()));
    return *std::move(result);
}

/// A folder that goes away with the test.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return m_path; }
    [[nodiscard]] std::size_t entries() const;

  private:
    std::filesystem::path m_path;
};

[[nodiscard]] std::string readFile(const std::filesystem::path& path);
void writeFile(const std::filesystem::path& path, std::string_view bytes);

/// An append-only log in memory.
class MemoryLog {
  public:
    explicit MemoryLog(std::string origin = "example.org/log");
    std::uint64_t append(const std::string& leaf);
    [[nodiscard]] std::string checkpoint() const;
    [[nodiscard]] std::vector<Digest> proof(std::uint64_t position) const;
    [[nodiscard]] ledger::VerifierKey key() const;
    [[nodiscard]] const std::string& leaf(std::uint64_t position) const { return m_leaves.at(position); }
    [[nodiscard]] std::uint64_t size() const { return m_frontier.size(); }
    /// The consistency proof from an earlier size to now.
    [[nodiscard]] std::vector<Digest> proofSince(std::uint64_t size) const;
    /// Signs any head with the log's key: how a log that lies would do it.
    [[nodiscard]] std::string sign(const ledger::Checkpoint& head) const;

  private:
    std::string m_origin;
    crypto::Ed25519Key m_key;
    ledger::Frontier m_frontier{};
    std::map<ledger::NodeId, Digest> m_nodes{};
    std::vector<std::string> m_leaves{};
};

/// A bundle taken apart, to be changed and put together again with canonical zip records.
struct Parts {
    struct File {
        std::string name{};
        std::string content{};
    };
    std::vector<File> files{};

    [[nodiscard]] std::string& at(std::string_view name);
    void remove(std::string_view name);
    /// Puts a file where its name belongs in the order.
    void add(std::string name, std::string content);
    [[nodiscard]] bool has(std::string_view name) const;
    /// Regenerates Oxum, bag manifests and the first ASiC manifest; the signatures stay as they are.
    void regenerate();
    /// Every file so far but mimetype: what the next group's manifest must cover.
    [[nodiscard]] DigestList covered() const;
    [[nodiscard]] std::string zip() const;
};
[[nodiscard]] Parts takeApart(const std::filesystem::path& bundle);

class SealingHouse {
  public:
    explicit SealingHouse(bool withLargeFile = false);

    [[nodiscard]] Result<WrittenBundle> seal(const std::filesystem::path& target);
    [[nodiscard]] Result<WrittenBundle> seal(const std::filesystem::path& target,
                                             const archive::Store& store);
    [[nodiscard]] WriteOptions writeOptions(const std::filesystem::path& target) const;
    /// What an auditor brings who has the root's certificate.
    [[nodiscard]] VerifyOptions anchored() const;
    /// Signs the parts anew with this house's seal: an insider's forgery.
    void signAgain(Parts& parts) const;
    /// The log's answer to a seal over that payload manifest.
    [[nodiscard]] LedgerAnswer enter(const Digest& payloadManifest);
    domain::EvidenceVersionId addEvidence(const std::string& name, const std::string& bytes);

    Folder folder{};
    crypto::LocalAuthority root;
    crypto::SigningKey sealKey;
    Bytes crl{};
    std::unique_ptr<archive::FolderStore> store{};
    MemoryLog log{};
    Content content{};
    int entered = 0;
    /// Earlier heads that go into the history of the next bundle.
    struct Remembered {
        ledger::HistoryKind kind = ledger::HistoryKind::Bundle;
        std::string name{};
        std::uint64_t size = 0;
        std::string checkpoint{};
    };
    std::vector<Remembered> remembered{};

  private:
    void fill(bool withLargeFile);
    /// An improvement item of the first finding and the KPI that it moves, measured twice.
    void improve(domain::EvidenceVersionId measured, domain::EvidenceVersionId written);
};

/// Codes of the report's problems, each once.
[[nodiscard]] std::vector<std::string> codesOf(const Report& report);
[[nodiscard]] bool hasCode(const Report& report, std::string_view code);
/// Verifies bytes by way of a file.
[[nodiscard]] Report verifyBytes(const Folder& folder, std::string_view bytes, const VerifyOptions& options);

}  // namespace tickmark::bundle::test
