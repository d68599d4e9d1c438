#include "tickmark/bundle/Verifier.h"

#include <algorithm>

#include "bundle/Codes.h"
#include "bundle/Inspection.h"

namespace tickmark::bundle {
namespace {

bool weighs(const Check& check) { return check.code != codeWithoutWeight; }

Verdict verdictOf(const Report& report) {
    const auto any = [&](CheckStatus status) {
        return std::any_of(report.checks.begin(), report.checks.end(),
                           [&](const Check& check) { return weighs(check) && check.status == status; });
    };
    if (any(CheckStatus::Failed)) return Verdict::Fail;
    return any(CheckStatus::NotChecked) ? Verdict::Indeterminate : Verdict::Pass;
}

}  // namespace

CheckStatus Report::statusOf(Statement statement) const {
    CheckStatus status = CheckStatus::Passed;
    for (const Check& check : checks) {
        if (check.statement != statement || !weighs(check)) continue;
        if (check.status == CheckStatus::Failed) return CheckStatus::Failed;
        if (check.status == CheckStatus::NotChecked) status = CheckStatus::NotChecked;
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
    TM_CHECK(checkContainer(inspection));
    if (inspection.layout.readable) {
        checkDigests(inspection);
        checkSignature(inspection);
        checkBagContent(inspection);
        checkCompleteness(inspection);
        checkLedger(inspection);
    }
    inspection.outcome.writeTo(inspection.report);
    inspection.report.verdict = verdictOf(inspection.report);
    return std::move(inspection.report);
}

}  // namespace tickmark::bundle
