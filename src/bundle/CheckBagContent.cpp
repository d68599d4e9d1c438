// E80: what the bundle says about itself, against its formats and its files.
#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"
#include "tickmark/embedded/schema.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle {
namespace {

void checkBagFiles(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    if (inspection.has(entry::bagIt) && inspection.text(entry::bagIt) != entry::bagItContent) {
        outcome.fail("E80", entry::bagIt, "The file does not declare a BagIt 1.0 bag in UTF-8.");
    }
    if (!inspection.has(entry::bagInfo)) return;
    auto info = BagInfo::parse(inspection.text(entry::bagInfo));
    if (!info || !isUtf8(inspection.text(entry::bagInfo))) {
        outcome.fail("E80", entry::bagInfo,
                     info ? "The file is not UTF-8." : info.error().field + ": " + info.error().message);
        return;
    }
    if (info->profile != "1") {
        outcome.fail("E80", entry::bagInfo,
                     "The bundle follows profile '" + entry::shown(info->profile) +
                         "', and this verifier knows profile 1 only.");
    }
    if (info->sizeClass != "portable") {
        outcome.fail("E80", entry::bagInfo, "The bundle's class is not 'portable'.");
    }
    if (!Date::parse(info->day)) outcome.fail("E80", entry::bagInfo, "Bagging-Date is no date.");
    inspection.bagInfo = *std::move(info);
}

const codec::JsonSchema& manifestSchema() {
    static const codec::JsonSchema schema = [] {
        auto compiled = codec::JsonSchema::compile(embedded::schema().front().text);
        if (!compiled) throw std::logic_error("the manifest's schema is broken: " + compiled.error().message);
        return *std::move(compiled);
    }();
    return schema;
}

void readManifest(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    const std::string_view text = inspection.text(entry::manifest);
    if (!inspection.has(entry::manifest)) return;
    codec::JsonLimits limits;
    limits.maximumBytes = *entry::limitOf(entry::manifest);
    limits.maximumItems = 2'000'000;
    auto manifest = codec::parseJson(text, limits);
    if (!manifest) {
        outcome.fail("E80", entry::manifest, manifest.error().message);
        return;
    }
    const auto fits = manifestSchema().check(*manifest);
    if (!fits) {
        for (const Error& part : fits.error().parts) {
            outcome.fail("E80", entry::manifest, part.field + ": " + part.message);
        }
        if (fits.error().parts.empty()) outcome.fail("E80", entry::manifest, fits.error().message);
        return;
    }
    if (codec::canonicalJson(*manifest) != text) {
        outcome.fail("E80", entry::manifest, "The file is not canonical JSON (RFC 8785).");
    }
    inspection.manifest = *std::move(manifest);
}

void compareNames(Inspection& inspection) {
    if (!inspection.bagInfo) return;
    if (inspection.manifest->find("bundle")->textAt("ref") != inspection.bagInfo->bundleRef) {
        inspection.outcome.fail("E80", entry::bagInfo, "It names another bundle than data/manifest.json.");
    }
    BagInfo expected = *inspection.bagInfo;
    expected.organisation = inspection.manifest->textAt("organisation");
    if (expected.text() != inspection.bagInfo->text()) {
        inspection.outcome.fail("E80", entry::bagInfo,
                                "It names another organisation than data/manifest.json.");
    }
}

void compareEvidence(Inspection& inspection) {
    for (const codec::Json& version : *inspection.manifest->find("evidence")->items()) {
        const std::string_view path = version.textAt("path");
        const auto file = inspection.files.find(path);
        if (file == inspection.files.end()) continue;  // withheld, or missing: E90
        if (!path.starts_with(entry::evidenceFolder)) {
            inspection.outcome.fail("E80", path, "Evidence must lie below data/evidence/.");
        }
        if (!file->second.hashed || file->second.digest.hex() != version.textAt("sha256")) {
            inspection.outcome.fail("E80", path,
                                    "The file does not have the digest that data/manifest.json states.");
        }
        if (std::to_string(version.integerAt("size")) != std::to_string(file->second.size)) {
            inspection.outcome.fail("E80", path,
                                    "The file does not have the size that data/manifest.json states.");
        }
    }
}

void fillReport(Inspection& inspection) {
    Report& report = inspection.report;
    const codec::Json& manifest = *inspection.manifest;
    report.title = manifest.find("bundle")->textAt("title");
    report.bundleRef = manifest.find("bundle")->textAt("ref");
    report.auditRef = manifest.find("audit")->textAt("ref");
    report.organisation = manifest.textAt("organisation");
    report.findings = static_cast<std::int64_t>(manifest.find("findings")->items()->size());
    for (const codec::Json& version : *manifest.find("evidence")->items()) {
        if (version.textAt("status") == "present") {
            ++report.files;
        } else {
            report.withheld.push_back(std::string(version.textAt("name")) + ": " +
                                      std::string(version.textAt("reason")));
        }
    }
}

}  // namespace

void checkBagContent(Inspection& inspection) {
    inspection.outcome.begin("E80");
    checkBagFiles(inspection);
    readManifest(inspection);
    if (!inspection.manifest) return;
    compareNames(inspection);
    compareEvidence(inspection);
    fillReport(inspection);
    inspection.outcome.summarise("E80", std::to_string(inspection.report.findings) + " findings");
}

}  // namespace tickmark::bundle
