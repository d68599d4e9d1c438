#include "http/server/Parking.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <limits>
#include <thread>

namespace tickmark::http {
namespace {

enum State : std::uint64_t { Free = 0, Parked = 1, Busy = 2 };

constexpr std::uint64_t wakeToken = std::numeric_limits<std::uint64_t>::max();

constexpr std::uint64_t word(std::uint32_t generation, State state) {
    return (std::uint64_t{generation} << 2U) | state;
}

std::int64_t ticks(std::chrono::steady_clock::time_point moment) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count();
}

}  // namespace

struct Parking::Slot {
    std::atomic<std::uint64_t> state{word(0, Free)};
    std::atomic<std::int64_t> deadline{0};  ///< of a parked connection, in ticks
    std::atomic<bool> idle{false};
    std::mutex ending{};  ///< held while the connection is taken away, and while it is cut from outside
    std::unique_ptr<Connection> connection{};
};

Parking::Parking(const ServerLimits& limits) : m_limits(limits), m_slots(limits.connections) {
    m_free.reserve(limits.connections);
    for (std::size_t i = limits.connections; i > 0; --i) m_free.push_back(i - 1);
}

Parking::~Parking() {
    if (m_wake >= 0) ::close(m_wake);
    if (m_epoll >= 0) ::close(m_epoll);
}

Result<void> Parking::open() {
    m_epoll = ::epoll_create1(EPOLL_CLOEXEC);
    m_wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = wakeToken;
    if (m_epoll < 0 || m_wake < 0 || ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event) != 0) {
        return environment("no-file-descriptors", "The system gives no more file descriptors.",
                           "Raise the limit of open files.");
    }
    return {};
}

Parking::Admission Parking::admit(const std::string& address) const {
    const std::scoped_lock lock(m_mutex);
    const auto known = m_perAddress.find(address);
    if (known != m_perAddress.end() && known->second >= m_limits.connectionsPerAddress) {
        return Admission::TooManyFromAddress;
    }
    return m_free.empty() ? Admission::Full : Admission::Admitted;
}

void Parking::enter(std::unique_ptr<Connection> connection) {
    Claim claim;
    {
        const std::scoped_lock lock(m_mutex);
        claim.slot = m_free.back();
        m_free.pop_back();
        ++m_perAddress[connection->remoteAddress()];
    }
    ++m_count;
    if (claim.slot >= m_used) m_used = claim.slot + 1;
    Slot& slot = m_slots[claim.slot];
    claim.generation = static_cast<std::uint32_t>(slot.state.load(std::memory_order_acquire) >> 2U);
    {
        const std::scoped_lock lock(slot.ending);
        slot.connection = std::move(connection);
    }
    slot.state.store(word(claim.generation, Busy), std::memory_order_release);
    slot.idle = true;
    slot.deadline = ticks(slot.connection->deadline());
    watch(claim, Io::WantRead, EPOLL_CTL_ADD);
    slot.state.store(word(claim.generation, Parked), std::memory_order_release);
}

void Parking::watch(const Claim& claim, Io state, int operation) {
    epoll_event event{};
    event.events = (state == Io::WantWrite ? EPOLLOUT : EPOLLIN) | EPOLLONESHOT;
    event.data.u64 = (std::uint64_t{claim.generation} << 32U) | claim.slot;
    ::epoll_ctl(m_epoll, operation, m_slots[claim.slot].connection->transport().fd(), &event);
}

bool Parking::tryClaim(Slot& slot, std::uint32_t generation) const {
    for (;;) {
        std::uint64_t expected = word(generation, Parked);
        if (slot.state.compare_exchange_weak(expected, word(generation, Busy), std::memory_order_acq_rel)) {
            return true;
        }
        // Busy: its owner armed the event and is about to write Parked, or is ending it. Both take a moment.
        if (expected >> 2U != generation || (expected & 3U) == Free) return false;
        std::this_thread::yield();
    }
}

