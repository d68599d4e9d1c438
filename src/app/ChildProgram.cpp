#include "app/ChildProgram.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>
#include <utility>

namespace tickmark::app {
namespace {

/// An open file that is closed at the end.
class Handle {
  public:
    Handle() = default;
    explicit Handle(int descriptor) : m_descriptor(descriptor) {}
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { close(); }
    void reset(int descriptor) {
        close();
        m_descriptor = descriptor;
    }
    void close() {
        if (m_descriptor >= 0) ::close(m_descriptor);
        m_descriptor = -1;
    }
    [[nodiscard]] int get() const noexcept { return m_descriptor; }

  private:
    int m_descriptor = -1;
};

struct Ends {
    Handle ours{};
    Handle theirs{};
};

bool makeInput(Ends& ends) {
    // A socket, because writing to one can be told not to raise SIGPIPE.
    std::array<int, 2> both{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both.data()) != 0) return false;
    ends.ours.reset(both[0]);
    ends.theirs.reset(both[1]);
    return true;
}

bool makeOutput(Ends& ends) {
    std::array<int, 2> both{};
    if (::pipe2(both.data(), O_CLOEXEC) != 0) return false;
    ends.ours.reset(both[0]);
    ends.theirs.reset(both[1]);
    return true;
}

/// Starts the program as the leader of a group of its own; 0 when it does not start.
::pid_t start(const std::filesystem::path& program, const std::vector<std::string>& arguments,
              const Ends& input, const Ends& output, const Ends& complaint) {
    std::string name = program.string();
    std::vector<std::string> words = arguments;
    std::vector<char*> argv{name.data()};
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::string locale = "LC_ALL=C.UTF-8";
    std::string path = "PATH=/usr/bin";
    std::array<char*, 3> environment{locale.data(), path.data(), nullptr};
    ::posix_spawn_file_actions_t actions{};
    ::posix_spawnattr_t attributes{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
    ::posix_spawn_file_actions_adddup2(&actions, input.theirs.get(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output.theirs.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, complaint.theirs.get(), STDERR_FILENO);
    ::sigset_t none{};
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    ::pid_t child = 0;
    const int failed =
        ::posix_spawn(&child, name.c_str(), &actions, &attributes, argv.data(), environment.data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    return failed == 0 ? child : 0;
}

/// The talk with one child, until it ends or breaks a limit.
class Talk {
  public:
    Talk(::pid_t child, ByteSource& input, const ChildLimits& limits)
        : m_child(child),
          m_input(&input),
          m_limits(&limits),
          m_end(std::chrono::steady_clock::now() + std::chrono::seconds(limits.seconds)) {}
    Talk(const Talk&) = delete;
    Talk& operator=(const Talk&) = delete;
    ~Talk() {
        if (m_child == 0) return;
        kill();
        [[maybe_unused]] const int code = wait();
    }

    Result<ChildOutcome> hold(Ends& input, Ends& output, Ends& complaint) {
        while (!isOver() && (output.ours.get() >= 0 || complaint.ours.get() >= 0)) {
            std::array<::pollfd, 3> polled{{{input.ours.get(), POLLOUT, 0},
                                            {output.ours.get(), POLLIN, 0},
                                            {complaint.ours.get(), POLLIN, 0}}};
            const int ready = ::poll(polled.data(), polled.size(), millisecondsLeft());
            if (ready < 0 && errno == EINTR) continue;
            m_outcome.isLate = ready <= 0;
            TM_CHECK(exchange(polled, input, output, complaint));
        }
        awaitEnd();
        m_outcome.code = wait();
        return std::move(m_outcome);
    }

  private:
    [[nodiscard]] bool isOver() const { return m_outcome.isLate || m_outcome.isTooLong; }

    Result<void> exchange(const std::array<::pollfd, 3>& polled, Ends& input, Ends& output, Ends& complaint) {
        if (polled[0].revents != 0) TM_CHECK(feed(input));
        if (polled[1].revents != 0) listen(output, m_outcome.output, m_limits->output, true);
        if (polled[2].revents != 0) listen(complaint, m_outcome.complaint, m_limits->complaint, false);
        return {};
    }

    /// A child may have said all it says and still not end; it is not waited for longer than it may take.
    void awaitEnd() {
        while (!isOver()) {
            ::siginfo_t ended{};
            const int asked =
                ::waitid(P_PID, static_cast<::id_t>(m_child), &ended, WEXITED | WNOHANG | WNOWAIT);
            if (asked == 0 && ended.si_pid == m_child) return;
            m_outcome.isLate = millisecondsLeft() == 0;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        kill();
    }

    [[nodiscard]] int millisecondsLeft() const {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(m_end - std::chrono::steady_clock::now());
        return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
    }

    Result<void> feed(Ends& input) {
        if (m_pending.empty()) {
            TM_TRY(const std::size_t count, m_input->read(m_buffer));
            if (count == 0) {
                input.ours.close();
                return {};
            }
            m_pending = std::span<const std::uint8_t>(m_buffer).first(count);
        }
        const ::ssize_t sent =
            ::send(input.ours.get(), m_pending.data(), m_pending.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0)
            m_pending = m_pending.subspan(static_cast<std::size_t>(sent));
        else if (errno != EAGAIN && errno != EINTR)
            input.ours.close();  // it stopped listening; its end says why
        return {};
    }

    void listen(Ends& from, std::string& text, std::size_t limit, bool endsIt) {
        std::array<char, 65536> said{};
        const ::ssize_t count = ::read(from.ours.get(), said.data(), said.size());
        if (count < 0 && errno == EINTR) return;
        if (count <= 0) return from.ours.close();
        const std::size_t room = limit - std::min(limit, text.size());
        const auto given = static_cast<std::size_t>(count);
        text.append(said.data(), std::min(room, given));
        if (given > room && endsIt) m_outcome.isTooLong = true;
    }

    void kill() const { ::kill(-m_child, SIGKILL); }

    int wait() {
        int status = 0;
        while (::waitpid(m_child, &status, 0) < 0 && errno == EINTR) {
        }
        m_child = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

    ::pid_t m_child;
    ByteSource* m_input;
    const ChildLimits* m_limits;
    std::chrono::steady_clock::time_point m_end;
    ChildOutcome m_outcome{};
    std::array<std::uint8_t, 65536> m_buffer{};
    std::span<const std::uint8_t> m_pending{};
};

Error notStarted(const std::filesystem::path& program) {
    return environment("no-program", "The program " + program.filename().string() + " did not start.");
}

}  // namespace

Result<ChildOutcome> runChild(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                              ByteSource& input, const ChildLimits& limits) {
    Ends in;
    Ends out;
    Ends complaint;
    if (!makeInput(in) || !makeOutput(out) || !makeOutput(complaint)) return notStarted(program);
    const ::pid_t child = start(program, arguments, in, out, complaint);
    if (child == 0) return notStarted(program);
    in.theirs.close();
    out.theirs.close();
    complaint.theirs.close();
    return Talk(child, input, limits).hold(in, out, complaint);
}

}  // namespace tickmark::app
