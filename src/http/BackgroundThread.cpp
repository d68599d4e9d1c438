#include "http/BackgroundThread.h"

#include <exception>
#include <iostream>
#include <optional>
#include <utility>

#include "tickmark/app/DailyDigest.h"
#include "tickmark/app/TextIndex.h"

namespace tickmark::http {
namespace {

void complain(std::string_view work, const std::string& what) {
    std::cerr << work << ": " << what << std::endl;
}

}  // namespace

BackgroundThread::BackgroundThread(std::chrono::milliseconds pause, std::function<void(const GoesOn&)> pass)
    : m_pause(pause), m_pass(std::move(pass)) {
    m_thread = std::thread([this] { run(); });
}

BackgroundThread::~BackgroundThread() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

bool BackgroundThread::goesOn() {
    const std::lock_guard lock(m_mutex);
    return !m_ending;
}

void BackgroundThread::passOnce() {
    try {
        m_pass([this] { return goesOn(); });
    } catch (const std::exception& failure) {
        complain("A pass in the background failed", failure.what());
    }
}

void BackgroundThread::run() {
    for (;;) {
        passOnce();
        std::unique_lock lock(m_mutex);
        if (m_wake.wait_for(lock, m_pause, [this] { return m_ending; })) return;
    }
}

std::function<void(const GoesOn&)> digestPass(app::Context& context) {
    return [&context](const GoesOn& goesOn) {
        if (context.settings.smtpUrl.empty() || context.settings.digestFrom.empty()) return;
        constexpr std::string_view work = "The digests were not all sent";
        app::DigestRun run;
        run.goOn = goesOn;
        const auto outcomes = app::sendDigests(context, run);
        if (!outcomes) return complain(work, describe(outcomes.error()));
        for (const auto& outcome : *outcomes) {
            if (!outcome.error.empty()) complain(work, outcome.account + ": " + outcome.error);
        }
    };
}

std::function<void(const GoesOn&)> indexPass(app::Context& context) {
    return [&context, seen = std::optional<std::uint64_t>()](const GoesOn& goesOn) mutable {
        const std::uint64_t stamp = context.database->changeStamp();
        if (seen == stamp) return;
        const auto pass = app::indexText(context, {}, goesOn);
        if (!pass) return complain("The full text was not brought up to date", describe(pass.error()));
        // A pass that wrote changed the stamp itself; one that wrote nothing has seen everything.
        if (pass->documents == 0) seen = stamp;
    };
}

}  // namespace tickmark::http
