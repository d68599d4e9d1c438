#include "app/ReviewInputs.h"

#include <cmath>

#include "tickmark/app/EveryRow.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Kpis.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {

using codec::Json;
using domain::ReviewTopic;

TopicTable::TopicTable(ReviewTopic topic, const char* basis, std::vector<std::string> columns) {
    Json names = Json::array();
    for (std::string& column : columns) names.push(std::move(column));
    m_topic.set("topic", domain::toText(topic))
        .set("title", domain::titleOf(topic))
        .set("basis", basis)
        .set("columns", std::move(names));
}

TopicTable& TopicTable::row(const std::vector<std::string>& cells) {
    Json row = Json::array();
    for (const std::string& cell : cells) row.push(cell);
    m_rows.push(std::move(row));
    return *this;
}

TopicTable& TopicTable::note(const std::string& text) {
    m_topic.set("note", text);
    return *this;
}

Json TopicTable::take() {
    m_topic.set("rows", std::move(m_rows));
    return std::move(m_topic);
}

Result<std::string> stateThen(const ReviewScene& scene, std::string_view subject, const std::string& ref,
                              std::string_view first, std::string_view now) {
    if (scene.day >= scene.context.today()) return std::string(now);
    constexpr std::size_t stepsOfOne = 100'000;
    TM_TRY(const auto rows, storage::eventsOf(scene.session, subject, ref, stepsOfOne));
    std::string then(first);
    for (const auto& row : rows) {
        TM_TRY(const ledger::Event event, ledger::Event::parse(row.leaf));
        const std::string_view to = event.facts.textAt("to");
        if (Date::of(event.at) <= scene.day && !to.empty()) then = to;
    }
    return then;
}

namespace {

std::string classThen(const domain::Finding& finding, Date day) {
    const auto& changes = finding.classHistory;
    for (std::size_t i = changes.size(); i-- > 0;) {
        if (Date::of(changes[i].at) <= day) return changes[i].to;
    }
    return changes.empty() ? finding.classCode : changes.front().from;
}

bool stands(domain::FindingState state) {
    return state != domain::FindingState::Draft && state != domain::FindingState::Discarded &&
           state != domain::FindingState::Withdrawn;
}

Json textTopic(ReviewTopic topic) { return TopicTable(topic, "text", {}).take(); }

}  // namespace

Result<std::vector<double>> valuesThen(const ReviewScene& scene, const domain::Kpi& kpi) {
    TM_TRY(const auto all, storage::seriesOf(scene.session, kpi.id));
    std::vector<domain::KpiSeries> series;
    for (const auto& one : all) {
        if (Date::of(one.createdAt) <= scene.day) series.push_back(one);
    }
    std::vector<double> values;
    for (const domain::ShownPoint& shown : domain::pointsShown(series)) {
        if (shown.point->to && Date::of(*shown.point->to) > scene.day) continue;
        values.push_back(shown.point->value);
    }
    return values;
}

std::string decimal(std::optional<double> value) {
    if (!value) return {};
    constexpr double hundred = 100;
    return codec::canonicalJson(Json(std::round(*value * hundred) / hundred));
}

Result<std::vector<domain::Audit>> auditsThen(const ReviewScene& scene) {
    TM_TRY(const auto rows, everyRow([&](const storage::PageRequest& page) {
               return storage::listAudits(scene.session, storage::everything(), {}, page);
           }));
    std::vector<domain::Audit> audits;
    for (const auto& row : rows) {
        TM_TRY(domain::Audit audit, storage::findAudit(scene.session, row.id));
        if (Date::of(audit.createdAt) <= scene.day) audits.push_back(std::move(audit));
    }
    return audits;
}

Result<std::vector<FindingThen>> findingsThen(const ReviewScene& scene, domain::AuditId audit) {
    TM_TRY(auto findings, storage::findingsOf(scene.session, audit));
    std::vector<FindingThen> then;
    for (domain::Finding& finding : findings) {
        if (Date::of(finding.createdAt) > scene.day) continue;
        std::string state(domain::toText(finding.state));
        if (Date::of(finding.changedAt) > scene.day) {
            TM_TRY(state, stateThen(scene, "finding", finding.ref.text(),
                                    domain::toText(domain::FindingState::Draft), state));
        }
        const auto known = domain::findingStateFrom(state);
        if (!known || !stands(*known)) continue;
        std::string code = classThen(finding, scene.day);
        then.push_back({std::move(finding), std::move(code), *known});
    }
    return then;
}

// What people write: other records that speak of these topics are added here.
Result<Json> contextInput(const ReviewScene& /*scene*/) { return textTopic(ReviewTopic::Context); }
Result<Json> risksInput(const ReviewScene& /*scene*/) { return textTopic(ReviewTopic::Risks); }
Result<Json> resourcesInput(const ReviewScene& /*scene*/) { return textTopic(ReviewTopic::Resources); }

Result<Json> reviewInputs(Context& context, storage::ReadSession& session,
                          const domain::ManagementReview& review) {
    const ReviewScene scene{context, session, review, review.day.value_or(context.today())};
    Json topics = Json::array();
    for (auto* input :
         {&earlierActionsInput, &contextInput, &policiesInput, &objectivesInput, &performanceInput,
          &otherPartiesInput, &nonconformitiesInput, &auditsInput, &effectivenessInput, &improvementsInput,
          &feedbackInput, &risksInput, &resourcesInput}) {
        TM_TRY(Json topic, (*input)(scene));
        topics.push(std::move(topic));
    }
    Json inputs = Json::object();
    inputs.set("as_of", scene.day.iso())
        .set("computed_at", context.now().iso())
        .set("topics", std::move(topics));
    return inputs;
}

}  // namespace tickmark::app
