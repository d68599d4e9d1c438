// Reads the files of a bundle ahead of whoever writes them, on a thread of its own.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// One file to be written. `open` is called once, from another thread; the source must give exactly `size`
/// bytes.
struct ZipMember {
    std::string name{};
    std::uint64_t size = 0;
    std::function<Result<std::unique_ptr<ByteSource>>()> open{};
};

/// Some bytes of one member inside a parcel. Every member ends with a piece that is its last, which may be
/// empty; a source is proved when its last piece arrives.
struct Piece {
    std::size_t member = 0;
    std::size_t begin = 0;
    std::size_t size = 0;
    bool last = false;
};

/// A buffer with pieces of one or more members, in their order.
struct Parcel {
    Bytes buffer{};
    std::size_t used = 0;
    std::vector<Piece> pieces{};
    [[nodiscard]] ByteView bytesOf(const Piece& piece) const {
        return ByteView(buffer).subspan(piece.begin, piece.size);
    }
};

/// The members as parcels, in order. Memory: eight parcels of 1 MiB, however large the members are.
class MemberFeed {
  public:
    /// `members` must outlive it. Reading begins at once.
    explicit MemberFeed(const std::vector<ZipMember>& members);
    ~MemberFeed();
    MemberFeed(const MemberFeed&) = delete;
    MemberFeed& operator=(const MemberFeed&) = delete;

    /// The next parcel, or none after the last. Errors: those of the members' sources, Damaged
    /// "object-damaged" when one has another size than it should.
    [[nodiscard]] Result<std::unique_ptr<Parcel>> next();
    /// Gives a parcel back to be filled again.
    void giveBack(std::unique_ptr<Parcel> parcel);

  private:
    void run();
    [[nodiscard]] Result<bool> readAll();
    [[nodiscard]] Result<bool> readMember(std::size_t number);
    [[nodiscard]] Result<bool> makeRoom();
    [[nodiscard]] std::unique_ptr<Parcel> takeFree();
    void push(std::unique_ptr<Parcel> parcel);

    const std::vector<ZipMember>& m_members;
    std::unique_ptr<Parcel> m_filling{};  ///< only for the reading thread
    std::mutex m_mutex{};
    std::condition_variable m_changed{};
    std::vector<std::unique_ptr<Parcel>> m_free{};
    std::deque<std::unique_ptr<Parcel>> m_full{};
    std::optional<Error> m_error{};
    bool m_done = false;
    bool m_stop = false;
    std::jthread m_thread{};
};

}  // namespace tickmark::bundle
