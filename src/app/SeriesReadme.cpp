#include "app/SeriesReadme.h"

namespace tickmark::app {
namespace {

constexpr const char* readme =
    "This folder holds a series of Tickmark's backups.\n\n"
    "moments/NAME.json lists the files of one backup: path, SHA-256 and size. Each file lies once under\n"
    "sha256/, in a folder of the first two digits of its digest, under the digest as its name.\n\n"
    "Restore:                tickmark restore THIS-FOLDER --data NEW-FOLDER\n"
    "Restore an older one:   tickmark restore THIS-FOLDER --moment NAME --data NEW-FOLDER\n"
    "Without Tickmark:       copy each listed file from its digest to its path; `sha256sum` proves it.\n\n"
    "It holds the keys of the seal and the ledger: keep it as safe as the data folder.\n";

}  // namespace

std::string_view seriesReadme() noexcept { return readme; }

}  // namespace tickmark::app
