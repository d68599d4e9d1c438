// E10 and E20: the zip's structure and its names; reads every file on the way.
#include <algorithm>
#include <set>

#include "bundle/EntryNames.h"
#include "bundle/EntryReading.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle {
namespace {

void checkOrder(const ZipLayout& layout, Outcome& outcome) {
    if (layout.entries.empty()) {
        outcome.fail("E10", "", "The zip is empty.");
        return;
    }
    if (layout.entries.front().name != entry::mimetype || layout.entries.front().method != zipStored) {
        outcome.fail("E10", entry::mimetype, "The first entry is not a stored 'mimetype'.");
    }
    std::set<std::string_view> seen;
    const ZipEntry* before = nullptr;
    for (const ZipEntry& found : layout.entries) {
        if (!seen.insert(found.name).second) {
            outcome.fail("E10", found.name, "The name occurs more than once.");
        } else if (before != nullptr && !entry::comesBefore(before->name, found.name)) {
            outcome.fail("E10", found.name, "The entry does not stand in its place in the order of names.");
        }
        before = &found;
    }
}

void checkClass(const Inspection& inspection, Outcome& outcome) {
    if (inspection.layout.entries.size() > portableEntries) {
        outcome.fail("E10", "",
                     "There are " + std::to_string(inspection.layout.entries.size()) +
                         " entries; the portable class allows 950.");
    }
    if (inspection.file->size() > portableBytes) {
        outcome.fail("E10", "", "The file has more than 1.9 GB, which the portable class does not allow.");
    }
}

void checkNames(const ZipLayout& layout, Outcome& outcome) {
    std::map<std::string, std::string_view> folded;
    for (const ZipEntry& found : layout.entries) {
        if (const auto broken = entry::brokenNameRule(found.name)) {
            outcome.fail("E20", found.name, "The name breaks a rule: " + *broken + ".");
        }
        if (entry::isMeta(found.name) && found.name != entry::asicManifest &&
            found.name != entry::signature) {
            outcome.fail("E20", found.name, "The file does not belong into META-INF.");
        }
        const auto [place, added] = folded.emplace(lower(found.name), found.name);
        if (!added && place->second != found.name) {
            outcome.fail(
                "E20", found.name,
                "The name differs from '" + entry::shown(place->second) + "' only in the case of letters.");
        }
    }
}

void takeFiles(Inspection& inspection, ReadAll read) {
    for (std::size_t i = 0; i < read.entries.size(); ++i) {
        const std::string& name = inspection.layout.entries[i].name;
        if (!read.faults[i].empty()) inspection.outcome.fail("E10", name, read.faults[i]);
        inspection.files.try_emplace(name, std::move(read.entries[i]));
    }
    if (inspection.has(entry::mimetype) && inspection.text(entry::mimetype) != entry::mimetypeContent) {
        inspection.outcome.fail("E10", entry::mimetype, "The content is not exactly the type of a bundle.");
    }
}

}  // namespace

Result<void> checkContainer(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    TM_TRY(inspection.layout, readZipLayout(*inspection.file));
    outcome.begin("E10");
    for (const ZipFault& fault : inspection.layout.faults) outcome.fail("E10", fault.place, fault.message);
    if (!inspection.layout.readable) inspection.layout.entries.clear();
    // What overlaps or lies about its place is not read: the same bytes must not be unpacked again and again.
    if (!inspection.layout.faults.empty() && inspection.layout.entries.size() > portableEntries) {
        inspection.layout.entries.clear();
        inspection.layout.readable = false;
    }
    TM_TRY(ReadAll read, readAllEntries(*inspection.file, inspection.layout, *inspection.options));
    inspection.report.digest = read.whole;
    inspection.report.size = inspection.file->size();
    if (!inspection.layout.readable) return {};
    outcome.begin("E20");
    checkOrder(inspection.layout, outcome);
    checkClass(inspection, outcome);
    checkNames(inspection.layout, outcome);
    takeFiles(inspection, std::move(read));
    outcome.summarise("E10", std::to_string(inspection.layout.entries.size()) + " entries");
    outcome.summarise("E20", std::to_string(inspection.layout.entries.size()) + " names");
    return {};
}

}  // namespace tickmark::bundle
