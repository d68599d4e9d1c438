// E30 and E31: every list of digests against the files, in both directions.
#include "bundle/Discrepancies.h"
#include "bundle/EntryNames.h"

namespace tickmark::bundle {
namespace {

using Covers = std::function<bool(std::string_view, const ReadFile&)>;

void refuse(Inspection& inspection, std::string_view list, const Error& error) {
    inspection.outcome.fail("E30", list, error.field + ": " + error.message);
}

void checkBagManifest(Inspection& inspection, Discrepancies& found, std::string_view list,
                      const Covers& covers) {
    if (!inspection.has(list)) return;  // reported as a missing file already
    const auto listed = parseBagManifest(inspection.text(list));
    if (!listed) return refuse(inspection, list, listed.error());
    static_cast<void>(compareList(inspection, list, *listed, covers, found));
}

/// The manifest of a group covers every entry that stands before it, but mimetype.
void checkGroupManifest(Inspection& inspection, Discrepancies& found, std::size_t number) {
    const Group& group = inspection.order.groups[number];
    const std::string list = group.manifestName();
    if (!group.manifest) {
        // The first one is among the files that every bundle has.
        if (list != entry::asicManifest) inspection.outcome.fail("E30", list, "The file is missing.");
        return;
    }
    const auto listed = parseAsicManifest(inspection.text(list), {group.archive, group.number});
    if (!listed) return refuse(inspection, list, listed.error());
    const std::size_t end = group.covers();
    inspection.groups[number].covers = compareList(
        inspection, list, *listed,
        [end](std::string_view name, const ReadFile& file) {
            return file.place < end && name != entry::mimetype;
        },
        found);
}

void checkPresence(Inspection& inspection) {
    const bool ofReview = inspection.has(entry::reviewMinutes);
    for (const std::string_view name : entry::required) {
        if (ofReview && entry::isOscal(name)) continue;
        // A signature that is not there is more than a missing file: E40.
        if (!inspection.has(name)) inspection.outcome.fail("E30", name, "The file is missing.");
    }
    for (const Group& group : inspection.order.groups) {
        if (group.archive || group.number == 1 || group.statement) continue;
        inspection.outcome.fail("E30", group.nameOf(entry::MetaKind::Statement), "The file is missing.");
    }
}

void checkOxum(Inspection& inspection) {
    if (!inspection.bagInfo) return;  // E80 reports it
    const BagInfo& info = *inspection.bagInfo;
    std::uint64_t bytes = 0;
    std::uint64_t count = 0;
    for (const auto& [name, file] : inspection.files) {
        if (!entry::isPayload(name)) continue;
        bytes += file.size;
        ++count;
    }
    if (info.payloadBytes == bytes && info.payloadFiles == count) return;
    inspection.outcome.fail("E31", entry::bagInfo,
                            "Payload-Oxum says " + std::to_string(info.payloadBytes) + " bytes in " +
                                std::to_string(info.payloadFiles) + " files; there are " +
                                std::to_string(bytes) + " in " + std::to_string(count) + ".");
}

}  // namespace

void checkDigests(Inspection& inspection) {
    inspection.outcome.begin("E30");
    inspection.outcome.begin("E31");
    checkPresence(inspection);
    Discrepancies found(inspection.outcome);
    checkBagManifest(inspection, found, entry::payloadManifest,
                     [](std::string_view name, const ReadFile&) { return entry::isPayload(name); });
    checkBagManifest(inspection, found, entry::tagManifest, [](std::string_view name, const ReadFile&) {
        return entry::isTag(name) && name != entry::tagManifest;
    });
    for (std::size_t i = 0; i < inspection.order.groups.size(); ++i) checkGroupManifest(inspection, found, i);
    found.tell();
    checkOxum(inspection);
    inspection.outcome.summarise("E30", std::to_string(inspection.files.size()) + " files");
    inspection.outcome.summarise("E31", "SHA-256 of " + std::to_string(inspection.files.size()) + " files");
}

}  // namespace tickmark::bundle
