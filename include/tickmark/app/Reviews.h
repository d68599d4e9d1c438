// Management reviews: plan, prefill, hold, write up, approve, follow up, seal. LA, IM and TM read them; IM
// and TM write them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/codec/Json.h"
#include "tickmark/domain/Improvement.h"
#include "tickmark/domain/Review.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/storage/Reviews.h"

namespace tickmark::app {

struct DecisionDraft {
    std::string text{};
    std::string owner{};  ///< account of a process owner, action owner or improvement manager
    std::optional<Date> due{};
};
/// What is written until the minutes are submitted.
struct ReviewDraft {
    std::string title{};
    std::optional<Date> day{};  ///< required; fixed once the review is held
    std::optional<Date> from{};
    std::optional<Date> to{};
    std::string chair{};
    std::vector<std::string> participants{};
    std::vector<domain::ReviewNote> notes{};
    std::string conclusions{};
    std::vector<DecisionDraft> decisions{};
};
/// Event "review.plan". Errors: Forbidden unless IM or TM; those of domain::validate; Invalid
/// "unknown-reference" or "owner-role" for a decision's owner.
[[nodiscard]] Result<domain::ManagementReview> planReview(Context& context, const domain::Actor& actor,
                                                          const ReviewDraft& draft);
/// Replaces everything; event "review.edit". Errors: as planReview; Stale; Refused "minutes-submitted",
/// "day-fixed".
[[nodiscard]] Result<domain::ManagementReview> editReview(Context& context, const domain::Actor& actor,
                                                          const domain::ReviewRef& ref, std::int64_t rev,
                                                          const ReviewDraft& draft);
/// Any event of the machine. Holding freezes the inputs: their canonical JSON and its SHA-256 stay in the
/// record whatever happens to the live data.
[[nodiscard]] Result<domain::ManagementReview> changeReviewState(Context& context, const domain::Actor& actor,
                                                                 const domain::ReviewRef& ref,
                                                                 std::int64_t rev, domain::ReviewEvent event,
                                                                 const std::string& reason);
/// Makes an improvement item of decision `number` (from 1); item and decision keep the link. Event
/// "review.follow-up". Errors: Forbidden unless IM or TM; Refused "not-approved", "already-item"; NotFound.
[[nodiscard]] Result<domain::ImprovementItem> followUpDecision(Context& context, const domain::Actor& actor,
                                                               const domain::ReviewRef& ref, std::int64_t rev,
                                                               std::int64_t number);

/// Seals the approved minutes as a bundle of their own and closes the review: the frozen inputs, the minutes
/// as canonical JSON and as a page, signed like any bundle and read back with the verifier. Events
/// "bundle.seal" and "review.seal". Errors: Forbidden unless IM or TM; Refused "not-approved"; Stale; those
/// of sealing, and of stepUp for `code`.
[[nodiscard]] Result<domain::ManagementReview> sealReview(Context& context, const domain::Actor& actor,
                                                          const domain::ReviewRef& ref, std::int64_t rev,
                                                          const std::string& code = {});
/// The sealed file, to be handed out; event "review.export". Errors: Forbidden, NotFound, Refused
/// "not-sealed", Damaged.
[[nodiscard]] Result<std::filesystem::path> reviewFile(Context& context, const domain::Actor& actor,
                                                       const domain::ReviewRef& ref);

struct ReviewView {
    domain::ManagementReview review{};
    codec::Json inputs{};  ///< frozen, or computed now while the review is planned
    std::vector<domain::Party> parties{};
    std::vector<domain::ReviewStep> steps{};
    bool mayEdit = false;
    bool mayFollowUp = false;
    bool maySeal = false;
    struct HistoryLine {
        std::int64_t position = 0;
        ledger::Event event{};
    };
    std::vector<HistoryLine> history{};  ///< oldest first
};
/// Errors: Forbidden for roles that do not read reviews, NotFound.
[[nodiscard]] Result<ReviewView> showReview(Context& context, const domain::Actor& actor,
                                            const domain::ReviewRef& ref);
/// Errors: Forbidden for roles that do not read reviews.
[[nodiscard]] Result<storage::Page<storage::ReviewRow>> listReviews(Context& context,
                                                                    const domain::Actor& actor,
                                                                    const storage::PageRequest& page);

}  // namespace tickmark::app
