#include "http/server/HttpServer.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SocketAddress.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <string_view>
#include <thread>

namespace tickmark::http {
namespace {

using namespace std::chrono_literals;
using Poco::Net::Context;

constexpr int reapEvery = 250;  // milliseconds
constexpr int backlog = 1024;
constexpr unsigned firstWorkers = 4;  // more are started when these are busy, up to ServerOptions::threads

// Sanitizers put red zones and shadow frames on the stack.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t stackFactor = 8;
#else
constexpr std::size_t stackFactor = 1;
#endif

std::string endpoint(const ServerOptions& options) {
    const bool six = options.address.find(':') != std::string::npos;
    return (six ? "[" + options.address + "]" : options.address) + ":" + std::to_string(options.port);
}

Error portInUse(const ServerOptions& options) {
    return {ErrorKind::Conflict,
            "port-in-use",
            "Another program already listens on " + endpoint(options) + ".",
            "port",
            {},
            "Stop it or choose another port."};
}

Error listenAddress(const ServerOptions& options) {
    return invalid("listen-address", "address", "This machine cannot listen on " + endpoint(options) + ".",
                   "Use a numeric address of this machine, such as 127.0.0.1.");
}

Error bindError(const ServerOptions& options, int code) {
    if (code == EADDRINUSE) return portInUse(options);
    if (code == EACCES) {
        return environment("listen-refused",
                           "The system does not let this program listen on " + endpoint(options) + ".",
                           "Use a port above 1023.");
    }
    return listenAddress(options);
}

/// The peer's address as text; an IPv4 peer of an IPv6 socket looks like any other IPv4 peer.
std::string addressText(const Poco::Net::SocketAddress& peer) {
    std::string text = peer.host().toString();
    constexpr std::string_view mapped = "::ffff:";
    if (text.starts_with(mapped) && text.find('.') != std::string::npos) text.erase(0, mapped.size());
    return text;
}

}  // namespace

HttpServer::HttpServer(ServerOptions options, Router router)
    : m_core(std::move(options), std::move(router)), m_parking(m_core.limits()) {}

HttpServer::~HttpServer() {
    stop();
    if (m_doorbell >= 0) ::close(m_doorbell);
}

Result<void> HttpServer::open() {
    TM_CHECK(loadTls());
    TM_CHECK(m_parking.open());
    m_doorbell = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (m_doorbell < 0) {
        return environment("no-file-descriptors", "The system gives no more file descriptors.",
                           "Raise the limit of open files.");
    }
    TM_CHECK(bind());
    return startThreads();
}

Result<void> HttpServer::loadTls() {
    const ServerOptions& options = m_core.options();
    if (options.tlsCertificate.empty()) return {};
    try {
        Poco::Net::initializeSSL();
        Context::Params params;
        params.certificateFile = options.tlsCertificate;
        params.privateKeyFile = options.tlsKey;
        params.verificationMode = Context::VERIFY_NONE;
        params.cipherList = "ECDHE+AESGCM:ECDHE+CHACHA20";
        m_tls = new Context(Context::TLS_SERVER_USE, params);
        m_tls->requireMinimumProtocol(Context::PROTO_TLSV1_2);
        m_tls->preferServerCiphers();
    } catch (const Poco::Exception& e) {
        m_core.log({}, e.displayText());
        return invalid("tls-certificate", "tls certificate", "The TLS certificate or its key cannot be used.",
                       "Give a PEM file with the certificate chain and a PEM file with its unencrypted key.");
    }
    return {};
}

Result<void> HttpServer::bind() {
    const ServerOptions& options = m_core.options();
    try {
        const Poco::Net::SocketAddress address(Poco::Net::IPAddress(options.address), options.port);
        // Without SO_REUSEPORT: a second server beside the first must fail instead of taking half its
        // clients.
        m_listener.bind(address, true, false);
        m_listener.listen(backlog);
        ::fcntl(m_listener.impl()->sockfd(), F_SETFD, FD_CLOEXEC);
        m_port = m_listener.address().port();
    } catch (const Poco::Net::NetException& e) {
        return bindError(options, e.code());
    } catch (const Poco::Exception& e) {
        return bindError(options, e.code());
    }
    return {};
}

Result<void> HttpServer::startThreads() {
    try {
        const std::scoped_lock lock(m_crew);
        startThread(m_doorman);
        for (unsigned i = 0; i < std::clamp(m_core.options().threads, 1U, firstWorkers); ++i)
            startThread(m_worker);
    } catch (const Poco::Exception& e) {
        m_core.log({}, e.displayText());
        return environment("no-threads", "The system gives no more threads.", "Lower the number of threads.");
    }
    return {};
}

void HttpServer::startThread(Poco::Runnable& body) {
    auto thread = std::make_unique<Poco::Thread>();
    thread->setStackSize(static_cast<int>(m_core.options().stackBytes * stackFactor));
    thread->start(body);
    m_threads.push_back(std::move(thread));
}

void HttpServer::addWorker() noexcept {
    try {
        const std::scoped_lock lock(m_crew);
        // Another one may have come meanwhile. The doorman is among the threads.
        if (m_free > 0 || m_threads.size() > m_core.options().threads || m_core.stopping()) return;
        startThread(m_worker);
    } catch (const std::exception& e) {
        // Those that are there go on: a connection waits a little longer for one of them.
        m_core.log({}, std::string("no more threads: ") + e.what());
    }
}

void HttpServer::work() {
    while (!m_leave) {
        ++m_free;
        const auto claim = m_parking.next();
        const bool wasLast = --m_free == 0;
        if (!claim) continue;
        if (wasLast) addWorker();
        const Io state = m_parking.at(*claim).advance();
        if (state == Io::Closed) {
            m_parking.end(*claim);
        } else {
            m_parking.park(*claim, state);
        }
    }
}

void HttpServer::keepDoor() {
    std::array<pollfd, 2> doors{};
    doors[0].fd = m_listener.impl()->sockfd();
    doors[0].events = POLLIN;
    doors[1].fd = m_doorbell;
    doors[1].events = POLLIN;
    auto reaped = std::chrono::steady_clock::now();
    while (!m_core.stopping()) {
        const int ready = ::poll(doors.data(), doors.size(), reapEvery);
        if (ready > 0 && (doors[0].revents & POLLIN) != 0) acceptOne();
        const auto now = std::chrono::steady_clock::now();
        if (now - reaped < std::chrono::milliseconds(reapEvery)) continue;
        reaped = now;
        reap();
    }
}

void HttpServer::acceptOne() {
    try {
        Poco::Net::SocketAddress peer;
        Poco::Net::StreamSocket socket = m_listener.acceptConnection(peer);
        const std::string address = addressText(peer);
        Parking::Admission admission = m_parking.admit(address);
        if (admission == Parking::Admission::Full) {
            // An idle connection costs its owner a reconnect; a refused one costs somebody the page.
            if (const auto idle = m_parking.claimLongestIdle()) {
                m_parking.end(*idle);
                admission = m_parking.admit(address);
            }
        }
        if (admission != Parking::Admission::Admitted) {
            ++m_core.counters().refused;
            return;
        }
        ++m_core.counters().accepted;
        m_parking.enter(std::make_unique<Connection>(Transport(socket, m_tls), m_core, address));
    } catch (const Poco::Exception& e) {
        // Out of descriptors, or the client left before it was let in. The pause keeps the former from
        // spinning.
        m_core.log({}, "accepting: " + e.displayText());
        std::this_thread::sleep_for(20ms);
    }
}

void HttpServer::reap() {
    m_parking.claimExpired(std::chrono::steady_clock::now(), [this](const Parking::Claim& claim) {
        m_parking.at(claim).expire();
        m_parking.end(claim);
    });
}

void HttpServer::closeParked() {
    m_parking.claimEach([](const Connection& connection) { return !connection.sending(); },
                        [this](const Parking::Claim& claim) { m_parking.end(claim); });
}

void HttpServer::finishAll() {
    const auto deadline = std::chrono::steady_clock::now() + m_core.limits().stopDeadline;
    closeParked();
    while (m_parking.count() > 0 && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(2ms);
        closeParked();
    }
    // What has not finished by now loses its socket; its thread then comes back by itself.
    m_parking.cutAll();
    while (m_parking.count() > 0) {
        std::this_thread::sleep_for(2ms);
        m_parking.claimEach([](const Connection&) { return true; },
                            [this](const Parking::Claim& claim) { m_parking.end(claim); });
    }
}

void HttpServer::stop() {
    const std::scoped_lock lock(m_stopMutex);
    if (m_stopped) return;
    m_stopped = true;
    {
        const std::scoped_lock crew(m_crew);  // whoever adds a worker has finished; nobody does from now on
        m_core.setStopping();
    }
    if (m_doorbell >= 0) ::eventfd_write(m_doorbell, 1);
    if (!m_threads.empty()) m_threads.front()->join();
    m_listener.close();
    if (m_threads.size() > 1) finishAll();
    m_leave = true;
    m_parking.wakeAll();
    for (std::size_t i = 1; i < m_threads.size(); ++i) m_threads[i]->join();
    m_threads.clear();
}

ServerStatistics HttpServer::statistics() const {
    const Counters& counters = m_core.counters();
    ServerStatistics figures;
    figures.accepted = counters.accepted;
    figures.refused = counters.refused;
    figures.requests = counters.requests;
    figures.malformed = counters.malformed;
    figures.timedOut = counters.timedOut;
    figures.running = counters.running;
    figures.open = m_parking.count();
    return figures;
}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Router router) {
    auto server = std::make_unique<HttpServer>(std::move(options), std::move(router));
    TM_CHECK(server->open());
    return std::unique_ptr<Server>(std::move(server));
}

}  // namespace tickmark::http
