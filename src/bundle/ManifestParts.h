// The parts of data/manifest.json, each made of one kind of entity.
#pragma once

#include "bundle/ContentIndex.h"
#include "tickmark/codec/Json.h"

namespace tickmark::bundle {

/// Collects the members of one object; empty texts, empty lists and unset optionals are left out.
class Members {
  public:
    Members& text(std::string_view name, std::string_view value);
    Members& texts(std::string_view name, const std::vector<std::string>& values);
    Members& number(std::string_view name, std::int64_t value);
    Members& date(std::string_view name, const std::optional<Date>& value);
    Members& moment(std::string_view name, const std::optional<Timestamp>& value);
    Members& list(std::string_view name, codec::Json value);
    Members& always(std::string_view name, codec::Json value);
    [[nodiscard]] codec::Json take() { return std::move(m_object); }

  private:
    codec::Json m_object = codec::Json::object();
};

[[nodiscard]] codec::Json findingJson(const domain::Finding& finding, const ContentIndex& index);
[[nodiscard]] codec::Json actionJson(const domain::Action& action, const ContentIndex& index);
[[nodiscard]] codec::Json requestJson(const domain::EvidenceRequest& request, const ContentIndex& index);
[[nodiscard]] codec::Json versionJson(const domain::EvidenceVersion& version, const ContentIndex& index);
/// The members `improvements`, `kpis` and `measurements`, each only when there is something to say.
void addImprovements(Members& manifest, const Content& content, const ContentIndex& index);
[[nodiscard]] codec::Json auditJson(const domain::Audit& audit, const ContentIndex& index);

}  // namespace tickmark::bundle
