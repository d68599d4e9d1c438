#include <algorithm>
#include <set>

#include "bundle/EntryNames.h"
#include "tickmark/bundle/Content.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle {
namespace {

using domain::EvidenceVersionId;

// What proves the measurements of a KPI.
std::vector<EvidenceVersionId> evidenceOfKpi(const Content& content, const std::string& kpi) {
    std::vector<EvidenceVersionId> versions;
    for (const auto& known : content.kpis) {
        if (known.ref.text() != kpi) continue;
        for (const auto& series : content.series) {
            if (series.kpi == known.id) versions.push_back(series.evidence);
        }
    }
    return versions;
}

// For each version the folder it lies in: the first finding, by reference, that names it.
std::map<EvidenceVersionId, std::string> foldersOf(const Content& content) {
    std::map<domain::FindingId, std::string> refs;
    std::map<EvidenceVersionId, std::string> folders;
    const auto claim = [&](const std::vector<EvidenceVersionId>& versions, domain::FindingId finding) {
        const auto ref = refs.find(finding);
        if (ref == refs.end()) return;
        for (const EvidenceVersionId version : versions) {
            const auto [place, added] = folders.try_emplace(version, ref->second);
            if (!added) place->second = std::min(place->second, ref->second);
        }
    };
    for (const auto& finding : content.findings) refs.emplace(finding.id, finding.ref.text());
    for (const auto& finding : content.findings) claim(finding.evidence, finding.id);
    for (const auto& action : content.actions) claim(action.evidence, action.finding);
    for (const auto& request : content.requests) claim(request.evidence, request.finding);
    for (const auto& item : content.improvements) {
        claim(item.evidence, item.finding);
        claim(evidenceOfKpi(content, item.kpi), item.finding);
    }
    return folders;
}

}  // namespace

std::map<EvidenceVersionId, RelativePath> layOut(const Content& content) {
    std::set<EvidenceVersionId> absent;
    for (const auto& withheld : content.bundle.withheld) absent.insert(withheld.version);
    const auto folders = foldersOf(content);
    std::map<EvidenceVersionId, RelativePath> places;
    for (const auto& version : content.versions) {
        if (absent.contains(version.id) || version.state == domain::EvidenceState::Withdrawn) continue;
        const auto folder = folders.find(version.id);
        // References are short ASCII; portableFileName() holds for whatever an import may have brought in.
        const std::string text = std::string(entry::evidenceFolder) +
                                 (folder == folders.end() ? "audit" : portableFileName(folder->second)) +
                                 "/" + portableFileName(version.ref.text()) + ".v" +
                                 std::to_string(version.number) + "." +
                                 portableFileName(version.originalName);
        auto path = RelativePath::parse(text);
        if (path) places.emplace(version.id, *std::move(path));
    }
    return places;
}

}  // namespace tickmark::bundle
