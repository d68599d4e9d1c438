// Gives staged objects their names, so that either all of them are there for good or none is.
//
// The order: every object is staged, complete and synced before the first one is named; the folders are
// locked; each file is moved into place without replacing anything; the folders are synced; only then is
// anything acknowledged. The locks keep others from acknowledging an object (as "already there") whose folder
// entry is not yet durable and may still be taken back. They are taken in ascending order, so two
// publications cannot wait for each other.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "archive/FilesystemSync.h"
#include "archive/ObjectFolders.h"
#include "archive/StagedFile.h"
#include "tickmark/archive/Archive.h"

namespace tickmark::archive {

class Publication {
  public:
    /// `since`: taken before the first object was staged.
    Publication(ObjectFolders& folders, FilesystemSync& filesystem, FilesystemSync::Mark since) noexcept
        : m_folders(folders), m_filesystem(filesystem), m_since(since) {}
    Publication(const Publication&) = delete;
    Publication& operator=(const Publication&) = delete;
    /// Takes back what was named unless publish() succeeded.
    ~Publication();

    /// Names all objects, in order. Errors: Damaged "object-damaged" when what is already there under that
    /// digest is not the same content.
    [[nodiscard]] Result<std::vector<StoredObject>> publish(std::vector<StagedObject>& objects);

  private:
    [[nodiscard]] Result<void> lockFolders(const std::vector<StagedObject>& objects);
    [[nodiscard]] Result<StoredObject> place(StagedObject& object);
    [[nodiscard]] Result<void> proveSame(const StagedObject& object) const;
    [[nodiscard]] Result<void> syncFolders();

    ObjectFolders& m_folders;
    FilesystemSync& m_filesystem;
    FilesystemSync::Mark m_since;
    std::map<std::uint8_t, FdHandle> m_locked{};  // by first byte; the lock lives as long as the descriptor
    std::set<Digest> m_placed{};
    bool m_done = false;
};

}  // namespace tickmark::archive
