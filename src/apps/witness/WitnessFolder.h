// A witness's memory: its key, the last head it saw of each log, and the heads it refused.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/crypto/Ed25519.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::witness {

/// The last head seen of one log.
struct SeenLog {
    ledger::VerifierKey key{};  ///< the log's, fixed at first contact
    std::string checkpoint{};   ///< the signed note
    Timestamp firstAt{};        ///< first contact
    Timestamp at{};             ///< when this head was taken
};

/// A head that was refused, kept with the one that it contradicts.
struct RefusedHead {
    std::string reason{};  ///< the refusal's stable type, "log-forked"
    std::string message{};
    std::string origin{};
    std::string seen{};     ///< the head seen before, or empty
    std::string brought{};  ///< the head refused
    Timestamp at{};
};

/// One folder. While an object of it lives, no other process opens the folder: two heads judged at once could
/// both be cosigned.
class WitnessFolder {
  public:
    /// Makes the folder (0700) with a new key (0600). Errors: Invalid "witness-name", Refused
    /// "witness-exists", Environment.
    [[nodiscard]] static Result<WitnessFolder> make(const std::filesystem::path& folder,
                                                    const std::string& name);
    /// Errors: NotFound "witness", Refused "witness-busy", Damaged "witness-folder", Environment.
    [[nodiscard]] static Result<WitnessFolder> open(const std::filesystem::path& folder);
    ~WitnessFolder();
    WitnessFolder(WitnessFolder&& other) noexcept;
    WitnessFolder& operator=(WitnessFolder&&) = delete;
    WitnessFolder(const WitnessFolder&) = delete;
    WitnessFolder& operator=(const WitnessFolder&) = delete;

    [[nodiscard]] const std::string& name() const noexcept { return m_name; }
    [[nodiscard]] const crypto::Ed25519Key& key() const noexcept { return m_key; }
    [[nodiscard]] ledger::VerifierKey verifierKey() const;

    /// Nothing before first contact. Errors: Damaged "witness-folder", Environment.
    [[nodiscard]] Result<std::optional<SeenLog>> find(const std::string& origin) const;
    /// Replaces the log's file atomically; durable on return.
    [[nodiscard]] Result<void> keep(const SeenLog& log) const;
    /// By origin.
    [[nodiscard]] Result<std::vector<SeenLog>> list() const;

    /// Writes the refused head into refused/; the same one twice gives one file. Returns the file.
    [[nodiscard]] Result<std::filesystem::path> keepRefused(const RefusedHead& refused) const;
    /// How many files lie in refused/.
    [[nodiscard]] std::size_t refusedCount() const;

  private:
    WitnessFolder(std::filesystem::path folder, int lock, std::string name, crypto::Ed25519Key key);
    std::filesystem::path m_folder;
    int m_lock;
    std::string m_name;
    crypto::Ed25519Key m_key;
};

}  // namespace tickmark::witness
