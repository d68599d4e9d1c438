// A CSV file, streamed through a measurement rule.
#include <array>
#include <optional>

#include "tickmark/app/Kpis.h"
#include "tickmark/codec/CsvStream.h"

namespace tickmark::app {

Result<domain::RuleOutcome> readByRule(ByteSource& source, const domain::MeasurementRule& rule,
                                       std::optional<Date> liveOn) {
    std::optional<domain::RuleRun> run;
    codec::CsvStream stream(
        [&](const std::vector<std::string>& header) -> Result<void> {
            TM_TRY(domain::RuleRun begun, domain::RuleRun::begin(rule, header));
            run.emplace(std::move(begun));
            return {};
        },
        [&](std::size_t line, const std::vector<std::string>& cells) { return run->row(line, cells); });
    constexpr std::size_t atOnce = std::size_t{64} * 1024;
    std::vector<std::uint8_t> buffer(atOnce);
    for (;;) {
        TM_TRY(const std::size_t count, source.read(buffer));
        if (count == 0) break;
        TM_CHECK(stream.feed(textOf(ByteView(buffer).first(count))));
    }
    TM_CHECK(stream.finish());
    return run->finish(liveOn);
}

}  // namespace tickmark::app
