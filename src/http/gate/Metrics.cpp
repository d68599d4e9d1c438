#include "http/gate/Metrics.h"

#include <prometheus/text_serializer.h>

#include <algorithm>

#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/MalwareScans.h"

namespace tickmark::http {
namespace {

const prometheus::Histogram::BucketBoundaries buckets{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                      0.1,    0.25,  0.5,    1,     2.5,  10};

}  // namespace

Metrics::Metrics()
    : m_requests(prometheus::BuildCounter()
                     .Name("tickmark_requests_total")
                     .Help("Answers by route and class of status")
                     .Register(m_registry)),
      m_seconds(prometheus::BuildHistogram()
                    .Name("tickmark_request_seconds")
                    .Help("From the end of the request's head to its answer, by route")
                    .Register(m_registry)),
      m_uploaded(prometheus::BuildCounter()
                     .Name("tickmark_uploaded_bytes_total")
                     .Help("Bytes of evidence received")
                     .Register(m_registry)
                     .Add({})) {}

Metrics::RouteFigures& Metrics::figuresOf(const Route* route) {
    {
        const std::shared_lock lock(m_routesMutex);
        if (const auto known = m_routes.find(route); known != m_routes.end()) return *known->second;
    }
    const std::string name = route == nullptr ? "none" : route->name;
    auto made = std::make_unique<RouteFigures>();
    for (std::size_t hundred = 1; hundred < made->byClass.size(); ++hundred) {
        made->byClass[hundred] =
            &m_requests.Add({{"route", name}, {"status", std::to_string(hundred) + "xx"}});
    }
    made->byClass[0] = made->byClass[5];
    made->seconds = &m_seconds.Add({{"route", name}}, buckets);
    const std::unique_lock lock(m_routesMutex);
    return *m_routes.try_emplace(route, std::move(made)).first->second;
}

void Metrics::count(const Route* route, int status, std::chrono::duration<double> took) {
    RouteFigures& figures = figuresOf(route);
    const auto hundred = static_cast<std::size_t>(std::clamp(status / 100, 1, 5));
    figures.byClass[hundred]->Increment();
    figures.seconds->Observe(took.count());
}

prometheus::Gauge& Metrics::gauge(const std::string& name, const std::string& help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(m_registry).Add({});
}

Result<void> Metrics::sampleMalware(app::Context& context) {
    if (context.settings.clamd.empty()) return {};
    TM_TRY(const storage::MalwareCounts counts, context.database->read([](storage::ReadSession& session) {
        return storage::malwareCounts(session);
    }));
    const auto set = [this](const std::string& name, const std::string& help, std::int64_t value) {
        gauge(name, help).Set(static_cast<double>(value));
    };
    set("tickmark_malware_objects_clean", "Objects in which the scanner found nothing", counts.clean);
    set("tickmark_malware_objects_infected", "Objects in which the scanner found something", counts.infected);
    set("tickmark_malware_objects_failed", "Objects that were tried and not scanned", counts.failed);
    set("tickmark_malware_objects_waiting", "Objects that were not tried yet", counts.waiting);
    return {};
}

Result<void> Metrics::sample(app::Context& context, const Server* server) {
    TM_TRY(const storage::LedgerHead head, context.database->read([](storage::ReadSession& session) {
        return storage::ledgerHead(session);
    }));
    const storage::DatabaseFigures figures = context.database->figures();
    const auto set = [this](const std::string& name, const std::string& help, std::uint64_t value) {
        gauge(name, help).Set(static_cast<double>(value));
    };
    set("tickmark_ledger_entries", "Entries of the ledger", head.size);
    set("tickmark_database_writes", "Changes answered since the start", figures.writes);
    set("tickmark_database_commits", "Commits since the start; each holds one or more changes",
        figures.commits);
    set("tickmark_database_reads", "Snapshots read since the start", figures.reads);
    TM_CHECK(sampleMalware(context));
    if (server == nullptr) return {};
    const ServerStatistics statistics = server->statistics();
    set("tickmark_connections_open", "Connections now", statistics.open);
    set("tickmark_connections_accepted", "Connections since the start", statistics.accepted);
    set("tickmark_connections_refused", "Connections closed by a cap since the start", statistics.refused);
    set("tickmark_connections_timed_out", "Connections ended by a deadline since the start",
        statistics.timedOut);
    set("tickmark_requests_running", "Requests now", statistics.running);
    set("tickmark_requests_malformed", "Request heads refused since the start", statistics.malformed);
    return {};
}

Result<std::string> Metrics::text(app::Context& context, const Server* server) {
    const std::lock_guard lock(m_sampling);
    TM_CHECK(sample(context, server));
    return prometheus::TextSerializer().Serialize(m_registry.Collect());
}

}  // namespace tickmark::http
