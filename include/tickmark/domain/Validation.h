// The rules of single fields, checked once where input becomes an entity.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::domain {

/// Each cleans the texts in place and reports every broken rule at once: Invalid "validation" with one part
/// per field, fields named as in the API (snake_case). They look at the entity alone; references are the use
/// case's business.
[[nodiscard]] Result<void> validate(Party& party);
[[nodiscard]] Result<void> validate(Audit& audit);
[[nodiscard]] Result<void> validate(Finding& finding);
[[nodiscard]] Result<void> validate(Response& response);
[[nodiscard]] Result<void> validate(EffectivenessCheck& check);
[[nodiscard]] Result<void> validate(Action& action);
[[nodiscard]] Result<void> validate(EvidenceVersion& version);
[[nodiscard]] Result<void> validate(EvidenceRequest& request);
[[nodiscard]] Result<void> validate(Catalog& catalog);

/// References: 2 to 40 ASCII letters, digits, dots and dashes, beginning with a letter. Errors: Invalid
/// "reference".
[[nodiscard]] Result<std::string> checkReference(std::string_view field, std::string_view text);

}  // namespace tickmark::domain
