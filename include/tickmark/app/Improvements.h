// The improvement register: record, edit, carry through the seven steps, look at, exchange as CSV.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/app/Import.h"
#include "tickmark/domain/ImprovementSteps.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/storage/Improvements.h"

namespace tickmark::app {

/// What is written until the plan is approved; references as people write them.
struct ImprovementDraft {
    domain::ImprovementSource source = domain::ImprovementSource::Idea;
    std::string sourceRef{};
    std::string title{};
    std::string description{};
    std::string process{};
    std::string service{};
    std::string objective{};
    std::string owner{};  ///< account of a process owner, action owner or improvement manager, or empty
    std::int64_t value = 0;
    std::int64_t effort = 0;
    std::string cost{};
    std::optional<Date> due{};
    std::string kpi{};
    std::string unit{};
    std::string baseline{};
    std::string target{};
    std::string analysis{};
    std::string plan{};
};
/// Anybody of LA, AU, PO, AO, IM and TM. The new item is identified; an owner that is left out is the caller
/// when PO, AO or IM, else nobody.
[[nodiscard]] Result<domain::ImprovementItem> recordImprovement(Context& context, const domain::Actor& actor,
                                                                const ImprovementDraft& draft);
/// An idea of the bank becomes an item with source idea, which keeps the idea's code and says in words which
/// KPI it moves and how to measure it. Errors: Forbidden, NotFound.
[[nodiscard]] Result<domain::ImprovementItem> adoptIdea(Context& context, const domain::Actor& actor,
                                                        const std::string& code);
/// One step from a finding to the register: the item takes title, words, process, service and owner from the
/// finding and keeps the link. An acknowledged observation or opportunity is converted by it (the ledger's
/// entry of the finding names the item); any other issued finding stays as it is. Team auditors, the
/// finding's owner and IM. `rev` is the finding's.
[[nodiscard]] Result<domain::ImprovementItem> improveFinding(Context& context, const domain::Actor& actor,
                                                             const domain::FindingRef& ref, std::int64_t rev);
/// IM and the owner, until the plan is approved; who recorded it, while it is identified. A finding's item
/// keeps "audit" as its source. Errors: Refused "plan-approved".
[[nodiscard]] Result<domain::ImprovementItem> editImprovement(Context& context, const domain::Actor& actor,
                                                              const domain::ImprovementRef& ref,
                                                              std::int64_t rev,
                                                              const ImprovementDraft& draft);
/// How it goes: written from the approval of the plan on. A result is measured while implementing or
/// evaluating; later it stays as it is.
struct ImprovementReport {
    std::int64_t progress = 0;
    std::string result{};
    std::string outcome{};
    std::optional<domain::ImprovementLesson> lesson{};
};
/// IM and the owner. Errors: Refused "not-approved", "result-fixed", "final".
[[nodiscard]] Result<domain::ImprovementItem> reportImprovement(Context& context, const domain::Actor& actor,
                                                                const domain::ImprovementRef& ref,
                                                                std::int64_t rev,
                                                                const ImprovementReport& report);
/// Any event of the machine. Closing keeps the item's lesson as a Lesson (app/Lessons.h). Approving the plan
/// notes who and when; returning to planning takes the approval and the result back and opens a new round.
[[nodiscard]] Result<domain::ImprovementItem> changeImprovementState(
    Context& context, const domain::Actor& actor, const domain::ImprovementRef& ref, std::int64_t rev,
    domain::ImprovementEvent event, const std::string& reason);
/// The changed documents, as exact versions that the caller may see ("E-0117/v1"), of any audit. IM and the
/// owner, while the item is open.
[[nodiscard]] Result<domain::ImprovementItem> attachEvidenceToImprovement(
    Context& context, const domain::Actor& actor, const domain::ImprovementRef& ref, std::int64_t rev,
    const std::vector<std::string>& versions);

/// What kind of record kept here an item was made of.
enum class SourceRecord { Feedback, ServiceReview, ManagementReview };

struct ImprovementView {
    domain::ImprovementItem item{};
    /// The record that it was made of and that names it; nothing when this person may not read such records.
    std::optional<SourceRecord> madeFrom{};
    std::string findingRef{};    ///< of the finding it answers, when the actor may see it
    std::string findingTitle{};  ///< likewise
    /// Of the objective it serves; empty when it names none that is recorded, or this person reads none.
    std::string objectiveTitle{};
    std::vector<domain::EvidenceVersion> evidence{};  ///< those the actor may see
    std::size_t hiddenEvidence = 0;                   ///< how many more it names
    std::vector<domain::Party> parties{};
    std::vector<domain::ImprovementStep> steps{};
    bool mayEdit = false;
    bool mayReport = false;
    bool mayAttach = false;
    bool mayAssign = false;           ///< give it to another owner (app/Assign.h)
    bool mayAskExtension = false;     ///< ask for a later date
    bool mayDecideExtension = false;  ///< decide what was asked
    struct HistoryLine {
        std::int64_t position = 0;
        ledger::Event event{};
    };
    std::vector<HistoryLine> history{};  ///< oldest first
};
[[nodiscard]] Result<ImprovementView> showImprovement(Context& context, const domain::Actor& actor,
                                                      const domain::ImprovementRef& ref);

/// Whether improveFinding would make an item for this person now; for pages.
[[nodiscard]] bool mayImprove(const domain::Actor& actor, const domain::Audit& audit,
                              const domain::Finding& finding);

enum class TableFormat { Csv, Xlsx };
/// Every item that the actor may see and the filter keeps, newest first, one row each. No cell is run as a
/// formula (codec::csvLine, codec::workbookOf). Errors: those of codec::workbookOf.
[[nodiscard]] Result<std::string> exportImprovements(Context& context, const domain::Actor& actor,
                                                     const storage::ImprovementFilter& filter,
                                                     TableFormat format = TableFormat::Csv);
/// IM. Columns: source, title, description, process, service, owner, value, effort, due (required);
/// source_ref, objective, cost, kpi, unit, baseline, target, analysis, plan (optional); any other is refused
/// by name. All or nothing. An apostrophe that an export put before a formula is taken off again. Errors:
/// Invalid "csv" / "import" with one part per problem, each naming its column and line.
[[nodiscard]] Result<ImportOutcome> importImprovements(Context& context, const domain::Actor& actor,
                                                       std::string_view csv, bool dryRun);

}  // namespace tickmark::app
