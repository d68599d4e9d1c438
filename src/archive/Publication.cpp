#include "archive/Publication.h"

#include "archive/FileCalls.h"
#include "archive/ProvingReader.h"

namespace tickmark::archive {

namespace {

/// Above this number of folders one sync of the filesystem is cheaper than one for each.
constexpr std::size_t fewFolders = 4;

}  // namespace

Publication::~Publication() {
    if (m_done) return;
    for (const Digest& digest : m_placed) {
        const auto folder = m_locked.find(digest.bytes().front());
        if (folder != m_locked.end()) ::unlinkat(folder->second.get(), digest.hex().c_str(), 0);
    }
}

Result<std::vector<StoredObject>> Publication::publish(std::vector<StagedObject>& objects) {
    TM_CHECK(lockFolders(objects));
    std::vector<StoredObject> stored;
    stored.reserve(objects.size());
    for (StagedObject& object : objects) {
        TM_TRY(StoredObject placed, place(object));
        stored.push_back(placed);
    }
    TM_CHECK(syncFolders());
    m_done = true;
    return stored;
}

Result<void> Publication::lockFolders(const std::vector<StagedObject>& objects) {
    for (const StagedObject& object : objects) m_locked[object.digest.bytes().front()];
    for (auto& [firstByte, folder] : m_locked) {
        TM_TRY(folder, m_folders.folderFor(firstByte));
        TM_CHECK(lockExclusively(folder.get()));
    }
    return {};
}

Result<StoredObject> Publication::place(StagedObject& object) {
    const int folder = m_locked.at(object.digest.bytes().front()).get();
    TM_TRY(const bool moved, object.file.moveTo(folder, object.digest.hex().c_str()));
    if (moved) {
        m_placed.insert(object.digest);
    } else if (!m_placed.contains(object.digest)) {
        TM_CHECK(proveSame(object));
    }
    return StoredObject{object.digest, object.size, !moved};
}

Result<void> Publication::proveSame(const StagedObject& object) const {
    TM_TRY(OpenObject there, m_folders.open(object.digest));
    if (there.size != object.size) return objectDamaged(object.digest, "its length has changed");
    // It may have come here by other hands than ours (a restored copy), so nothing says that it was ever
    // synced.
    TM_CHECK(syncFile(Place::Archive, there.fd.get()));
    return proveObject(std::move(there), object.digest);
}

Result<void> Publication::syncFolders() {
    if (m_locked.size() > fewFolders) {
        TM_CHECK(m_filesystem.sync(m_since));
        for (const auto& [firstByte, folder] : m_locked) m_folders.entryIsDurable(firstByte);
        return {};
    }
    for (const auto& [firstByte, folder] : m_locked) {
        TM_CHECK(syncFile(Place::Archive, folder.get()));
        TM_CHECK(m_folders.syncEntryOf(firstByte));
    }
    return {};
}

}  // namespace tickmark::archive
