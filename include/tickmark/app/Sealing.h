// Sealing that takes long: begun by a request, watched, cancelled, and over when the file is proved.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "tickmark/app/Bundles.h"

namespace tickmark::app {

enum class SealPhase { Waiting, Writing, Checking, Done, Failed, Cancelled };
[[nodiscard]] std::string_view toText(SealPhase phase) noexcept;

/// What a watcher sees of one sealing. `done` and `total` are bytes of the phase at hand; 0 of 0 when
/// unknown.
struct SealingState {
    domain::BundleRef ref{};
    domain::PartyId by{};
    SealPhase phase = SealPhase::Waiting;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::optional<Error> error{};  ///< of Failed
    Timestamp begunAt{};
    std::optional<Timestamp> endedAt{};
    [[nodiscard]] bool over() const noexcept {
        return phase == SealPhase::Done || phase == SealPhase::Failed || phase == SealPhase::Cancelled;
    }
};

/// One thread that seals one bundle after another. It starts with the first work and ends with the desk,
/// which cancels what is at work: a cancelled sealing leaves no file and its bundle stays a draft.
class SealDesk {
  public:
    explicit SealDesk(Context& context) : m_context(context) {}
    SealDesk(const SealDesk&) = delete;
    SealDesk& operator=(const SealDesk&) = delete;
    ~SealDesk();

    /// Checks everything that can be checked at once, enters the draft and puts the rest in line. Errors: as
    /// sealBundle() before the first byte; Refused "busy" while ten wait.
    [[nodiscard]] Result<SealingState> begin(const domain::Actor& actor, const BundleDraft& draft);
    /// The state of a sealing of this run of the program; the last hundred are remembered.
    [[nodiscard]] std::optional<SealingState> find(const domain::BundleRef& ref) const;
    /// The same once it is over, or when `patience` has passed.
    [[nodiscard]] std::optional<SealingState> await(const domain::BundleRef& ref,
                                                    std::chrono::milliseconds patience);
    /// Asks it to end. False when it is over or unknown.
    bool cancel(const domain::BundleRef& ref);

  private:
    struct Job;
    void work();
    void seal(Job& job);
    void change(Job& job, const std::function<void(SealingState&)>& edit);
    void forgetOldest();
    [[nodiscard]] std::shared_ptr<Job> jobOf(const domain::BundleRef& ref) const;

    Context& m_context;
    mutable std::mutex m_mutex{};
    std::condition_variable m_wake{};
    std::condition_variable m_over{};
    std::deque<std::shared_ptr<Job>> m_waiting{};
    std::vector<std::shared_ptr<Job>> m_jobs{};
    bool m_ending = false;
    std::thread m_thread{};
};

/// LA who leads the audit. Begins at the context's desk.
[[nodiscard]] Result<SealingState> beginSealing(Context& context, const domain::Actor& actor,
                                                const BundleDraft& draft);
/// Whoever may see the bundle. A bundle that is not at the desk is answered by what the catalog says of it:
/// Done when it is sealed. Errors: NotFound; Refused "sealing-lost" for a draft that nobody seals any more.
[[nodiscard]] Result<SealingState> showSealing(Context& context, const domain::Actor& actor,
                                               const domain::BundleRef& ref);
/// LA who leads the audit. Errors: Refused "sealing-over".
[[nodiscard]] Result<SealingState> cancelSealing(Context& context, const domain::Actor& actor,
                                                 const domain::BundleRef& ref);

}  // namespace tickmark::app
