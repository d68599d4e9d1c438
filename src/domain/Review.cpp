#include "tickmark/domain/Review.h"

#include <set>

#include "domain/FieldReport.h"

namespace tickmark::domain {
namespace {

constexpr std::size_t mostDecisions = 100;
constexpr TextRule decisionRule{1, 4000, true};

void checkDecisions(FieldReport& report, std::vector<ReviewDecision>& decisions) {
    report.atMost("decisions", decisions.size(), mostDecisions);
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        ReviewDecision& decision = decisions[i];
        report.text(itemField("decisions", i, "text"), decision.text, decisionRule);
        report.day(itemField("decisions", i, "due"), decision.due);
        if (!decision.owner.stored()) {
            report.complain(itemField("decisions", i, "owner"), "The decision has no owner.",
                            "Somebody answers for each decision.", "Name an account.");
        }
        if (!decision.due) {
            report.complain(itemField("decisions", i, "due"), "The decision has no due date.",
                            "Each decision has a day by which it is carried out.", "Give a date.");
        }
    }
}

void checkNotes(FieldReport& report, std::vector<ReviewNote>& notes) {
    std::set<ReviewTopic> seen;
    for (ReviewNote& note : notes) {
        const std::string field = "notes." + std::string(toText(note.topic));
        report.text(field, note.text, wordsRule);
        if (!seen.insert(note.topic).second) {
            report.complain(field, "The topic has two notes.", "Each topic has one note.", "Join them.");
        }
    }
}

}  // namespace

Result<void> validate(ManagementReview& review) {
    FieldReport report;
    report.reference("ref", review.ref.text());
    report.text("title", review.title, titleRule);
    if (!review.day) {
        report.complain("day", "The review has no date.",
                        "A review looks at the figures of one day, so it needs that day.",
                        "Give the date of the meeting.");
    }
    report.day("day", review.day);
    report.day("from", review.from);
    report.day("to", review.to);
    report.order("to", review.from, review.to, "from");
    report.text("chair", review.chair, lineRule);
    report.texts("participants", review.participants, titleRule, 100, true);
    checkNotes(report, review.notes);
    report.text("conclusions", review.conclusions, wordsRule);
    checkDecisions(report, review.decisions);
    return report.finish();
}

}  // namespace tickmark::domain
