// E10 and E20: the zip's structure and its names; reads every file on the way.
#include <algorithm>

#include "bundle/EntryNames.h"
#include "bundle/EntryOrder.h"
#include "bundle/EntryReading.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle {
namespace {

/// bag-info.txt says which class it is. What is wrong with the file itself is E80, later.
void checkClass(Inspection& inspection) {
    const std::string_view text = inspection.text(entry::bagInfo);
    auto info = BagInfo::parse(text);
    if (info && isUtf8(text)) {
        inspection.report.sizeClass = entry::nameOf(info->sizeClass);
        inspection.bagInfo = *std::move(info);
    }
    const auto sizeClass = inspection.bagInfo ? inspection.bagInfo->sizeClass : entry::SizeClass::Portable;
    for (const ZipFault& fault : brokenClassRules(inspection.layout.entries, inspection.order, sizeClass)) {
        inspection.outcome.fail("E10", fault.place, fault.message);
    }
}

void checkNames(const ZipLayout& layout, Outcome& outcome) {
    std::map<std::string, std::string_view> folded;
    for (const ZipEntry& found : layout.entries) {
        if (const auto broken = entry::brokenNameRule(found.name)) {
            outcome.fail("E20", found.name, "The name breaks a rule: " + *broken + ".");
        }
        if (entry::isMeta(found.name) && !entry::metaNameOf(found.name)) {
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
        read.entries[i].place = i;
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
    TM_TRY(ReadAll read, readAllEntries(*inspection.file, inspection.layout, *inspection.options));
    inspection.report.digest = read.whole;
    inspection.report.digested = inspection.options->fileDigest;
    inspection.report.size = inspection.file->size();
    if (!inspection.layout.readable) return {};
    outcome.begin("E20");
    inspection.order = orderOf(inspection.layout.entries);
    inspection.groups.resize(inspection.order.groups.size());
    for (const ZipFault& fault : inspection.order.faults) outcome.fail("E10", fault.place, fault.message);
    checkNames(inspection.layout, outcome);
    takeFiles(inspection, std::move(read));
    checkClass(inspection);
    outcome.summarise("E10", std::to_string(inspection.layout.entries.size()) + " entries");
    outcome.summarise("E20", std::to_string(inspection.layout.entries.size()) + " names");
    return {};
}

}  // namespace tickmark::bundle
