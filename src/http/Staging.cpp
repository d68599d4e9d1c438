#include "http/Staging.h"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <vector>

namespace tickmark::http {
namespace {

constexpr std::size_t step = 256U * 1024U;
/// How often the free space is asked for.
constexpr std::uint64_t spaceEvery = 64ULL * 1024 * 1024;

Error noSpace() {
    return environment("disk-full", "The server has no room to look at this file now.",
                       "Use tickmark-verify, which needs no server.");
}

Error unwritable() {
    return environment("file-io", "The server cannot stage this file now.",
                       "Try again, or use tickmark-verify, which needs no server.");
}

Result<void> mustHaveRoom(const app::Context& context) {
    std::error_code failed;
    const auto space = std::filesystem::space(context.directory.root, failed);
    if (failed) return unwritable();
    if (space.available < context.settings.diskReserve + spaceEvery) return noSpace();
    return {};
}

Result<void> writeAll(int descriptor, const std::uint8_t* bytes, std::size_t count) {
    while (count > 0) {
        const ssize_t written = ::write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno == ENOSPC || errno == EDQUOT ? noSpace() : unwritable();
        bytes += written;
        count -= static_cast<std::size_t>(written);
    }
    return {};
}

}  // namespace

Result<StagedFile> StagedFile::take(const app::Context& context, ByteSource& source, std::uint64_t cap) {
    TM_CHECK(mustHaveRoom(context));
    std::string name = (context.directory.root / "verify.tmp.XXXXXX").string();
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0) return unwritable();
    StagedFile staged(descriptor);
    if (::unlink(name.c_str()) != 0) return unwritable();
    std::vector<std::uint8_t> buffer(step);
    std::uint64_t taken = 0;
    std::uint64_t askAgainAt = spaceEvery;
    for (;;) {
        TM_TRY(const std::size_t count, source.read(buffer));
        if (count == 0) return staged;
        taken += count;
        if (taken > cap) {
            return Error{ErrorKind::TooLarge,
                         "over-cap",
                         "The file is larger than this page takes.",
                         "bundle",
                         {},
                         "Use tickmark-verify, which has no such limit.",
                         {}};
        }
        if (taken >= askAgainAt) {
            TM_CHECK(mustHaveRoom(context));
            askAgainAt += spaceEvery;
        }
        TM_CHECK(writeAll(descriptor, buffer.data(), count));
    }
}

StagedFile::~StagedFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

std::filesystem::path StagedFile::path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

}  // namespace tickmark::http
