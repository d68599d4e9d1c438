// Reads the content of entries: stored bytes as they are, deflated ones through zlib's raw inflate.
#include <zlib.h>
#include <algorithm>
#include <array>

#include "bundle/ZipLayout.h"

namespace tickmark::bundle {
namespace {

constexpr std::size_t step = 64 * 1024;

Error broken(const std::string& what) {
    Error error;
    error.kind = ErrorKind::Damaged;
    error.type = "zip-entry";
    error.message = what;
    return error;
}

/// Passes content on while counting and summing it.
class Counted {
  public:
    Counted(const ZipEntry& entry, const std::function<Result<void>(ByteView)>& sink)
        : m_entry(entry), m_sink(sink) {}

    Result<void> pass(ByteView bytes) {
        if (bytes.size() > m_entry.size - m_count)
            return broken("The entry holds more than its stated size.");
        m_count += bytes.size();
        m_crc = crc32_z(m_crc, bytes.data(), bytes.size());
        return m_sink(bytes);
    }
    Result<void> finish() const {
        if (m_count != m_entry.size) return broken("The entry holds less than its stated size.");
        if (m_crc != m_entry.crc) return broken("The entry's checksum (CRC-32) does not hold.");
        return {};
    }

  private:
    const ZipEntry& m_entry;
    const std::function<Result<void>(ByteView)>& m_sink;
    std::uint64_t m_count = 0;
    uLong m_crc = 0;
};

/// zlib's state, released however the function ends.
class Inflater {
  public:
    Inflater() { m_ready = inflateInit2(&m_stream, -MAX_WBITS) == Z_OK; }
    ~Inflater() { inflateEnd(&m_stream); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    [[nodiscard]] bool ready() const noexcept { return m_ready; }
    [[nodiscard]] bool ended() const noexcept { return m_ended; }

    /// Unpacks all of `packed` into `out`, which may be called often.
    Result<void> feed(std::span<std::uint8_t> packed, Counted& out) {
        m_stream.next_in = packed.data();
        m_stream.avail_in = static_cast<uInt>(packed.size());
        while (true) {
            m_stream.next_out = m_buffer.data();
            m_stream.avail_out = static_cast<uInt>(m_buffer.size());
            const int status = inflate(&m_stream, Z_NO_FLUSH);
            if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
                return broken("The packed data cannot be unpacked.");
            }
            const std::size_t made = m_buffer.size() - m_stream.avail_out;
            if (made != 0) TM_CHECK(out.pass(ByteView(m_buffer).first(made)));
            m_ended = status == Z_STREAM_END;
            if (m_ended && m_stream.avail_in != 0) return broken("There are bytes behind the packed data.");
            if (m_ended || (m_stream.avail_in == 0 && m_stream.avail_out != 0)) return {};
        }
    }

  private:
    z_stream m_stream{};
    bool m_ready = false;
    bool m_ended = false;
    Bytes m_buffer = Bytes(step);
};

/// Calls `take` with the entry's bytes as they lie in the file.
Result<void> eachPackedPiece(const FileBytes& file, const ZipEntry& entry,
                             const std::function<Result<void>(std::span<std::uint8_t>)>& take) {
    Bytes buffer(static_cast<std::size_t>(std::min<std::uint64_t>(step, entry.packed)));
    std::uint64_t done = 0;
    while (done < entry.packed) {
        const std::uint64_t left = entry.packed - done;
        const auto piece =
            std::span(buffer).first(static_cast<std::size_t>(std::min<std::uint64_t>(step, left)));
        TM_CHECK(file.readAt(entry.dataOffset() + done, piece));
        TM_CHECK(take(piece));
        done += piece.size();
    }
    return {};
}

}  // namespace

Result<void> readZipEntry(const FileBytes& file, const ZipEntry& entry,
                          const std::function<Result<void>(ByteView)>& sink) {
    Counted counted(entry, sink);
    if (entry.method == zipStored) {
        TM_CHECK(
            eachPackedPiece(file, entry, [&](std::span<std::uint8_t> piece) { return counted.pass(piece); }));
        return counted.finish();
    }
    Inflater inflater;
    if (!inflater.ready()) return environment("memory", "There is not enough memory to unpack an entry.");
    TM_CHECK(eachPackedPiece(file, entry, [&](std::span<std::uint8_t> piece) -> Result<void> {
        if (inflater.ended()) return broken("There are bytes behind the packed data.");
        return inflater.feed(piece, counted);
    }));
    if (!inflater.ended()) return broken("The packed data stops before its end.");
    return counted.finish();
}

}  // namespace tickmark::bundle
