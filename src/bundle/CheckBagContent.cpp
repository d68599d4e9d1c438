// E80: what the bundle says about itself, against its formats and its files.
#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"
#include "bundle/ReportWords.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/embedded/schema.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle {
namespace {

void checkBagInfo(Inspection& inspection) {
    if (!inspection.has(entry::bagInfo)) return;
    Outcome& outcome = inspection.outcome;
    if (!inspection.bagInfo) {
        const auto info = BagInfo::parse(inspection.text(entry::bagInfo));
        outcome.fail("E80", entry::bagInfo,
                     info ? "The file is not UTF-8." : info.error().field + ": " + info.error().message);
        return;
    }
    const BagInfo& info = *inspection.bagInfo;
    if (info.profile != "1") {
        outcome.fail("E80", entry::bagInfo,
                     "The bundle follows profile '" + entry::shown(info.profile) +
                         "', and this verifier knows profile 1 only.");
    }
    if (!Date::parse(info.day)) outcome.fail("E80", entry::bagInfo, "Bagging-Date is no date.");
}

void checkBagFiles(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    if (inspection.has(entry::bagIt) && inspection.text(entry::bagIt) != entry::bagItContent) {
        outcome.fail("E80", entry::bagIt, "The file does not declare a BagIt 1.0 bag in UTF-8.");
    }
    if (inspection.has(entry::root) && !crypto::Certificate::allFromPem(inspection.text(entry::root))) {
        outcome.fail("E80", entry::root, "The file holds no certificate.");
    }
    checkBagInfo(inspection);
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
    limits.maximumBytes = *entry::limitOf(entry::manifest, entry::SizeClass::Large);
    limits.maximumItems = inspection.itemLimit();
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

void compareFile(Inspection& inspection, std::string_view name, std::string_view stated) {
    const auto file = inspection.files.find(name);
    if (file == inspection.files.end()) return;  // E90
    if (!file->second.hashed || file->second.digest.hex() != stated) {
        inspection.outcome.fail("E80", name,
                                "The file does not have the digest that data/manifest.json states.");
    }
    const auto json = codec::parseJson(inspection.text(name), {16U << 20U, 64, inspection.itemLimit()});
    if (!json || codec::canonicalJson(*json) != inspection.text(name)) {
        inspection.outcome.fail("E80", name, "The file is not canonical JSON (RFC 8785).");
    }
}

/// The frozen inputs and the minutes are those that the manifest states.
void compareReview(Inspection& inspection) {
    const codec::Json* review = inspection.manifest->find("review");
    if (review == nullptr) return;
    compareFile(inspection, entry::reviewInputs, review->textAt("inputs_sha256"));
    compareFile(inspection, entry::reviewMinutes, review->textAt("minutes_sha256"));
}

std::string listOf(const codec::Json* texts) {
    std::string out;
    if (texts == nullptr || texts->items() == nullptr) return out;
    for (const codec::Json& item : *texts->items()) {
        if (item.text() != nullptr) out.append(out.empty() ? "" : ", ").append(*item.text());
    }
    return out;
}

/// What was chosen, in plain words.
std::string selectionOf(const codec::Json* selection) {
    if (selection == nullptr) return "the whole audit";
    const std::string_view kind = selection->textAt("kind");
    const std::string findings = listOf(selection->find("findings"));
    if (kind == "review") return "the minutes of a management review";
    if (kind == "findings") return "the findings " + findings;
    const codec::Json* before = selection->find("since");
    if (before == nullptr) return "the whole audit";
    const std::string since(before->textAt("bundle"));
    return "what changed since bundle " + since + " (" + (findings.empty() ? "no finding" : findings) +
           "); the rest is in that bundle";
}

void takeWithheld(Report& report, const codec::Json& version) {
    WithheldFact fact;
    fact.version = version.textAt("name");
    fact.reason = version.textAt("reason");
    fact.digest = version.textAt("sha256");
    fact.size = static_cast<std::uint64_t>(version.integerAt("size"));
    report.withheld.push_back(std::move(fact));
}

/// A withheld version whose redacted copy is present names it.
void takeRedactions(Report& report, const codec::Json& versions) {
    for (const codec::Json& version : *versions.items()) {
        if (version.textAt("status") != "present") continue;
        const std::string_view original = version.textAt("redaction_of");
        if (original.empty()) continue;
        for (WithheldFact& fact : report.withheld) {
            if (fact.version == original) fact.redactedAs = version.textAt("name");
        }
    }
}

void fillReport(Inspection& inspection) {
    Report& report = inspection.report;
    const codec::Json& manifest = *inspection.manifest;
    const codec::Json& bundle = *manifest.find("bundle");
    report.title = bundle.textAt("title");
    report.bundleRef = bundle.textAt("ref");
    if (const codec::Json* audit = manifest.find("audit")) report.auditRef = audit->textAt("ref");
    report.organisation = manifest.textAt("organisation");
    report.selection = selectionOf(manifest.find("selection"));
    if (const codec::Json* before = manifest.find("supersedes")) {
        report.supersedes = before->textAt("bundle");
        report.supersedesDigest = before->textAt("sha256");
    }
    report.findings = static_cast<std::int64_t>(manifest.find("findings")->items()->size());
    for (const codec::Json& version : *manifest.find("evidence")->items()) {
        if (version.textAt("status") == "present") {
            ++report.files;
        } else {
            takeWithheld(report, version);
        }
    }
    takeRedactions(report, *manifest.find("evidence"));
}

}  // namespace

void checkBagContent(Inspection& inspection) {
    inspection.outcome.begin("E80");
    checkBagFiles(inspection);
    readManifest(inspection);
    if (!inspection.manifest) return;
    compareNames(inspection);
    compareEvidence(inspection);
    compareReview(inspection);
    fillReport(inspection);
    inspection.outcome.summarise(
        "E80", counted(static_cast<std::uint64_t>(inspection.report.findings), "finding", "findings"));
}

}  // namespace tickmark::bundle
