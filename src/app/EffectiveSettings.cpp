// The settings as the running server has them, with where each comes from.
#include "app/Access.h"
#include "tickmark/app/KeyOverview.h"

namespace tickmark::app {
namespace {

/// An address with user and password shows neither.
std::string masked(const std::string& value) {
    const std::size_t scheme = value.find("://");
    if (scheme == std::string::npos) return value;
    const std::size_t host = scheme + 3;
    const std::size_t path = value.find('/', host);
    const std::size_t sign = value.rfind('@', path == std::string::npos ? value.size() : path);
    if (sign == std::string::npos || sign < host) return value;
    return value.substr(0, host) + "***" + value.substr(sign);
}

}  // namespace

Result<std::vector<EffectiveSetting>> effectiveSettings(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "see the settings"));
    const auto running = context.settings.values();
    TM_TRY(const auto inFile, Settings::keysIn(context.directory.settings()));
    // A file that was broken since the start is as good as another one: each setting waits for a restart.
    const auto fresh = Settings::read(context.directory.settings());
    const auto later = fresh ? fresh->values() : std::map<std::string, std::string>{};
    std::vector<EffectiveSetting> settings;
    for (const auto& [key, value] : running) {
        const auto now = later.find(key);
        settings.push_back(
            {key, masked(value), inFile.contains(key), now == later.end() || now->second != value});
    }
    return settings;
}

}  // namespace tickmark::app
