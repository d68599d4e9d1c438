// Serving a data directory until somebody ends it.
#include <malloc.h>
#include <pthread.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <iostream>
#include <thread>

#include "http/BackgroundThread.h"
#include "http/ListenAddress.h"
#include "http/Systemd.h"
#include "http/gate/Telemetry.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/app/Upkeep.h"
#include "tickmark/app/Uploads.h"
#include "tickmark/http/WebApp.h"
#include "tickmark/storage/DataLock.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::http {
namespace {

Result<void> mustBePrivate(const app::Settings& settings, const ListenAddress& listen) {
    const bool tls = !settings.tlsCertificate.empty() && !settings.tlsKey.empty();
    if (tls || listen.isLoopback()) return {};
    return refused("tls-needed",
                   "Passwords and evidence would cross the network in the open: " + listen.address +
                       " is not an address of this machine alone.",
                   "Name a certificate and its key in tickmark.conf (tls_certificate, tls_key), or listen on "
                   "127.0.0.1.");
}

ServerOptions optionsOf(const app::Settings& settings, const ListenAddress& listen) {
    ServerOptions options;
    options.address = listen.address;
    options.port = listen.port;
    options.tlsCertificate = settings.tlsCertificate;
    options.tlsKey = settings.tlsKey;
    // A name that somebody else's DNS points at this machine must not open a door here.
    if (listen.isLoopback()) options.hostNames = {"127.0.0.1", "localhost", "[::1]", listen.host()};
    return options;
}

/// glibc gives each of many threads a heap of its own, which keeps what a burst of requests needed once. As
/// many as there are processors are enough for speed.
void boundMemory() {
    constexpr unsigned fewest = 2;
    ::mallopt(M_ARENA_MAX, static_cast<int>(std::max(fewest, std::thread::hardware_concurrency())));
}

/// Signals that end the server are taken by wait() alone: every thread started meanwhile inherits the mask.
class EndingSignals {
  public:
    EndingSignals() {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGINT);
        sigaddset(&m_signals, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &m_signals, &m_before);
    }
    EndingSignals(const EndingSignals&) = delete;
    EndingSignals& operator=(const EndingSignals&) = delete;
    ~EndingSignals() { pthread_sigmask(SIG_SETMASK, &m_before, nullptr); }

    /// False when that much time passed without a signal.
    [[nodiscard]] bool waitFor(std::chrono::seconds most) const {
        const timespec limit{most.count(), 0};
        int taken = 0;
        do {
            taken = sigtimedwait(&m_signals, nullptr, &limit);
        } while (taken < 0 && errno == EINTR);
        return taken > 0;
    }

  private:
    sigset_t m_signals{};
    sigset_t m_before{};
};

void announce(const app::Context& context, const ListenAddress& listen, std::uint16_t port, bool tls) {
    const std::string address =
        std::string(tls ? "https://" : "http://") + listen.host() + ":" + std::to_string(port);
    std::cout << "Tickmark serves " << address << " (data " << context.directory.root.string() << ")\n"
              << "Sign in at " << address << "/login\n"
              << "End it with Ctrl-C." << std::endl;
}

constexpr std::chrono::minutes sweepEvery{10};

/// What is swept lets nobody in any more, so a failure may wait for the next time.
void sweep(app::Context& context) {
    const auto pass = [&](const std::string& name, std::string_view trouble, const auto& work) {
        constexpr std::int64_t pause = std::chrono::seconds(sweepEvery).count();
        context.jobs->begin(name, context.now());
        const auto done = work(context);
        if (done) return context.jobs->end(name, context.now(), pause);
        std::cerr << trouble << describe(done.error()) << std::endl;
        context.jobs->fail(name, context.now(), pause, describe(done.error()));
    };
    pass("sign-in-sweep", "Ended sessions were not swept: ", app::sweepSignIns);
    pass("upload-sweep", "Abandoned uploads were not swept: ", app::sweepUploads);
    pass("upkeep", "Proofs and backups that are due were not begun: ", app::beginDueUpkeep);
    pass("storage-sample", "The sizes of the day were not kept: ", app::sampleStorage);
}

/// Sweeps, and tells the service manager that the server lives, until a signal ends it. A server whose
/// catalog cannot be read gives no sign of life: a new start is what may help it.
void waitForTheEnd(app::Context& context, const EndingSignals& ending, const Systemd& manager) {
    using Steady = std::chrono::steady_clock;
    const auto step = std::min<std::chrono::seconds>(sweepEvery, manager.patience().value_or(sweepEvery));
    auto sweepNext = Steady::now();
    do {
        if (Steady::now() >= sweepNext) {
            sweep(context);
            sweepNext = Steady::now() + sweepEvery;
        }
        const auto head = context.database->read(
            [](storage::ReadSession& session) { return storage::ledgerHead(session); });
        if (head) manager.alive();
    } while (!ending.waitFor(step));
}

Result<ListenAddress> addressOf(const app::Settings& settings, const std::string& listen) {
    TM_TRY(const ListenAddress address, ListenAddress::parse(listen.empty() ? settings.listen : listen));
    TM_CHECK(mustBePrivate(settings, address));
    return address;
}

}  // namespace

Result<void> checkConfiguration(const std::filesystem::path& data, const std::string& listen) {
    TM_TRY(const auto context,
           app::openContext(data, app::OpenMode::ReadOnly, std::make_shared<SystemClock>()));
    TM_TRY(const ListenAddress address, addressOf(context->settings, listen));
    const bool tls = !context->settings.tlsCertificate.empty();
    std::cout << "The configuration is sound: " << (tls ? "https" : "http") << " on " << address.host() << ":"
              << address.port << ", data " << context->directory.root.string() << std::endl;
    return {};
}

Result<std::unique_ptr<Server>> startWebServer(WebApp& web, ServerOptions options) {
    TM_TRY(options.hooks, gateOf(web));
    Router router;
    TM_CHECK(addApiRoutes(router, web));
    TM_CHECK(addPageRoutes(router, web));
    TM_TRY(std::unique_ptr<Server> server, Server::start(std::move(options), std::move(router)));
    web.telemetry->server = server.get();
    return server;
}

Result<void> serve(const std::filesystem::path& data, const std::string& listen) {
    boundMemory();
    const EndingSignals ending;
    TM_TRY(const auto context,
           app::openContext(data, app::OpenMode::ReadWrite, std::make_shared<SystemClock>()));
    TM_TRY(const storage::DataLock lock, storage::DataLock::serving(data));
    TM_TRY(const ListenAddress address, addressOf(context->settings, listen));
    WebApp web;
    web.context = context.get();
    TM_TRY(const std::unique_ptr<Server> server, startWebServer(web, optionsOf(context->settings, address)));
    ::malloc_trim(0);  // what opening the data and reading the templates needed once
    announce(*context, address, server->port(), !context->settings.tlsCertificate.empty());
    const BackgroundThread digests(std::chrono::minutes(5), digestPass(*context));
    const BackgroundThread fullText(std::chrono::seconds(1), indexPass(*context));
    const BackgroundThread scans(std::chrono::seconds(2), scanPass(*context));
    const Systemd manager;
    manager.ready();
    waitForTheEnd(*context, ending, manager);
    manager.stopping();
    std::cout << "Stopping; running requests may finish." << std::endl;
    server->stop();
    web.telemetry->server = nullptr;
    return {};
}

}  // namespace tickmark::http
