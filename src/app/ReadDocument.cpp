// One document, one process that reads its words.
#include <Poco/Exception.h>
#include <Poco/Pipe.h>
#include <Poco/Process.h>

#include <array>
#include <csignal>

#include "tickmark/app/TextIndex.h"

namespace tickmark::app {
namespace {

constexpr std::size_t mostText = 4UL * 1024 * 1024;

/// A reader that ends early must not end the server. Blocked for the thread, and taken back if it came.
class NoPipeSignal {
  public:
    NoPipeSignal() {
        ::sigemptyset(&m_pipe);
        ::sigaddset(&m_pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    NoPipeSignal(const NoPipeSignal&) = delete;
    NoPipeSignal& operator=(const NoPipeSignal&) = delete;
    ~NoPipeSignal() {
        const timespec atOnce{};
        while (::sigtimedwait(&m_pipe, nullptr, &atOnce) == SIGPIPE) {
        }
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }

  private:
    sigset_t m_pipe{};
    sigset_t m_before{};
};

/// The reader takes everything in before it says a word, so feeding and listening cannot wait for each other.
Result<void> feed(ByteSource& source, Poco::Pipe& pipe) {
    std::array<std::uint8_t, 65536> buffer{};
    try {
        for (;;) {
            TM_TRY(const std::size_t count, source.read(buffer));
            if (count == 0) break;
            pipe.writeBytes(buffer.data(), static_cast<int>(count));
        }
    } catch (const Poco::Exception&) {
        // The reader stopped listening: it says why, or its end does.
    }
    pipe.close(Poco::Pipe::CLOSE_WRITE);
    return {};
}

std::string listen(Poco::Pipe& pipe) {
    std::string text;
    std::array<char, 65536> buffer{};
    for (int count = pipe.readBytes(buffer.data(), buffer.size()); count > 0;
         count = pipe.readBytes(buffer.data(), buffer.size())) {
        if (text.size() < mostText) text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
}

ReadDocument outcomeOf(int code, std::string said, std::string complaint) {
    complaint = complaint.substr(0, complaint.find('\n'));
    const auto blank = complaint.find(' ');
    const std::string type = complaint.substr(0, blank);
    const std::string sentence = blank == std::string::npos ? std::string() : complaint.substr(blank + 1);
    if (code == 0 && type == "cut")
        return {type, "Only its first part is in the full text.", std::move(said)};
    if (code == 0) return {"read", {}, std::move(said)};
    if ((code == 3 || code == 4) && !sentence.empty()) return {type, sentence, {}};
    return {"reader-ended", "Reading it took more time or memory than a file may take.", {}};
}

}  // namespace

ReadDocument readDocument(ByteSource& source, const std::string& mediaType,
                          const std::filesystem::path& reader) {
    const NoPipeSignal quiet;
    try {
        Poco::Pipe input;
        Poco::Pipe output;
        Poco::Pipe complaints;
        const Poco::ProcessHandle process =
            Poco::Process::launch(reader.string(), {mediaType}, &input, &output, &complaints);
        input.close(Poco::Pipe::CLOSE_READ);
        output.close(Poco::Pipe::CLOSE_WRITE);
        complaints.close(Poco::Pipe::CLOSE_WRITE);
        const auto fed = feed(source, input);
        std::string said = listen(output);
        std::string complaint = listen(complaints);
        const int code = process.wait();
        if (!fed) return {fed.error().type, fed.error().message, {}};
        return outcomeOf(code, std::move(said), std::move(complaint));
    } catch (const Poco::Exception& failure) {
        return {"no-reader", "The reader of documents did not start: " + failure.displayText(), {}};
    }
}

std::filesystem::path documentReaderProgram() {
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return self.parent_path() / "tickmark-extract";
}

}  // namespace tickmark::app
