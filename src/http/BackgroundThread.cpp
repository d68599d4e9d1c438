#include "http/BackgroundThread.h"

#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tickmark/app/DailyDigest.h"
#include "tickmark/app/MalwareScan.h"
#include "tickmark/app/TextIndex.h"
#include "tickmark/app/Upkeep.h"

namespace tickmark::http {
namespace {

constexpr std::int64_t digestPause = 300;
constexpr std::int64_t indexPause = 1;
constexpr std::int64_t scanPause = 2;
constexpr std::int64_t troubledPause = 30;

void complain(std::string_view work, const std::string& what) {
    std::cerr << work << ": " << what << std::endl;
}

/// One for each person whose mail did not go, or why none went.
std::vector<std::string> troublesOf(const Result<std::vector<app::DigestOutcome>>& outcomes) {
    if (!outcomes) return {describe(outcomes.error())};
    std::vector<std::string> troubles;
    for (const auto& outcome : *outcomes) {
        if (!outcome.error.empty()) troubles.push_back(outcome.account + ": " + outcome.error);
    }
    return troubles;
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
        context.jobs->begin("digests", context.now());
        const std::vector<std::string> troubles = troublesOf(app::sendDigests(context, run));
        for (const std::string& trouble : troubles) complain(work, trouble);
        if (troubles.empty()) return context.jobs->end("digests", context.now(), digestPause);
        context.jobs->fail("digests", context.now(), digestPause, troubles.back());
    };
}

/// Until nothing waits, the scanner is away or the server ends.
Result<app::ScanPass> scanAll(app::Context& context, const GoesOn& goesOn) {
    app::ScanPass all;
    do {
        TM_TRY(const app::ScanPass pass, app::scanEvidence(context, goesOn));
        all.scanned += pass.scanned;
        all.failed += pass.failed;
        all.trouble = pass.trouble;
        all.isDone = pass.isDone;
    } while (!all.isDone && goesOn());
    return all;
}

std::function<void(const GoesOn&)> scanPass(app::Context& context) {
    return [&context, notBefore = Timestamp{}](const GoesOn& goesOn) mutable {
        if (context.settings.clamd.empty() || context.now() < notBefore) return;
        context.jobs->begin("malware-scan", context.now());
        const auto all = scanAll(context, goesOn);
        if (!all) {
            context.jobs->fail("malware-scan", context.now(), scanPause, describe(all.error()));
            return complain("Evidence was not scanned", describe(all.error()));
        }
        if (all->failed > 0) {
            // A scanner that is away is not asked for each file that waits, nor told of every two seconds.
            if (all->scanned == 0) notBefore = context.now().plusSeconds(troubledPause);
            complain("Evidence was not scanned", all->trouble);
            return context.jobs->fail("malware-scan", context.now(), scanPause, all->trouble);
        }
        context.jobs->end(
            "malware-scan", context.now(), scanPause,
            all->scanned == 0 ? std::string() : std::to_string(all->scanned) + " files were scanned.");
    };
}

std::function<void(const GoesOn&)> indexPass(app::Context& context) {
    return [&context, seen = std::optional<std::uint64_t>()](const GoesOn& goesOn) mutable {
        const std::uint64_t stamp = context.database->changeStamp();
        if (seen == stamp) return;
        context.jobs->begin("full-text", context.now());
        const auto pass = app::indexText(context, {}, goesOn);
        if (!pass) {
            context.jobs->fail("full-text", context.now(), indexPause, describe(pass.error()));
            return complain("The full text was not brought up to date", describe(pass.error()));
        }
        const std::string read = pass->documents == 0 ? std::string()
                                                      : "The text of " + std::to_string(pass->documents) +
                                                            " things was brought up to date.";
        context.jobs->end("full-text", context.now(), indexPause, read);
        // A pass that wrote changed the stamp itself; one that wrote nothing has seen everything.
        if (pass->documents == 0) seen = stamp;
    };
}

}  // namespace tickmark::http
