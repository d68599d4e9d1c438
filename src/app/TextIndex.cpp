#include "tickmark/app/TextIndex.h"

#include <algorithm>
#include <set>
#include <utility>

#include "tickmark/app/EvidenceUse.h"
#include "tickmark/extract/DocumentText.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/Lessons.h"

namespace tickmark::app {
namespace {

using storage::SearchDocument;
using storage::SearchKind;

constexpr std::uint64_t eventsAtOnce = 200;

/// What one step of the ledger spoke of, each thing once.
struct Touched {
    storage::LedgerPosition next = 0;
    std::uint64_t events = 0;
    std::set<std::string> actions{};
    std::set<std::string> improvements{};
    std::set<std::string> lessons{};
    std::set<std::string> versions{};
};

void note(const ledger::Event& event, Touched& touched) {
    if (event.subject == "action") touched.actions.insert(event.ref);
    if (event.subject == "improvement") touched.improvements.insert(event.ref);
    if (event.subject == "lesson") touched.lessons.insert(event.ref);
    if (event.subject == "evidence-version") touched.versions.insert(event.ref);
}

Result<Touched> nextStep(Context& context) {
    return context.database->read([](storage::ReadSession& session) -> Result<Touched> {
        Touched touched;
        TM_TRY(const storage::LedgerPosition from, storage::searchPosition(session, documentReader));
        TM_TRY(const auto head, storage::ledgerHead(session));
        touched.next = std::min<storage::LedgerPosition>(from + eventsAtOnce, head.size);
        storage::EventFilter filter;
        filter.from = from;
        filter.to = touched.next;
        TM_TRY(const auto rows, storage::listEvents(session, filter, {eventsAtOnce, {}}));
        touched.events = rows.rows.size();
        for (const auto& row : rows.rows) {
            TM_TRY(const ledger::Event event, ledger::Event::parse(row.leaf));
            note(event, touched);
        }
        return touched;
    });
}

/// Texts of one thing, each on a line of its own.
std::string linesOf(std::initializer_list<std::string_view> texts) {
    std::string lines;
    for (const std::string_view text : texts) {
        if (text.empty()) continue;
        if (!lines.empty()) lines += '\n';
        lines += text;
    }
    return lines;
}

SearchDocument documentOf(const domain::Action& action) {
    return {SearchKind::Action, action.id.value, action.ref.text(), action.title,
            linesOf({action.description, action.ownerRole, action.lesson})};
}

SearchDocument documentOf(const domain::ImprovementItem& item) {
    SearchDocument document{
        SearchKind::Improvement, item.id.value, item.ref.text(), item.title,
        linesOf({item.description, item.process, item.service, item.analysis, item.plan, item.outcome})};
    if (item.lesson) document.body += '\n' + item.lesson->context + '\n' + item.lesson->insight;
    return document;
}

SearchDocument documentOf(const domain::Lesson& lesson) {
    SearchDocument document{SearchKind::Lesson, lesson.id.value, lesson.ref.text(), lesson.title,
                            linesOf({lesson.happened, lesson.advice})};
    const domain::LessonScope& scope = lesson.appliesTo;
    for (const auto* list : {&scope.processes, &scope.services, &scope.clauses, &scope.tags}) {
        for (const std::string& tag : *list) document.body += '\n' + tag;
    }
    return document;
}

/// An evidence version whose words are to be read, or are to be forgotten.
struct VersionWork {
    domain::EvidenceVersion version{};
    std::string title{};
    bool isGone = false;
};

struct Work {
    std::vector<SearchDocument> documents{};
    std::vector<VersionWork> versions{};
};

Result<domain::EvidenceVersion> versionOf(storage::ReadSession& session, const std::string& name) {
    const auto slash = name.find("/v");
    const std::int64_t number = slash == std::string::npos ? 0 : std::stoll(name.substr(slash + 2));
    return storage::findEvidenceVersion(session, domain::EvidenceRef(name.substr(0, slash)), number);
}

Result<void> addVersion(storage::ReadSession& session, const std::string& name, Work& work) {
    VersionWork found;
    TM_TRY(found.version, versionOf(session, name));
    found.isGone = found.version.state == domain::EvidenceState::Withdrawn;
    TM_TRY(const auto words, storage::evidenceWords(session, found.version.id));
    const bool isRead = words && words->reader == documentReader;
    if (found.isGone ? !words : isRead) return {};
    TM_TRY(const domain::Evidence evidence, storage::findEvidence(session, found.version.evidence));
    found.title = evidence.title;
    work.versions.push_back(std::move(found));
    return {};
}

Result<Work> workOf(Context& context, const Touched& touched) {
    return context.database->read([&](storage::ReadSession& session) -> Result<Work> {
        Work work;
        for (const auto& ref : touched.actions) {
            TM_TRY(const auto action, storage::findAction(session, domain::ActionRef(ref)));
            work.documents.push_back(documentOf(action));
        }
        for (const auto& ref : touched.improvements) {
            TM_TRY(const auto item, storage::findImprovement(session, domain::ImprovementRef(ref)));
            work.documents.push_back(documentOf(item));
        }
        for (const auto& ref : touched.lessons) {
            TM_TRY(const auto lesson, storage::findLesson(session, domain::LessonRef(ref)));
            work.documents.push_back(documentOf(lesson));
        }
        for (const auto& name : touched.versions) TM_CHECK(addVersion(session, name, work));
        return work;
    });
}

ReadDocument wordsOf(Context& context, const domain::EvidenceVersion& version,
                     const std::filesystem::path& reader) {
    if (!extract::hasText(version.mediaType)) return {"none", "Files of this kind hold no words.", {}};
    const extract::TextLimits limits;
    if (version.size > limits.input) return {"document-too-large", "The file is over 64 MiB.", {}};
    auto opened = context.archive->open(version.digest);
    if (!opened) return {opened.error().type, opened.error().message, {}};
    return readDocument(**opened, version.mediaType, reader);
}

/// Each version is committed by itself: its words may be a megabyte, and other writers wait for a commit.
Result<void> keepVersion(Context& context, const VersionWork& work, const ReadDocument& words) {
    return context.database->write([&](storage::WriteSession& session) -> Result<void> {
        const domain::EvidenceVersion& version = work.version;
        if (work.isGone) {
            TM_CHECK(storage::setEvidenceWords(session, version.id, {"withdrawn", {}, 0, documentReader}));
            return storage::dropSearchDocument(session, SearchKind::Evidence, version.id.value);
        }
        TM_CHECK(storage::setEvidenceWords(
            session, version.id,
            {words.outcome, words.note, static_cast<std::int64_t>(words.text.size()), documentReader}));
        return storage::putSearchDocument(
            session, {SearchKind::Evidence, version.id.value, versionName(version), work.title,
                      linesOf({version.originalName, version.source, words.text})});
    });
}

Result<void> finishStep(Context& context, const Touched& touched, const Work& work) {
    return context.database->write([&](storage::WriteSession& session) -> Result<void> {
        for (const auto& document : work.documents) TM_CHECK(storage::putSearchDocument(session, document));
        return storage::setSearchPosition(session, touched.next, documentReader);
    });
}

/// False when it was asked to stop before the end of the step.
Result<bool> carryOut(Context& context, const Touched& touched, const std::filesystem::path& reader,
                      const std::function<bool()>& goOn, IndexPass& pass) {
    TM_TRY(const Work work, workOf(context, touched));
    for (const VersionWork& each : work.versions) {
        if (!goOn()) return false;
        const ReadDocument words = each.isGone ? ReadDocument{} : wordsOf(context, each.version, reader);
        TM_CHECK(keepVersion(context, each, words));
        ++pass.read;
    }
    TM_CHECK(finishStep(context, touched, work));
    pass.events += touched.events;
    pass.documents += work.documents.size() + work.versions.size();
    return true;
}

}  // namespace

Result<IndexPass> indexText(Context& context, const std::filesystem::path& reader,
                            const std::function<bool()>& goOn) {
    const std::filesystem::path program = reader.empty() ? documentReaderProgram() : reader;
    IndexPass pass;
    while (goOn()) {
        TM_TRY(const Touched touched, nextStep(context));
        if (touched.events == 0) break;
        TM_TRY(const bool isDone, carryOut(context, touched, program, goOn, pass));
        if (!isDone) break;
    }
    return pass;
}

}  // namespace tickmark::app
