#include "http/download/ProvedStream.h"

#include <algorithm>

namespace tickmark::http {

Result<std::unique_ptr<ByteSource>> ProvedStream::open(std::unique_ptr<ByteSource> source) {
    std::unique_ptr<ProvedStream> stream(new ProvedStream(std::move(source)));
    TM_CHECK(stream->advance());
    TM_CHECK(stream->advance());
    return std::unique_ptr<ByteSource>(std::move(stream));
}

/// Until the chunk is full or the source ends.
Result<void> ProvedStream::fill(Chunk& chunk) {
    chunk.size = 0;
    chunk.done = 0;
    while (!m_ended && chunk.size < step) {
        TM_TRY(const std::size_t count, m_source->read(std::span(chunk.bytes).subspan(chunk.size)));
        m_ended = count == 0;
        chunk.size += count;
    }
    return {};
}

/// What was ahead is held now, and the next chunk is ahead. After a full chunk the end shows one read later.
Result<void> ProvedStream::advance() {
    std::swap(m_held, m_ahead);
    return fill(*m_ahead);
}

Result<std::size_t> ProvedStream::read(std::span<std::uint8_t> buffer) {
    if (m_held->done == m_held->size) TM_CHECK(advance());
    const std::size_t count = std::min(buffer.size(), m_held->size - m_held->done);
    std::copy_n(m_held->bytes.data() + m_held->done, count, buffer.data());
    m_held->done += count;
    return count;
}

}  // namespace tickmark::http
