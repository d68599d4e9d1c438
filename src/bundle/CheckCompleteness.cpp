// E90: every expected file is present or withheld with a reason, and nothing else lies
// here.
#include <map>
#include <set>

#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"

namespace tickmark::bundle {
namespace {

using codec::Json;

/// Every version that findings, actions, requests and improvements name must be listed.
void checkReferences(Inspection& inspection, const std::set<std::string_view>& listed) {
    for (const std::string_view kind : {"findings", "actions", "requests", "improvements"}) {
        const Json* things = inspection.manifest->find(kind);
        if (things == nullptr) continue;
        for (const Json& thing : *things->items()) {
            for (const Json& name : *thing.find("evidence")->items()) {
                if (listed.contains(*name.text())) continue;
                inspection.outcome.fail("E90", thing.textAt("ref"),
                                        "It names evidence " + entry::shown(*name.text()) +
                                            ", which data/manifest.json does not list.");
            }
        }
    }
}

/// So must those that show what was found elsewhere.
void checkExtents(Inspection& inspection, const std::set<std::string_view>& listed) {
    const auto each = [](const Json& thing, std::string_view member, const auto& deed) {
        const Json* list = thing.find(member);
        if (list == nullptr) return;
        for (const Json& item : *list->items()) deed(item);
    };
    each(*inspection.manifest, "findings", [&](const Json& finding) {
        each(finding, "responses", [&](const Json& response) {
            each(response, "extent_places", [&](const Json& place) {
                const std::string_view name = place.textAt("evidence");
                if (name.empty() || listed.contains(name)) return;
                inspection.outcome.fail("E90", finding.textAt("ref"),
                                        "Its extent names evidence " + entry::shown(name) +
                                            ", which data/manifest.json does not list.");
            });
        });
    });
}

/// Every finding that was chosen is here.
void checkSelection(Inspection& inspection) {
    const Json* selection = inspection.manifest->find("selection");
    const Json* chosen = selection == nullptr ? nullptr : selection->find("findings");
    if (chosen == nullptr) return;
    std::set<std::string_view> present;
    for (const Json& finding : *inspection.manifest->find("findings")->items())
        present.insert(finding.textAt("ref"));
    for (const Json& ref : *chosen->items()) {
        if (present.contains(*ref.text())) continue;
        inspection.outcome.fail("E90", *ref.text(),
                                "The finding was chosen for this bundle, but is not in it.");
    }
}

/// A redacted copy names the version and the digest of its original, which is listed and withheld.
void checkRedactions(Inspection& inspection) {
    std::map<std::string_view, const Json*> originals;
    const auto& versions = *inspection.manifest->find("evidence")->items();
    for (const Json& version : versions) originals.emplace(version.textAt("name"), &version);
    for (const Json& version : versions) {
        const std::string_view name = version.textAt("redaction_of");
        if (name.empty()) continue;
        const auto fail = [&](const std::string& message) {
            inspection.outcome.fail("E90", version.textAt("name"),
                                    "It is a redacted copy of " + entry::shown(name) + message);
        };
        const auto original = originals.find(name);
        if (original == originals.end()) {
            fail(", which data/manifest.json does not list.");
        } else if (original->second->textAt("status") != "withheld") {
            fail(", which is not withheld.");
        } else if (version.textAt("redaction_of_sha256") != original->second->textAt("sha256")) {
            fail(", but states another digest of it than the original has.");
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
    checkExtents(inspection, names);
    checkRedactions(inspection);
    checkSelection(inspection);
    for (const auto& [name, file] : inspection.files) {
        if (name.starts_with(entry::evidenceFolder) && !paths.contains(name)) {
            inspection.outcome.fail("E90", name, "data/manifest.json does not list this file as evidence.");
        }
    }
}

/// A bundle of a management review has its inputs and minutes and no OSCAL file; any other has neither of
/// both.
void checkReview(Inspection& inspection) {
    const bool ofReview = inspection.manifest->find("review") != nullptr;
    for (const std::string_view name : {entry::reviewInputs, entry::reviewMinutes}) {
        if (inspection.has(name) == ofReview) continue;
        inspection.outcome.fail("E90", name,
                                ofReview ? "The file is missing that data/manifest.json names."
                                         : "The bundle is of no management review, so this has no place.");
    }
    for (const std::string_view name : {entry::oscalResults, entry::oscalPoam}) {
        if (inspection.has(name) && ofReview)
            inspection.outcome.fail("E90", name, "A bundle of a management review has no place for this.");
    }
}

}  // namespace

void checkCompleteness(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    outcome.begin("E90");
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
    checkReview(inspection);
    outcome.summarise("E90", std::to_string(inspection.report.files) + " evidence files present, " +
                                 std::to_string(inspection.report.withheld.size()) + " withheld");
}

}  // namespace tickmark::bundle
