// The signed minutes of a management review.
#include "app/Access.h"
#include "app/BundleContent.h"
#include "app/FileDigest.h"
#include "app/ReviewAccess.h"
#include "app/SealLock.h"
#include "app/SealWork.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/app/Witnesses.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;
using codec::Json;
using domain::ManagementReview;
using domain::ReviewState;

std::string accountOf(const std::vector<domain::Party>& parties, domain::PartyId id) {
    for (const auto& party : parties) {
        if (party.id == id) return party.account;
    }
    return {};
}

std::string minutesText(const ManagementReview& review, const std::vector<domain::Party>& parties) {
    Json participants = Json::array();
    for (const std::string& one : review.participants) participants.push(one);
    Json notes = Json::array();
    for (const auto& note : review.notes) {
        Json one = Json::object();
        one.set("topic", domain::toText(note.topic)).set("text", note.text);
        notes.push(std::move(one));
    }
    Json decisions = Json::array();
    for (const auto& decision : review.decisions) {
        Json one = Json::object();
        one.set("text", decision.text)
            .set("owner", accountOf(parties, decision.owner))
            .set("due", decision.due->iso())
            .set("improvement", decision.item);
        decisions.push(std::move(one));
    }
    Json writers = Json::array();
    for (const auto writer : review.writers) writers.push(accountOf(parties, writer));
    Json minutes = Json::object();
    minutes.set("format", "tickmark-minutes")
        .set("ref", review.ref.text())
        .set("title", review.title)
        .set("day", review.day->iso())
        .set("chair", review.chair)
        .set("participants", std::move(participants))
        .set("notes", std::move(notes))
        .set("conclusions", review.conclusions)
        .set("decisions", std::move(decisions))
        .set("writers", std::move(writers))
        .set("held_at", review.heldAt->iso())
        .set("inputs_sha256", review.inputsDigest.hex())
        .set("approved_by", accountOf(parties, review.approvedBy))
        .set("approved_at", review.approvedAt->iso());
    if (review.from) minutes.set("from", review.from->iso());
    if (review.to) minutes.set("to", review.to->iso());
    return codec::canonicalJson(minutes);
}

Result<bundle::Content> contentOf(Context& context, storage::ReadSession& session,
                                  const ManagementReview& review) {
    bundle::Content content;
    content.organisation = context.settings.organisation;
    content.product = productName();
    content.snapshotAt = context.now();
    content.bundle.title = review.title;
    std::vector<domain::PartyId> people = review.writers;
    people.push_back(review.approvedBy);
    for (const auto& decision : review.decisions) people.push_back(decision.owner);
    TM_TRY(content.parties, partiesOf(session, people));
    content.review = bundle::ReviewMinutes{review.ref.text(),
                                           review.title,
                                           *review.day,
                                           accountOf(content.parties, review.approvedBy),
                                           *review.approvedAt,
                                           review.inputs,
                                           minutesText(review, content.parties)};
    TM_TRY(content.trail, trailEntries(session, content));
    return content;
}

Result<void> mustBeApproved(const ManagementReview& review) {
    if (review.state == ReviewState::Approved && review.bundle.empty()) return {};
    return refused("not-approved",
                   "The minutes of " + review.ref.text() + " cannot be sealed: the review is " +
                       std::string(domain::toText(review.state)) + ".",
                   "Only approved minutes are sealed, and only once.");
}

Result<ManagementReview> enterSealedMinutes(Context& context, const domain::Actor& actor,
                                            const ManagementReview& sealed, const bundle::Content& content,
                                            const ProvedFile& file) {
    return changeReview(context, sealed.ref, sealed.rev, [&](ReviewChange& change) -> Result<ledger::Event> {
        ManagementReview& review = change.review;
        review.bundle = content.bundle.ref.text();
        review.bundleDigest = file.written.digest;
        review.bundleSize = static_cast<std::int64_t>(file.written.size);
        TM_TRY(const ReviewState to,
               domain::next(review, domain::ReviewEvent::Close, {actor, false, {}, context.today()}));
        ledger::Event event = eventOf(context, actor, "review.seal");
        event.facts.set("from", domain::toText(review.state))
            .set("to", domain::toText(to))
            .set("bundle", review.bundle)
            .set("sha256", review.bundleDigest.hex());
        review.state = to;
        return event;
    });
}

}  // namespace

Result<ManagementReview> sealReview(Context& context, const domain::Actor& actor,
                                    const domain::ReviewRef& ref, std::int64_t rev, const std::string& code) {
    TM_CHECK(mustWriteReviews(actor));
    TM_CHECK(stepUp(context, actor, code));
    TM_CHECK(mustBeWitnessed(context));
    const auto always = [] { return true; };
    TM_TRY(const SealLock turn, SealLock::turn(context.directory.keys(), always));
    TM_TRY(const SealLock sealing, SealLock::shared(context.directory.bundles()));
    ManagementReview review;
    TM_TRY(bundle::Content content,
           context.database->read([&](storage::ReadSession& session) -> Result<bundle::Content> {
               TM_TRY(review, storage::findReview(session, ref));
               TM_CHECK(mustBeCurrent(ref.text(), rev, review.rev));
               TM_CHECK(mustBeApproved(review));
               return contentOf(context, session, review);
           }));
    TM_TRY(const std::string name, context.database->write([](storage::WriteSession& session) {
        return storage::nextRef(session, storage::RefSeries::Bundle);
    }));
    content.bundle.ref = domain::BundleRef(name);
    const fs::path target = context.directory.bundles() / bundleFileName(content.bundle.ref);
    auto entered = [&]() -> Result<ManagementReview> {
        TM_TRY(const ProvedFile file, writeProved(context, actor, content, {}, target, {}));
        return enterSealedMinutes(context, actor, review, content, file);
    }();
    if (!entered) {
        std::error_code ignored;
        fs::remove(target, ignored);
        enterFailure(context, actor, content.bundle, entered.error());
    }
    return entered;
}

Result<fs::path> reviewFile(Context& context, const domain::Actor& actor, const domain::ReviewRef& ref) {
    TM_CHECK(mustReadReviews(actor));
    TM_TRY(const ManagementReview review,
           context.database->write([&](storage::WriteSession& session) -> Result<ManagementReview> {
               TM_TRY(ManagementReview found, storage::findReview(session, ref));
               if (found.bundle.empty()) {
                   return refused("not-sealed", "The minutes of " + ref.text() + " are not sealed.");
               }
               ledger::Event event = eventOf(context, actor, "review.export");
               event.subject = "review";
               event.ref = ref.text();
               event.facts.set("sha256", found.bundleDigest.hex());
               TM_TRY([[maybe_unused]] const auto position, storage::append(session, event));
               return found;
           }));
    const fs::path file = context.directory.bundles() / bundleFileName(domain::BundleRef(review.bundle));
    TM_TRY(const Digest digest, digestOfFile(file));
    if (digest == review.bundleDigest) return file;
    return Error{ErrorKind::Damaged,
                 "object-damaged",
                 review.bundle + " no longer has the digest it was sealed with; it is not handed out.",
                 {},
                 {},
                 "Restore the file from a backup.",
                 {}};
}

}  // namespace tickmark::app
