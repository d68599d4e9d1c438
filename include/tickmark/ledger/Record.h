// The canonical record of each entity: the JSON text that the catalog stores, the ledger commits to and a
// bundle shows.
#pragma once

#include <string>
#include <string_view>

#include "tickmark/codec/Json.h"
#include "tickmark/domain/Action.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Bundle.h"
#include "tickmark/domain/Catalog.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Feedback.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Improvement.h"
#include "tickmark/domain/Kpi.h"
#include "tickmark/domain/Lesson.h"
#include "tickmark/domain/Objective.h"
#include "tickmark/domain/Party.h"
#include "tickmark/domain/Policy.h"
#include "tickmark/domain/Review.h"
#include "tickmark/domain/ServiceReview.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::ledger {

/// The record as canonical JSON text (RFC 8785). Members are snake_case; empty texts, empty lists and unset
/// optionals are left out; row numbers of other entities stand as integers ("audit", "owner"); "v" is the
/// record's version (1); "rev" is the revision it records. decode(encode(x)) == x for every entity.
[[nodiscard]] std::string encode(const domain::Party& party);
[[nodiscard]] std::string encode(const domain::Catalog& catalog);
[[nodiscard]] std::string encode(const domain::Audit& audit);
[[nodiscard]] std::string encode(const domain::Finding& finding);
[[nodiscard]] std::string encode(const domain::Action& action);
[[nodiscard]] std::string encode(const domain::Evidence& evidence);
[[nodiscard]] std::string encode(const domain::EvidenceVersion& version);
[[nodiscard]] std::string encode(const domain::EvidenceRequest& request);
[[nodiscard]] std::string encode(const domain::Bundle& bundle);
[[nodiscard]] std::string encode(const domain::ImprovementItem& item);
[[nodiscard]] std::string encode(const domain::Feedback& feedback);
[[nodiscard]] std::string encode(const domain::ServiceReview& review);
[[nodiscard]] std::string encode(const domain::Kpi& kpi);
[[nodiscard]] std::string encode(const domain::KpiSeries& series);
[[nodiscard]] std::string encode(const domain::Objective& objective);
[[nodiscard]] std::string encode(const domain::PolicyVersion& version);
[[nodiscard]] std::string encode(const domain::ManagementReview& review);
[[nodiscard]] std::string encode(const domain::Lesson& lesson);

/// The inverse; strict. Errors: Damaged "record" naming the member (a record is ours: a bad one was changed
/// by others).
template <class Entity>
[[nodiscard]] Result<Entity> decode(std::string_view record);
template <>
[[nodiscard]] Result<domain::Party> decode<domain::Party>(std::string_view record);
template <>
[[nodiscard]] Result<domain::Catalog> decode<domain::Catalog>(std::string_view record);
template <>
[[nodiscard]] Result<domain::Audit> decode<domain::Audit>(std::string_view record);
template <>
[[nodiscard]] Result<domain::Finding> decode<domain::Finding>(std::string_view record);
template <>
[[nodiscard]] Result<domain::Action> decode<domain::Action>(std::string_view record);
template <>
[[nodiscard]] Result<domain::Evidence> decode<domain::Evidence>(std::string_view record);
template <>
[[nodiscard]] Result<domain::EvidenceVersion> decode<domain::EvidenceVersion>(std::string_view record);
template <>
[[nodiscard]] Result<domain::EvidenceRequest> decode<domain::EvidenceRequest>(std::string_view record);
template <>
[[nodiscard]] Result<domain::Bundle> decode<domain::Bundle>(std::string_view record);
template <>
[[nodiscard]] Result<domain::ImprovementItem> decode<domain::ImprovementItem>(std::string_view record);
template <>
[[nodiscard]] Result<domain::Feedback> decode<domain::Feedback>(std::string_view record);
template <>
[[nodiscard]] Result<domain::ServiceReview> decode<domain::ServiceReview>(std::string_view record);
template <>
[[nodiscard]] Result<domain::Kpi> decode<domain::Kpi>(std::string_view record);
template <>
[[nodiscard]] Result<domain::KpiSeries> decode<domain::KpiSeries>(std::string_view record);
template <>
[[nodiscard]] Result<domain::Objective> decode<domain::Objective>(std::string_view record);
template <>
[[nodiscard]] Result<domain::PolicyVersion> decode<domain::PolicyVersion>(std::string_view record);
template <>
[[nodiscard]] Result<domain::ManagementReview> decode<domain::ManagementReview>(std::string_view record);
template <>
[[nodiscard]] Result<domain::Lesson> decode<domain::Lesson>(std::string_view record);

}  // namespace tickmark::ledger
