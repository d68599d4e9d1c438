// Figures for /metrics in the Prometheus text format.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <chrono>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "tickmark/app/Context.h"
#include "tickmark/http/server/Server.h"

namespace tickmark::http {

class Metrics {
  public:
    Metrics();

    /// Counts one answer. `route` is nullptr when no route matched.
    void count(const Route* route, int status, std::chrono::duration<double> took);
    void addUploaded(std::uint64_t bytes) { m_uploaded.Increment(static_cast<double>(bytes)); }
    /// The whole document; reads the database and, when given, the server's figures.
    [[nodiscard]] Result<std::string> text(app::Context& context, const Server* server);

  private:
    /// What one route counts; looked up once per request without the library's label maps.
    struct RouteFigures {
        std::array<prometheus::Counter*, 6> byClass{};  ///< index 2 for 2xx …
        prometheus::Histogram* seconds = nullptr;
    };
    [[nodiscard]] RouteFigures& figuresOf(const Route* route);
    prometheus::Gauge& gauge(const std::string& name, const std::string& help);
    [[nodiscard]] Result<void> sampleMalware(app::Context& context);
    [[nodiscard]] Result<void> sample(app::Context& context, const Server* server);

    prometheus::Registry m_registry{};
    prometheus::Family<prometheus::Counter>& m_requests;
    prometheus::Family<prometheus::Histogram>& m_seconds;
    prometheus::Counter& m_uploaded;
    std::shared_mutex m_routesMutex{};
    std::unordered_map<const Route*, std::unique_ptr<RouteFigures>> m_routes{};
    std::mutex m_sampling{};
};

}  // namespace tickmark::http
