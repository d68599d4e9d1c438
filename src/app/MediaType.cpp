#include "app/MediaType.h"

#include <magic.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

#include "tickmark/embedded/mediaTypes.h"

namespace tickmark::app {
namespace {

constexpr const char* unknownType = "application/octet-stream";
constexpr std::size_t mostWorkers = 2;
constexpr std::size_t mostTasks = 256;

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

}  // namespace

std::string mediaTypeOf(ByteView head) {
    thread_local const Magic rules = openRules();
    head = head.first(std::min(head.size(), mediaTypeHead));
    const char* found = rules ? magic_buffer(rules.get(), head.data(), head.size()) : nullptr;
    return found == nullptr ? unknownType : found;
}

Result<std::size_t> HeadKeeper::read(std::span<std::uint8_t> buffer) {
    auto count = m_source->read(buffer);
    if (count && m_head.size() < mediaTypeHead) {
        const std::size_t wanted = std::min(*count, mediaTypeHead - m_head.size());
        m_head.insert(m_head.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(wanted));
    }
    return count;
}

class TypeJudges::Watched final : public ByteSource {
  public:
    Watched(TypeJudges& judges, std::unique_ptr<ByteSource> source, std::string& type)
        : m_judges(&judges), m_source(std::move(source)), m_keeper(*m_source), m_type(&type) {}
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;
    ~Watched() override { m_judges->take(m_keeper.takeHead(), *m_type); }
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        return m_keeper.read(buffer);
    }

  private:
    TypeJudges* m_judges;
    std::unique_ptr<ByteSource> m_source;
    HeadKeeper m_keeper;
    std::string* m_type;
};

TypeJudges::~TypeJudges() { finish(); }

std::unique_ptr<ByteSource> TypeJudges::watch(std::unique_ptr<ByteSource> source, std::string& type) {
    return std::make_unique<Watched>(*this, std::move(source), type);
}

void TypeJudges::take(Bytes head, std::string& type) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_tasks.size() < mostTasks) {
            m_tasks.push_back({std::move(head), &type});
            if (m_workers.size() < mostWorkers && m_workers.size() < m_tasks.size()) {
                m_workers.emplace_back([this]() { work(); });
            }
            m_more.notify_one();
            return;
        }
    }
    type = mediaTypeOf(head);
}

void TypeJudges::finish() {
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_more.notify_all();
    for (std::thread& worker : m_workers) worker.join();
    m_workers.clear();
    m_ended = false;
}

void TypeJudges::work() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_more.wait(lock, [this]() { return m_ended || !m_tasks.empty(); });
        if (m_tasks.empty()) return;
        Task task = std::move(m_tasks.front());
        m_tasks.pop_front();
        lock.unlock();
        *task.type = mediaTypeOf(task.head);
        lock.lock();
    }
}

}  // namespace tickmark::app
