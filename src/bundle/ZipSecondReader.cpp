// What libzip makes of a finished bundle.
#include <unistd.h>
#include <zip.h>
#include <memory>

#include "bundle/ZipWriter.h"

namespace tickmark::bundle {
namespace {

struct Discard {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
using ArchiveHandle = std::unique_ptr<zip_t, Discard>;

bool agrees(zip_t* archive, zip_uint64_t index, const ZipEntry& wanted) {
    zip_stat_t seen;
    zip_stat_init(&seen);
    if (zip_stat_index(archive, index, 0, &seen) != 0) return false;
    return wanted.name == seen.name && wanted.size == seen.size && wanted.packed == seen.comp_size &&
           wanted.crc == seen.crc && seen.comp_method == ZIP_CM_STORE &&
           seen.encryption_method == ZIP_EM_NONE;
}

}  // namespace

Result<void> checkWithLibzip(int descriptor, const std::vector<ZipEntry>& entries) {
    const int copy = ::dup(descriptor);
    if (copy < 0) return environment("file-io", "The finished bundle cannot be read back.");
    int code = 0;
    const ArchiveHandle archive(zip_fdopen(copy, ZIP_CHECKCONS, &code));
    if (archive == nullptr) {
        ::close(copy);
        return internal("The finished bundle does not satisfy libzip (error " + std::to_string(code) + ").");
    }
    if (zip_get_num_entries(archive.get(), 0) != static_cast<zip_int64_t>(entries.size())) {
        return internal("libzip sees another number of entries in the finished bundle.");
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!agrees(archive.get(), i, entries[i])) {
            return internal("libzip sees another entry than " + entries[i].name + " in the finished bundle.");
        }
    }
    return {};
}

}  // namespace tickmark::bundle
