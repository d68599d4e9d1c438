// Walks a folder store in ascending order of digest and tells objects from foreign files.
#pragma once

#include <functional>
#include <string>

#include "tickmark/archive/Archive.h"

namespace tickmark::archive {

/// What is told about what is found.
struct ListingReceiver {
    const std::function<void(const ListedObject&)>& object;
    const std::function<void(const std::string&)>&
        foreign;  ///< a path relative to the store's root, '/' between names
};

/// `root` is the store's root folder. Holds the names of one of its 256 folders at a time.
[[nodiscard]] Result<void> listStore(int root, const ListingReceiver& receiver);

}  // namespace tickmark::archive
