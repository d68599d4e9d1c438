// Writes a bundle by schemas/bundle-format.md, level B.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tickmark/archive/Archive.h"
#include "tickmark/bundle/Content.h"
#include "tickmark/crypto/Cms.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/ledger/History.h"
#include "tickmark/ledger/Tree.h"

namespace tickmark::bundle {

/// One ledger entry with its inclusion proof under the bundle's checkpoint.
struct ProvenEntry {
    std::uint64_t position = 0;
    std::string leaf{};  ///< for an entry of the trail it may stay empty: Content::trail holds it
    std::vector<Digest> path{};
};

/// What the ledger answered when the seal was entered.
struct LedgerAnswer {
    ProvenEntry seal{};  ///< the entry that commits to the payload manifest's digest
    std::vector<ProvenEntry>
        entries{};             ///< proofs of Content::trail by position; further ones are passed over
    std::string checkpoint{};  ///< signed note under which all paths hold
    std::vector<ledger::HistoryEntry> history{};  ///< earlier heads of the same log, most important first
    std::string verifierKey{};                    ///< C2SP verifier key text of the log
};

/// Enters "bundle.seal" with facts {"manifest_sha256": …} into the ledger and returns the proofs. Called
/// exactly once, before any byte of the file is written.
using EnterSeal = std::function<Result<LedgerAnswer>(const Digest& payloadManifest)>;

struct WriteOptions {
    std::filesystem::path target{};    ///< final path; written as a temporary file beside it, then renamed
    Timestamp sealTime{};              ///< signingTime of the seal; must not lie before the checkpoint
    std::vector<Bytes> crls{};         ///< DER, embedded into the signature
    std::string rootCertificatePem{};  ///< goes to keys/root.pem, a signed tag file: a candidate, never
                                       ///< trusted by itself
    bool approvalAnnounced = false;    ///< the lead auditor must sign too, or the bundle is incomplete
    std::function<bool(std::uint64_t done, std::uint64_t total)>
        progress{};  ///< bytes; returning false cancels
};

struct WrittenBundle {
    Digest digest{};
    std::uint64_t size = 0;
    std::int64_t files = 0;
};

/// Same content, same ledger answer, same bytes but for the signature. Every object is re-hashed while it
/// streams in. Errors: Damaged "object-damaged" / NotFound "object-missing" naming evidence reference and
/// version (nothing is ever skipped), Refused "cancelled", TooLarge "portable-class" when over 950 entries
/// or 1.9 GB, Environment, Conflict "bundle-file" when the target exists, Internal when content or answer
/// contradict themselves (a finding names a version that is not in Content::versions; proofs that do not
/// hold). On any error no file is left. Every object's presence and size is checked before enterSeal is
/// called; damage inside an object shows only while it streams, after it.
[[nodiscard]] Result<WrittenBundle> writeBundle(const Content& content, const archive::Store& store,
                                                const crypto::SigningKey& seal, const EnterSeal& enterSeal,
                                                const WriteOptions& options);

}  // namespace tickmark::bundle
