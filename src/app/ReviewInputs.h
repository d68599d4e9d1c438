// What a management review looks at, computed for one day. One function for each topic: another kind of
// record becomes an input by filling its topic's function.
#pragma once

#include "tickmark/app/Context.h"
#include "tickmark/codec/Json.h"
#include "tickmark/domain/Kpi.h"
#include "tickmark/domain/Review.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// The review's surroundings while its inputs are computed.
struct ReviewScene {
    Context& context;
    storage::ReadSession& session;
    const domain::ManagementReview& review;
    Date day{};  ///< what was recorded later does not count
};

/// {"as_of","computed_at","topics":[{"topic","title","basis","columns":[…],"rows":[[…]],"note"}]}; every cell
/// is a text. `basis` is "day" (as it stood at the end of that day), "mixed" (the note says what is taken as
/// it stands now) or "text" (people write it).
[[nodiscard]] Result<codec::Json> reviewInputs(Context& context, storage::ReadSession& session,
                                               const domain::ManagementReview& review);

[[nodiscard]] Result<codec::Json> earlierActionsInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> contextInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> policiesInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> objectivesInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> performanceInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> otherPartiesInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> nonconformitiesInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> auditsInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> effectivenessInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> improvementsInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> feedbackInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> risksInput(const ReviewScene& scene);
[[nodiscard]] Result<codec::Json> resourcesInput(const ReviewScene& scene);

/// A topic's figures as they are collected.
class TopicTable {
  public:
    TopicTable(domain::ReviewTopic topic, const char* basis, std::vector<std::string> columns);
    TopicTable& row(const std::vector<std::string>& cells);
    TopicTable& note(const std::string& text);
    [[nodiscard]] codec::Json take();

  private:
    codec::Json m_topic = codec::Json::object();
    codec::Json m_rows = codec::Json::array();
};

/// The state in which a thing stood at the end of the scene's day, by the steps that the ledger holds;
/// `first` when it had taken none, `now` when it has taken none since.
[[nodiscard]] Result<std::string> stateThen(const ReviewScene& scene, std::string_view subject,
                                            const std::string& ref, std::string_view first,
                                            std::string_view now);
/// The figures of a KPI that were recorded and lie in time by the scene's day, oldest first.
[[nodiscard]] Result<std::vector<double>> valuesThen(const ReviewScene& scene, const domain::Kpi& kpi);
/// Two decimals at most, as JSON writes numbers; empty for none.
[[nodiscard]] std::string decimal(std::optional<double> value);
/// Every finding that was there and issued then, as it stood then.
struct FindingThen {
    domain::Finding finding{};
    std::string classCode{};
    domain::FindingState state = domain::FindingState::Issued;
};
[[nodiscard]] Result<std::vector<FindingThen>> findingsThen(const ReviewScene& scene, domain::AuditId audit);
/// Every audit that was recorded by then, newest first.
[[nodiscard]] Result<std::vector<domain::Audit>> auditsThen(const ReviewScene& scene);

}  // namespace tickmark::app
