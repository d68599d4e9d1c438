// Lists of digests, bag-info and links: whatever is taken says the same when it is written again.
#include <cstdint>
#include <cstdlib>

#include "bundle/BagInfo.h"
#include "bundle/DigestList.h"
#include "bundle/EntryNames.h"
#include "bundle/LinkTarget.h"
#include "tickmark/foundation/Bytes.h"

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tickmark;
    using namespace tickmark::bundle;
    const std::string_view text = textOf(ByteView(data, size));
    for (const ManifestOf of : {ManifestOf{false, 1}, ManifestOf{false, 2}, ManifestOf{true, 1}}) {
        const auto listed = parseAsicManifest(text, of);
        check(!listed || asicManifest(*listed, of) == text);
    }
    const auto bag = parseBagManifest(text);
    check(!bag || bagManifest(*bag) == text);
    const auto info = BagInfo::parse(text);
    check(!info || info->text() == text);
    const auto meta = entry::metaNameOf(text);
    check(!meta || entry::nameOf(*meta) == text);
    if (const auto target = linkTarget(entry::oscalPoam, text))
        check(target->size() <= text.size() + entry::oscalPoam.size());
    return 0;
}
