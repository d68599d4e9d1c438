// E80: what the OSCAL files say about the bundle's own files.
#include <set>

#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"
#include "bundle/LinkTarget.h"

namespace tickmark::bundle {
namespace {

using codec::Json;

const std::vector<Json>* itemsAt(const Json& json, std::string_view name) {
    const Json* list = json.find(name);
    return list == nullptr ? nullptr : list->items();
}

/// One of the two files.
class OscalCheck {
  public:
    OscalCheck(Inspection& inspection, std::string_view file, std::string_view root)
        : m_inspection(inspection), m_file(file), m_root(root) {}

    void run() {
        codec::JsonLimits limits;
        limits.maximumBytes = *entry::limitOf(m_file, entry::SizeClass::Large);
        limits.maximumItems = m_inspection.itemLimit();
        const auto document = codec::parseJson(m_inspection.text(m_file), limits);
        if (!document) return fail(document.error().message);
        const Json* root = document->find(m_root);
        if (root == nullptr)
            return fail("The file is no OSCAL document of the type " + std::string(m_root) + ".");
        if (const Json* back = root->find("back-matter")) readResources(*back);
        for (const auto& [name, file] : m_inspection.files) {
            if (!name.starts_with(entry::evidenceFolder) || m_linked.contains(name)) continue;
            m_inspection.outcome.fail("E80", name,
                                      "No resource of " + std::string(m_file) + " links to this file.");
        }
    }

  private:
    void fail(std::string message) { m_inspection.outcome.fail("E80", m_file, std::move(message)); }

    void readResources(const Json& back) {
        const auto* resources = itemsAt(back, "resources");
        if (resources == nullptr) return;
        for (const Json& resource : *resources) {
            const auto* links = itemsAt(resource, "rlinks");
            if (links == nullptr) continue;
            for (const Json& link : *links) readLink(link);
        }
    }

    void readLink(const Json& link) {
        const std::string_view href = link.textAt("href");
        const auto target = linkTarget(m_file, href);
        if (!target) return;  // leads out of the bundle
        const auto file = m_inspection.files.find(*target);
        if (file == m_inspection.files.end()) {
            return fail("A resource links to " + entry::shown(href) + ", which is not in the bundle.");
        }
        m_linked.insert(file->first);
        if (!statesDigest(link, file->second.digest)) {
            fail("The resource that links to " + entry::shown(href) +
                 " does not carry the SHA-256 of that file.");
        }
    }

    [[nodiscard]] static bool statesDigest(const Json& link, const Digest& digest) {
        bool stated = false;
        const auto* hashes = itemsAt(link, "hashes");
        if (hashes == nullptr) return false;
        for (const Json& hash : *hashes) {
            if (hash.textAt("algorithm") != "SHA-256") continue;
            if (hash.textAt("value") != digest.hex()) return false;
            stated = true;
        }
        return stated;
    }

    Inspection& m_inspection;
    std::string_view m_file;
    std::string_view m_root;
    std::set<std::string_view> m_linked{};
};

}  // namespace

void checkOscal(Inspection& inspection) {
    // A missing file is E30.
    if (inspection.has(entry::oscalResults))
        OscalCheck(inspection, entry::oscalResults, "assessment-results").run();
    if (inspection.has(entry::oscalPoam))
        OscalCheck(inspection, entry::oscalPoam, "plan-of-action-and-milestones").run();
}

}  // namespace tickmark::bundle
