#include "app/MediaType.h"

#include <magic.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <vector>

#include "tickmark/embedded/mediaTypes.h"

namespace tickmark::app {
namespace {

constexpr const char* unknownType = "application/octet-stream";

struct MagicCloser {
    void operator()(magic_t cookie) const noexcept { magic_close(cookie); }
};
using Magic = std::unique_ptr<magic_set, MagicCloser>;

/// The rules as a file that only this process has, since the library reads rules from files.
class RuleFile {
  public:
    RuleFile() : m_descriptor(memfd_create("media-types", MFD_CLOEXEC)) {
        for (const EmbeddedFile& file : embedded::mediaTypes()) {
            const auto size = static_cast<ssize_t>(file.text.size());
            m_complete = m_descriptor >= 0 && write(m_descriptor, file.text.data(), file.text.size()) == size;
        }
    }
    RuleFile(const RuleFile&) = delete;
    RuleFile& operator=(const RuleFile&) = delete;
    ~RuleFile() {
        if (m_descriptor >= 0) close(m_descriptor);
    }
    [[nodiscard]] bool complete() const noexcept { return m_complete; }
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

  private:
    int m_descriptor;
    bool m_complete = false;
};

/// Looking inside containers is left out: evidence is never unpacked on the server.
Magic openRules() {
    const RuleFile file;
    Magic rules(magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
                           MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF));
    const bool loaded = rules && file.complete() && magic_load(rules.get(), file.path().c_str()) == 0;
    if (!loaded) rules.reset();
    return rules;
}

/// Rules that nobody uses just now. Loading them costs more than judging hundreds of files, and a set for
/// each thread that ever asked would fill the memory of a server.
class Rules {
  public:
    [[nodiscard]] Magic borrow() {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_free.empty()) {
                Magic rules = std::move(m_free.back());
                m_free.pop_back();
                return rules;
            }
        }
        return openRules();
    }
    void giveBack(Magic rules) {
        if (!rules) return;
        const std::lock_guard lock(m_mutex);
        m_free.push_back(std::move(rules));
    }

  private:
    std::mutex m_mutex{};
    std::vector<Magic> m_free{};
};

Rules& allRules() {
    static Rules rules;
    return rules;
}

}  // namespace

std::string mediaTypeOf(ByteView head) {
    Magic rules = allRules().borrow();
    head = head.first(std::min(head.size(), mediaTypeHead));
    const char* found = rules ? magic_buffer(rules.get(), head.data(), head.size()) : nullptr;
    std::string type = found == nullptr ? unknownType : found;
    allRules().giveBack(std::move(rules));
    return type;
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
