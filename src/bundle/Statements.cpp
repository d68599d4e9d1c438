// The four statements in front, each with sentences that an auditor can defend: only what was found, by whose
// word.
#include <algorithm>
#include <set>

#include "bundle/Inspection.h"
#include "bundle/ReportWords.h"

namespace tickmark::bundle {
namespace {

/// "The checks E10, E31 failed: 3 problems, told below."
std::string failureOf(const Report& report, Statement statement) {
    std::set<std::string> codes;
    for (const Check& check : report.checks) {
        if (check.statement == statement && check.status == CheckStatus::Failed) codes.insert(check.code);
    }
    const auto problems =
        std::count_if(report.problems.begin(), report.problems.end(),
                      [&](const Problem& problem) { return codes.contains(problem.code) && !problem.open; });
    std::string list;
    for (const std::string& code : codes) list += (list.empty() ? "" : ", ") + code;
    return counted(static_cast<std::uint64_t>(problems), "problem", "problems") + ", told below: " + list +
           ".";
}

void addIntact(const Inspection& inspection, StatementLine& line) {
    if (line.status != CheckStatus::Passed) return;
    line.sentences.push_back("The signed lists cover all " +
                             counted(inspection.files.size(), "file", "files") +
                             "; every byte is as listed, and nothing lies beside them.");
}

std::string whenOf(const SignatureFact& fact) {
    std::string text;
    if (fact.signingTime) text = ", on " + shownTime(*fact.signingTime) + " by the signer's own clock";
    if (!fact.trustedTime) return text + (fact.signingTime ? " only" : "");
    return text + ", and before " + shownTime(*fact.trustedTime) + " by the clock of " + fact.authority;
}

std::string whatOf(const SignatureFact& fact) {
    if (fact.role == "seal") return "Sealed";
    if (fact.decision == "approved") return "Approved by the lead auditor (\"" + fact.name + "\")";
    if (fact.decision == "accepted") return "Accepted by the certification auditor (\"" + fact.name + "\")";
    if (fact.decision == "rejected") return "REJECTED by the certification auditor (\"" + fact.name + "\")";
    return "Signed";
}

std::string sentenceOf(const SignatureFact& fact) {
    if (!fact.intact)
        return fact.file + " does not hold" + (fact.role.empty() ? "." : " (" + fact.role + ").");
    std::string text = whatOf(fact) + " with the certificate " + fact.signer + whenOf(fact) + "; ";
    if (fact.trusted) {
        text += "the certificate leads to your anchor " + fact.anchor + ".";
    } else if (!fact.anchor.empty()) {
        text +=
            "the certificate leads to your anchor " + fact.anchor + ", but was not fit for this signature.";
    } else {
        text += "no anchor that you gave says whose certificate this is.";
    }
    if (!fact.comment.empty()) text += " Comment: \"" + fact.comment + "\"";
    return text;
}

std::string sentenceOf(const ArchiveTimestampFact& fact) {
    const std::string when = fact.time ? shownTime(*fact.time) : "an unreadable time";
    if (fact.trusted)
        return "Everything above existed before " + when + " by the clock of " + fact.authority +
               ", which leads to your anchor " + fact.anchor + ".";
    return fact.file + " states " + when + ", by nobody whom an anchor of yours vouches for.";
}

void addAuthentic(const Inspection& inspection, StatementLine& line) {
    const Report& report = inspection.report;
    for (const SignatureFact& fact : report.signatures) line.sentences.push_back(sentenceOf(fact));
    for (const ArchiveTimestampFact& fact : report.archiveTimestamps)
        line.sentences.push_back(sentenceOf(fact));
    if (!report.signatures.empty() && line.status != CheckStatus::Failed)
        line.sentences.push_back("Level " + std::string(toText(report.level)) + ".");
}

void addComplete(const Inspection& inspection, StatementLine& line) {
    const Report& report = inspection.report;
    if (!inspection.manifest) return;
    if (line.status != CheckStatus::Failed) {
        line.sentences.push_back(
            counted(static_cast<std::uint64_t>(report.files), "evidence file is", "evidence files are") +
            " here, " + std::to_string(report.withheld.size()) +
            (report.withheld.empty() ? " withheld" : " withheld with a reason") + ", none is missing.");
    }
    line.sentences.push_back("Chosen was " + report.selection + ".");
    if (!report.supersedes.empty()) line.sentences.push_back("It replaces bundle " + report.supersedes + ".");
    if (inspection.bagInfo && inspection.bagInfo->approvalAnnounced && line.status == CheckStatus::Passed) {
        const bool here =
            std::any_of(report.signatures.begin(), report.signatures.end(),
                        [](const SignatureFact& fact) { return fact.decision == "approved" && fact.intact; });
        line.sentences.emplace_back(
            here ? "The lead auditor's approval, which the seal announces, is here."
                 : "The lead auditor's approval, which the seal announces, is still to come.");
    }
}

void addHistory(const Report& report, StatementLine& line) {
    for (const HistoryFact& fact : report.history) {
        line.sentences.push_back("The log extends what it was " +
                                 (fact.kind == "bundle"
                                      ? "in bundle " + fact.name
                                      : "when the witness " + fact.name + " is said to have seen it") +
                                 " (" + counted(fact.size, "entry", "entries") + ").");
    }
}

void addLog(const Inspection& inspection, StatementLine& line) {
    const Report& report = inspection.report;
    if (report.logOrigin.empty() || line.status == CheckStatus::Failed) return;
    line.sentences.push_back("The seal is an entry of the log " + report.logOrigin + ", which had " +
                             counted(report.logSize, "entry", "entries") + " then.");
    addHistory(report, line);
    for (const EarlierHead& earlier : inspection.options->previous) {
        if (line.status == CheckStatus::Passed)
            line.sentences.push_back("The log is still the one of " + earlier.name + ", which you brought.");
    }
    for (const WitnessFact& fact : report.witnesses) {
        line.sentences.push_back("Your witness " + fact.name + " cosigned the log at " +
                                 counted(fact.size, "entry", "entries") + " on " + shownTime(fact.at) +
                                 " by its own clock.");
    }
    if (report.witnesses.empty())
        line.sentences.emplace_back(
            "No witness that you named has seen this log: that everybody is shown the same "
            "log is the organisation's own word.");
}

/// Why a statement that did not pass is open.
void addReasons(const Report& report, StatementLine& line) {
    for (const Check& check : report.checks) {
        const bool open = check.statement == line.statement && check.weighs &&
                          check.status == CheckStatus::NotChecked && !check.reason.empty();
        if (!open) continue;
        const std::string sentence =
            "Not checked (" + check.code + "): " + check.reason + (check.reason.back() == '.' ? "" : ".");
        line.sentences.push_back(sentence);
    }
}

}  // namespace

void writeStatements(Inspection& inspection) {
    Report& report = inspection.report;
    for (const auto statement :
         {Statement::Intact, Statement::Authentic, Statement::Complete, Statement::InTheLog}) {
        StatementLine line{statement, report.statusOf(statement), {}};
        if (line.status == CheckStatus::Failed) line.sentences.push_back(failureOf(report, statement));
        switch (statement) {
            case Statement::Intact:
                addIntact(inspection, line);
                break;
            case Statement::Authentic:
                addAuthentic(inspection, line);
                break;
            case Statement::Complete:
                addComplete(inspection, line);
                break;
            case Statement::InTheLog:
                addLog(inspection, line);
                break;
        }
        addReasons(report, line);
        report.statements.push_back(std::move(line));
    }
}

}  // namespace tickmark::bundle
