// Where connections stand while nobody works on them: slots watched by one epoll set.
//
// Every connection lies in a slot with a state word {generation, Free | Parked | Busy}. Whoever turns Parked
// into Busy owns the connection: a worker that was handed its event, or the doorman whose clock ran out.
// Events carry slot and generation, so one that comes late for an ended connection finds another generation
// and is dropped.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "http/server/Connection.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::http {

class Parking {
  public:
    /// A connection that the caller owns until it gives it back.
    struct Claim {
        std::size_t slot = 0;
        std::uint32_t generation = 0;
    };
    enum class Admission { Admitted, Full, TooManyFromAddress };

    explicit Parking(const ServerLimits& limits);
    ~Parking();
    Parking(const Parking&) = delete;
    Parking& operator=(const Parking&) = delete;

    /// Errors: Environment when the system gives no epoll set.
    [[nodiscard]] Result<void> open();

    /// Whether one more connection of that address has room.
    [[nodiscard]] Admission admit(const std::string& address) const;
    /// Takes a new connection in and watches it for input.
    void enter(std::unique_ptr<Connection> connection);

    /// Waits for a connection that is ready and claims it. Nothing: an event without a connection (wakeAll),
    /// or one that came too late.
    [[nodiscard]] std::optional<Claim> next();
    [[nodiscard]] Connection& at(const Claim& claim);
    /// Gives a claimed connection back, to be watched for input or output.
    void park(const Claim& claim, Io state);
    /// Ends a claimed connection and frees its slot.
    void end(const Claim& claim);

    /// Claims every parked connection for which `wanted` says so, one after another.
    void claimEach(const std::function<bool(const Connection&)>& wanted,
                   const std::function<void(const Claim&)>& action);
    /// Claims parked connections whose deadline has passed; cheap enough to run often.
    void claimExpired(std::chrono::steady_clock::time_point now,
                      const std::function<void(const Claim&)>& action);
    /// The idle connection that has waited longest, claimed.
    [[nodiscard]] std::optional<Claim> claimLongestIdle();
    /// Cuts the sockets of all connections, also those at work.
    void cutAll();
    /// Makes next() return nothing to every thread from now on.
    void wakeAll() const;

    [[nodiscard]] std::size_t count() const noexcept { return m_count.load(); }

  private:
    struct Slot;

    [[nodiscard]] bool tryClaim(Slot& slot, std::uint32_t generation) const;
    [[nodiscard]] std::optional<Claim> claimSlot(std::size_t index);
    void watch(const Claim& claim, Io state, int operation);

    const ServerLimits& m_limits;
    int m_epoll = -1;
    int m_wake = -1;
    std::vector<Slot> m_slots;
    std::atomic<std::size_t> m_count{0};
    std::atomic<std::size_t> m_used{0};  ///< slots that were ever taken
    mutable std::mutex m_mutex{};        ///< guards the two below
    std::vector<std::size_t> m_free{};
    std::unordered_map<std::string, std::size_t> m_perAddress{};
};

}  // namespace tickmark::http
