#include <algorithm>
#include <atomic>
#include <utility>

#include "app/Access.h"
#include "app/SealWork.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Sealing.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/storage/Audits.h"

namespace tickmark::app {
namespace {

constexpr std::size_t mostWaiting = 10;
constexpr std::size_t mostRemembered = 100;

}  // namespace

std::string_view toText(SealPhase phase) noexcept {
    switch (phase) {
        case SealPhase::Waiting:
            return "waiting";
        case SealPhase::Writing:
            return "writing";
        case SealPhase::Checking:
            return "checking";
        case SealPhase::Done:
            return "done";
        case SealPhase::Failed:
            return "failed";
        case SealPhase::Cancelled:
            return "cancelled";
    }
    return "failed";
}

struct SealDesk::Job {
    PreparedSeal prepared{};
    SealingState state{};
    std::atomic<bool> cancelled{false};
};

SealDesk::~SealDesk() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        for (const auto& job : m_jobs) job->cancelled = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable()) m_thread.join();
}

Result<SealingState> SealDesk::begin(const domain::Actor& actor, const BundleDraft& draft) {
    const auto crowded = [&]() -> Result<void> {
        const std::lock_guard lock(m_mutex);
        if (m_waiting.size() < mostWaiting) return {};
        return refused("busy", "Ten bundles wait to be sealed already.", "Try again when one is done.");
    };
    TM_CHECK(crowded());
    TM_TRY(auto prepared, prepareSeal(m_context, actor, draft));
    auto job = std::make_shared<Job>();
    job->state.ref = prepared.draft.ref;
    job->state.by = actor.id;
    job->state.begunAt = m_context.now();
    job->prepared = std::move(prepared);
    const std::lock_guard lock(m_mutex);
    forgetOldest();
    m_jobs.push_back(job);
    m_waiting.push_back(job);
    if (!m_thread.joinable()) m_thread = std::thread([this] { work(); });
    m_wake.notify_all();
    return job->state;
}

void SealDesk::forgetOldest() {
    if (m_jobs.size() < mostRemembered) return;
    const auto over =
        std::find_if(m_jobs.begin(), m_jobs.end(), [](const auto& job) { return job->state.over(); });
    if (over != m_jobs.end()) m_jobs.erase(over);
}

std::shared_ptr<SealDesk::Job> SealDesk::jobOf(const domain::BundleRef& ref) const {
    const auto job =
        std::find_if(m_jobs.begin(), m_jobs.end(), [&](const auto& one) { return one->state.ref == ref; });
    return job == m_jobs.end() ? nullptr : *job;
}

std::optional<SealingState> SealDesk::find(const domain::BundleRef& ref) const {
    const std::lock_guard lock(m_mutex);
    const auto job = jobOf(ref);
    if (job == nullptr) return std::nullopt;
    return job->state;
}

std::optional<SealingState> SealDesk::await(const domain::BundleRef& ref,
                                            std::chrono::milliseconds patience) {
    std::unique_lock lock(m_mutex);
    const auto job = jobOf(ref);
    if (job == nullptr) return std::nullopt;
    m_over.wait_for(lock, patience, [&] { return job->state.over(); });
    return job->state;
}

bool SealDesk::cancel(const domain::BundleRef& ref) {
    const std::lock_guard lock(m_mutex);
    const auto job = jobOf(ref);
    if (job == nullptr || job->state.over()) return false;
    job->cancelled = true;
    return true;
}

void SealDesk::change(Job& job, const std::function<void(SealingState&)>& edit) {
    const std::lock_guard lock(m_mutex);
    edit(job.state);
}

void SealDesk::seal(Job& job) {
    const auto progress = [&](SealPhase phase, std::uint64_t done, std::uint64_t total) {
        change(job, [&](SealingState& state) {
            state.phase = phase;
            state.done = done;
            state.total = total;
        });
        return !job.cancelled.load();
    };
    auto sealed = runSeal(m_context, job.prepared, progress);
    change(job, [&](SealingState& state) {
        state.endedAt = m_context.now();
        if (sealed) {
            state.phase = SealPhase::Done;
        } else {
            state.phase = sealed.error().type == "cancelled" ? SealPhase::Cancelled : SealPhase::Failed;
            state.error = std::move(sealed).error();
        }
    });
    job.prepared = {};
    m_over.notify_all();
}

void SealDesk::work() {
    for (;;) {
        std::shared_ptr<Job> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [&] { return m_ending || !m_waiting.empty(); });
            if (m_waiting.empty()) return;
            job = m_waiting.front();
            m_waiting.pop_front();
        }
        seal(*job);
    }
}

Result<SealingState> beginSealing(Context& context, const domain::Actor& actor, const BundleDraft& draft) {
    TM_CHECK(stepUp(context, actor, draft.code));
    return context.sealDesk->begin(actor, draft);
}

Result<SealingState> showSealing(Context& context, const domain::Actor& actor, const domain::BundleRef& ref) {
    TM_TRY(const BundleView view, showBundle(context, actor, ref));
    if (auto state = context.sealDesk->find(ref)) return *std::move(state);
    if (view.bundle.state == domain::BundleState::Draft) {
        return refused("sealing-lost",
                       ref.text() + " was prepared, but nobody seals it any more; it stays a draft.",
                       "Seal the audit again.");
    }
    SealingState state;
    state.ref = ref;
    state.by = view.bundle.sealedBy;
    state.phase = SealPhase::Done;
    state.done = state.total = view.bundle.size;
    state.begunAt = view.bundle.createdAt;
    state.endedAt = view.bundle.sealedAt;
    return state;
}

Result<SealingState> cancelSealing(Context& context, const domain::Actor& actor,
                                   const domain::BundleRef& ref) {
    TM_TRY(const BundleView view, showBundle(context, actor, ref));
    TM_CHECK(mustLead(actor, view.audit, "cancel a sealing"));
    if (!context.sealDesk->cancel(ref)) {
        return refused("sealing-over", "Nothing is being sealed for " + ref.text() + " any more.",
                       "Look at the bundle: it is sealed, or a draft.");
    }
    TM_TRY(auto state, showSealing(context, actor, ref));
    return state;
}

}  // namespace tickmark::app
