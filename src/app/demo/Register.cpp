// Items at every step: what a service desk might make of its audit and its KPIs.
#include "app/demo/Register.h"

#include "tickmark/app/Findings.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/app/Lessons.h"

namespace tickmark::app::demo {
namespace {

using domain::ImprovementEvent;
using domain::ImprovementItem;
using domain::ImprovementSource;

constexpr const char* manager = "im-01";
constexpr const char* finding = "IA-2022-03-02";
constexpr std::int64_t quarter = 91;  // days
// The objectives that the items serve.
constexpr const char* inTime = "O-0001";
constexpr const char* faster = "O-0002";
constexpr const char* staysClosed = "O-0003";

/// One item on its way: each step loads the current revision first.
class Item {
  public:
    Item(Context& context, Cast& cast, domain::ImprovementRef ref)
        : m_context(&context), m_cast(&cast), m_ref(std::move(ref)) {}

    Result<void> go(const std::vector<ImprovementEvent>& events, const std::string& reason = {}) {
        for (const ImprovementEvent event : events) {
            TM_TRY(const std::int64_t rev, revision());
            TM_TRY([[maybe_unused]] const ImprovementItem item,
                   changeImprovementState(*m_context, m_cast->as(manager), m_ref, rev, event, reason));
        }
        return {};
    }
    Result<void> report(const ImprovementReport& report) {
        TM_TRY(const std::int64_t rev, revision());
        TM_TRY([[maybe_unused]] const ImprovementItem item,
               reportImprovement(*m_context, m_cast->as(manager), m_ref, rev, report));
        return {};
    }
    Result<void> attach(const std::string& version) {
        TM_TRY(const std::int64_t rev, revision());
        TM_TRY([[maybe_unused]] const ImprovementItem item,
               attachEvidenceToImprovement(*m_context, m_cast->as(manager), m_ref, rev, {version}));
        return {};
    }

  private:
    Result<std::int64_t> revision() {
        TM_TRY(const ImprovementView view, showImprovement(*m_context, m_cast->as(manager), m_ref));
        return view.item.rev;
    }

