// The report for a terminal.
#include "bundle/ReportWords.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle {
namespace {

std::string_view headline(const Report& report) {
    switch (report.verdict) {
        case Verdict::Pass:
            return "Passed: intact, authentic, complete, in the log";
        case Verdict::Fail:
            return "Failed: do not rely on this bundle";
        case Verdict::Indeterminate:
            break;
    }
    return report.statusOf(Statement::Authentic) == CheckStatus::Passed
               ? "Undecided: intact and authentic, but a question is open"
               : "Undecided: intact, but not trusted yet";
}

/// Whether the last word of a certification auditor was no.
bool isRejected(const Report& report) {
    bool rejected = false;
    for (const SignatureFact& fact : report.signatures) {
        if (fact.intact && fact.role == "certification-auditor") rejected = fact.decision == "rejected";
    }
    return rejected;
}

std::string_view word(CheckStatus status) {
    switch (status) {
        case CheckStatus::Passed:
            return "passed";
        case CheckStatus::Failed:
            return "FAILED";
        case CheckStatus::NotChecked:
            return "not checked";
    }
    return {};
}

/// How many bytes at the front of well-formed UTF-8 are one character that could steer a terminal: a control
/// character (C0, DEL, C1) or one of direction (U+202A to U+202E, U+2066 to U+2069).
std::size_t steering(std::string_view text) {
    const auto at = [&](std::size_t n) { return n < text.size() ? static_cast<unsigned char>(text[n]) : 0U; };
    if (at(0) < 0x20 || at(0) == 0x7F) return 1;
    if (at(0) == 0xC2 && at(1) < 0xA0) return 2;
    if (at(0) != 0xE2) return 0;
    const bool embeds = at(1) == 0x80 && at(2) >= 0xAA && at(2) <= 0xAE;
    const bool isolates = at(1) == 0x81 && at(2) >= 0xA6 && at(2) <= 0xA9;
    return embeds || isolates ? 3 : 0;
}

/// Text from the bundle must not steer the terminal: such characters become question marks.
std::string safe(std::string_view text) {
    if (!isUtf8(text)) return "(not UTF-8)";
    std::string out;
    while (!text.empty()) {
        const std::size_t count = steering(text);
        out += count == 0 ? text.front() : '?';
        text.remove_prefix(count == 0 ? 1 : count);
    }
    return out;
}

std::string padded(std::string_view text, std::size_t width) {
    std::string out(text);
    if (out.size() < width) out.append(width - out.size(), ' ');
    return out;
}

constexpr std::size_t lineWidth = 100;
constexpr std::size_t labelWidth = 14;

/// Breaks a text between words; further lines begin with the indent.
std::string wrapped(std::string_view text, std::size_t indent) {
    std::string out;
    std::size_t used = indent;
    while (!text.empty()) {
        const auto space = text.find(' ');
        const std::string_view piece = text.substr(0, space);
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
        if (used > indent && used + 1 + piece.size() > lineWidth) {
            out += "\n" + std::string(indent, ' ');
            used = indent;
        } else if (used > indent) {
            out += ' ';
            ++used;
        }
        out += piece;
        used += piece.size();
    }
    return out;
}

void line(std::string& out, std::string_view label, std::string_view value) {
    if (value.empty()) return;
    out += "  " + padded(label, labelWidth) + wrapped(safe(value), 2 + labelWidth) + "\n";
}

void addStatements(std::string& out, const Report& report) {
    for (const StatementLine& statement : report.statements) {
        line(out, titleOf(statement.statement), word(statement.status));
        for (const std::string& sentence : statement.sentences) line(out, "", sentence);
    }
}

void addWithheld(std::string& out, const Report& report) {
    for (const WithheldFact& fact : report.withheld) {
        line(out, "Withheld", fact.text());
        line(out, "",
             std::to_string(fact.size) + " bytes, SHA-256 " + fact.digest +
                 (fact.redactedAs.empty() ? "" : "; redacted copy: " + fact.redactedAs));
    }
}

void addFacts(std::string& out, const Report& report) {
    line(out, "Bundle", report.bundleRef + (report.title.empty() ? "" : " " + report.title));
    line(out, "Organisation", report.organisation);
    line(out, "Audit", report.auditRef);
    if (!report.bundleRef.empty()) {
        line(out, "Content",
             counted(static_cast<std::uint64_t>(report.findings), "finding", "findings") + ", " +
                 counted(static_cast<std::uint64_t>(report.files), "evidence file", "evidence files"));
    }
    if (!report.supersedes.empty())
        line(out, "Replaces", report.supersedes + ", SHA-256 " + report.supersedesDigest);
    addWithheld(out, report);
    for (const auto& signature : report.signatures) {
        if (signature.fingerprint.empty()) continue;
        line(out, "Certificate", signature.signer);
        line(out, "",
             "SHA256:" + signature.fingerprint + " (level " + std::string(toText(signature.level)) + ")");
    }
    line(out, "File",
         std::to_string(report.size) + " bytes" +
             (report.digested ? ", SHA-256 " + report.digest.hex() : std::string()));
}

void addProblems(std::string& out, const Report& report) {
    for (const Problem& problem : report.problems) {
        out += "\n  " + problem.code + (problem.open ? " not checked" : " FAILED") +
               (problem.place.empty() ? "" : "  " + safe(problem.place)) + "\n";
        for (const std::string& text : {problem.message, problem.meaning, problem.advice}) {
            if (!text.empty()) out += "      " + wrapped(safe(text), 6) + "\n";
        }
    }
}

}  // namespace

std::string reportAsText(const Report& report) {
    std::string out = std::string(headline(report)) + "\n";
    if (isRejected(report)) out += "The certification auditor REJECTED it: see below.\n";
    out += "\n";
    addStatements(out, report);
    out += "\n";
    addFacts(out, report);
    out += "\n";
    for (const Check& check : report.checks) {
        out += "  " + padded(check.code, 5) + padded(check.title, 22) + padded(word(check.status), 13) +
               safe(check.reason);
        out.erase(out.find_last_not_of(' ') + 1);
        out += "\n";
    }
    addProblems(out, report);
    return out;
}

}  // namespace tickmark::bundle
