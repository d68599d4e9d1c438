#include "archive/IntakePipeline.h"

#include <fcntl.h>

#include <thread>
#include <vector>

#include "archive/FileCalls.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::archive {

namespace {

/// How many bytes are written before the disk is asked to begin with them, so that little is left for the
/// fsync.
constexpr std::uint64_t writebackStep = std::uint64_t{8} << 20;

/// The threads that consume a ring; however the reader leaves, they are told and waited for.
class Crew {
  public:
    explicit Crew(BufferRing& ring) : m_ring(ring) {}
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    ~Crew() { finish(); }

    template <class Work>
    void start(Work work) {
        m_threads.emplace_back([this, work] {
            try {
                work(m_ring);
            } catch (const std::exception&) {
                m_ring.fail(internal("The file could not be handled because of a fault in the program."));
            }
        });
    }

    void finish() {
        m_ring.close();
        m_threads.clear();  // joins
    }

  private:
    BufferRing& m_ring;
    std::vector<std::jthread> m_threads{};
};

}  // namespace

Result<Digest> IntakePipeline::run(CheckedSource& source, Buffer first) {
    BufferRing ring(std::move(first));
    Crew crew(ring);
    crew.start([this](BufferRing& each) { hashAll(each); });
    crew.start([this](BufferRing& each) { writeEverything(each); });
    Result<void> read = readAll(source, ring);
    if (!read) ring.fail(read.error());  // nobody need go on with what is queued
    crew.finish();
    if (auto failed = ring.error()) return *std::move(failed);
    return m_digest;
}

Result<void> IntakePipeline::readAll(CheckedSource& source, BufferRing& ring) {
    while (!source.ended()) {
        const std::span<std::uint8_t> buffer = ring.acquire();
        if (buffer.empty()) return {};  // a consumer failed; the ring keeps its error
        TM_TRY(const std::size_t count, source.fill(buffer));
        if (count > 0) ring.commit(count);
    }
    return {};
}

void IntakePipeline::hashAll(BufferRing& ring) {
    crypto::Sha256 hash;
    for (ByteView bytes = ring.next(BufferRing::Hasher); !bytes.empty();
         bytes = ring.next(BufferRing::Hasher)) {
        hash.update(bytes);
        ring.release(BufferRing::Hasher);
    }
    m_digest = hash.finish();
}

void IntakePipeline::writeEverything(BufferRing& ring) const {
    std::uint64_t written = 0;
    std::uint64_t started = 0;
    for (ByteView bytes = ring.next(BufferRing::Writer); !bytes.empty();
         bytes = ring.next(BufferRing::Writer)) {
        Result<void> step = writeAll(Place::Archive, m_fd, bytes);
        written += bytes.size();
        if (step && written - started >= writebackStep) {
            step = startWriteback(started, written);
            started = written;
        }
        if (!step) {
            ring.fail(std::move(step).error());
            return;
        }
        ring.release(BufferRing::Writer);
    }
}

Result<void> IntakePipeline::startWriteback(std::uint64_t from, std::uint64_t to) const {
    const auto offset = static_cast<off64_t>(from);
    const auto length = static_cast<off64_t>(to - from);
    if (::sync_file_range(m_fd, offset, length, SYNC_FILE_RANGE_WRITE) == 0) return {};
    // Only a head start: a filesystem that cannot do it loses nothing, the fsync comes anyway. A real error
    // is final, because a later fsync might not report it again.
    if (errno == ENOSYS || errno == EINVAL || errno == ESPIPE || errno == EOPNOTSUPP) return {};
    return ioError(Place::Archive, errno, "write the file");
}

}  // namespace tickmark::archive
