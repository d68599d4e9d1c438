// System error numbers as the refusals that the archive's contract names.
#pragma once

#include <exception>
#include <new>
#include <string_view>
#include <system_error>

#include "tickmark/foundation/Result.h"

namespace tickmark::archive {

/// Whose file failed: the store's own ("archive-io") or one that the caller named ("file-io").
enum class Place { Archive, File };

/// `doing` completes "could not …". A full disk, an exhausted quota and a file size limit are "disk-full";
/// all else is "archive-io" or "file-io". No path stands in the text.
[[nodiscard]] Error ioError(Place place, int code, std::string_view doing);

/// Runs a public function's body and turns an exception (no memory, no thread) into a refusal, because none
/// may leave the module.
template <class Body>
[[nodiscard]] auto withoutExceptions(Place place, const Body& body) -> decltype(body()) {
    try {
        return body();
    } catch (const std::bad_alloc&) {
        return environment("out-of-memory", "There is not enough memory to handle the file.",
                           "Try again when less is going on.");
    } catch (const std::system_error& broken) {
        return ioError(place, broken.code().value(), "start its work");
    } catch (const std::exception&) {
        return internal("The file could not be handled because of a fault in the program.");
    }
}

}  // namespace tickmark::archive
