// What systemd is told, when one started this server (sd_notify(3)).
#pragma once

#include <chrono>
#include <optional>

namespace tickmark::http {

/// Speaks to the manager that the environment names; without one every call does nothing.
class Systemd {
  public:
    Systemd();
    /// Requests are answered from now on.
    void ready() const;
    /// Running requests are finished, no new ones are taken.
    void stopping() const;
    /// A sign of life, to be given at least every `patience`.
    void alive() const;
    /// Half of the time after which the manager would take the server for dead; nothing when it does not
    /// watch.
    [[nodiscard]] std::optional<std::chrono::seconds> patience() const noexcept { return m_patience; }

  private:
    std::optional<std::chrono::seconds> m_patience{};
};

}  // namespace tickmark::http
