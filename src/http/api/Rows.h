// The rows of the API's table, one function per kind of thing.
#pragma once

#include <vector>

#include "http/api/Call.h"

namespace tickmark::http::api {

[[nodiscard]] std::vector<ApiRow> statusRows();
[[nodiscard]] std::vector<ApiRow> sessionRows();
[[nodiscard]] std::vector<ApiRow> findingRows();
[[nodiscard]] std::vector<ApiRow> homeRows();
[[nodiscard]] std::vector<ApiRow> dueRows();
[[nodiscard]] std::vector<ApiRow> ideaRows();
[[nodiscard]] std::vector<ApiRow> feedbackRows();
[[nodiscard]] std::vector<ApiRow> searchRows();
[[nodiscard]] std::vector<ApiRow> objectiveRows();
[[nodiscard]] std::vector<ApiRow> policyRows();
[[nodiscard]] std::vector<ApiRow> lessonRows();
[[nodiscard]] std::vector<ApiRow> auditRows();
[[nodiscard]] std::vector<ApiRow> actionRows();
[[nodiscard]] std::vector<ApiRow> requestRows();
[[nodiscard]] std::vector<ApiRow> evidenceRows(std::uint64_t uploadCap);
[[nodiscard]] std::vector<ApiRow> uploadRows(std::uint64_t uploadCap);
[[nodiscard]] std::vector<ApiRow> bundleRows();
[[nodiscard]] std::vector<ApiRow> ledgerRows();
[[nodiscard]] std::vector<ApiRow> witnessRows();
[[nodiscard]] std::vector<ApiRow> importRows();
[[nodiscard]] std::vector<ApiRow> improvementRows();
[[nodiscard]] std::vector<ApiRow> accountRows();
[[nodiscard]] std::vector<ApiRow> trendRows();
[[nodiscard]] std::vector<ApiRow> reportRows();
[[nodiscard]] std::vector<ApiRow> kpiRows();
[[nodiscard]] std::vector<ApiRow> reviewRows();
[[nodiscard]] std::vector<ApiRow> bulkRows();
[[nodiscard]] std::vector<ApiRow> filterRows();
[[nodiscard]] std::vector<ApiRow> assignRows();
[[nodiscard]] std::vector<ApiRow> checklistRows();

}  // namespace tickmark::http::api
