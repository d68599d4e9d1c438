#include "archive/IoError.h"

#include <cerrno>
#include <string>

namespace tickmark::archive {

Error ioError(Place place, int code, std::string_view doing) {
    const std::string who = place == Place::Archive ? "The archive" : "The program";
    const std::string what = who + " could not " + std::string(doing);
    switch (code) {
        case ENOSPC:
            return environment("disk-full", what + ": the disk is full.", "Free some space, then try again.");
        case EDQUOT:
            return environment("disk-full", what + ": the disk quota is used up.",
                               "Raise the quota or free some space, then try again.");
        case EFBIG:
            return environment("disk-full",
                               what + ": the file is larger than this system lets a file become.",
                               "Raise the file size limit of the process or use another filesystem.");
        default:
            return environment(place == Place::Archive ? "archive-io" : "file-io",
                               what + ": " + std::generic_category().message(code) + ".",
                               "Check the disk, the folder and its permissions, then try again.");
    }
}

}  // namespace tickmark::archive
