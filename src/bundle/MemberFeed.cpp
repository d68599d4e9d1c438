#include "bundle/MemberFeed.h"

#include <algorithm>
#include <utility>

namespace tickmark::bundle {
namespace {

constexpr std::size_t parcelSize = std::size_t{1} << 20U;
constexpr std::size_t parcelCount = 8;
// Less room than this is not worth a system call; the parcel goes on its way instead.
constexpr std::size_t leastRoom = std::size_t{32} << 10U;

Error sizeDiffers() {
    Error error;
    error.kind = ErrorKind::Damaged;
    error.type = "object-damaged";
    error.message = "A file no longer has the size it was received with.";
    return error;
}

}  // namespace

MemberFeed::MemberFeed(const std::vector<ZipMember>& members) : m_members(members) {
    for (std::size_t i = 0; i < parcelCount; ++i) m_free.push_back(std::make_unique<Parcel>());
    m_thread = std::jthread([this] { run(); });
}

MemberFeed::~MemberFeed() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
}

Result<std::unique_ptr<Parcel>> MemberFeed::next() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_full.empty() || m_error || m_done; });
    if (!m_full.empty()) {
        auto parcel = std::move(m_full.front());
        m_full.pop_front();
        return parcel;
    }
    if (m_error) return *m_error;
    return std::unique_ptr<Parcel>();
}

void MemberFeed::giveBack(std::unique_ptr<Parcel> parcel) {
    parcel->used = 0;
    parcel->pieces.clear();
    {
        const std::lock_guard lock(m_mutex);
        m_free.push_back(std::move(parcel));
    }
    m_changed.notify_all();
}

std::unique_ptr<Parcel> MemberFeed::takeFree() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return !m_free.empty() || m_stop; });
    if (m_stop) return nullptr;
    auto parcel = std::move(m_free.back());
    m_free.pop_back();
    lock.unlock();
    parcel->buffer.resize(parcelSize);
    return parcel;
}

void MemberFeed::push(std::unique_ptr<Parcel> parcel) {
    {
        const std::lock_guard lock(m_mutex);
        m_full.push_back(std::move(parcel));
    }
    m_changed.notify_all();
}

/// Sees to a parcel with room; false when nobody wants more.
Result<bool> MemberFeed::makeRoom() {
    if (m_filling && parcelSize - m_filling->used < leastRoom) push(std::move(m_filling));
    if (!m_filling) m_filling = takeFree();
    return m_filling != nullptr;
}

Result<bool> MemberFeed::readMember(std::size_t number) {
    const ZipMember& member = m_members[number];
    TM_TRY(const auto source, member.open());
    std::uint64_t taken = 0;
    while (true) {
        TM_TRY(const bool goesOn, makeRoom());
        if (!goesOn) return false;
        Parcel& parcel = *m_filling;
        TM_TRY(const std::size_t count, source->read(std::span(parcel.buffer).subspan(parcel.used)));
        taken += count;
        if (taken > member.size || (count == 0 && taken != member.size)) return sizeDiffers();
        const bool joins = !parcel.pieces.empty() && parcel.pieces.back().member == number;
        if (!joins) parcel.pieces.push_back({number, parcel.used, 0, false});
        parcel.pieces.back().size += count;
        parcel.pieces.back().last = count == 0;
        parcel.used += count;
        if (count == 0) return true;
    }
}

Result<bool> MemberFeed::readAll() {
    for (std::size_t i = 0; i < m_members.size(); ++i) {
        TM_TRY(const bool goesOn, readMember(i));
        if (!goesOn) return false;
    }
    if (m_filling) push(std::move(m_filling));
    return true;
}

void MemberFeed::run() {
    const auto read = readAll();
    {
        const std::lock_guard lock(m_mutex);
        if (!read) m_error = read.error();
        m_done = true;
    }
    m_changed.notify_all();
}

}  // namespace tickmark::bundle