std::optional<Parking::Claim> Parking::next() {
    epoll_event event{};
    const int count = ::epoll_wait(m_epoll, &event, 1, -1);
    if (count != 1 || event.data.u64 == wakeToken) return std::nullopt;
    const Claim claim{event.data.u64 & 0xFFFFFFFFU, static_cast<std::uint32_t>(event.data.u64 >> 32U)};
    if (!tryClaim(m_slots[claim.slot], claim.generation)) return std::nullopt;
    return claim;
}

Connection& Parking::at(const Claim& claim) { return *m_slots[claim.slot].connection; }

void Parking::park(const Claim& claim, Io state) {
    Slot& slot = m_slots[claim.slot];
    slot.idle = slot.connection->idle();
    slot.deadline = ticks(slot.connection->deadline());
    // Armed before it is Parked: once Parked, the doorman may end it and the descriptor belong to another.
    watch(claim, state, EPOLL_CTL_MOD);
    slot.state.store(word(claim.generation, Parked), std::memory_order_release);
}

void Parking::end(const Claim& claim) {
    Slot& slot = m_slots[claim.slot];
    std::unique_ptr<Connection> ended;
    {
        const std::scoped_lock lock(slot.ending);
        ended = std::move(slot.connection);
    }
    const std::string address = ended ? ended->remoteAddress() : std::string();
    ended.reset();
    slot.state.store(word(claim.generation + 1, Free), std::memory_order_release);
    {
        const std::scoped_lock lock(m_mutex);
        m_free.push_back(claim.slot);
        const auto known = m_perAddress.find(address);
        if (known != m_perAddress.end() && --known->second == 0) m_perAddress.erase(known);
    }
    --m_count;
}

std::optional<Parking::Claim> Parking::claimSlot(std::size_t index) {
    Slot& slot = m_slots[index];
    std::uint64_t seen = slot.state.load(std::memory_order_acquire);
    if ((seen & 3U) != Parked) return std::nullopt;
    const auto generation = static_cast<std::uint32_t>(seen >> 2U);
    if (!slot.state.compare_exchange_strong(seen, word(generation, Busy), std::memory_order_acq_rel)) {
        return std::nullopt;
    }
    return Claim{index, generation};
}

void Parking::claimEach(const std::function<bool(const Connection&)>& wanted,
                        const std::function<void(const Claim&)>& action) {
    for (std::size_t i = 0; i < m_used; ++i) {
        const auto claim = claimSlot(i);
        if (!claim) continue;
        if (wanted(at(*claim))) {
            action(*claim);
        } else {
            m_slots[i].state.store(word(claim->generation, Parked), std::memory_order_release);
        }
    }
}

void Parking::claimExpired(std::chrono::steady_clock::time_point now,
                           const std::function<void(const Claim&)>& action) {
    const std::int64_t limit = ticks(now);
    for (std::size_t i = 0; i < m_used; ++i) {
        if (m_slots[i].deadline.load(std::memory_order_relaxed) > limit) continue;
        const auto claim = claimSlot(i);
        if (!claim) continue;
        // Looked at again now that it is ours: a worker may have moved it on in between.
        if (at(*claim).deadline() <= now) {
            action(*claim);
        } else {
            m_slots[i].state.store(word(claim->generation, Parked), std::memory_order_release);
        }
    }
}

std::optional<Parking::Claim> Parking::claimLongestIdle() {
    std::size_t oldest = m_used;
    std::int64_t earliest = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i < m_used; ++i) {
        const Slot& slot = m_slots[i];
        if ((slot.state.load(std::memory_order_acquire) & 3U) != Parked || !slot.idle) continue;
        if (slot.deadline < earliest) {
            earliest = slot.deadline;
            oldest = i;
        }
    }
    return oldest == m_used ? std::nullopt : claimSlot(oldest);
}

void Parking::cutAll() {
    for (std::size_t i = 0; i < m_used; ++i) {
        const std::scoped_lock lock(m_slots[i].ending);
        if (m_slots[i].connection) m_slots[i].connection->transport().cut();
    }
}

void Parking::wakeAll() const { ::eventfd_write(m_wake, 1); }

}  // namespace tickmark::http
