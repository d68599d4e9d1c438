#include "bundle/ZipRecords.h"

namespace tickmark::bundle::zip {
namespace {

/// Little-endian fields, one after the other.
class Fields {
  public:
    Fields& two(std::uint64_t value) { return put(value, 2); }
    Fields& four(std::uint64_t value) { return put(value, 4); }
    Fields& text(const std::string& value) {
        m_bytes += value;
        return *this;
    }
    [[nodiscard]] std::string take() { return std::move(m_bytes); }

  private:
    Fields& put(std::uint64_t value, int count) {
        for (int i = 0; i < count; ++i) m_bytes += static_cast<char>((value >> (8 * i)) & 0xFFU);
        return *this;
    }
    std::string m_bytes{};
};

void shared(Fields& fields, const ZipEntry& entry) {
    fields.two(10).two(0).two(entry.method).two(fixedTime).two(fixedDate);
    fields.four(entry.crc).four(entry.packed).four(entry.size).two(entry.name.size()).two(0);
}

}  // namespace

std::uint16_t read16(ByteView bytes, std::size_t at) noexcept {
    return static_cast<std::uint16_t>(bytes[at] | (bytes[at + 1] << 8));
}

std::uint32_t read32(ByteView bytes, std::size_t at) noexcept {
    return read16(bytes, at) | (static_cast<std::uint32_t>(read16(bytes, at + 2)) << 16);
}

std::string localHeader(const ZipEntry& entry) {
    Fields fields;
    fields.four(localMark);
    shared(fields, entry);
    return fields.text(entry.name).take();
}

std::string centralRecord(const ZipEntry& entry) {
    Fields fields;
    fields.four(centralMark).two(madeBy);
    shared(fields, entry);
    fields.two(0).two(0).two(0).four(plainFile).four(entry.offset);
    return fields.text(entry.name).take();
}

std::string endRecord(const EndFacts& facts) {
    Fields fields;
    fields.four(endMark).two(0).two(0).two(facts.entries).two(facts.entries);
    return fields.four(facts.size).four(facts.offset).two(0).take();
}

}  // namespace tickmark::bundle::zip
