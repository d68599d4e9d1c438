#include <set>

#include "domain/FieldReport.h"
#include "tickmark/domain/Validation.h"

namespace tickmark::domain {
namespace {

void checkClass(FieldReport& report, std::string_view field, const std::string& code) {
    if (findingClass(code) != nullptr) return;
    std::string known;
    for (const FindingClass& entry : defaultFindingClasses()) {
        known += (known.empty() ? "" : ", ") + std::string(entry.code);
    }
    report.complain(field, "There is no such class of findings.", "one of " + known, "Choose one of them.");
}

void checkClassHistory(FieldReport& report, std::vector<ClassChange>& history) {
    for (std::size_t i = 0; i < history.size(); ++i) {
        checkClass(report, itemField("class_history", i, "from"), history[i].from);
        checkClass(report, itemField("class_history", i, "to"), history[i].to);
        report.text(itemField("class_history", i, "reason"), history[i].reason, neededWordsRule);
    }
}

void checkCounts(FieldReport& report, std::size_t index, const ExtentPlace& place) {
    const auto field = [index](std::string_view name) { return itemField("extent_places", index, name); };
    report.atLeast(field("sample"), place.sample, 0);
    report.atLeast(field("population"), place.population, 0);
    report.atLeast(field("found"), place.found, 0);
    if (place.population > 0 && place.sample > place.population) {
        report.complain(field("sample"), "More were looked at than there are.", "at most the population",
                        "Correct the sample or the population.");
    }
    if (place.sample > 0 && place.found > place.sample) {
        report.complain(field("found"), "It was found in more than were looked at.", "at most the sample",
                        "Correct the sample or the number found.");
    }
}

void checkExtent(FieldReport& report, Response& response) {
    report.text("extent", response.extent, wordsRule);
    report.atMost("extent_places", response.extentPlaces.size(), 100);
    for (std::size_t i = 0; i < response.extentPlaces.size(); ++i) {
        ExtentPlace& place = response.extentPlaces[i];
        report.text(itemField("extent_places", i, "place"), place.place, titleRule);
        report.text(itemField("extent_places", i, "looked_at"), place.lookedAt, titleRule);
        report.text(itemField("extent_places", i, "evidence"), place.evidence, lineRule);
        report.reference(itemField("extent_places", i, "answer"), place.answer);
        checkCounts(report, i, place);
    }
}

void checkCauses(FieldReport& report, Response& response) {
    report.texts("whys", response.whys, neededWordsRule, 20, false);
    report.atMost("fishbone", response.fishbone.size(), 100);
    for (std::size_t i = 0; i < response.fishbone.size(); ++i) {
        report.text(itemField("fishbone", i, "branch"), response.fishbone[i].branch, titleRule);
        report.text(itemField("fishbone", i, "cause"), response.fishbone[i].cause, neededWordsRule);
    }
    report.atMost("root_causes", response.rootCauses.size(), 50);
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < response.rootCauses.size(); ++i) {
        RootCause& cause = response.rootCauses[i];
        const std::string field = itemField("root_causes", i, "code");
        auto code = checkReference(field, cause.code);
        if (!code) {
            Error error = std::move(code).error();
            error.message = "This is not the code of a root cause.";
            error.fix = "Write it like RC-1.";
            report.add(field, std::move(error));
        } else if (!seen.insert(cause.code).second) {
            report.complain(field, "\"" + cause.code + "\" stands here twice.", "each code once",
                            "Give the second one another code.");
        }
        report.text(itemField("root_causes", i, "text"), cause.text, neededWordsRule);
    }
}

}  // namespace

Result<void> validate(Finding& finding) {
    FieldReport report;
    report.reference("ref", finding.ref.text());
    checkClass(report, "class", finding.classCode);
    report.text("title", finding.title, titleRule);
    report.texts("clauses", finding.clauses, codeRule, 100, true);
    for (std::size_t i = 0; i < finding.clauses.size(); ++i)
        report.undivided(itemField("clauses", i), finding.clauses[i]);
    report.text("requirement", finding.requirement, wordsRule);
    report.text("objective_evidence", finding.objectiveEvidence, wordsRule);
    report.text("nature", finding.nature, wordsRule);
    report.text("extent", finding.extent, wordsRule);
    report.text("risk", finding.risk, wordsRule);
    report.text("process", finding.process, lineRule);
    report.text("service", finding.service, lineRule);
    report.reference("repeat_of", finding.repeatOf);
    report.text("source_ref", finding.sourceRef, lineRule);
    report.day("response_due", finding.responseDue);
    report.day("close_due", finding.closeDue);
    report.order("close_due", finding.responseDue, finding.closeDue, "response_due");
    report.atLeast("round", finding.round, 1);
    checkClassHistory(report, finding.classHistory);
    return report.finish();
}

Result<void> validate(Response& response) {
    FieldReport report;
    report.atLeast("round", response.round, 1);
    report.text("correction", response.correction, wordsRule);
    checkExtent(report, response);
    report.text("cause_method", response.causeMethod, lineRule);
    checkCauses(report, response);
    return report.finish();
}

Result<void> validate(EffectivenessCheck& check) {
    FieldReport report;
    report.atLeast("round", check.round, 1);
    report.text("criterion", check.criterion, neededWordsRule);
    report.day("planned_on", check.plannedOn);
    report.day("done_on", check.doneOn);
    report.text("note", check.note, wordsRule);
    report.text("kpi_before", check.kpiBefore, lineRule);
    report.text("kpi_after", check.kpiAfter, lineRule);
    return report.finish();
}

}  // namespace tickmark::domain
