#include "http/gate/AccessLog.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <system_error>

namespace tickmark::http {
namespace {

constexpr std::chrono::milliseconds pause{200};
constexpr mode_t ownerOnly = S_IRUSR | S_IWUSR;

int openForAppend(const std::filesystem::path& file) {
    return ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, ownerOnly);
}

std::uint64_t sizeOf(int descriptor) {
    struct stat facts {};
    return ::fstat(descriptor, &facts) == 0 ? static_cast<std::uint64_t>(facts.st_size) : 0;
}

}  // namespace

Result<std::unique_ptr<AccessLog>> AccessLog::open(const std::filesystem::path& file, const Limits& limits) {
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    const int descriptor = openForAppend(file);
    if (descriptor < 0) {
        return environment("log", "The access log cannot be written.",
                           "Make the folder log/ of the data directory writable.");
    }
    return std::unique_ptr<AccessLog>(new AccessLog(file, limits, descriptor));
}

AccessLog::AccessLog(std::filesystem::path file, const Limits& limits, int descriptor)
    : m_file(std::move(file)), m_limits(limits), m_descriptor(descriptor), m_size(sizeOf(descriptor)) {
    m_writer = std::thread([this] { run(); });
}

AccessLog::~AccessLog() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_one();
    m_writer.join();
    if (m_descriptor >= 0) ::close(m_descriptor);
}

void AccessLog::write(std::string_view line) noexcept {
    try {
        const std::lock_guard lock(m_mutex);
        if (m_buffer.size() + line.size() > m_limits.bufferedBytes) {
            ++m_dropped;
            return;
        }
        const std::size_t begin = m_buffer.size();
        m_buffer.append(line);
        m_buffer.erase(
            std::remove(m_buffer.begin() + static_cast<std::ptrdiff_t>(begin), m_buffer.end(), '\n'),
            m_buffer.end());
        m_buffer += '\n';
    } catch (...) {
        // Without memory for a line of the log the request itself still deserves its answer.
        return;
    }
}

void AccessLog::run() {
    for (bool ending = false; !ending;) {
        std::string lines;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_for(lock, pause, [this] { return m_ending; });
            ending = m_ending;
            lines.swap(m_buffer);
            m_buffer.reserve(lines.capacity());
            if (m_dropped > 0) {
                lines += "{\"dropped\":" + std::to_string(m_dropped) + "}\n";
                m_dropped = 0;
            }
        }
        if (!lines.empty()) flush(lines);
    }
}

void AccessLog::flush(const std::string& lines) {
    if (m_size > 0 && m_size + lines.size() > m_limits.rotateBytes) rotate();
    std::string_view rest = lines;
    while (!rest.empty() && m_descriptor >= 0) {
        const ssize_t count = ::write(m_descriptor, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        m_size += static_cast<std::uint64_t>(count);
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
}

void AccessLog::rotate() {
    std::error_code ignored;
    const auto numbered = [this](unsigned number) {
        return m_file.parent_path() / (m_file.filename().string() + "." + std::to_string(number));
    };
    for (unsigned number = m_limits.kept; number > 1; --number) {
        std::filesystem::rename(numbered(number - 1), numbered(number), ignored);
    }
    std::filesystem::rename(m_file, numbered(1), ignored);
    const int fresh = openForAppend(m_file);
    if (fresh < 0) return;
    ::close(m_descriptor);
    m_descriptor = fresh;
    m_size = sizeOf(fresh);
}

}  // namespace tickmark::http
