// References that people use, counted up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/storage/Database.h"

namespace tickmark::storage {

/// What gets a counted reference.
enum class RefSeries {
    Finding,       ///< F-0001
    Action,        ///< AC-0001
    Evidence,      ///< E-0001
    Request,       ///< ER-0001
    Bundle,        ///< B-0001
    Improvement,   ///< II-0001
    Kpi,           ///< K-0001
    KpiSeries,     ///< KS-0001
    Objective,     ///< O-0001
    Policy,        ///< IP-0001
    Review,        ///< MR-0001
    Lesson,        ///< L-0001
    Feedback,      ///< FB-0001
    ServiceReview  ///< SR-0001
};

/// The next free reference; at least four digits, references that were given by hand or import are passed
/// over. The number is taken in the session's transaction: undone with it, never given twice.
[[nodiscard]] Result<std::string> nextRef(WriteSession& session, RefSeries series);

/// That many of them at the cost of one, ascending.
[[nodiscard]] Result<std::vector<std::string>> nextRefs(WriteSession& session, RefSeries series,
                                                        std::size_t count);

/// The canonical record (ledger/Record.h) exactly as stored, of a thing named as in its events: subject
/// "finding", ref "F-0092". Errors: NotFound.
[[nodiscard]] Result<std::string> recordOf(ReadSession& session, std::string_view subject,
                                           std::string_view ref);

}  // namespace tickmark::storage
