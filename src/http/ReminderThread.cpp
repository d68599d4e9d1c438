#include "http/ReminderThread.h"

#include <chrono>
#include <exception>
#include <iostream>

#include "tickmark/app/DailyDigest.h"

namespace tickmark::http {
namespace {

constexpr std::chrono::minutes betweenPasses{5};

void complain(const std::string& what) {
    std::cerr << "The digests were not all sent: " << what << std::endl;
}

void pass(app::Context& context, const std::function<bool()>& goOn) {
    app::DigestRun run;
    run.goOn = goOn;
    try {
        const auto outcomes = app::sendDigests(context, run);
        if (!outcomes) return complain(describe(outcomes.error()));
        for (const auto& outcome : *outcomes) {
            if (!outcome.error.empty()) complain(outcome.account + ": " + outcome.error);
        }
    } catch (const std::exception& failure) {
        complain(failure.what());
    }
}

}  // namespace

ReminderThread::ReminderThread(app::Context& context) : m_context(context) {
    if (!context.settings.smtpUrl.empty() && !context.settings.digestFrom.empty())
        m_thread = std::thread([this] { run(); });
}

ReminderThread::~ReminderThread() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable()) m_thread.join();
}

bool ReminderThread::goesOn() {
    const std::lock_guard lock(m_mutex);
    return !m_ending;
}

void ReminderThread::run() {
    for (;;) {
        pass(m_context, [this] { return goesOn(); });
        std::unique_lock lock(m_mutex);
        if (m_wake.wait_for(lock, betweenPasses, [this] { return m_ending; })) return;
    }
}

}  // namespace tickmark::http
