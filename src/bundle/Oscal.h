// What a bundle contains, once more in the words that other audit tools read: OSCAL 1.1.3 (NIST).
#pragma once

#include "tickmark/bundle/Content.h"

namespace tickmark::bundle {

/// data/oscal/assessment-results.json: the findings with their observations, and every evidence version as a
/// back-matter resource. Pure; the same content gives the same document, identifiers included (RFC 4122
/// version 5 from the bundle's own names).
[[nodiscard]] codec::Json oscalAssessmentResults(const Content& content);

/// data/oscal/poam.json: the actions as items with their dates and who is responsible. As above.
[[nodiscard]] codec::Json oscalPoam(const Content& content);

}  // namespace tickmark::bundle
