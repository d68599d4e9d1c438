// The order of a bundle's entries and the groups below META-INF (schemas/bundle-format.md, rules 6, 8 and 9).
#pragma once

#include <optional>
#include <vector>

#include "bundle/EntryNames.h"
#include "bundle/ZipLayout.h"

namespace tickmark::bundle {

inline constexpr std::size_t portableEntries = 950;            ///< before the first group
inline constexpr std::uint64_t portableBytes = 1'900'000'000;  ///< before the first group
inline constexpr std::size_t largeEntries = 200'000;           ///< before the first group
inline constexpr std::uint64_t largeBytes = 1ULL << 40U;       ///< before the first group
inline constexpr unsigned mostSignatureGroups = 20;
inline constexpr unsigned mostArchiveGroups = 50;

/// One signature group or archive group. The places are indices into the entries; a file that is not there
/// has none (a forger may have left it out), and what follows from that is the verifier's business.
struct Group {
    bool archive = false;
    unsigned number = 1;
    std::size_t first = 0;  ///< of the group
    std::optional<std::size_t> statement{};
    std::optional<std::size_t> manifest{};  ///< ASiC manifest or archive manifest
    std::optional<std::size_t> proof{};     ///< signature or time-stamp token
    /// What the group's manifest must cover: every entry before this index but mimetype.
    [[nodiscard]] std::size_t covers() const noexcept {
        return manifest.value_or(statement ? *statement + 1 : first);
    }
    /// The name of one of its files, whether it is there or not.
    [[nodiscard]] std::string nameOf(entry::MetaKind kind) const { return entry::nameOf({kind, number}); }
    [[nodiscard]] std::string manifestName() const;
    [[nodiscard]] std::string proofName() const;
};

struct EntryOrder {
    std::size_t content = 0;  ///< entries before the first one below META-INF
    std::vector<Group> groups{};
    std::vector<ZipFault> faults{};  ///< what breaks rule 6 (E10)
};

/// Uniqueness, order, and groups with their numbers. Linear in the entries.
[[nodiscard]] EntryOrder orderOf(const std::vector<ZipEntry>& entries);

/// Bytes that stand before the first group, headers and data, as far as they can be read. `order` is that of
/// the entries.
[[nodiscard]] std::uint64_t bytesBeforeGroups(const std::vector<ZipEntry>& entries, const EntryOrder& order);

/// The rules of the class that the bundle announces (E10): its limits, the limits of its files, and that a
/// large bundle is one for a reason.
[[nodiscard]] std::vector<ZipFault> brokenClassRules(const std::vector<ZipEntry>& entries,
                                                     const EntryOrder& order, entry::SizeClass sizeClass);

}  // namespace tickmark::bundle
