#include "bundle/ZipWriter.h"

#include "bundle/Checksum.h"
#include "bundle/ZipRecords.h"

namespace tickmark::bundle {
namespace {

/// Puts the pieces of members into their entries.
class EntryWriter {
  public:
    EntryWriter(ZipOutput& output, const std::vector<ZipMember>& members)
        : m_output(output), m_members(members) {
        m_entries.reserve(members.size());
    }

    Result<void> take(const Piece& piece, ByteView bytes) {
        if (m_open) return goOn(piece, bytes);
        ZipEntry begun;
        begun.name = m_members[piece.member].name;
        begun.size = begun.packed = m_members[piece.member].size;
        begun.offset = m_output.position();
        begun.crc = crc32Of(0, bytes);
        m_entries.push_back(std::move(begun));
        m_open = true;
        // The checksum of a file that comes in several pieces is put in its place when it is known.
        TM_CHECK(m_output.append(viewOf(zip::localHeader(m_entries.back()))));
        TM_CHECK(m_output.append(bytes));
        if (piece.last) close();
        return {};
    }

    [[nodiscard]] const std::vector<ZipEntry>& entries() const noexcept { return m_entries; }

  private:
    Result<void> goOn(const Piece& piece, ByteView bytes) {
        ZipEntry& open = m_entries.back();
        open.crc = crc32Of(open.crc, bytes);
        TM_CHECK(m_output.append(bytes));
        if (!piece.last) return {};
        TM_CHECK(m_output.patch(open.offset, viewOf(zip::localHeader(open))));
        close();
        return {};
    }

    void close() {
        m_open = false;
        m_output.settle();
    }

    ZipOutput& m_output;
    const std::vector<ZipMember>& m_members;
    std::vector<ZipEntry> m_entries{};
    bool m_open = false;
};

/// Progress of both halves: content written, file read back.
class Advance {
  public:
    Advance(const ZipProgress& progress, const ZipOutput& output) : m_progress(progress), m_output(output) {}
    void wrote(std::size_t bytes) { m_written += bytes; }
    [[nodiscard]] bool goesOn() const {
        return !m_progress || m_progress(m_written + std::min(m_output.hashed(), m_written));
    }

  private:
    const ZipProgress& m_progress;
    const ZipOutput& m_output;
    std::uint64_t m_written = 0;
};

Error cancelled() { return refused("cancelled", "The sealing was cancelled."); }

}  // namespace

Result<void> appendDirectory(ZipOutput& output, const std::vector<ZipEntry>& entries) {
    const std::uint64_t begin = output.position();
    for (const ZipEntry& entry : entries) TM_CHECK(output.append(viewOf(zip::centralRecord(entry))));
    const zip::EndFacts end{entries.size(), output.position() - begin, begin};
    TM_CHECK(output.append(viewOf(zip::endRecord(end))));
    output.settle();
    return output.flush();
}

Result<void> appendMembers(ZipOutput& output, std::vector<ZipEntry>& entries,
                           const std::vector<SmallMember>& members) {
    for (const SmallMember& member : members) {
        ZipEntry made;
        made.name = member.name;
        made.size = made.packed = member.content.size();
        made.offset = output.position();
        made.crc = crc32Of(0, member.content);
        TM_CHECK(output.append(viewOf(zip::localHeader(made))));
        TM_CHECK(output.append(member.content));
        entries.push_back(std::move(made));
    }
    output.settle();
    return {};
}

Result<ZippedFile> writeZip(int descriptor, const std::vector<ZipMember>& members,
                            const ZipProgress& progress) {
    ZipOutput output(descriptor, 0);
    EntryWriter writer(output, members);
    Advance advance(progress, output);
    MemberFeed feed(members);
    while (true) {
        TM_TRY(auto parcel, feed.next());
        if (!parcel) break;
        for (const Piece& piece : parcel->pieces) {
            TM_CHECK(writer.take(piece, parcel->bytesOf(piece)));
            advance.wrote(piece.size);
        }
        feed.giveBack(std::move(parcel));
        if (!advance.goesOn()) return cancelled();
    }
    TM_CHECK(appendDirectory(output, writer.entries()));
    ZippedFile written;
    written.size = output.position();
    TM_TRY(written.digest, output.digest([&] { return advance.goesOn(); }));
    TM_CHECK(checkWithLibzip(descriptor, writer.entries()));
    if (!advance.goesOn()) return cancelled();
    return written;
}

}  // namespace tickmark::bundle
