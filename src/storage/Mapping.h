// How each entity lies in its tables: columns and side rows follow from the entity alone, so that a check can
// derive them from the record and compare.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/Statement.h"
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

namespace tickmark::storage {

/// A table of lists that belong to an entity's row; the first column is the row's id.
struct SideTable {
    std::string_view name{};
    std::string_view columns{};  ///< comma separated
    std::string_view order{};    ///< how a check reads them, and how sideRows are sorted
};

/// The fixed part of an entity's mapping. Columns leave out id, ref, rev and record, which every table has.
struct TableShape {
    std::string_view table{};
    std::string_view subject{};  ///< as events name it
    std::string_view columns{};  ///< comma separated
    std::span<const SideTable> sides{};
};

using Row = std::vector<Value>;
/// The rows of one side table, without the entity's id.
using SideRows = std::vector<Row>;

/// Specialised for every entity:
///   static const TableShape shape;
///   static std::string ref(const Entity&);
///   static Row columns(const Entity&);
///   static std::vector<SideRows> sides(const Entity&);   // one per side table
template <class Entity>
struct Mapping;

template <>
struct Mapping<domain::Party> {
    static const TableShape shape;
    static std::string ref(const domain::Party& party);
    static Row columns(const domain::Party& party);
    static std::vector<SideRows> sides(const domain::Party& party);
};
template <>
struct Mapping<domain::Catalog> {
    static const TableShape shape;
    static std::string ref(const domain::Catalog& catalog);
    static Row columns(const domain::Catalog& catalog);
    static std::vector<SideRows> sides(const domain::Catalog& catalog);
};
template <>
struct Mapping<domain::Audit> {
    static const TableShape shape;
    static std::string ref(const domain::Audit& audit);
    static Row columns(const domain::Audit& audit);
    static std::vector<SideRows> sides(const domain::Audit& audit);
};
template <>
struct Mapping<domain::Finding> {
    static const TableShape shape;
    static std::string ref(const domain::Finding& finding);
    static Row columns(const domain::Finding& finding);
    static std::vector<SideRows> sides(const domain::Finding& finding);
};
template <>
struct Mapping<domain::Action> {
    static const TableShape shape;
    static std::string ref(const domain::Action& action);
    static Row columns(const domain::Action& action);
    static std::vector<SideRows> sides(const domain::Action& action);
};
template <>
struct Mapping<domain::Evidence> {
    static const TableShape shape;
    static std::string ref(const domain::Evidence& evidence);
    static Row columns(const domain::Evidence& evidence);
    static std::vector<SideRows> sides(const domain::Evidence& evidence);
};
template <>
struct Mapping<domain::EvidenceVersion> {
    static const TableShape shape;
    static std::string ref(const domain::EvidenceVersion& version);
    static Row columns(const domain::EvidenceVersion& version);
    static std::vector<SideRows> sides(const domain::EvidenceVersion& version);
};
template <>
struct Mapping<domain::EvidenceRequest> {
    static const TableShape shape;
    static std::string ref(const domain::EvidenceRequest& request);
    static Row columns(const domain::EvidenceRequest& request);
    static std::vector<SideRows> sides(const domain::EvidenceRequest& request);
};
template <>
struct Mapping<domain::Bundle> {
    static const TableShape shape;
    static std::string ref(const domain::Bundle& bundle);
    static Row columns(const domain::Bundle& bundle);
    static std::vector<SideRows> sides(const domain::Bundle& bundle);
};
template <>
struct Mapping<domain::Lesson> {
    static const TableShape shape;
    static std::string ref(const domain::Lesson& lesson);
    static Row columns(const domain::Lesson& lesson);
    static std::vector<SideRows> sides(const domain::Lesson& lesson);
};
template <>
struct Mapping<domain::ImprovementItem> {
    static const TableShape shape;
    static std::string ref(const domain::ImprovementItem& item);
    static Row columns(const domain::ImprovementItem& item);
    static std::vector<SideRows> sides(const domain::ImprovementItem& item);
};

template <>
struct Mapping<domain::Kpi> {
    static const TableShape shape;
    static std::string ref(const domain::Kpi& kpi);
    static Row columns(const domain::Kpi& kpi);
    static std::vector<SideRows> sides(const domain::Kpi& kpi);
};
template <>
struct Mapping<domain::KpiSeries> {
    static const TableShape shape;
    static std::string ref(const domain::KpiSeries& series);
    static Row columns(const domain::KpiSeries& series);
    static std::vector<SideRows> sides(const domain::KpiSeries& series);
};
template <>
struct Mapping<domain::PolicyVersion> {
    static const TableShape shape;
    static std::string ref(const domain::PolicyVersion& version);
    static Row columns(const domain::PolicyVersion& version);
    static std::vector<SideRows> sides(const domain::PolicyVersion& version);
};
template <>
struct Mapping<domain::Objective> {
    static const TableShape shape;
    static std::string ref(const domain::Objective& objective);
    static Row columns(const domain::Objective& objective);
    static std::vector<SideRows> sides(const domain::Objective& objective);
};
template <>
struct Mapping<domain::ManagementReview> {
    static const TableShape shape;
    static std::string ref(const domain::ManagementReview& review);
    static Row columns(const domain::ManagementReview& review);
    static std::vector<SideRows> sides(const domain::ManagementReview& review);
};

template <>
struct Mapping<domain::Feedback> {
    static const TableShape shape;
    static std::string ref(const domain::Feedback& feedback);
    static Row columns(const domain::Feedback& feedback);
    static std::vector<SideRows> sides(const domain::Feedback& feedback);
};
template <>
struct Mapping<domain::ServiceReview> {
    static const TableShape shape;
    static std::string ref(const domain::ServiceReview& review);
    static Row columns(const domain::ServiceReview& review);
    static std::vector<SideRows> sides(const domain::ServiceReview& review);
};

/// A list of versions as rows of a side table (version, position), each version once, at its first place.
[[nodiscard]] SideRows versionRows(const std::vector<domain::EvidenceVersionId>& versions);
/// Whether lists call an action open.
[[nodiscard]] bool isOpen(domain::ActionState state) noexcept;

}  // namespace tickmark::storage
