// The report as PDF: WeasyPrint in a jail of bubblewrap.
#include <array>
#include <atomic>

#include "app/ChildProgram.h"
#include "tickmark/app/Report.h"

namespace tickmark::app {
namespace {

constexpr int mostAtOnce = 2;

/// One of the places for making a PDF, given back at the end.
class Turn {
  public:
    Turn() : m_has(taken().fetch_add(1) < mostAtOnce) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn() { taken().fetch_sub(1); }
    [[nodiscard]] bool has() const noexcept { return m_has; }

  private:
    static std::atomic<int>& taken() {
        static std::atomic<int> count = 0;
        return count;
    }
    bool m_has;
};

Error missing(const std::string& package) {
    return environment("no-pdf-maker", "The Debian package " + package + " is not installed on the server.",
                       "Install it (apt-get install weasyprint bubblewrap). Until then print the report from "
                       "the browser.");
}

/// What the jail shows of the machine, read only; what is not there is passed over but for the first three.
constexpr std::array<const char*, 3> needed{"/usr/lib", "/usr/bin/python3", "/usr/share/hyphen"};
constexpr std::array<const char*, 7> wished{
    "/usr/lib64", "/etc/ld.so.cache",      "/usr/share/fonts",     "/usr/local/share/fonts",
    "/etc/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig"};

void add(std::vector<std::string>& words, std::initializer_list<std::string> more) {
    words.insert(words.end(), more.begin(), more.end());
}

std::vector<std::string> jailed(Timestamp made, const PdfLimits& limits, const PdfPrograms& programs) {
    std::vector<std::string> words{"--cpu=" + std::to_string(limits.seconds),
                                   "--as=" + std::to_string(limits.memory),
                                   "--core=0",
                                   "--",
                                   programs.jail.string(),
                                   "--unshare-all",
                                   "--die-with-parent",
                                   "--new-session",
                                   "--cap-drop",
                                   "ALL",
                                   "--hostname",
                                   "report",
                                   "--chdir",
                                   "/",
                                   "--clearenv"};
    add(words, {"--setenv", "LC_ALL", "C.UTF-8", "--setenv", "PATH", "/usr/bin", "--setenv", "HOME", "/tmp"});
    add(words, {"--setenv", "PYTHONDONTWRITEBYTECODE", "1", "--setenv", "PYTHONHASHSEED", "0"});
    add(words, {"--setenv", "SOURCE_DATE_EPOCH", std::to_string(made.seconds())});
    for (const char* path : needed) {
        const std::string kind =
            path == std::string_view("/usr/share/hyphen") ? "--ro-bind-try" : "--ro-bind";
        add(words, {kind, path, path});
    }
    for (const char* path : wished) add(words, {"--ro-bind-try", path, path});
    add(words, {"--ro-bind", programs.weasyprint.string(), "/usr/bin/weasyprint"});
    add(words, {"--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"});
    add(words, {"--size", "67108864", "--tmpfs", "/tmp", "--dev", "/dev", "--proc", "/proc", "--"});
    add(words, {"/usr/bin/python3", "/usr/bin/weasyprint", "--quiet", "--encoding", "utf-8", "-", "-"});
    return words;
}

Error failed(const ChildOutcome& outcome) {
    if (outcome.isTooLong) {
        return {ErrorKind::TooLarge,
                "pdf-too-large",
                "The PDF is larger than the server makes.",
                {},
                {},
                "Print the report from the browser.",
                {}};
    }
    return environment("pdf-failed", "The PDF took more time or memory than it may take.",
                       "Print the report from the browser; if it stays, ask the administrator to run "
                       "`tickmark report AUDIT --format pdf`.");
}

}  // namespace

Result<std::string> reportPdf(const std::string& html, Timestamp made, const PdfLimits& limits,
                              const PdfPrograms& programs) {
    std::error_code gone;
    if (!std::filesystem::exists(programs.weasyprint, gone)) return missing("weasyprint");
    if (!std::filesystem::exists(programs.jail, gone)) return missing("bubblewrap");
    const Turn turn;
    if (!turn.has()) {
        Error busy{
            ErrorKind::Throttled,          "pdf-busy", "Two other reports are being made right now.", {}, {},
            "Try again in a few seconds.", {}};
        busy.waitSeconds = 5;
        return busy;
    }
    MemorySource source(viewOf(html));
    ChildLimits child;
    child.seconds = limits.seconds + limits.seconds / 2 + 1;
    child.output = limits.output;
    TM_TRY(ChildOutcome outcome, runChild("/usr/bin/prlimit", jailed(made, limits, programs), source, child));
    const bool isPdf = outcome.code == 0 && !outcome.isTooLong && outcome.output.starts_with("%PDF-");
    if (!isPdf) return failed(outcome);
    return std::move(outcome.output);
}

}  // namespace tickmark::app
