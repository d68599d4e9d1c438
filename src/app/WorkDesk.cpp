#include <algorithm>
#include <atomic>
#include <utility>

#include "app/Access.h"
#include "tickmark/app/Upkeep.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {

struct WorkDesk::Job {
    storage::WorkRun run{};
    domain::Actor actor{};
    Work work{};
    std::atomic<bool> stopped{false};
    std::atomic<std::uint64_t> done{0};
    std::atomic<std::uint64_t> total{0};
};

namespace {

ledger::Event workEvent(const Context& context, const domain::Actor& actor, const storage::WorkRun& run,
                        const std::string& verb) {
    ledger::Event event = eventOf(context, actor, run.kind + "." + verb);
    event.subject = "work";
    event.ref = std::to_string(run.id);
    if (!run.subject.empty()) event.facts.set("file", run.subject);
    return event;
}

/// What the run came to, by its result.
void conclude(storage::WorkRun& run, const Result<WorkResult>& result) {
    if (result) {
        run.outcome = result->problems.empty() ? "good" : "problems";
        run.summary = result->summary;
        run.facts = result->facts;
        return;
    }
    run.outcome = result.error().type == "stopped" ? "stopped" : "failed";
    run.summary = result.error().message;
    if (!result.error().fix.empty()) run.summary += " " + result.error().fix;
}

/// The desk is asked before and after the catalog, so that a run that begins or ends meanwhile is not taken
/// for one that was lost.
void addNewer(std::vector<storage::WorkRun>& alive, std::vector<storage::WorkRun> later) {
    for (storage::WorkRun& run : later) alive.push_back(std::move(run));
}

void bringUpToDate(storage::WorkRun& run, const std::vector<storage::WorkRun>& alive) {
    if (run.ended) return;
    const auto known =
        std::find_if(alive.rbegin(), alive.rend(), [&](const auto& one) { return one.id == run.id; });
    if (known != alive.rend())
        run = *known;
    else
        run.outcome = "interrupted";
}

}  // namespace

WorkDesk::~WorkDesk() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        for (const auto& job : m_jobs) job->stopped = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable()) m_thread.join();
}

Result<void> WorkDesk::enter(const domain::Actor& actor, storage::WorkRun& run) {
    std::vector<std::int64_t> alive;
    for (const auto& job : m_jobs) alive.push_back(job->run.id);
    return m_context.database->write([&](storage::WriteSession& session) -> Result<void> {
        TM_CHECK(storage::interruptWorkRuns(session, alive, m_context.now()));
        TM_CHECK(storage::addWorkRun(session, run));
        TM_TRY([[maybe_unused]] const auto position,
               storage::append(session, workEvent(m_context, actor, run, "begin")));
        return {};
    });
}

Result<storage::WorkRun> WorkDesk::begin(const domain::Actor& actor, const std::string& kind,
                                         const std::string& subject, Work work) {
    const std::lock_guard lock(m_mutex);
    const bool busy =
        std::any_of(m_jobs.begin(), m_jobs.end(), [&](const auto& job) { return job->run.kind == kind; });
    if (busy) {
        return refused("work-under-way", "This is under way already.",
                       "Wait until it is done; its page shows how far it is.");
    }
    auto job = std::make_shared<Job>();
    job->actor = actor;
    job->work = std::move(work);
    job->run.kind = kind;
    job->run.subject = subject;
    job->run.actor = actor.account;
    job->run.began = m_context.now();
    job->run.outcome = "running";
    job->run.facts = "{}";
    TM_CHECK(enter(actor, job->run));
    m_jobs.push_back(job);
    if (!m_thread.joinable()) m_thread = std::thread([this] { this->work(); });
    m_wake.notify_all();
    return job->run;
}

bool WorkDesk::stop(const std::string& kind) {
    const std::lock_guard lock(m_mutex);
    const auto job =
        std::find_if(m_jobs.begin(), m_jobs.end(), [&](const auto& one) { return one->run.kind == kind; });
    if (job == m_jobs.end()) return false;
    (*job)->stopped = true;
    return true;
}

