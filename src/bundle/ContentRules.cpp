#include "bundle/ContentRules.h"

namespace tickmark::bundle {
namespace {

Error badContent(const std::string& message) {
    Error error = internal(message);
    error.type = "bundle-content";
    return error;
}

Error sizeDiffers() {
    Error error;
    error.kind = ErrorKind::Damaged;
    error.type = "object-damaged";
    return error;
}

/// A redacted copy leads to its original, which is named but never handed out.
Result<void> checkCopies(const Content& content, const ContentIndex& index) {
    for (const auto& version : content.versions) {
        if (!version.redactionOf.stored()) continue;
        const std::string name = index.versionName(version.id);
        if (index.version(version.redactionOf) == nullptr) {
            return badContent(name +
                              " is a redacted copy of a version that the bundle's content does not hold.");
        }
        if (index.path(version.redactionOf) != nullptr) {
            return badContent("The original of the redacted copy " + name + " is not withheld.");
        }
    }
    return {};
}

}  // namespace

Error named(Error error, const std::string& version) {
    if (error.kind == ErrorKind::NotFound) {
        error.message = version + " is missing from the archive. Nothing was sealed.";
        error.fix = "Restore the file from a backup, or withhold it with a reason.";
    } else if (error.kind == ErrorKind::Damaged) {
        error.message = version + " no longer has the digest it was received with. Nothing was sealed.";
        error.fix = "Restore the file from a backup, or withhold it with a reason.";
    } else {
        return error;
    }
    error.field = version;
    return error;
}

Result<void> checkContent(const Content& content, const ContentIndex& index) {
    for (const auto& [version, users] : index.uses()) {
        if (index.versionName(version).empty()) {
            return badContent(users.front() +
                              " names an evidence version that the bundle's content does not hold.");
        }
    }
    TM_CHECK(checkCopies(content, index));
    for (const auto& withheld : content.bundle.withheld) {
        if (!withheld.reason.empty()) continue;
        return refused("withheld-reason",
                       index.versionName(withheld.version) + " is withheld without a reason.",
                       "Give a reason for each file that is withheld.");
    }
    const TrailEntry* before = nullptr;
    for (const auto& entry : content.trail) {
        if (before != nullptr && before->position >= entry.position) {
            return badContent("The audit trail does not ascend by position.");
        }
        if (entry.leaf.empty() || entry.leaf.find('\n') != std::string::npos) {
            return badContent("An entry of the audit trail is not one line.");
        }
        before = &entry;
    }
    return {};
}

Result<void> checkObjects(const ContentIndex& index, const archive::Store& store) {
    std::vector<Error> found;
    for (const auto* version : index.versionsInOrder()) {
        if (index.path(version->id) == nullptr) continue;
        const std::string name = index.versionName(version->id);
        const auto size = store.sizeOf(version->digest);
        if (!size) {
            found.push_back(named(size.error(), name));
        } else if (*size != version->size) {
            found.push_back(named(sizeDiffers(), name));
        }
    }
    if (found.empty()) return {};
    Error first = found.front();
    first.parts.assign(found.begin() + 1, found.end());
    return first;
}

}  // namespace tickmark::bundle
