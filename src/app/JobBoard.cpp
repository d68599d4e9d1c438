#include <algorithm>

#include "app/Access.h"
#include "tickmark/app/Upkeep.h"

namespace tickmark::app {

JobState& JobBoard::jobNamed(const std::string& name) {
    const auto known =
        std::find_if(m_jobs.begin(), m_jobs.end(), [&](const auto& job) { return job.name == name; });
    if (known != m_jobs.end()) return *known;
    m_jobs.emplace_back();
    m_jobs.back().name = name;
    return m_jobs.back();
}

void JobBoard::begin(const std::string& name, Timestamp at) {
    const std::lock_guard lock(m_mutex);
    JobState& job = jobNamed(name);
    job.running = true;
    job.began = at;
    job.next.reset();
}

void JobBoard::end(const std::string& name, Timestamp at, std::int64_t pauseSeconds,
                   const std::string& result) {
    const std::lock_guard lock(m_mutex);
    JobState& job = jobNamed(name);
    job.running = false;
    ++job.passes;
    job.ended = at;
    job.next = at.plusSeconds(pauseSeconds);
    if (!result.empty()) job.result = result;
}

void JobBoard::fail(const std::string& name, Timestamp at, std::int64_t pauseSeconds,
                    const std::string& error) {
    const std::lock_guard lock(m_mutex);
    JobState& job = jobNamed(name);
    job.running = false;
    ++job.passes;
    job.ended = at;
    job.next = at.plusSeconds(pauseSeconds);
    job.error = error;
    job.errorAt = at;
}

std::vector<JobState> JobBoard::all() const {
    const std::lock_guard lock(m_mutex);
    return m_jobs;
}

Result<std::vector<JobState>> listJobs(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "see background work"));
    return context.jobs->all();
}

}  // namespace tickmark::app
