// The parts that both OSCAL documents of a bundle are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bundle/ContentIndex.h"
#include "bundle/OscalNames.h"
#include "tickmark/codec/Json.h"

namespace tickmark::bundle::oscal {

/// What every part needs. The content must outlive it.
struct Source {
    explicit Source(const Content& given) : content(given), index(given), ids(given.organisation) {}
    const Content& content;
    ContentIndex index;
    Identifiers ids;
};

/// `title` tells the two documents of a bundle apart.
[[nodiscard]] codec::Json metadata(const Source& source, std::string_view title);

/// The audit plan and each evidence version: those in the bundle with a link and digest, the others with the
/// reason.
[[nodiscard]] codec::Json backMatter(const Source& source);
/// Where the audit plan stands, for a reference.
[[nodiscard]] std::string planLink(const Source& source);

/// What was seen: one observation for each finding, and one for each effectiveness check that was made.
[[nodiscard]] codec::Json observations(const Source& source);
[[nodiscard]] codec::Json findings(const Source& source);
/// One risk for each nonconformity and for whatever has an action, with what is done about it.
[[nodiscard]] codec::Json risks(const Source& source);

/// References by which a finding's parts are found.
[[nodiscard]] codec::Json observationLinks(const Source& source, const domain::Finding& finding);
[[nodiscard]] codec::Json riskLinks(const Source& source, const domain::Finding& finding);

/// The actions of a finding in order of reference.
[[nodiscard]] std::vector<const domain::Action*> actionsOf(const Source& source, domain::FindingId finding);
/// The task of an action: a milestone at its due date, with who is responsible.
[[nodiscard]] codec::Json actionTask(const Source& source, const domain::Action& action);

/// The token by which a clause is named, and the audit's clauses that findings name.
[[nodiscard]] std::vector<std::string> clauseCodes(const Source& source);

}  // namespace tickmark::bundle::oscal
