// Which uploads a piece is arriving for at this moment, and the digests that grow with them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::app {

/// The digest of an upload's beginning, so that a file need not be read again at its end. Lives as long as
/// the process: after a restart the file is read once more instead.
struct UploadHash {
    crypto::Sha256 hash{};
    std::uint64_t covered = 0;
};

/// Thread-safe; outlives its leases.
class UploadDesk {
  public:
    /// The right to work on one upload, until it goes.
    class Lease {
      public:
        Lease(Lease&& other) noexcept
            : m_desk(std::exchange(other.m_desk, nullptr)),
              m_id(std::move(other.m_id)),
              m_hash(other.m_hash) {}
        Lease& operator=(Lease&&) = delete;
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() {
            if (m_desk != nullptr) m_desk->giveBack(m_id);
        }
        /// Belongs to the holder alone.
        [[nodiscard]] UploadHash& hash() const { return *m_hash; }
        /// The upload is over: its digest is forgotten.
        void forget() const { m_hash->covered = UINT64_MAX; }

      private:
        friend class UploadDesk;
        Lease(UploadDesk& desk, std::string id, UploadHash& hash)
            : m_desk(&desk), m_id(std::move(id)), m_hash(&hash) {}
        UploadDesk* m_desk;
        std::string m_id;
        UploadHash* m_hash;
    };

    /// Errors: Conflict "upload-busy".
    [[nodiscard]] Result<Lease> take(const std::string& id);

  private:
    struct Entry {
        UploadHash hash{};
        bool busy = false;
    };
    void giveBack(const std::string& id);

    std::mutex m_mutex{};
    std::map<std::string, std::unique_ptr<Entry>> m_entries{};
};

}  // namespace tickmark::app
