// Items that were made of a record kept here: feedback, a point of a service review, a decision of a
// management review. Record and item name each other; neither half is written by hand.
#pragma once

#include <optional>
#include <string>

#include "tickmark/app/Improvements.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// The kind of record that `sourceRef` ("FB-0001", "SR-0002/1", "MR-0001") names, if it is recorded here.
[[nodiscard]] Result<std::optional<SourceRecord>> recordNamed(storage::ReadSession& session,
                                                              const std::string& sourceRef);
/// The kind of record that the item was made of: it names the item in return.
[[nodiscard]] Result<std::optional<SourceRecord>> madeFrom(storage::ReadSession& session,
                                                           const domain::ImprovementItem& item);
/// Errors: Invalid "own-record" naming "source_ref" when a person claims such a record by hand.
[[nodiscard]] Result<void> mustComeFromOutside(storage::ReadSession& session, const std::string& sourceRef);

}  // namespace tickmark::app
