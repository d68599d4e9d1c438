// The threads of a server: one doorman who accepts and watches deadlines, and the workers.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/RunnableAdapter.h>
#include <Poco/Thread.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "http/server/Core.h"
#include "http/server/Parking.h"
#include "tickmark/http/server/Server.h"

namespace tickmark::http {

class HttpServer final : public Server {
  public:
    HttpServer(ServerOptions options, Router router);
    ~HttpServer() override;

    /// Binds, then starts the threads. Errors: see Server::start.
    [[nodiscard]] Result<void> open();

    [[nodiscard]] std::uint16_t port() const override { return m_port; }
    void stop() override;
    [[nodiscard]] ServerStatistics statistics() const override;
    [[nodiscard]] const Router& router() const override { return m_core.router(); }

  private:
    [[nodiscard]] Result<void> loadTls();
    [[nodiscard]] Result<void> bind();
    [[nodiscard]] Result<void> startThreads();
    void startThread(Poco::Runnable& body);
    /// One worker more, when the bound allows: called by the last one that was free.
    void addWorker() noexcept;
    void work();
    void keepDoor();
    void acceptOne();
    void reap();
    void closeParked();
    void finishAll();

    Core m_core;
    Parking m_parking;
    Poco::Net::Context::Ptr m_tls{};
    Poco::Net::ServerSocket m_listener{};
    std::uint16_t m_port = 0;
    int m_doorbell = -1;
    std::atomic<bool> m_leave{false};
    std::mutex m_stopMutex{};
    bool m_stopped = false;
    Poco::RunnableAdapter<HttpServer> m_doorman{*this, &HttpServer::keepDoor};
    Poco::RunnableAdapter<HttpServer> m_worker{*this, &HttpServer::work};
    std::atomic<unsigned> m_free{0};  ///< workers without a connection
    std::mutex m_crew{};              ///< guards m_threads until stop() has closed the doors
    std::vector<std::unique_ptr<Poco::Thread>> m_threads{};  ///< the doorman first, then the workers
};

}  // namespace tickmark::http