    Context* m_context;
    Cast* m_cast;
    domain::ImprovementRef m_ref;
};

Result<Item> record(Context& context, Cast& cast, const ImprovementDraft& draft) {
    TM_TRY(const ImprovementItem item, recordImprovement(context, cast.as(manager), draft));
    return Item(context, cast, item.ref);
}

/// The item that a finding of the audit becomes in one step, then told in the words of the draft.
Result<Item> fromFinding(Context& context, Cast& cast, const char* ref, ImprovementDraft draft) {
    const domain::FindingRef answered(ref);
    TM_TRY(const FindingView view, showFinding(context, cast.as(manager), answered));
    TM_TRY(const ImprovementItem item, improveFinding(context, cast.as(manager), answered, view.finding.rev));
    draft.source = item.source;
    draft.sourceRef = item.sourceRef;
    TM_TRY(const ImprovementItem told, editImprovement(context, cast.as(manager), item.ref, item.rev, draft));
    return Item(context, cast, told.ref);
}

/// What an item is about; `value` and `effort` as judged.
ImprovementDraft draftOf(Context& context, ImprovementSource source, const char* title, const char* process,
                         std::int64_t value, std::int64_t effort) {
    ImprovementDraft draft;
    draft.source = source;
    draft.title = title;
    draft.process = process;
    draft.service = "Service desk";
    draft.owner = "po-01";
    draft.value = value;
    draft.effort = effort;
    draft.due = context.today().plusDays(quarter);
    return draft;
}

void setGoals(ImprovementDraft& draft, const std::string& kpi, const char* unit, const char* baseline,
              const char* target) {
    draft.kpi = kpi;
    draft.unit = unit;
    draft.baseline = baseline;
    draft.target = target;
}

void setPlan(ImprovementDraft& draft, const char* analysis, const char* plan) {
    draft.analysis = analysis;
    draft.plan = plan;
}

const std::vector<ImprovementEvent> untilAnalysed{ImprovementEvent::SetGoals, ImprovementEvent::Analyse};
const std::vector<ImprovementEvent> untilStarted{ImprovementEvent::SetGoals, ImprovementEvent::Analyse,
                                                 ImprovementEvent::ApprovePlan, ImprovementEvent::Start};

/// The target was missed, so the item is back at planning for a second round.
Result<void> loadMissed(Context& context, Cast& cast) {
    ImprovementDraft draft = draftOf(context, ImprovementSource::Audit, "Order the queues by the time left",
                                     "Service level management", 4, 2);
    draft.description = "Operators take the newest incident first; those close to their target wait.";
    draft.objective = inTime;
    setGoals(draft, "K-0001", "%", "65.13", "70");
    setPlan(draft, "The list shows when an incident was opened, not when its target ends.",
            "Show the time left in the list and order by it.");
    TM_TRY(Item item, fromFinding(context, cast, "IA-2022-03-01", draft));
    TM_CHECK(item.go(untilStarted));
    TM_CHECK(item.report({100, "42.12", "The share fell: the list was ordered, the staffing was not.", {}}));
    TM_CHECK(item.go({ImprovementEvent::Evaluate}));
    return item.go({ImprovementEvent::Replan}, "42.12 % on the third day; too few people from noon on.");
}

/// What its figures rest on is no log but a sample made up for the demonstration, and it says so.
Result<domain::Kpi> sampledKpi(Context& context, Cast& cast, const char* name) {
    KpiDraft kpi;
    kpi.name = name;
    kpi.unit = "%";
    kpi.direction = domain::KpiDirection::HigherIsBetter;
    kpi.process = "Incident management";
    kpi.service = "Service desk";
    kpi.source = "Illustration: a monthly sample of 40 closed incidents.";
    kpi.baseline = 62.5;
    kpi.target = 95;
    kpi.owner = "po-01";
    return defineKpi(context, cast.as(manager), kpi);
}

/// An item whose target is met and whose work instruction is changed.
Result<Item> loadStandardised(Context& context, Cast& cast, const ImprovementDraft& draft, const char* file,
                              const char* instruction) {
    TM_TRY(Item item, record(context, cast, draft));
    TM_CHECK(item.go(untilStarted));
    TM_CHECK(item.report({100, "97.5", "39 of 40 in the sample (illustration).", {}}));
    TM_CHECK(item.go({ImprovementEvent::Evaluate}));
    EvidenceInput input;
    input.finding = finding;
    input.fileName = file;
    input.title = "Work instruction";
    input.source = "Written for this demonstration";
    TM_TRY(const Receipt receipt, cast.handOver("po-01", input, instruction));
    TM_CHECK(item.attach(versionName(receipt.version)));
    TM_CHECK(item.go({ImprovementEvent::Standardise}));
    return item;
}

Result<void> loadFinished(Context& context, Cast& cast) {
    TM_TRY(const domain::Kpi confirmed,
           sampledKpi(context, cast, "Closed incidents with a confirmed priority"));
    ImprovementDraft draft =
        draftOf(context, ImprovementSource::EmployeeFeedback,
                "Ask for the priority again when an incident is closed", "Incident management", 4, 1);
    draft.objective = inTime;
    setGoals(draft, confirmed.ref.text(), "%", "62.5", "95");
    setPlan(draft, "The field keeps what was guessed at the first call.",
            "Make the confirmation mandatory in the closing form.");
    TM_TRY(Item closed,
           loadStandardised(context, cast, draft, "closing-an-incident.txt",
                            "Before an incident is closed its priority is confirmed with the person who "
                            "called.\n"));
    ImprovementReport report{100, "97.5", "39 of 40 in the sample (illustration).", {}};
    report.lesson =
        domain::ImprovementLesson{domain::ImprovementLessonKind::Success,
                                  "A field that nobody looked at again",
                                  "Ask at the moment when the answer is known, not when it is guessed.",
                                  {"Incident management", "forms"}};
    TM_CHECK(closed.report(report));
    TM_CHECK(closed.go({ImprovementEvent::Close}));

    TM_TRY(const domain::Kpi linked, sampledKpi(context, cast, "Closed incidents that name what failed"));
    draft.source = ImprovementSource::ServiceReview;
    draft.title = "Name the configuration item before closing";
    draft.objective.clear();
    setGoals(draft, linked.ref.text(), "%", "62.5", "95");
    setPlan(draft, "Looking the item up takes longer than the call.", "Offer the ten items used most.");
    auto standardised = loadStandardised(context, cast, draft, "naming-what-failed.txt",
                                         "Choose the configuration item from the list before closing.\n");
    if (!standardised) return std::move(standardised).error();
    return {};
}

/// One item each at the steps between.
Result<void> loadUnderway(Context& context, Cast& cast) {
    ImprovementDraft draft = draftOf(context, ImprovementSource::CustomerFeedback,
                                     "Say at once how long it will take", "Service level management", 4, 2);
    draft.objective = faster;
    setGoals(draft, "K-0002", "hours", "145.7", "72");
    TM_TRY(Item aimed, record(context, cast, draft));
    TM_CHECK(aimed.go({ImprovementEvent::SetGoals}));

    draft.source = ImprovementSource::Problem;
    draft.title = "Keep the known errors where operators search";
    draft.process = "Problem management";
    draft.effort = 4;
    setPlan(draft, "Known errors are in a list that the search of the tool does not reach.", "");
    TM_TRY(Item analysed, record(context, cast, draft));
    TM_CHECK(analysed.go(untilAnalysed));

    draft = draftOf(context, ImprovementSource::Incident, "Look at reopened incidents every morning",
                    "Incident management", 4, 2);
    draft.objective = staysClosed;
    setGoals(draft, "K-0003", "%", "1.36", "1");
    setPlan(draft, "Most are closed before the person who called has tried again.",
            "Ten minutes at the start of the shift; close only after an answer or three days.");
    TM_TRY(Item started, record(context, cast, draft));
    TM_CHECK(started.go(untilStarted));
    TM_CHECK(started.report({40, {}, {}, {}}));

    draft.title = "Close reopened incidents together with their problem";
    draft.process = "Problem management";
    TM_TRY(Item evaluating, record(context, cast, draft));
    TM_CHECK(evaluating.go(untilStarted));
    TM_CHECK(evaluating.report({100, {}, "Carried out; the next log will show whether it worked.", {}}));
    TM_CHECK(evaluating.go({ImprovementEvent::Evaluate}));

    draft = draftOf(context, ImprovementSource::Risk, "A second person for the night shift",
                    "Service desk staffing", 2, 5);
    TM_TRY(Item rejected, record(context, cast, draft));
    return rejected.go({ImprovementEvent::Reject}, "The night has three incidents a week.");
}

/// What the missed target taught; the closed item has left its own lesson before.
Result<void> loadLessons(Context& context, Cast& cast) {
    LessonDraft draft;
    draft.kind = domain::LessonKind::Failure;
    draft.title = "Ordering the queue does not replace people";
    draft.happened = "The list was ordered by the time left, and the share within the target fell.";
    draft.advice = "Look at how many people are there at which hour before the order of work is changed.";
    draft.appliesTo.processes = {"Service level management"};
    draft.appliesTo.services = {"Service desk"};
    draft.appliesTo.tags = {"staffing", "queues"};
    draft.improvement = "II-0001";
    auto lesson = recordLesson(context, cast.as(manager), draft);
    if (!lesson) return std::move(lesson).error();
    return {};
}

}  // namespace

Result<void> loadRegister(Context& context, Cast& cast) {
    TM_CHECK(loadMissed(context, cast));
    TM_CHECK(loadFinished(context, cast));
    TM_CHECK(loadUnderway(context, cast));
    TM_CHECK(loadLessons(context, cast));
    for (const char* code : {"INC-02", "INC-05"}) {
        TM_TRY([[maybe_unused]] const ImprovementItem item, adoptIdea(context, cast.as(manager), code));
    }
    return {};
}

}  // namespace tickmark::app::demo
