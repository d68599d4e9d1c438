#include "cli/Command.h"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "tickmark/foundation/Text.h"

namespace tickmark::cli {
namespace {

constexpr std::uint64_t inputCap = 256ULL * 1024 * 1024;

/// Turns echo off while it lives.
class QuietTerminal {
  public:
    QuietTerminal() : m_changed(tcgetattr(STDIN_FILENO, &m_before) == 0) {
        if (!m_changed) return;
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;
    ~QuietTerminal() {
        if (m_changed) tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }

  private:
    termios m_before{};
    bool m_changed;
};

Secret askOnce(const std::string& question) {
    std::cerr << question << ": " << std::flush;
    std::string line;
    {
        const QuietTerminal quiet;
        std::getline(std::cin, line);
    }
    std::cerr << "\n";
    return Secret(std::move(line));
}

}  // namespace

Result<std::unique_ptr<app::Context>> open(const Program& program, app::OpenMode mode) {
    return app::openContext(program.data, mode, std::make_shared<SystemClock>());
}

domain::Actor machineOwner() {
    domain::Actor actor;
    actor.account = "system";
    actor.role = domain::Role::Administrator;
    actor.via = "cli";
    return actor;
}

void print(const Program& program, const codec::Json& json, const std::string& text) {
    if (program.json) {
        std::cout << codec::prettyJson(json);
        return;
    }
    std::cout << text;
    if (!text.empty() && text.back() != '\n') std::cout << "\n";
}

void note(const std::string& text) { std::cerr << text << "\n"; }

Result<Secret> secretFrom(const std::filesystem::path& file, const std::string& question, bool twice) {
    if (!file.empty()) {
        TM_TRY(const std::string text, archive::readSmallFile(file, 64 * 1024));
        const std::string line = text.substr(0, text.find('\n'));
        if (line.empty()) return invalid("password", file.string(), "The first line of the file is empty.");
        return Secret(line.back() == '\r' ? line.substr(0, line.size() - 1) : line);
    }
    if (isatty(STDIN_FILENO) == 0) {
        return invalid("password", "--passphrase-file",
                       question + " is needed and there is no terminal to ask on.",
                       "Name a file whose first line holds it.");
    }
    Secret first = askOnce(question);
    if (twice && askOnce(question + " (again)").reveal() != first.reveal()) {
        return invalid("password", "", "The two entries differ; nothing was changed.");
    }
    return first;
}

Result<std::string> readInput(const std::filesystem::path& file) {
    if (file != "-") return archive::readSmallFile(file, inputCap);
    std::string text;
    std::array<char, 65536> buffer{};
    while (std::cin.read(buffer.data(), buffer.size()) || std::cin.gcount() > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(std::cin.gcount()));
        if (text.size() > inputCap)
            return Error{ErrorKind::TooLarge, "too-large", "The input is over 256 MiB."};
    }
    return text;
}

std::string sizeText(std::uint64_t bytes) {
    constexpr std::array<const char*, 5> units{"bytes", "KiB", "MiB", "GiB", "TiB"};
    auto value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    std::ostringstream text;
    text << std::fixed << std::setprecision(unit == 0 ? 0 : 1) << value << " " << units[unit];
    return text.str();
}

}  // namespace tickmark::cli
