#include "bundle/EntryOrder.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace tickmark::bundle {
namespace {

using entry::MetaKind;
using entry::MetaName;

/// Walks over the entries once.
class OrderWalk {
  public:
    explicit OrderWalk(const std::vector<ZipEntry>& entries) : m_entries(entries) {}
    EntryOrder run();

  private:
    void checkPlace(std::size_t index);
    void addToGroup(std::size_t index);
    void openGroup(std::size_t index, const MetaName& meta);
    [[nodiscard]] bool continues(const MetaName& meta) const;
    void fault(std::size_t index, std::string message) {
        m_order.faults.push_back({entry::shown(m_entries[index].name), std::move(message)});
    }

    const std::vector<ZipEntry>& m_entries;
    EntryOrder m_order{};
    unsigned m_signatures = 0;
    unsigned m_archives = 0;
    std::optional<MetaKind> m_last{};  ///< of the open group
};

void OrderWalk::checkPlace(std::size_t index) {
    const std::string& name = m_entries[index].name;
    const std::string& before = m_entries[index - 1].name;
    // Groups follow one another by their own rule.
    const bool stands = entry::isMeta(name) || (!entry::isMeta(before) && entry::comesBefore(before, name));
    if (!stands) fault(index, "The entry does not stand in its place in the order of names.");
}

bool OrderWalk::continues(const MetaName& meta) const {
    if (m_order.groups.empty() || !m_last) return false;
    const Group& open = m_order.groups.back();
    return open.archive == meta.ofArchive() && open.number == meta.number && *m_last < meta.kind;
}

void OrderWalk::openGroup(std::size_t index, const MetaName& meta) {
    const bool archive = meta.ofArchive();
    if (m_order.groups.empty() && archive) {
        fault(index, "The first group below META-INF must be that of signature 001, the seal.");
    }
    unsigned& count = archive ? m_archives : m_signatures;
    ++count;
    if (meta.number != count) {
        fault(index, "The groups must be numbered from 001 without a gap, each in its place.");
    }
    if (count == (archive ? mostArchiveGroups : mostSignatureGroups) + 1) {
        fault(index,
              archive ? "There are more than 50 archive timestamps." : "There are more than 20 signatures.");
    }
    Group group;
    group.archive = archive;
    group.number = meta.number;
    group.first = index;
    m_order.groups.push_back(group);
}

void OrderWalk::addToGroup(std::size_t index) {
    const auto meta = entry::metaNameOf(m_entries[index].name);
    if (!meta) return;  // E20 reports a name that may not occur
    if (!continues(*meta)) openGroup(index, *meta);
    m_last = meta->kind;
    Group& open = m_order.groups.back();
    switch (meta->kind) {
        case MetaKind::Statement:
            open.statement = index;
            return;
        case MetaKind::AsicManifest:
        case MetaKind::ArchiveManifest:
            open.manifest = index;
            return;
        case MetaKind::Signature:
        case MetaKind::Timestamp:
            open.proof = index;
            return;
    }
}

EntryOrder OrderWalk::run() {
    if (m_entries.empty()) {
        m_order.faults.push_back({"", "The zip is empty."});
        return std::move(m_order);
    }
    if (m_entries.front().name != entry::mimetype) fault(0, "The first entry is not 'mimetype'.");
    std::unordered_set<std::string_view> seen;
    seen.reserve(m_entries.size());
    m_order.content = m_entries.size();
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const std::string_view name = m_entries[i].name;
        if (!seen.insert(name).second) {
            fault(i, "The name occurs more than once.");
        } else if (i > 0) {
            checkPlace(i);
        }
        if (!entry::isMeta(name)) continue;
        m_order.content = std::min(m_order.content, i);
        addToGroup(i);
    }
    return std::move(m_order);
}

std::string over(const std::string& what, std::uint64_t found, std::uint64_t allowed) {
    return what + ": " + std::to_string(found) + "; this class allows " + std::to_string(allowed) + ".";
}

/// Whether the portable class could hold it. Its label in bag-info.txt is three bytes longer.
bool fitsPortable(const std::vector<ZipEntry>& entries, const EntryOrder& order) {
    constexpr std::uint64_t longerLabel = 3;
    if (order.content > portableEntries) return false;
    if (bytesBeforeGroups(entries, order) + longerLabel > portableBytes) return false;
    for (std::size_t i = 0; i < order.content; ++i) {
        const auto limit = entry::limitOf(entries[i].name, entry::SizeClass::Portable);
        if (limit && entries[i].size > *limit) return false;
    }
    return true;
}

}  // namespace

std::string Group::manifestName() const {
    return nameOf(archive ? MetaKind::ArchiveManifest : MetaKind::AsicManifest);
}

std::string Group::proofName() const { return nameOf(archive ? MetaKind::Timestamp : MetaKind::Signature); }

EntryOrder orderOf(const std::vector<ZipEntry>& entries) { return OrderWalk(entries).run(); }

std::uint64_t bytesBeforeGroups(const std::vector<ZipEntry>& entries, const EntryOrder& order) {
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < order.content; ++i) {
        if (entries[i].readable) bytes += entries[i].end() - entries[i].offset;
    }
    return bytes;
}

std::vector<ZipFault> brokenClassRules(const std::vector<ZipEntry>& entries, const EntryOrder& order,
                                       entry::SizeClass sizeClass) {
    const bool large = sizeClass == entry::SizeClass::Large;
    const std::size_t mostEntries = large ? largeEntries : portableEntries;
    const std::uint64_t mostBytes = large ? largeBytes : portableBytes;
    const std::uint64_t bytes = bytesBeforeGroups(entries, order);
    std::vector<ZipFault> faults;
    if (order.content > mostEntries) {
        faults.push_back({"", over("There are too many entries", order.content, mostEntries)});
    }
    if (bytes > mostBytes) faults.push_back({"", over("There are too many bytes", bytes, mostBytes)});
    for (const ZipEntry& found : entries) {
        const auto limit = entry::limitOf(found.name, sizeClass);
        if (!limit || found.size <= *limit) continue;
        faults.push_back(
            {entry::shown(found.name), over("The file is larger than its limit", found.size, *limit)});
    }
    if (large && fitsPortable(entries, order)) {
        faults.push_back({std::string(entry::bagInfo),
                          "The bundle announces the large class, but the portable class could hold it."});
    }
    return faults;
}

}  // namespace tickmark::bundle
