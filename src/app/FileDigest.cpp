#include "app/FileDigest.h"

#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::app {

Result<Digest> digestOfFile(const std::filesystem::path& file,
                            const std::function<void(std::uint64_t)>& taken) {
    constexpr std::size_t pieceSize = 1024 * 1024;
    TM_TRY(const auto source, archive::openFile(file));
    crypto::Sha256 hash;
    Bytes buffer(pieceSize);
    for (;;) {
        TM_TRY(const std::size_t count, source->read(buffer));
        if (count == 0) return hash.finish();
        hash.update(ByteView(buffer.data(), count));
        if (taken) taken(count);
    }
}

}  // namespace tickmark::app
