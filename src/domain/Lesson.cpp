#include "tickmark/domain/Lesson.h"

#include <algorithm>

#include "domain/FieldReport.h"
#include "domain/TellingWords.h"

namespace tickmark::domain {
namespace {

constexpr TextRule tagRule{1, 200, false};
constexpr std::size_t mostTags = 20;
constexpr std::int64_t sameProcess = 3;
constexpr std::int64_t sameService = 2;
constexpr std::int64_t sameClause = 3;
constexpr std::int64_t nearClause = 1;
constexpr std::int64_t sameTag = 2;
constexpr std::int64_t mostOfTags = 6;
constexpr std::int64_t mostOfWords = 3;

bool holds(const std::vector<std::string>& list, const std::string& text) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& one) { return lower(one) == lower(text); });
}

/// True when the text stands on its own list, or as a free tag.
bool names(const LessonScope& scope, const std::vector<std::string>& list, const std::string& text) {
    return holds(list, text) || holds(scope.tags, text);
}

/// What both sides name, whether on the list itself or as a free tag of one side.
std::vector<std::string> common(const LessonScope& left, const LessonScope& right,
                                std::vector<std::string> LessonScope::*list) {
    std::vector<std::string> both;
    for (const std::string& one : left.*list) {
        if (names(right, right.*list, one) && !holds(both, one)) both.push_back(one);
    }
    for (const std::string& one : right.*list) {
        if (holds(left.tags, one) && !holds(both, one)) both.push_back(one);
    }
    return both;
}

std::string joined(const std::vector<std::string>& texts) {
    std::string line;
    for (const std::string& text : texts) line += (line.empty() ? "" : ", ") + text;
    return line;
}

void count(LessonLikeness& found, const char* what, const std::vector<std::string>& both, std::int64_t points,
           std::int64_t most) {
    if (both.empty()) return;
    found.score += std::min(points * static_cast<std::int64_t>(both.size()), most);
    found.reasons.push_back(std::string(what) + " " + joined(both));
}

/// 8.6 contains 8.6.1, and A.5 contains A.5.1; 8.6 does not contain 8.61.
bool contains(const std::string& outer, const std::string& inner) {
    return inner.size() > outer.size() && inner.starts_with(outer) && inner[outer.size()] == '.';
}

std::vector<std::string> near(const LessonScope& left, const LessonScope& right) {
    std::vector<std::string> both;
    for (const std::string& one : left.clauses) {
        for (const std::string& other : right.clauses) {
            if (contains(one, other) || contains(other, one)) both.push_back(other);
        }
    }
    return both;
}

/// Tags that both have and that were not counted as a process, a service or a clause.
std::vector<std::string> commonTags(const LessonScope& left, const LessonScope& right,
                                    const std::vector<std::string>& counted) {
    std::vector<std::string> both;
    for (const std::string& one : left.tags) {
        if (holds(right.tags, one) && !holds(counted, one) && !holds(both, one)) both.push_back(one);
    }
    return both;
}

std::vector<std::string> commonWords(const LessonMatter& matter, const Lesson& lesson) {
    const auto theirs = tellingWords(lesson.title + " " + lesson.happened + " " + lesson.advice);
    std::vector<std::string> both;
    for (const auto& [stem, word] : tellingWords(matter.title)) {
        if (theirs.contains(stem)) both.push_back(word);
    }
    return both;
}

void add(std::vector<std::string>& list, const std::vector<std::string>& more) {
    list.insert(list.end(), more.begin(), more.end());
}

}  // namespace

Result<void> validate(Lesson& lesson) {
    FieldReport report;
    report.reference("ref", lesson.ref.text());
    report.text("title", lesson.title, titleRule);
    report.text("happened", lesson.happened, wordsRule);
    report.text("advice", lesson.advice, neededWordsRule);
    report.texts("processes", lesson.appliesTo.processes, tagRule, mostTags, true);
    report.texts("services", lesson.appliesTo.services, tagRule, mostTags, true);
    report.texts("clauses", lesson.appliesTo.clauses, codeRule, mostTags, true);
    for (std::size_t i = 0; i < lesson.appliesTo.clauses.size(); ++i)
        report.undivided(itemField("clauses", i), lesson.appliesTo.clauses[i]);
    report.texts("tags", lesson.appliesTo.tags, tagRule, mostTags, true);
    if (lesson.retraction) report.text("reason", lesson.retraction->reason, neededWordsRule);
    return report.finish();
}

LessonMatter matterOf(const ImprovementItem& item, const std::vector<std::string>& clauses) {
    LessonMatter matter;
    matter.title = item.title;
    if (!item.process.empty()) matter.about.processes.push_back(item.process);
    if (!item.service.empty()) matter.about.services.push_back(item.service);
    matter.about.clauses = clauses;
    return matter;
}

LessonMatter matterOf(const Finding& finding) {
    LessonMatter matter;
    matter.title = finding.title;
    if (!finding.process.empty()) matter.about.processes.push_back(finding.process);
    if (!finding.service.empty()) matter.about.services.push_back(finding.service);
    matter.about.clauses = finding.clauses;
    return matter;
}

bool isEmpty(const LessonMatter& matter) noexcept {
    return matter.title.empty() && matter.about == LessonScope{};
}

Lesson lessonOf(const ImprovementItem& item, const std::vector<std::string>& clauses) {
    Lesson lesson;
    const ImprovementLesson written = item.lesson.value_or(ImprovementLesson{});
    lesson.kind = written.kind;
    lesson.title = item.title;
    lesson.happened = written.context;
    lesson.advice = written.insight;
    lesson.appliesTo = matterOf(item, clauses).about;
    // A finding may name more clauses than a lesson does.
    if (lesson.appliesTo.clauses.size() > mostTags) lesson.appliesTo.clauses.resize(mostTags);
    const LessonScope known = lesson.appliesTo;
    for (const std::string& tag : written.appliesTo) {
        const bool said =
            holds(known.processes, tag) || holds(known.services, tag) || holds(known.clauses, tag);
        if (!said) lesson.appliesTo.tags.push_back(tag);
    }
    lesson.improvement = item.id;
    lesson.finding = item.finding;
    return lesson;
}

LessonLikeness likeness(const LessonMatter& matter, const Lesson& lesson) {
    LessonLikeness found;
    const LessonScope& left = matter.about;
    const LessonScope& right = lesson.appliesTo;
    const auto processes = common(left, right, &LessonScope::processes);
    const auto services = common(left, right, &LessonScope::services);
    const auto clauses = common(left, right, &LessonScope::clauses);
    count(found, "process", processes, sameProcess, sameProcess);
    count(found, "service", services, sameService, sameService);
    count(found, "clause", clauses, sameClause, sameClause);
    if (clauses.empty()) count(found, "near clause", near(left, right), nearClause, nearClause);
    std::vector<std::string> counted = processes;
    add(counted, services);
    add(counted, clauses);
    count(found, "tag", commonTags(left, right, counted), sameTag, mostOfTags);
    count(found, "words", commonWords(matter, lesson), 1, mostOfWords);
    return found;
}

}  // namespace tickmark::domain
