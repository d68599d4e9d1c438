// One line of JSON per request, written behind the requests' backs.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "tickmark/foundation/Result.h"

namespace tickmark::http {

/// Appends lines to a file from one thread, a few times a second, so that no request waits for the disk. Over
/// `rotateBytes` the file becomes NAME.1 (NAME.1 becomes NAME.2, and so on up to `kept`). Lines that do not
/// fit the memory bound while the disk stalls are counted and the number is written instead. What is buffered
/// when the process is killed is lost: the ledger, not this log, is the record.
class AccessLog {
  public:
    struct Limits {
        std::uint64_t rotateBytes = 64U * 1024U * 1024U;
        unsigned kept = 5;
        std::size_t bufferedBytes = 8U * 1024U * 1024U;
    };
    /// Errors: Environment "log" when the file cannot be opened.
    [[nodiscard]] static Result<std::unique_ptr<AccessLog>> open(const std::filesystem::path& file,
                                                                 const Limits& limits);
    [[nodiscard]] static Result<std::unique_ptr<AccessLog>> open(const std::filesystem::path& file) {
        return open(file, Limits{});
    }
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;
    ~AccessLog();

    /// Takes one line without its line feed; a line feed inside would be a forged line and is left out.
    void write(std::string_view line) noexcept;

  private:
    AccessLog(std::filesystem::path file, const Limits& limits, int descriptor);
    void run();
    void flush(const std::string& lines);
    void rotate();

    std::filesystem::path m_file;
    Limits m_limits;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
    std::mutex m_mutex{};
    std::condition_variable m_wake{};
    std::string m_buffer{};
    std::uint64_t m_dropped = 0;
    bool m_ending = false;
    std::thread m_writer{};
};

}  // namespace tickmark::http
