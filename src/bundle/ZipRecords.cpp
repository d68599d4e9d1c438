#include "bundle/ZipRecords.h"

#include <algorithm>

namespace tickmark::bundle::zip {
namespace {

/// Little-endian fields, one after the other.
class Fields {
  public:
    Fields& two(std::uint64_t value) { return put(value, 2); }
    Fields& four(std::uint64_t value) { return put(value, 4); }
    Fields& eight(std::uint64_t value) { return put(value, 8); }
    /// What does not fit is all ones; the value stands elsewhere then.
    Fields& twoOrOnes(std::uint64_t value) { return two(std::min<std::uint64_t>(value, 0xFFFF)); }
    Fields& fourOrOnes(std::uint64_t value) { return four(std::min(value, zip64From)); }
    Fields& text(const std::string& value) {
        m_bytes += value;
        return *this;
    }
    [[nodiscard]] std::string take() { return std::move(m_bytes); }

  private:
    Fields& put(std::uint64_t value, unsigned count) {
        for (unsigned i = 0; i < count; ++i) m_bytes += static_cast<char>((value >> (8U * i)) & 0xFFU);
        return *this;
    }
    std::string m_bytes{};
};

constexpr unsigned plainVersion = 10;
constexpr unsigned zip64Version = 45;

/// The zip64 extra field with the sizes, the offset, both or nothing.
std::string extraField(const ZipEntry& entry, bool withOffset) {
    Fields values;
    if (entry.hasLargeSize()) values.eight(entry.size).eight(entry.packed);
    if (withOffset) values.eight(entry.offset);
    const std::string content = values.take();
    if (content.empty()) return {};
    return Fields().two(extra64).two(content.size()).text(content).take();
}

void shared(Fields& fields, const ZipEntry& entry, const std::string& extra) {
    fields.two(extra.empty() ? plainVersion : zip64Version);
    fields.two(0).two(entry.method).two(fixedTime).two(fixedDate).four(entry.crc);
    if (entry.hasLargeSize()) {
        fields.four(zip64From).four(zip64From);
    } else {
        fields.four(entry.packed).four(entry.size);
    }
    fields.two(entry.name.size()).two(extra.size());
}

}  // namespace

std::uint16_t read16(ByteView bytes, std::size_t at) noexcept {
    return static_cast<std::uint16_t>(bytes[at] | (bytes[at + 1] << 8));
}

std::uint32_t read32(ByteView bytes, std::size_t at) noexcept {
    return read16(bytes, at) | (static_cast<std::uint32_t>(read16(bytes, at + 2)) << 16);
}

std::uint64_t read64(ByteView bytes, std::size_t at) noexcept {
    return read32(bytes, at) | (static_cast<std::uint64_t>(read32(bytes, at + 4)) << 32);
}

std::string localHeader(const ZipEntry& entry) {
    const std::string extra = extraField(entry, false);
    Fields fields;
    fields.four(localMark);
    shared(fields, entry, extra);
    return fields.text(entry.name).text(extra).take();
}

std::string centralRecord(const ZipEntry& entry) {
    const std::string extra = extraField(entry, entry.offset >= zip64From);
    Fields fields;
    fields.four(centralMark).two(madeBy);
    shared(fields, entry, extra);
    fields.two(0).two(0).two(0).four(plainFile).fourOrOnes(entry.offset);
    return fields.text(entry.name).text(extra).take();
}

std::string endRecord(const EndFacts& facts) {
    Fields fields;
    if (facts.isLarge()) {
        fields.four(end64Mark).eight(end64Size - 12).two(madeBy).two(zip64Version).four(0).four(0);
        fields.eight(facts.entries).eight(facts.entries).eight(facts.size).eight(facts.offset);
        fields.four(locatorMark).four(0).eight(facts.offset + facts.size).four(1);
    }
    fields.four(endMark).two(0).two(0).twoOrOnes(facts.entries).twoOrOnes(facts.entries);
    return fields.fourOrOnes(facts.size).fourOrOnes(facts.offset).two(0).take();
}

}  // namespace tickmark::bundle::zip
