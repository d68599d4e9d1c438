// What is read must be written canonically, read back equal, and written to the same bytes.
#include <cstdint>
#include <cstdlib>

#include "tickmark/codec/Json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tickmark;
    const auto value = codec::parseJson(textOf(ByteView(data, size)));
    if (!value) return 0;
    const std::string bytes = codec::canonicalJson(*value);
    const auto again = codec::parseJson(bytes);
    if (!again || !(*again == *value) || codec::canonicalJson(*again) != bytes) std::abort();
    const auto pretty = codec::parseJson(codec::prettyJson(*value));
    if (!pretty || !(*pretty == *value)) std::abort();
    return 0;
}
