// Looking before measuring: which files there are, their columns, and what a rule would give.
#include "app/Access.h"
#include "app/KpiAccess.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/app/Lists.h"
#include "tickmark/codec/CsvStream.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/EvidenceRows.h"

namespace tickmark::app {
namespace {

constexpr std::size_t atOnce = std::size_t{64} * 1024;

bool isCsv(const storage::EvidenceRow& row) {
    return row.mediaType == "text/csv" || lower(row.originalName).ends_with(".csv");
}

/// Reads until the header is known.
Result<std::vector<std::string>> headerOf(ByteSource& source) {
    std::vector<std::string> columns;
    bool known = false;
    codec::CsvStream stream(
        [&](const std::vector<std::string>& header) -> Result<void> {
            columns = header;
            known = true;
            return {};
        },
        [](std::size_t, const std::vector<std::string>&) -> Result<void> { return {}; });
    std::vector<std::uint8_t> buffer(atOnce);
    while (!known) {
        TM_TRY(const std::size_t count, source.read(buffer));
        if (count == 0) {
            TM_CHECK(stream.finish());
            break;
        }
        auto fed = stream.feed(textOf(ByteView(buffer).first(count)));
        // A row that is wrong is named by the preview; the columns are known all the same.
        if (!fed && !known) return std::move(fed).error();
    }
    return columns;
}

}  // namespace

Result<domain::RuleOutcome> previewSeries(Context& context, const domain::Actor& actor,
                                          const domain::KpiRef& ref, const std::string& evidence,
                                          const domain::MeasurementRule& rule) {
    TM_CHECK(mustMeasureKpis(actor));
    struct Start {
        domain::Kpi kpi{};
        domain::EvidenceVersion version{};
    };
    TM_TRY(const Start start, context.database->read([&](storage::ReadSession& session) -> Result<Start> {
        Start found;
        TM_TRY(found.kpi, storage::kpiByRef(session, ref));
        TM_TRY(found.version, provingVersion(session, scopeOf(context, actor), evidence));
        return found;
    }));
    domain::MeasurementRule checked = rule;
    TM_CHECK(domain::validate(checked));
    TM_TRY(const Download download,
           downloadEvidence(context, actor, {start.version.ref, start.version.number}));
    return readByRule(*download.bytes, checked, start.kpi.liveOn);
}

Result<std::vector<CsvVersion>> csvVersions(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustMeasureKpis(actor));
    const auto scope = scopeOf(context, actor);
    storage::EvidenceFilter filter;
    filter.states = {domain::EvidenceState::Received, domain::EvidenceState::UnderReview,
                     domain::EvidenceState::Accepted};
    TM_TRY(const auto rows, context.database->read([&](storage::ReadSession& session) {
        return everyRow([&](const storage::PageRequest& page) {
            return storage::listEvidence(session, scope, filter, page);
        });
    }));
    std::vector<CsvVersion> found;
    for (const storage::EvidenceRow& row : rows) {
        if (!isCsv(row)) continue;
        found.push_back({row.ref + "/v" + std::to_string(row.number), row.title, row.originalName});
    }
    return found;
}

Result<std::vector<std::string>> csvColumns(Context& context, const domain::Actor& actor,
                                            const std::string& evidence) {
    TM_CHECK(mustMeasureKpis(actor));
    TM_TRY(const domain::EvidenceVersion version, context.database->read([&](storage::ReadSession& session) {
        return provingVersion(session, scopeOf(context, actor), evidence);
    }));
    TM_TRY(const auto bytes, context.archive->open(version.digest));
    return headerOf(*bytes);
}

}  // namespace tickmark::app
