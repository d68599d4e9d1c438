#include "app/MediaType.h"

#include <magic.h>

#include <algorithm>
#include <memory>

namespace tickmark::app {
namespace {

struct MagicCloser {
    void operator()(magic_t cookie) const noexcept { magic_close(cookie); }
};
using Magic = std::unique_ptr<magic_set, MagicCloser>;

/// Looking inside containers is left out: evidence is never unpacked on the server.
Magic openRules() {
    Magic rules(magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
                           MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF));
    if (rules && magic_load(rules.get(), nullptr) != 0) rules.reset();
    return rules;
}

}  // namespace

std::string mediaTypeOf(ByteView head) {
    thread_local const Magic rules = openRules();
    const char* found = rules ? magic_buffer(rules.get(), head.data(), head.size()) : nullptr;
    return found == nullptr ? "application/octet-stream" : found;
}

Result<std::size_t> TypeSniffer::read(std::span<std::uint8_t> buffer) {
    auto count = m_source->read(buffer);
    if (!count || m_judged) return count;
    const std::size_t wanted = std::min(*count, mediaTypeHead - m_head.size());
    m_head.insert(m_head.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(wanted));
    if (*count == 0 || m_head.size() == mediaTypeHead) {
        *m_type = mediaTypeOf(m_head);
        m_judged = true;
        Bytes().swap(m_head);
    }
    return count;
}

Result<std::size_t> HeadKeeper::read(std::span<std::uint8_t> buffer) {
    auto count = m_source->read(buffer);
    if (count && m_head.size() < mediaTypeHead) {
        const std::size_t wanted = std::min(*count, mediaTypeHead - m_head.size());
        m_head.insert(m_head.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(wanted));
    }
    return count;
}

}  // namespace tickmark::app
