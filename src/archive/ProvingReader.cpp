#include "archive/ProvingReader.h"

#include <fcntl.h>

#include <memory>
#include <utility>

#include "archive/FileCalls.h"

namespace tickmark::archive {

ProvingReader::ProvingReader(OpenObject object, const Digest& digest)
    : m_fd(std::move(object.fd)), m_size(object.size), m_digest(digest) {
    static_cast<void>(::posix_fadvise(m_fd.get(), 0, 0, POSIX_FADV_SEQUENTIAL));  // only a hint
}

Result<std::size_t> ProvingReader::read(std::span<std::uint8_t> buffer) {
    return withoutExceptions(Place::Archive, [&] { return readOn(buffer); });
}

Result<std::size_t> ProvingReader::readOn(std::span<std::uint8_t> buffer) {
    if (m_verdict == Verdict::Damaged) return objectDamaged(m_digest, "its bytes have changed");
    if (m_verdict == Verdict::Unreadable) return objectDamaged(m_digest, "it cannot be read");
    if (m_verdict == Verdict::Whole || buffer.empty()) return std::size_t{0};
    const auto read = readSome(Place::Archive, m_fd.get(), buffer);
    if (!read) {
        m_verdict = Verdict::Unreadable;
        return objectDamaged(m_digest, "it cannot be read");
    }
    const std::size_t count = *read;
    if (count == 0) return atEnd();
    m_hash.update(buffer.first(count));
    m_taken += count;
    return count;
}

Result<std::size_t> ProvingReader::atEnd() {
    const bool same = m_taken == m_size && m_hash.finish() == m_digest;
    m_verdict = same ? Verdict::Whole : Verdict::Damaged;
    if (same) return std::size_t{0};
    return objectDamaged(m_digest, m_taken == m_size ? "its bytes have changed" : "its length has changed");
}

Result<void> proveObject(OpenObject object, const Digest& digest) {
    constexpr std::size_t largestStep =
        std::size_t{256} * 1024;  // stays in the processor's cache between read and hash
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(object.size + 1, largestStep));
    ProvingReader reader(std::move(object), digest);
    const auto buffer = std::make_unique_for_overwrite<std::uint8_t[]>(step);
    for (;;) {
        TM_TRY(const std::size_t count, reader.read({buffer.get(), step}));
        if (count == 0) return {};
    }
}

}  // namespace tickmark::archive
