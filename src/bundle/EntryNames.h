// The fixed names of schemas/bundle-format.md, and the rules that every name obeys.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tickmark::bundle::entry {

inline constexpr std::string_view mimetype = "mimetype";
inline constexpr std::string_view metaFolder = "META-INF/";
inline constexpr std::string_view asicManifest = "META-INF/ASiCManifest001.xml";
inline constexpr std::string_view signature = "META-INF/signature001.p7s";
inline constexpr std::string_view readme = "README-VERIFY.txt";
inline constexpr std::string_view bagInfo = "bag-info.txt";
inline constexpr std::string_view bagIt = "bagit.txt";
inline constexpr std::string_view root = "keys/root.pem";
inline constexpr std::string_view payloadManifest = "manifest-sha256.txt";
inline constexpr std::string_view tagManifest = "tagmanifest-sha256.txt";
inline constexpr std::string_view checkpoint = "tlog/checkpoint";
inline constexpr std::string_view entryProofs = "tlog/entries.proofs.jsonl";
inline constexpr std::string_view history = "tlog/history.json";
inline constexpr std::string_view seal = "tlog/seal.json";
inline constexpr std::string_view sealProof = "tlog/seal.tlog-proof";
inline constexpr std::string_view payloadFolder = "data/";
inline constexpr std::string_view trail = "data/audit-trail/entries.jsonl";
inline constexpr std::string_view evidenceFolder = "data/evidence/";
/// The measurements of the KPIs; only when there are such.
inline constexpr std::string_view measurements = "data/kpis.json";
/// The frozen inputs and the minutes of a management review; only in a bundle of one.
inline constexpr std::string_view reviewInputs = "data/review/inputs.json";
inline constexpr std::string_view reviewMinutes = "data/review/minutes.json";
inline constexpr std::string_view manifest = "data/manifest.json";
inline constexpr std::string_view oscalResults = "data/oscal/assessment-results.json";
inline constexpr std::string_view oscalPoam = "data/oscal/poam.json";
inline constexpr std::string_view report = "data/report.html";

inline constexpr std::string_view mimetypeContent = "application/vnd.etsi.asic-e+zip";
inline constexpr std::string_view bagItContent = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// What every bundle has.
inline constexpr std::array<std::string_view, 18> required{
    mimetype,   readme,       bagInfo,   bagIt,  payloadManifest, tagManifest,
    checkpoint, entryProofs,  history,   seal,   sealProof,       trail,
    manifest,   oscalResults, oscalPoam, report, asicManifest,    signature};

[[nodiscard]] inline bool isMeta(std::string_view name) noexcept { return name.starts_with(metaFolder); }
[[nodiscard]] inline bool isPayload(std::string_view name) noexcept {
    return name.starts_with(payloadFolder);
}
/// A tag file in the sense of the specification: signed, but not payload. mimetype is one.
[[nodiscard]] inline bool isTag(std::string_view name) noexcept { return !isMeta(name) && !isPayload(name); }

/// What a file below META-INF is, in the order in which the files of one group stand.
enum class MetaKind { Statement, AsicManifest, Signature, ArchiveManifest, Timestamp };

/// A name below META-INF, taken apart.
struct MetaName {
    MetaKind kind = MetaKind::Signature;
    unsigned number = 1;  ///< 1 to 999
    bool operator==(const MetaName&) const = default;
    [[nodiscard]] bool ofArchive() const noexcept { return kind >= MetaKind::ArchiveManifest; }
};

/// "META-INF/signature002.p7s". Inverse of metaNameOf().
[[nodiscard]] std::string nameOf(const MetaName& meta);
/// Nothing for a name that may not occur below META-INF. Whether its number is in its place is not judged
/// here: EntryOrder.h does that.
[[nodiscard]] std::optional<MetaName> metaNameOf(std::string_view name) noexcept;

/// Where an entry stands: mimetype, tag files, payload, META-INF; tag files and payload by bytes, META-INF by
/// signature groups, then archive groups, each by number. A file may have archive groups among its signature
/// groups: orderOf() in EntryOrder.h judges that.
[[nodiscard]] bool comesBefore(std::string_view a, std::string_view b) noexcept;

/// The rule that a name breaks, as a sentence, or nothing.
[[nodiscard]] std::optional<std::string> brokenNameRule(std::string_view name);

/// The class that bag-info.txt announces.
enum class SizeClass { Portable, Large };
/// "portable", "large".
[[nodiscard]] std::string_view nameOf(SizeClass sizeClass) noexcept;

/// The largest size of a file that is read as a whole; nothing for files that are only hashed.
[[nodiscard]] std::optional<std::uint64_t> limitOf(std::string_view name,
                                                   SizeClass sizeClass = SizeClass::Portable) noexcept;

/// The files that a bundle of a management review does not have: OSCAL speaks of assessments.
[[nodiscard]] inline bool isOscal(std::string_view name) noexcept {
    return name == oscalResults || name == oscalPoam;
}

/// Whether a tag or payload name is one of the table, or lies where evidence lies.
[[nodiscard]] bool isKnown(std::string_view name) noexcept;

/// A name as a problem may show it: what is not printable ASCII is escaped, and it is cut after 120 bytes.
[[nodiscard]] std::string shown(std::string_view name);

}  // namespace tickmark::bundle::entry
