// E90: the seal is there, every expected file is present or withheld with a reason, and nothing else lies
// here.
#include <set>

#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"

namespace tickmark::bundle {
namespace {

using codec::Json;

void checkSeal(Inspection& inspection) {
    for (const SignatureFact& fact : inspection.report.signatures) {
        if (fact.commitment == "origin") return;
    }
    inspection.outcome.fail("E90", entry::signature,
                            "The organisation's seal (commitment: origin) is missing.");
}

/// Every version that findings, actions and requests name must be listed.
void checkReferences(Inspection& inspection, const std::set<std::string_view>& listed) {
    for (const std::string_view kind : {"findings", "actions", "requests"}) {
        for (const Json& thing : *inspection.manifest->find(kind)->items()) {
            for (const Json& name : *thing.find("evidence")->items()) {
                if (listed.contains(*name.text())) continue;
                inspection.outcome.fail("E90", thing.textAt("ref"),
                                        "It names evidence " + entry::shown(*name.text()) +
                                            ", which data/manifest.json does not list.");
            }
        }
    }
}

void checkFiles(Inspection& inspection) {
    std::set<std::string_view> names;
    std::set<std::string_view> paths;
    for (const Json& version : *inspection.manifest->find("evidence")->items()) {
        const std::string_view path = version.textAt("path");
        if (!names.insert(version.textAt("name")).second) {
            inspection.outcome.fail("E90", version.textAt("name"), "The version is listed more than once.");
        }
        if (path.empty()) continue;
        if (!paths.insert(path).second)
            inspection.outcome.fail("E90", path, "Two versions claim the same file.");
        if (!inspection.has(path)) {
            inspection.outcome.fail("E90", path,
                                    "Evidence " + entry::shown(version.textAt("name")) + " is missing.");
        }
    }
    checkReferences(inspection, names);
    for (const auto& [name, file] : inspection.files) {
        if (name.starts_with(entry::evidenceFolder) && !paths.contains(name)) {
            inspection.outcome.fail("E90", name, "data/manifest.json does not list this file as evidence.");
        }
    }
}

}  // namespace

void checkCompleteness(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    outcome.begin("E90");
    checkSeal(inspection);
    for (const auto& [name, file] : inspection.files) {
        if (!entry::isMeta(name) && !entry::isKnown(name)) {
            outcome.fail("E90", name, "The file has no place in a bundle of this profile.");
        }
    }
    if (!inspection.manifest) {
        outcome.leave("E90", "data/manifest.json could not be read, so nothing says what is expected");
        return;
    }
    checkFiles(inspection);
    outcome.summarise("E90", std::to_string(inspection.report.files) + " evidence files present, " +
                                 std::to_string(inspection.report.withheld.size()) + " withheld");
}

}  // namespace tickmark::bundle
