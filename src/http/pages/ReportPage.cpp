// A report of the verifier as a page: one headline, four words, then every problem.
#include <array>

#include "http/pages/Prove.h"

namespace tickmark::http::pages {
namespace {

using bundle::CheckStatus;
using bundle::Report;
using bundle::Statement;
using bundle::Verdict;

struct Headline {
    std::string_view tone;
    std::string_view glyph;
    std::string_view words;
};

Headline headlineOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Pass:
            return {"good", "i-tick", "Passed: intact, authentic, complete, in the log"};
        case Verdict::Fail:
            return {"bad", "i-cross", "Failed: do not rely on this bundle"};
        case Verdict::Indeterminate:
            return {"warn", "i-dashed", "Undecided: intact, but not trusted yet"};
    }
    return {};
}

std::string summaryOf(const Report& report) {
    const auto count = static_cast<std::int64_t>(report.problems.size());
    switch (report.verdict) {
        case Verdict::Pass:
            return view::said(
                "The file is exactly what was sealed, by a signer that leads to the certificate you "
                "trust.");
        case Verdict::Fail:
            return view::counted(count, "One problem is listed below, with what it means and what to do.",
                                 "{} problems are listed below, each with what it means and what to do.");
        case Verdict::Indeterminate:
            return view::counted(count, "One problem is listed below.", "{} problems are listed below.") +
                   " " + view::said("Nothing speaks against the bundle, but something could not be decided.");
    }
    return {};
}

struct Words {
    Statement statement;
    std::string_view name;
    std::string_view meaning;
};
constexpr std::array<Words, 4> statements{{
    {Statement::Intact, "Intact", "Is every byte the one that was sealed, with nothing added?"},
    {Statement::Authentic, "Authentic", "Was it signed with a certificate that leads to the one you trust?"},
    {Statement::Complete, "Complete", "Is every expected file there, or its absence declared?"},
    {Statement::InTheLog, "In the log", "Has the organisation's log an entry of exactly this bundle?"},
}};

void putCheckStatus(view::Model& model, CheckStatus status) {
    switch (status) {
        case CheckStatus::Passed:
            return putWord(model, "STATUS", "good", "i-tick", "Passed");
        case CheckStatus::Failed:
            return putWord(model, "STATUS", "bad", "i-cross", "Failed");
        case CheckStatus::NotChecked:
            return putWord(model, "STATUS", "warn", "i-dashed", "Not checked");
    }
}

void putJudgement(view::Model& model, const Report& report) {
    const Headline headline = headlineOf(report.verdict);
    model.set("TONE", std::string(headline.tone)).set("GLYPH", std::string(headline.glyph));
    model.say("HEADLINE", std::string(headline.words)).set("SUMMARY", summaryOf(report));
    for (const Words& words : statements) {
        view::Model& row = model.add("STATEMENT");
        row.say("NAME", std::string(words.name)).say("MEANING", std::string(words.meaning));
        putCheckStatus(row, report.statusOf(words.statement));
    }
    if (!report.problems.empty()) {
        view::Model& list = model.add("HAS_PROBLEMS");
        for (const bundle::Problem& problem : report.problems) {
            view::Model& row = list.add("PROBLEM");
            row.set("CODE", problem.code).sayIf("PLACE", problem.place).say("MESSAGE", problem.message);
            row.say("MEANING", problem.meaning).sayIf("ADVICE", problem.advice);
        }
    }
    for (const bundle::Check& check : report.checks) {
        view::Model& row = model.add("CHECK");
        row.set("CODE", check.code).say("NAME", check.title).say("REASON", check.reason);
        putCheckStatus(row, check.status);
    }
}

std::string orWord(const std::string& text, const char* word) {
    return text.empty() ? view::said(word) : text;
}

void putSignatures(view::Model& model, const Report& report) {
    for (const bundle::SignatureFact& fact : report.signatures) {
        view::Model& row = model.add("SIGNATURE");
        row.set("SIGNER", orWord(fact.signer, "Not known"))
            .set("SIGNED", fact.signingTime
                               ? view::timeText(*fact.signingTime) + view::said(", by its own statement")
                               : view::said("Not said"));
        row.set("COMMITMENT", orWord(fact.commitment, "Not said"))
            .set("ANCHOR", orWord(fact.anchor, "No certificate that you trust"));
        row.set("FINGERPRINT", orWord(fact.fingerprint, "Not known")).set("FILE", fact.file);
    }
}

void putContent(view::Model& model, const Report& report) {
    std::string name = report.bundleRef;
    if (!report.title.empty()) name += (name.empty() ? "" : " ") + report.title;
    model.setIf("BUNDLE", name).setIf("ORGANISATION", report.organisation).setIf("AUDIT", report.auditRef);
    model.setIf("CONTENT", report.bundleRef.empty() ? std::string()
                                                    : view::said("{} findings, {} evidence files",
                                                                 {view::countText(report.findings),
                                                                  view::countText(report.files)}));
    model.setIf("LOG", report.logOrigin.empty()
                           ? std::string()
                           : view::said("{}, at {} entries",
                                        {report.logOrigin,
                                         view::countText(static_cast<std::int64_t>(report.logSize))}));
    model.set("SIZE", view::sizeText(report.size)).set("DIGEST", report.digest.hex());
    if (report.withheld.empty()) return;
    view::Model& list = model.add("HAS_WITHHELD");
    for (const bundle::WithheldFact& fact : report.withheld) list.add("WITHHELD").set("TEXT", fact.text());
}

}  // namespace

Response reportPage(WebApp& web, Request& request, const Frame& frame, const ReportFrame& around,
                    const Report& report) {
    return page(web, request, frame, "pages/verification.html", [&](view::Model& model) {
        model.say("HEADING", around.heading).set("FILE", around.file).say("CHECKED", around.checked);
        putJudgement(model, report);
        putContent(model, report);
        putSignatures(model, report);
        model.add("BACK").set("HREF", around.backHref).say("LABEL", around.backLabel);
    });
}

}  // namespace tickmark::http::pages
