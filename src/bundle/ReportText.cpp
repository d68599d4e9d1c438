// The report for a terminal.
#include <array>

#include "tickmark/bundle/Verifier.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle {
namespace {

std::string_view headline(Verdict verdict) {
    switch (verdict) {
        case Verdict::Pass:
            return "Passed: intact, authentic, complete, in the log";
        case Verdict::Fail:
            return "Failed: do not rely on this bundle";
        case Verdict::Indeterminate:
            return "Undecided: intact, but not trusted yet";
    }
    return {};
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

void line(std::string& out, std::string_view label, std::string_view value) {
    if (!value.empty()) out += "  " + padded(label, 14) + safe(value) + "\n";
}

void addFacts(std::string& out, const Report& report) {
    line(out, "Bundle", report.bundleRef + (report.title.empty() ? "" : " " + report.title));
    line(out, "Organisation", report.organisation);
    line(out, "Audit", report.auditRef);
    if (!report.bundleRef.empty()) {
        line(out, "Content",
             std::to_string(report.findings) + " findings, " + std::to_string(report.files) +
                 " evidence files");
    }
    for (const auto& withheld : report.withheld) line(out, "Withheld", withheld);
    for (const auto& signature : report.signatures) {
        line(out, "Signed by", signature.signer);
        line(out, "Signed at",
             signature.signingTime ? signature.signingTime->iso() + " (the signer's statement)"
                                   : std::string());
        line(out, "Certificate",
             signature.fingerprint.empty() ? std::string() : "SHA256:" + signature.fingerprint);
        line(out, "Trusted by", signature.anchor);
    }
    line(out, "Log",
         report.logOrigin.empty() ? std::string()
                                  : report.logOrigin + ", " + std::to_string(report.logSize) + " entries");
    line(out, "File", std::to_string(report.size) + " bytes, SHA-256 " + report.digest.hex());
}

}  // namespace

std::string reportAsText(const Report& report) {
    std::string out = std::string(headline(report.verdict)) + "\n\n";
    constexpr std::array<std::pair<Statement, std::string_view>, 4> statements{{
        {Statement::Intact, "Intact"},
        {Statement::Authentic, "Authentic"},
        {Statement::Complete, "Complete"},
        {Statement::InTheLog, "In the log"},
    }};
    for (const auto& [statement, name] : statements) {
        out += "  " + padded(name, 14) + std::string(word(report.statusOf(statement))) + "\n";
    }
    out += "\n";
    addFacts(out, report);
    out += "\n";
    for (const Check& check : report.checks) {
        out += "  " + padded(check.code, 5) + padded(check.title, 22) + padded(word(check.status), 13) +
               safe(check.reason);
        out.erase(out.find_last_not_of(' ') + 1);
        out += "\n";
    }
    for (const Problem& problem : report.problems) {
        out += "\n  " + problem.code + (problem.place.empty() ? "" : " " + safe(problem.place)) + "\n";
        out += "      " + safe(problem.message) + "\n      " + problem.meaning + "\n      " + problem.advice +
               "\n";
    }
    return out;
}

}  // namespace tickmark::bundle
