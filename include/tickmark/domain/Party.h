// Who acts: accounts and their roles (ISO 19011:2018 clauses 3.13 to 3.15 for auditor, audit team and
// auditee).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

enum class Role {
    LeadAuditor,           ///< LA
    Auditor,               ///< AU
    ProcessOwner,          ///< PO
    ActionOwner,           ///< AO
    ImprovementManager,    ///< IM
    TopManagement,         ///< TM
    CertificationAuditor,  ///< XA: reads and verifies what was shared, until a date
    Administrator          ///< AD: accounts, keys, backup; never content
};

/// Two-letter code: "LA" … "AD".
[[nodiscard]] std::string_view roleCode(Role role) noexcept;
[[nodiscard]] std::optional<Role> roleFromCode(std::string_view code) noexcept;
/// In words, lower case: "lead auditor".
[[nodiscard]] std::string_view roleName(Role role) noexcept;

/// A small set of roles, usable in constexpr tables.
class RoleSet {
  public:
    constexpr RoleSet() = default;
    constexpr RoleSet(std::initializer_list<Role> roles) {
        for (const Role role : roles) m_bits |= bit(role);
    }
    [[nodiscard]] constexpr bool has(Role role) const noexcept { return (m_bits & bit(role)) != 0; }
    [[nodiscard]] constexpr bool empty() const noexcept { return m_bits == 0; }
    constexpr bool operator==(const RoleSet&) const = default;

  private:
    [[nodiscard]] static constexpr std::uint32_t bit(Role role) noexcept {
        return 1U << static_cast<unsigned>(role);
    }
    std::uint32_t m_bits = 0;
};

/// "the lead auditor", "the lead auditor or the auditor".
[[nodiscard]] std::string roleNames(RoleSet roles);

using PartyId = Id<struct PartyTag>;

/// An account. `account` is the sign-in name: lower-case letters, digits, dash, dot; 2 to 40 characters, the
/// first a letter or a digit. "system" is taken: the ledger names the program itself so.
struct Party {
    PartyId id{};
    std::string account{};
    std::string name{};  ///< what is shown, e.g. "Process owner, Incident management"
    Role role = Role::Auditor;
    std::optional<Date> validFrom{};   ///< first day on which it may sign in
    std::optional<Date> validUntil{};  ///< last day on which it may sign in
    bool disabled = false;
    Timestamp createdAt{};
    std::int64_t rev = 0;
    bool operator==(const Party&) const = default;
};

/// Whether an account lets somebody in on a day.
enum class Admission {
    Open,
    NotYet,   ///< its first day lies ahead
    Ended,    ///< its last day has passed
    Disabled  ///< whatever its days say
};
[[nodiscard]] Admission admissionOn(const Party& party, Date today) noexcept;

/// Who asks, as every use case gets it. Made from a session, a token or the command line.
struct Actor {
    PartyId id{};
    std::string account{};
    Role role = Role::Auditor;
    std::string via{};  ///< "session", "token:NAME", "cli"
    bool operator==(const Actor&) const = default;
};

}  // namespace tickmark::domain