std::vector<storage::WorkRun> WorkDesk::underWay() const {
    const std::lock_guard lock(m_mutex);
    std::vector<storage::WorkRun> runs;
    for (const auto& job : m_jobs) {
        runs.push_back(job->run);
        runs.back().done = job->done;
        runs.back().total = job->total;
    }
    return runs;
}

bool WorkDesk::awaitIdle(std::chrono::milliseconds patience) {
    std::unique_lock lock(m_mutex);
    return m_idle.wait_for(lock, patience, [this] { return m_jobs.empty(); });
}

void WorkDesk::run(Job& job) {
    const WorkProgress progress = [&](std::uint64_t done, std::uint64_t total) {
        job.done = done;
        job.total = total;
        return !job.stopped.load();
    };
    const Result<WorkResult> result =
        job.stopped ? Result<WorkResult>(refused("stopped", "It was stopped before it began."))
                    : job.work(progress);
    storage::WorkRun ended = job.run;
    ended.ended = m_context.now();
    ended.done = job.done;
    ended.total = job.total;
    conclude(ended, result);
    const std::vector<storage::WorkProblem> none;
    // When the database refuses this, the run stays open there and the next one marks it as interrupted.
    [[maybe_unused]] const auto kept =
        m_context.database->write([&](storage::WriteSession& session) -> Result<void> {
            TM_CHECK(storage::endWorkRun(session, ended, result ? result->problems : none));
            ledger::Event event = workEvent(m_context, job.actor, ended, "end");
            event.facts.set("outcome", ended.outcome);
            if (result) event.facts.set("problems", static_cast<std::int64_t>(result->problems.size()));
            TM_TRY([[maybe_unused]] const auto position, storage::append(session, event));
            return {};
        });
}

void WorkDesk::work() {
    for (;;) {
        std::shared_ptr<Job> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [&] { return m_ending || !m_jobs.empty(); });
            if (m_jobs.empty()) return;
            job = m_jobs.front();
        }
        run(*job);
        const std::lock_guard lock(m_mutex);
        m_jobs.pop_front();
        if (m_jobs.empty()) m_idle.notify_all();
    }
}

Result<void> stopWork(Context& context, const domain::Actor& actor, const std::string& kind) {
    TM_CHECK(mustAdminister(actor, "stop background work"));
    if (kind != "scrub") {
        return refused("cannot-stop", "Only a scrub can be stopped; other work ends by itself.",
                       "Wait until it is done; its page shows how far it is.");
    }
    if (!context.workDesk->stop(kind)) {
        return refused("no-work", "Nothing of this kind is under way any more.", "Look at the last run.");
    }
    auto entered =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            ledger::Event event = eventOf(context, actor, "work.stop");
            event.subject = "work";
            event.ref = kind;
            return storage::append(session, event);
        });
    if (!entered) return std::move(entered).error();
    return {};
}

Result<std::vector<storage::WorkRun>> listRuns(Context& context, const domain::Actor& actor,
                                               const std::string& kind, std::size_t limit) {
    TM_CHECK(mustAdminister(actor, "see background work"));
    auto alive = context.workDesk->underWay();
    TM_TRY(auto runs, context.database->read([&](storage::ReadSession& session) {
        return storage::workRuns(session, kind, limit);
    }));
    addNewer(alive, context.workDesk->underWay());
    for (storage::WorkRun& run : runs) bringUpToDate(run, alive);
    return runs;
}

Result<RunView> showRun(Context& context, const domain::Actor& actor, std::int64_t id) {
    TM_CHECK(mustAdminister(actor, "see background work"));
    auto alive = context.workDesk->underWay();
    TM_TRY(RunView view, context.database->read([&](storage::ReadSession& session) -> Result<RunView> {
        RunView found;
        TM_TRY(found.run, storage::findWorkRun(session, id));
        TM_TRY(found.problems, storage::workProblems(session, id));
        return found;
    }));
    addNewer(alive, context.workDesk->underWay());
    bringUpToDate(view.run, alive);
    return view;
}

}  // namespace tickmark::app
