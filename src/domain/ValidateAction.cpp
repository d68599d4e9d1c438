#include "domain/FieldReport.h"
#include "tickmark/domain/Validation.h"

namespace tickmark::domain {

Result<void> validate(Action& action) {
    FieldReport report;
    report.reference("ref", action.ref.text());
    report.text("title", action.title, titleRule);
    report.text("description", action.description, wordsRule);
    report.reference("root_cause", action.rootCause);
    report.text("owner_role", action.ownerRole, lineRule);
    report.day("due", action.due);
    report.day("done_on", action.doneOn);
    report.atMost("extensions", action.extensions.size(), 100);
    for (std::size_t i = 0; i < action.extensions.size(); ++i) {
        report.day(itemField("extensions", i, "asked"), action.extensions[i].asked);
        report.text(itemField("extensions", i, "reason"), action.extensions[i].reason, neededWordsRule);
        report.text(itemField("extensions", i, "decision_note"), action.extensions[i].decisionNote,
                    wordsRule);
    }
    report.text("cost", action.cost, lineRule);
    report.text("lesson", action.lesson, wordsRule);
    return report.finish();
}

}  // namespace tickmark::domain
