// data/manifest.json against its schema, and what signatories say.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tickmark/bundle/SignerStatement.h"
#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Bytes.h"

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

const tickmark::codec::JsonSchema& schema() {
    static const auto compiled = [] {
        std::ostringstream text;
        text << std::ifstream(TICKMARK_SOURCE_DIR "/schemas/json/manifest.schema.json").rdbuf();
        return tickmark::codec::JsonSchema::compile(text.str());
    }();
    check(compiled.ok());
    return *compiled;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tickmark;
    const std::string_view text = textOf(ByteView(data, size));
    if (const auto said = bundle::SignerStatement::parse(text)) check(said->text() == text);
    const auto json = codec::parseJson(text);
    if (!json) return 0;
    const auto fits = schema().check(*json);
    check(fits.ok() || !fits.error().parts.empty() || !fits.error().message.empty());
    // What the verifier takes for granted once the schema holds.
    if (fits) check(json->find("bundle") != nullptr && json->find("evidence")->items() != nullptr);
    return 0;
}
