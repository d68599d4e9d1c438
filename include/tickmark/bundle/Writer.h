// Writes a bundle by schemas/bundle-format.md: level B, or T and LT when an authority stamps the seal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/archive/Archive.h"
#include "tickmark/bundle/Content.h"
#include "tickmark/crypto/Cms.h"
#include "tickmark/crypto/Trust.h"
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
    bool portableOnly = false;         ///< refuse what only the large class can hold
    /// Asks a time-stamp authority right after the seal is made: takes the SHA-256 to be stamped, returns the
    /// RFC 3161 token in DER. May be empty. When it fails the bundle is written without (level B).
    std::function<Result<Bytes>(const Digest& imprint)> timestamp{};
    /// By which the authority's token is tidied and checked; without an anchor only its imprint and form
    /// count.
    crypto::TrustAnchors timestampAnchors{};
    std::vector<Bytes> timestampCrls{};  ///< DER, of the authority's issuers; for level LT
    std::function<bool(std::uint64_t done, std::uint64_t total)>
        progress{};  ///< bytes written and read back, from the calling thread; returning false cancels
};

struct WrittenBundle {
    Digest digest{};  ///< of the whole file
    std::uint64_t size = 0;
    std::int64_t files = 0;          ///< evidence files
    bool large = false;              ///< the class: portable, or large (over 950 entries or 1.9 GB)
    bool timestamped = false;        ///< the seal carries a timestamp
    std::optional<Error> untimed{};  ///< why it does not although one was asked for
};

/// Same content and same ledger answer give the same bytes up to the end of META-INF/ASiCManifest001.xml.
/// Every object is re-hashed while it streams in; the finished file is read back for its digest and opened
/// with libzip. The class is portable when that class can hold it, otherwise large. Errors: Damaged
/// "object-damaged" / NotFound "object-missing" naming evidence reference and version (nothing is ever
/// skipped), Refused "cancelled", TooLarge "portable-class" (only with portableOnly), TooLarge "large-class"
/// (over 200,000 entries, 1 TiB or a file's limit), Environment, Conflict "bundle-file" when the target
/// exists, Internal when content or answer contradict themselves (a finding names a version that is not in
/// Content::versions; proofs that do not hold). On any error no file is left. Every object's presence and
/// size is checked before enterSeal is called; damage inside an object shows only while it streams, after it.
[[nodiscard]] Result<WrittenBundle> writeBundle(const Content& content, const archive::Store& store,
                                                const crypto::SigningKey& seal, const EnterSeal& enterSeal,
                                                const WriteOptions& options);

}  // namespace tickmark::bundle
