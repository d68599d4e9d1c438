#include "app/UploadDesk.h"

namespace tickmark::app {

Result<UploadDesk::Lease> UploadDesk::take(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    auto& entry = m_entries[id];
    if (!entry) entry = std::make_unique<Entry>();
    if (entry->busy) {
        return Error{ErrorKind::Conflict,
                     "upload-busy",
                     "A piece of this file is arriving at this moment over another connection.",
                     {},
                     {},
                     "Wait a few seconds, then ask for the offset and go on.",
                     {},
                     2};
    }
    entry->busy = true;
    return Lease(*this, id, entry->hash);
}

void UploadDesk::giveBack(const std::string& id) {
    const std::lock_guard lock(m_mutex);
    const auto entry = m_entries.find(id);
    if (entry == m_entries.end()) return;
    entry->second->busy = false;
    const std::uint64_t covered = entry->second->hash.covered;
    // Nothing worth keeping: nothing hashed yet, or the upload is over.
    if (covered == 0 || covered == UINT64_MAX) m_entries.erase(entry);
}

}  // namespace tickmark::app
