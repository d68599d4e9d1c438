// An audit and its life (ISO 19011:2018 clauses 3.1, 5, 6; ISO/IEC 17021-1 for the certification types).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Catalog.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

using AuditId = Id<struct AuditTag>;
using AuditRef = Ref<struct AuditRefTag>;

enum class AuditType {
    Internal,
    Supplier,
    CertificationStage1,
    CertificationStage2,
    Surveillance,
    Recertification
};
enum class AuditState { Planned, Fieldwork, Reporting, FollowUp, Closed, Cancelled };
enum class AuditEvent { StartFieldwork, StartReporting, StartFollowUp, Close, Cancel };

[[nodiscard]] std::string_view toText(AuditType value) noexcept;   ///< "internal", "certification-stage-1"
[[nodiscard]] std::string_view toText(AuditState value) noexcept;  ///< "follow_up"
[[nodiscard]] std::string_view toText(AuditEvent value) noexcept;  ///< "start-fieldwork"
[[nodiscard]] std::optional<AuditType> auditTypeFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<AuditState> auditStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<AuditEvent> auditEventFrom(std::string_view text) noexcept;
/// For people: "Certification, stage 1", "Follow-up", "Start the follow-up".
[[nodiscard]] std::string_view titleOf(AuditType value) noexcept;
[[nodiscard]] std::string_view titleOf(AuditState value) noexcept;
[[nodiscard]] std::string_view titleOf(AuditEvent value) noexcept;

/// One person on the audit team with the declaration that ISO 19011 clause 5.5.4 asks for.
struct TeamMember {
    PartyId party{};
    bool lead = false;
    std::string impartiality{};  ///< the declaration's words; empty means not declared
    bool operator==(const TeamMember&) const = default;
};

/// How a checklist row was sampled (ISO 19011:2018 clauses 6.4.7 and A.6).
struct Sample {
    std::string population{};  ///< "890 incidents"
    std::string method{};      ///< how it was chosen: "random", "complete", "by judgement: the largest"
    std::int64_t size = 0;
    std::string lookedAt{};  ///< what was looked at, so that somebody else can do it again
    bool operator==(const Sample&) const = default;
};

/// A row's number in its audit, from 1; a row of records from before rows were numbered has none stored.
using ChecklistRowId = Id<struct ChecklistRowTag>;
/// What a finding is called by inside an audit; domain/Finding.h includes this header.
using FindingId = Id<struct FindingTag>;
using EvidenceVersionId = Id<struct EvidenceVersionTag>;

/// How an examined row ended. Checklist.h says what each asks for.
enum class CheckResult { Conforming, Finding, NotExamined };
[[nodiscard]] std::string_view toText(CheckResult value) noexcept;   ///< "not_examined"
[[nodiscard]] std::string_view titleOf(CheckResult value) noexcept;  ///< "Not examined"
[[nodiscard]] std::optional<CheckResult> checkResultFrom(std::string_view text) noexcept;

/// One row of the working papers.
struct ChecklistItem {
    std::string clause{};
    std::string question{};  ///< what is to be looked at
    std::string note{};
    Sample sample{};
    ChecklistRowId row{};
    std::optional<CheckResult> result{};        ///< nothing: not looked at yet
    std::string reason{};                       ///< why it was not examined
    std::vector<FindingId> findings{};          ///< raised from it
    std::vector<EvidenceVersionId> evidence{};  ///< versions that were looked at
    PartyId by{};                               ///< who recorded it last
    std::optional<Timestamp> at{};
    std::optional<std::int64_t> rev{};  ///< the audit's revision that changed this row last
    bool operator==(const ChecklistItem&) const = default;
};

/// A certification auditor's read access to one audit, until a date.
struct AuditShare {
    PartyId party{};
    Date until{};
    bool operator==(const AuditShare&) const = default;
};

struct Audit {
    AuditId id{};
    AuditRef ref{};  ///< "IA-2022-03", "SA-2021-108922"
    std::string title{};
    std::string programme{};
    AuditType type = AuditType::Internal;
    AuditState state = AuditState::Planned;
    std::string auditee{};
    std::string catalog{};   ///< code of the criteria's catalog
    std::string criteria{};  ///< in words
    std::string scope{};
    std::vector<std::string> sites{};
    std::optional<Date> from{};  ///< first day on site
    std::optional<Date> to{};
    std::string plan{};
    std::string conclusion{};
    std::vector<TeamMember> team{};
    std::vector<ChecklistItem> checklist{};
    std::vector<AuditShare> shares{};
    Timestamp createdAt{};
    std::int64_t rev = 0;  ///< 1 after creation; raised by one with each change
    bool operator==(const Audit&) const = default;
};

}  // namespace tickmark::domain
