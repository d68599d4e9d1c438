// Items at every step: what a service desk might make of its audit and its KPIs.
#include "app/demo/Register.h"

#include "tickmark/app/Improvements.h"
#include "tickmark/app/Kpis.h"

namespace tickmark::app::demo {
namespace {

using domain::ImprovementEvent;
using domain::ImprovementItem;
using domain::ImprovementSource;

constexpr const char* manager = "im-01";
constexpr const char* finding = "IA-2022-03-02";
constexpr std::int64_t quarter = 91;  // days

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

ImprovementDraft draftOf(Context& context, ImprovementSource source, const char* title, const char* process) {
    ImprovementDraft draft;
    draft.source = source;
    draft.title = title;
    draft.process = process;
    draft.service = "Service desk";
    draft.owner = "po-01";
    draft.value = 4;
    draft.effort = 2;
    draft.due = context.today().plusDays(quarter);
    return draft;
}

/// The target was missed, so the item is back at planning for a second round.
Result<void> loadMissed(Context& context, Cast& cast) {
    ImprovementDraft draft = draftOf(context, ImprovementSource::Kpi, "Order the queues by the time left",
                                     "Service level management");
    draft.description = "Operators take the newest incident first; those close to their target wait.";
    draft.kpi = "K-0001";
    draft.unit = "%";
    draft.baseline = "65.13";
    draft.target = "70";
    draft.analysis = "The list shows when an incident was opened, not when its target ends.";
    draft.plan = "Show the time left in the list and order by it.";
    TM_TRY(Item item, record(context, cast, draft));
    TM_CHECK(item.go({ImprovementEvent::SetGoals, ImprovementEvent::Analyse, ImprovementEvent::ApprovePlan,
                      ImprovementEvent::Start}));
    TM_CHECK(item.report({100, "42.12", "The share fell: the list was ordered, the staffing was not.", {}}));
    TM_CHECK(item.go({ImprovementEvent::Evaluate}));
    return item.go({ImprovementEvent::Replan}, "42.12 % on the third day; too few people from noon on.");
}

/// What its figures rest on is no log but a sample made up for the demonstration, and it says so.
Result<void> loadClosed(Context& context, Cast& cast) {
    KpiDraft kpi;
    kpi.name = "Closed incidents with a confirmed priority";
    kpi.unit = "%";
    kpi.direction = domain::KpiDirection::HigherIsBetter;
    kpi.process = "Incident management";
    kpi.service = "Service desk";
    kpi.source = "Illustration: a monthly sample of 40 closed incidents.";
    kpi.baseline = 62.5;
    kpi.target = 95;
    kpi.owner = "po-01";
    TM_TRY(const domain::Kpi defined, defineKpi(context, cast.as(manager), kpi));

    ImprovementDraft draft =
        draftOf(context, ImprovementSource::EmployeeFeedback,
                "Ask for the priority again when an incident is closed", "Incident management");
    draft.effort = 1;
    draft.kpi = defined.ref.text();
    draft.unit = "%";
    draft.baseline = "62.5";
    draft.target = "95";
    draft.analysis = "The field keeps what was guessed at the first call.";
    draft.plan = "Make the confirmation mandatory in the closing form.";
    TM_TRY(Item item, record(context, cast, draft));
    TM_CHECK(item.go({ImprovementEvent::SetGoals, ImprovementEvent::Analyse, ImprovementEvent::ApprovePlan,
                      ImprovementEvent::Start}));
    ImprovementReport report{100, "97.5", "39 of 40 in the sample (illustration).", {}};
    report.lesson =
        domain::ImprovementLesson{domain::ImprovementLessonKind::Success,
                                  "A field that nobody looked at again",
                                  "Ask at the moment when the answer is known, not when it is guessed.",
                                  {"Incident management", "forms"}};
    TM_CHECK(item.report(report));
    TM_CHECK(item.go({ImprovementEvent::Evaluate}));
    EvidenceInput input;
    input.finding = finding;
    input.fileName = "closing-an-incident.txt";
    input.title = "Work instruction: closing an incident";
    input.source = "Written for this demonstration";
    TM_TRY(const Receipt receipt,
           cast.handOver(
               "po-01", input,
               "Before an incident is closed its priority is confirmed with the person who called.\n"));
    TM_CHECK(item.attach(versionName(receipt.version)));
    return item.go({ImprovementEvent::Standardise, ImprovementEvent::Close});
}

/// One item each at the steps between.
Result<void> loadUnderway(Context& context, Cast& cast) {
    ImprovementDraft draft = draftOf(context, ImprovementSource::Incident,
                                     "Look at reopened incidents every morning", "Incident management");
    draft.kpi = "K-0003";
    draft.unit = "%";
    draft.baseline = "1.36";
    draft.target = "1";
    draft.analysis = "Most are closed before the person who called has tried again.";
    draft.plan = "Ten minutes at the start of the shift; close only after an answer or three days.";
    TM_TRY(Item started, record(context, cast, draft));
    TM_CHECK(started.go({ImprovementEvent::SetGoals, ImprovementEvent::Analyse, ImprovementEvent::ApprovePlan,
                         ImprovementEvent::Start}));
    TM_CHECK(started.report({40, {}, {}, {}}));

    draft = draftOf(context, ImprovementSource::CustomerFeedback, "Say at once how long it will take",
                    "Service level management");
    draft.kpi = "K-0002";
    draft.unit = "hours";
    draft.baseline = "145.7";
    draft.target = "72";
    TM_TRY(Item aimed, record(context, cast, draft));
    TM_CHECK(aimed.go({ImprovementEvent::SetGoals}));

    draft.source = ImprovementSource::Problem;
    draft.title = "Keep the known errors where operators search";
    draft.process = "Problem management";
    draft.effort = 4;
    draft.analysis = "Known errors are in a list that the search of the tool does not reach.";
    TM_TRY(Item analysed, record(context, cast, draft));
    TM_CHECK(analysed.go({ImprovementEvent::SetGoals, ImprovementEvent::Analyse}));

    draft = draftOf(context, ImprovementSource::Risk, "A second person for the night shift",
                    "Service desk staffing");
    draft.value = 2;
    draft.effort = 5;
    TM_TRY(Item rejected, record(context, cast, draft));
    return rejected.go({ImprovementEvent::Reject}, "The night has three incidents a week.");
}

}  // namespace

Result<void> loadRegister(Context& context, Cast& cast) {
    TM_CHECK(loadMissed(context, cast));
    TM_CHECK(loadClosed(context, cast));
    TM_CHECK(loadUnderway(context, cast));
    for (const char* code : {"INC-02", "INC-05"}) {
        TM_TRY([[maybe_unused]] const ImprovementItem item, adoptIdea(context, cast.as(manager), code));
    }
    return {};
}

}  // namespace tickmark::app::demo
