#include "tickmark/extract/Jail.h"

#include <fcntl.h>
#include <iconv.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>

namespace tickmark::extract {
namespace {

/// What reading from and writing to open files, memory, time and ending need. Everything else answers EPERM.
constexpr std::array calls{
    SCMP_SYS(read),          SCMP_SYS(write),        SCMP_SYS(readv),       SCMP_SYS(writev),
    SCMP_SYS(lseek),         SCMP_SYS(close),        SCMP_SYS(fstat),       SCMP_SYS(brk),
    SCMP_SYS(munmap),        SCMP_SYS(mremap),       SCMP_SYS(madvise),     SCMP_SYS(futex),
    SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom),   SCMP_SYS(getpid),
    SCMP_SYS(gettid),        SCMP_SYS(sched_yield),  SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(exit),         SCMP_SYS(exit_group)};

Error noJail(const std::string& what) {
    return environment("no-jail", "This system does not let a process give up its rights (" + what + ").",
                       "Documents are not read for the full text here; everything else works.");
}

/// The converters that old text files ask for are loaded now; no file can be opened later.
void loadCharsets() {
    for (const char* charset : {"WINDOWS-1252", "ISO-8859-15", "UTF-16LE", "UTF-16BE", "UTF-16"}) {
        static_cast<void>(::iconv_open("UTF-8", charset));  // never closed, so the converter stays loaded
    }
}

bool limit(int resource, rlim_t value) {
    const rlimit wanted{value, value};
    return ::setrlimit(resource, &wanted) == 0;
}

Result<void> setLimits(const JailLimits& limits) {
    const bool set = limit(RLIMIT_CPU, limits.seconds) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0) &&
                     (limits.memory == 0 || limit(RLIMIT_AS, static_cast<rlim_t>(limits.memory)));
    if (!set) return noJail("setrlimit, error " + std::to_string(errno));
    return {};
}

/// Where the system keeps fonts, what maps names to them, and poppler's character maps.
constexpr std::array fontPlaces{
    "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig",
    "/etc/fonts",       "/usr/share/poppler"};

/// From here on nothing but fonts can be opened. False when the kernel cannot do this.
bool closeAllButFonts() {
    constexpr std::uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    landlock_ruleset_attr all{};
    all.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // every right of its first version
    const int rules = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0));
    if (rules < 0) return false;
    for (const char* place : fontPlaces) {
        landlock_path_beneath_attr beneath{};
        beneath.allowed_access = reading;
        beneath.parent_fd = ::open(place, O_PATH | O_CLOEXEC);
        if (beneath.parent_fd < 0) continue;
        ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
        ::close(beneath.parent_fd);
    }
    const bool closed =
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    ::close(rules);
    return closed;
}

/// What finding and reading fonts needs besides.
bool allowFonts(scmp_filter_ctx filter) {
    constexpr std::array looking{SCMP_SYS(newfstatat), SCMP_SYS(stat),   SCMP_SYS(access),
                                 SCMP_SYS(getdents64), SCMP_SYS(fcntl),  SCMP_SYS(pread64),
                                 SCMP_SYS(readlink),   SCMP_SYS(fstatfs)};
    for (const int call : looking) {
        if (::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) return false;
    }
    const scmp_arg_cmp onlyReading{2, SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND, 0};
    return ::seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, &onlyReading) == 0;
}

bool allow(scmp_filter_ctx filter) {
    for (const int call : calls) {
        if (::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0) return false;
    }
    // Memory, but none that can be executed.
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
        const scmp_arg_cmp notExecutable{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
        if (::seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &notExecutable) != 0) return false;
    }
    return true;
}

}  // namespace

Result<void> enterJail(const JailLimits& limits) {
    loadCharsets();
    TM_CHECK(setLimits(limits));
    const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(::seccomp_init(SCMP_ACT_ERRNO(EPERM)),
                                                                  ::seccomp_release);
    if (!filter) return noJail("seccomp");
    if (!allow(filter.get())) return noJail("seccomp rules");
    const bool seesFonts = limits.readsFonts && closeAllButFonts();
    if (seesFonts && !allowFonts(filter.get())) return noJail("seccomp rules");
    if (const int code = ::seccomp_load(filter.get()); code != 0)
        return noJail("seccomp, error " + std::to_string(-code));
    return {};
}

}  // namespace tickmark::extract
