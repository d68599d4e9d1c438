#include "tickmark/bundle/Verifier.h"

#include <algorithm>

#include "bundle/Codes.h"
#include "bundle/Inspection.h"

namespace tickmark::bundle {
namespace {

bool isOpen(const Check& check) { return check.weighs && check.status == CheckStatus::NotChecked; }

Verdict verdictOf(const Report& report) {
    const auto& checks = report.checks;
    const auto failed = [](const Check& check) { return check.status == CheckStatus::Failed; };
    if (std::any_of(checks.begin(), checks.end(), failed)) return Verdict::Fail;
    return std::any_of(checks.begin(), checks.end(), isOpen) ? Verdict::Indeterminate : Verdict::Pass;
}

}  // namespace

std::string_view toText(Level level) noexcept {
    switch (level) {
        case Level::B:
            return "B";
        case Level::T:
            return "T";
        case Level::LT:
            return "LT";
        case Level::LTA:
            return "LTA";
    }
    return {};
}

std::string WithheldFact::text() const { return version + ": " + reason; }

CheckStatus Report::statusOf(Statement statement) const {
    CheckStatus status = CheckStatus::Passed;
    for (const Check& check : checks) {
        if (check.statement != statement) continue;
        if (check.status == CheckStatus::Failed) return CheckStatus::Failed;
        if (isOpen(check)) status = CheckStatus::NotChecked;
    }
    return status;
}

int exitCodeOf(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::Pass:
            return 0;
        case Verdict::Fail:
            return 1;
        case Verdict::Indeterminate:
            return 5;
    }
    return 1;
}

Result<Report> verifyBundle(const std::filesystem::path& file, const VerifyOptions& options) {
    TM_TRY(const FileBytes bytes, FileBytes::open(file));
    Inspection inspection;
    inspection.file = &bytes;
    inspection.options = &options;
    inspection.outcome.setWeight("E60", options.required.contains(Requirement::Timestamp));
    TM_CHECK(checkContainer(inspection));
    if (inspection.layout.readable) {
        checkDigests(inspection);
        checkArchiveTimestamps(inspection);
        checkSignatures(inspection);
        checkBagContent(inspection);
        checkOscal(inspection);
        checkMeasurements(inspection);
        checkLedger(inspection);
        checkCompleteness(inspection);
        checkSignatories(inspection);
    }
    inspection.outcome.writeTo(inspection.report);
    inspection.report.verdict = verdictOf(inspection.report);
    writeStatements(inspection);
    return std::move(inspection.report);
}

}  // namespace tickmark::bundle
