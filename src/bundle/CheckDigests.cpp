// E30 and E31: the three manifests against the files, in both directions.
#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"

namespace tickmark::bundle {
namespace {

/// One manifest with the files it must cover.
struct Coverage {
    std::string_view manifest{};
    Result<DigestList> (*parse)(std::string_view text) = nullptr;
    bool (*covers)(std::string_view name) = nullptr;
};

void compare(Inspection& inspection, const Coverage& coverage, const DigestList& listed) {
    Outcome& outcome = inspection.outcome;
    const std::string by = " in " + std::string(coverage.manifest) + ".";
    for (const auto& [name, digest] : listed) {
        const auto found = inspection.files.find(name);
        if (!coverage.covers(name)) {
            outcome.fail("E30", name, "The file must not be listed" + by);
        } else if (found == inspection.files.end()) {
            outcome.fail("E30", name, "The file is not there, but listed" + by);
        } else if (!found->second.hashed) {
            outcome.fail("E31", name, "The file cannot be read, so its digest does not hold.");
        } else if (found->second.digest != digest) {
            outcome.fail("E31", name, "The file does not have the digest that is listed" + by);
        }
    }
    for (const auto& [name, file] : inspection.files) {
        if (coverage.covers(name) && listed.find(name) == listed.end()) {
            outcome.fail("E30", name, "The file is not listed" + by);
        }
    }
}

void checkManifest(Inspection& inspection, const Coverage& coverage) {
    if (!inspection.has(coverage.manifest)) return;  // reported as a missing file already
    const auto listed = coverage.parse(inspection.text(coverage.manifest));
    if (!listed) {
        inspection.outcome.fail("E30", coverage.manifest,
                                listed.error().field + ": " + listed.error().message);
        return;
    }
    compare(inspection, coverage, *listed);
}

void checkOxum(Inspection& inspection) {
    const auto info = BagInfo::parse(inspection.text(entry::bagInfo));
    if (!info) return;  // E80 reports it
    std::uint64_t bytes = 0;
    std::uint64_t count = 0;
    for (const auto& [name, file] : inspection.files) {
        if (!entry::isPayload(name)) continue;
        bytes += file.size;
        ++count;
    }
    if (info->payloadBytes == bytes && info->payloadFiles == count) return;
    inspection.outcome.fail("E31", entry::bagInfo,
                            "Payload-Oxum says " + std::to_string(info->payloadBytes) + " bytes in " +
                                std::to_string(info->payloadFiles) + " files; there are " +
                                std::to_string(bytes) + " in " + std::to_string(count) + ".");
}

}  // namespace

void checkDigests(Inspection& inspection) {
    inspection.outcome.begin("E30");
    inspection.outcome.begin("E31");
    for (const std::string_view name : entry::required) {
        if (!inspection.has(name)) inspection.outcome.fail("E30", name, "The file is missing.");
    }
    checkManifest(inspection, {entry::payloadManifest, &parseBagManifest, &entry::isPayload});
    checkManifest(inspection, {entry::tagManifest, &parseBagManifest, [](std::string_view name) {
                                   return entry::isTag(name) && name != entry::tagManifest;
                               }});
    checkManifest(inspection, {entry::asicManifest, &parseAsicManifest, [](std::string_view name) {
                                   return !entry::isMeta(name) && name != entry::mimetype;
                               }});
    checkOxum(inspection);
    inspection.outcome.summarise("E30", std::to_string(inspection.files.size()) + " files");
    inspection.outcome.summarise("E31", "SHA-256 of " + std::to_string(inspection.files.size()) + " files");
}

}  // namespace tickmark::bundle
