#include "tickmark/app/Reminders.h"

#include <algorithm>

#include "app/Access.h"
#include "app/PersonActor.h"
#include "app/Throttle.h"
#include "tickmark/app/DueList.h"
#include "tickmark/codec/Calendar.h"
#include "tickmark/crypto/Password.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/outbound/MailClient.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Reminders.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::app {
namespace {

constexpr std::size_t secretBytes = 32;

Secret newFeedSecret() {
    std::string hex = crypto::Sha256::of(crypto::randomBytes(secretBytes)).hex();
    return Secret(std::move(hex));
}

ledger::Event ownEvent(const Context& context, const domain::Actor& actor, const char* kind) {
    ledger::Event event = eventOf(context, actor, kind);
    event.subject = "party";
    event.ref = actor.account;
    return event;
}

Error noFeed() { return notFound("calendar feed"); }

Result<void> mustNotWait(Context& context, const std::string& key) {
    TM_TRY(const std::int64_t seconds, throttledFor(context, key, addressFailures));
    if (seconds == 0) return {};
    return Error{ErrorKind::Throttled,
                 "calendar-throttled",
                 "Too many unknown addresses of feeds. It is possible again in " + std::to_string(seconds) +
                     " seconds.",
                 {},
                 {},
                 "Wait, or make a new address on the page of your due list.",
                 {},
                 seconds};
}

Result<void> countUnknown(Context& context, const std::string& key) {
    auto counted = context.database->write([&](storage::WriteSession& session) -> Result<bool> {
        const Timestamp now = context.now();
        TM_TRY([[maybe_unused]] const auto throttle,
               storage::countFailure(session, key, now, now.plusSeconds(-forgetAfterSeconds)));
        return true;
    });
    if (!counted) return std::move(counted).error();
    return {};
}

Result<domain::Party> ownerOf(Context& context, const Secret& secret) {
    const Digest digest = crypto::Sha256::of(secret.reveal());
    TM_TRY(const domain::Party party,
           context.database->read([&](storage::ReadSession& session) -> Result<domain::Party> {
               TM_TRY(const auto id, storage::feedOwner(session, digest));
               return storage::findParty(session, id);
           }));
    if (!mayComeIn(party, context.today())) return noFeed();
    return party;
}

codec::CalendarDay dayOf(const Context& context, const DueItem& item) {
    codec::CalendarDay day;
    // The log's name is unique to the installation; its digest is a name without spaces.
    const std::string log = crypto::Sha256::of(context.settings.logOrigin).hex().substr(0, 16);
    day.uid = std::string(toText(item.kind)) + "-" + item.ref + "@" + log + ".tickmark";
    day.date = item.due;
    day.summary = item.ref + " " + item.verb + ": " + item.title;
    day.description = item.verb + "\n" + item.title + (item.audit.empty() ? "" : "\nAudit " + item.audit);
    day.category = std::string(titleOf(item.kind));
    if (!context.settings.publicUrl.empty()) day.url = context.settings.publicUrl + item.path();
    return day;
}

}  // namespace

Result<ReminderView> showReminders(Context& context, const domain::Actor& actor) {
    return context.database->read([&](storage::ReadSession& session) -> Result<ReminderView> {
        ReminderView view;
        TM_TRY(view.mail, storage::mailAddressOf(session, actor.id));
        TM_TRY(view.feedSince, storage::feedSince(session, actor.id));
        view.mailConfigured = !context.settings.smtpUrl.empty() && !context.settings.digestFrom.empty();
        return view;
    });
}

Result<Secret> renewFeed(Context& context, const domain::Actor& actor) {
    Secret secret = newFeedSecret();
    auto saved =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            return storage::saveFeed(session, actor.id, crypto::Sha256::of(secret.reveal()), context.now(),
                                     ownEvent(context, actor, "calendar.renew"));
        });
    if (!saved) return std::move(saved).error();
    return secret;
}

Result<void> revokeFeed(Context& context, const domain::Actor& actor) {
    auto removed =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            return storage::removeFeed(session, actor.id, ownEvent(context, actor, "calendar.revoke"));
        });
    if (!removed) return std::move(removed).error();
    return {};
}

Result<std::string> readFeed(Context& context, const Secret& secret, const std::string& remoteAddress) {
    const std::string key = "calendar:" + remoteAddress;
    TM_CHECK(mustNotWait(context, key));
    auto owner = ownerOf(context, secret);
    if (!owner) {
        if (owner.error().kind != ErrorKind::NotFound) return std::move(owner).error();
        TM_CHECK(countUnknown(context, key));
        return noFeed();
    }
    TM_TRY(const DueList list, dueList(context, actorFor(*owner, "calendar")));
    codec::CalendarFile file;
    file.product = "-//Tickmark//Due list//EN";
    file.name = "Due: " + context.settings.organisation;
    file.stamp = context.now();
    for (const DueItem& item : list.items) file.days.push_back(dayOf(context, item));
    return codec::writeCalendar(file);
}

Result<void> setMailAddress(Context& context, const domain::Actor& actor, const std::string& address) {
    if (!address.empty() && !outbound::isMailAddress(address)) {
        return invalid("mail-address", "mail", "This is not a mail address.",
                       "Write it like name@example.org, or leave it empty to get no digest.");
    }
    auto saved =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            ledger::Event event = ownEvent(context, actor, "party.mail");
            event.facts.set("given", !address.empty());
            return storage::saveMailAddress(session, actor.id, address, event);
        });
    if (!saved) return std::move(saved).error();
    return {};
}

}  // namespace tickmark::app
