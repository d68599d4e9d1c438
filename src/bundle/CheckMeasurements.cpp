// E85: the measurements are those that the manifest names, and each is proved by evidence that is listed.
// Nothing is computed again here: that takes the archived bytes and `tickmark kpi recompute`.
#include <map>
#include <set>

#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"
#include "bundle/ReportWords.h"
#include "tickmark/embedded/measurementsSchema.h"

namespace tickmark::bundle {
namespace {

using codec::Json;

const codec::JsonSchema& measurementsSchema() {
    static const codec::JsonSchema schema = [] {
        auto compiled = codec::JsonSchema::compile(embedded::measurementsSchema().front().text);
        if (!compiled)
            throw std::logic_error("the schema of the measurements is broken: " + compiled.error().message);
        return *std::move(compiled);
    }();
    return schema;
}

/// The file as it must be, or nothing when it was found wrong.
std::optional<Json> readMeasurements(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    const std::string_view text = inspection.text(entry::measurements);
    codec::JsonLimits limits;
    limits.maximumBytes = *entry::limitOf(entry::measurements, entry::SizeClass::Large);
    limits.maximumItems = inspection.itemLimit();
    auto json = codec::parseJson(text, limits);
    if (!json) {
        outcome.fail("E85", entry::measurements, json.error().message);
        return std::nullopt;
    }
    const auto fits = measurementsSchema().check(*json);
    if (!fits) {
        for (const Error& part : fits.error().parts) {
            outcome.fail("E85", entry::measurements, part.field + ": " + part.message);
        }
        if (fits.error().parts.empty()) outcome.fail("E85", entry::measurements, fits.error().message);
        return std::nullopt;
    }
    if (codec::canonicalJson(*json) != text)
        outcome.fail("E85", entry::measurements, "The file is not canonical JSON (RFC 8785).");
    return *std::move(json);
}

/// The members of a series that the manifest repeats.
bool sameSeries(const Json& stated, const Json& found) {
    for (const std::string_view member : {"ref", "evidence", "evidence_sha256", "withdrawn"}) {
        if (stated.textAt(member) != found.textAt(member)) return false;
    }
    const Json* rule = stated.find("rule");
    const Json* same = found.find("rule");
    if ((rule == nullptr) != (same == nullptr)) return false;
    if (rule != nullptr && !(*rule == *same)) return false;
    const auto points = static_cast<std::int64_t>(found.find("points")->items()->size());
    return stated.integerAt("points") == points;
}

/// The evidence that proves a series is listed, with the same digest.
void checkProof(Inspection& inspection, const std::map<std::string_view, std::string_view>& listed,
                const Json& series) {
    const std::string_view name = series.textAt("evidence");
    const auto found = listed.find(name);
    if (found == listed.end()) {
        inspection.outcome.fail("E85", series.textAt("ref"),
                                "It was measured from evidence " + entry::shown(name) +
                                    ", which data/manifest.json does not list.");
    } else if (found->second != series.textAt("evidence_sha256")) {
        inspection.outcome.fail(
            "E85", series.textAt("ref"),
            "It was measured from other bytes than those of evidence " + entry::shown(name) + ".");
    }
}

/// Every series that the manifest states, by KPI and reference; each proved by listed evidence.
using StatedSeries = std::map<std::pair<std::string_view, std::string_view>, const Json*>;
StatedSeries statedSeries(Inspection& inspection, const Json& kpis) {
    std::map<std::string_view, std::string_view> listed;
    for (const Json& version : *inspection.manifest->find("evidence")->items())
        listed.emplace(version.textAt("name"), version.textAt("sha256"));
    StatedSeries all;
    for (const Json& kpi : *kpis.items()) {
        for (const Json& series : *kpi.find("series")->items()) {
            checkProof(inspection, listed, series);
            if (all.emplace(std::pair(kpi.textAt("ref"), series.textAt("ref")), &series).second) continue;
            inspection.outcome.fail("E85", series.textAt("ref"), "The series is stated more than once.");
        }
    }
    return all;
}

void compareSeries(Inspection& inspection, const Json& file, StatedSeries stated) {
    Outcome& outcome = inspection.outcome;
    const Json& manifest = *inspection.manifest;
    if (file.textAt("bundle") != manifest.find("bundle")->textAt("ref"))
        outcome.fail("E85", entry::measurements, "It belongs to another bundle.");
    for (const Json& series : *file.find("series")->items()) {
        const auto found = stated.find(std::pair(series.textAt("kpi"), series.textAt("ref")));
        if (found == stated.end()) {
            outcome.fail("E85", series.textAt("ref"), "data/manifest.json does not state this series.");
            continue;
        }
        if (!sameSeries(*found->second, series))
            outcome.fail("E85", series.textAt("ref"), "data/manifest.json states this series otherwise.");
        stated.erase(found);
    }
    for (const auto& [name, series] : stated)
        outcome.fail("E85", name.second, "data/kpis.json does not hold this series.");
}

/// Each KPI that an improvement names is there.
void checkNamedKpis(Inspection& inspection) {
    std::set<std::string_view> known;
    if (const Json* kpis = inspection.manifest->find("kpis")) {
        for (const Json& kpi : *kpis->items()) known.insert(kpi.textAt("ref"));
    }
    const Json* items = inspection.manifest->find("improvements");
    if (items == nullptr) return;
    for (const Json& item : *items->items()) {
        const std::string_view kpi = item.textAt("kpi");
        if (kpi.empty() || known.contains(kpi)) continue;
        inspection.outcome.fail(
            "E85", item.textAt("ref"),
            "It names KPI " + entry::shown(kpi) + ", which data/manifest.json does not hold.");
    }
}

void checkFile(Inspection& inspection, const Json& kpis) {
    StatedSeries stated = statedSeries(inspection, kpis);
    const auto count = stated.size();
    const auto file = inspection.files.find(entry::measurements);
    if (file == inspection.files.end()) {
        inspection.outcome.fail("E85", entry::measurements,
                                "The file is missing that data/manifest.json names.");
        return;
    }
    const std::string_view digest = inspection.manifest->find("measurements")->textAt("sha256");
    if (!file->second.hashed || file->second.digest.hex() != digest) {
        inspection.outcome.fail("E85", entry::measurements,
                                "The file does not have the digest that data/manifest.json states.");
    }
    if (const auto json = readMeasurements(inspection)) compareSeries(inspection, *json, std::move(stated));
    inspection.outcome.summarise("E85", counted(count, "series of measurements", "series of measurements"));
}

}  // namespace

void checkMeasurements(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    outcome.begin("E85");
    if (!inspection.manifest) {
        outcome.leave("E85", "data/manifest.json could not be read, so nothing says what was measured");
        return;
    }
    checkNamedKpis(inspection);
    if (const Json* kpis = inspection.manifest->find("kpis")) {
        checkFile(inspection, *kpis);
    } else if (inspection.has(entry::measurements)) {
        outcome.fail("E85", entry::measurements, "data/manifest.json does not name this file.");
    }
}

}  // namespace tickmark::bundle
