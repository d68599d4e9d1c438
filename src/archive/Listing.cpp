#include "archive/Listing.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <optional>

#include "archive/FileCalls.h"
#include "archive/StagingArea.h"

namespace tickmark::archive {

namespace {

enum class Kind { Gone, Folder, Plain, Other };

struct Facts {
    Kind kind = Kind::Gone;
    std::uint64_t size = 0;
};

Result<Facts> factsOf(int folder, const std::string& name) {
    struct stat facts {};
    if (::fstatat(folder, name.c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) return Facts{};  // taken away between the listing and now
        return ioError(Place::Archive, errno, "look at a stored file");
    }
    if (S_ISDIR(facts.st_mode)) return Facts{Kind::Folder, 0};
    return Facts{S_ISREG(facts.st_mode) ? Kind::Plain : Kind::Other,
                 static_cast<std::uint64_t>(facts.st_size)};
}

class Walk {
  public:
    explicit Walk(const ListingReceiver& receiver) : m_receiver(receiver) {}

    Result<void> root(int fd) {
        for (const char* own : {"sha256", "tmp"}) {
            TM_TRY(const FdHandle folder, openFolder(Place::Archive, fd, own));
            TM_CHECK(std::string_view(own) == "tmp" ? staging(folder.get()) : prefixes(folder.get()));
        }
        TM_TRY(const auto names, namesIn(fd));
        for (const std::string& name : names) {
            if (name != "sha256" && name != "tmp") foreign({}, name);
        }
        return {};
    }

  private:
    Result<void> prefixes(int fd) {
        TM_TRY(const auto names, namesIn(fd));
        for (const std::string& name : names) {
            TM_TRY(const Facts facts, factsOf(fd, name));
            const bool isPrefix = name.size() == 2 && fromHex(name).ok();
            if (facts.kind == Kind::Folder && isPrefix) {
                TM_TRY(const FdHandle folder, openFolder(Place::Archive, fd, name.c_str()));
                TM_CHECK(objects(folder.get(), name));
            } else if (facts.kind != Kind::Gone) {
                foreign("sha256/", name);
            }
        }
        return {};
    }

    Result<void> objects(int fd, const std::string& prefix) {
        const std::string within = "sha256/" + prefix + "/";
        TM_TRY(const auto names, namesIn(fd));
        for (const std::string& name : names) {
            TM_TRY(const Facts facts, factsOf(fd, name));
            const auto digest = Digest::parse(name);
            if (facts.kind == Kind::Plain && digest && name.starts_with(prefix)) {
                if (m_receiver.object) m_receiver.object({*digest, facts.size});
            } else if (facts.kind != Kind::Gone) {
                foreign(within, name);
            }
        }
        return {};
    }

    /// Temporary files of this or another process are nobody's business; anything else in there is foreign.
    Result<void> staging(int fd) {
        TM_TRY(const auto names, namesIn(fd));
        for (const std::string& name : names) {
            const auto folder = StagingArea::isFolderName(name) ? openFolder(Place::Archive, fd, name.c_str())
                                                                : Result<FdHandle>(FdHandle());
            if (!folder) continue;  // its owner has just removed it
            if (!folder->open()) {
                foreign("tmp/", name);
                continue;
            }
            TM_TRY(const auto files, namesIn(folder->get()));
            const std::string within = std::string("tmp/").append(name).append("/");
            for (const std::string& file : files) {
                if (!StagingArea::isFileName(file)) foreign(within, file);
            }
        }
        return {};
    }

    /// `folder` ends with a slash or is empty.
    void foreign(std::string folder, const std::string& name) {
        if (m_receiver.foreign) m_receiver.foreign(folder.append(name));
    }

    const ListingReceiver& m_receiver;
};

}  // namespace

Result<void> listStore(int root, const ListingReceiver& receiver) { return Walk(receiver).root(root); }

}  // namespace tickmark::archive
