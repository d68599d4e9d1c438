#include "tickmark/app/ExternalAuditors.h"

#include <algorithm>
#include <functional>

#include "app/Access.h"
#include "app/SessionCache.h"
#include "tickmark/crypto/Password.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::app {
namespace {

constexpr std::int32_t longestDays = 2 * 366;

Result<void> checkLastDay(const Context& context, Date until) {
    if (until < context.today()) {
        return invalid("date", "valid_until", "The last day of access lies in the past.",
                       "Choose today or a later day.");
    }
    if (context.today().plusDays(longestDays) < until) {
        return invalid("date", "valid_until", "An external auditor's access lasts at most two years.",
                       "Choose a day up to " + context.today().plusDays(longestDays).iso() +
                           ", and extend it when it is needed longer.");
    }
    return {};
}

using Edit = std::function<Result<ledger::Event>(domain::Party&)>;

/// Saves what `edit` made of the account; an account that is not open any more loses its sessions.
Result<domain::Party> changeWith(Context& context, const domain::Actor& actor, const std::string& account,
                                 std::int64_t rev, const Edit& edit) {
    auto changed = context.database->write([&](storage::WriteSession& session) -> Result<domain::Party> {
        TM_TRY(domain::Party party, storage::findPartyByAccount(session, account));
        TM_CHECK(mustBeCurrent(account, rev, party.rev));
        if (party.role != domain::Role::CertificationAuditor) {
            return refused("role", account + " is not the account of an external auditor.",
                           "Other accounts are kept under Accounts.");
        }
        TM_TRY(ledger::Event event, edit(party));
        TM_CHECK(domain::validate(party));
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, party, std::move(event)));
        if (domain::admissionOn(party, context.today()) != domain::Admission::Open) {
            ledger::Event ended = eventOf(context, actor, "party.end-sessions");
            ended.subject = "party";
            ended.ref = account;
            TM_TRY([[maybe_unused]] const auto count, storage::endSessionsOf(session, party.id, {}, ended));
        }
        return party;
    });
    context.signIns->sessions.forgetAll();
    context.signIns->tokens.forgetAll();
    return changed;
}

}  // namespace

Result<CreatedAccount> createExternalAuditor(Context& context, const domain::Actor& actor,
                                             const ExternalAuditorDraft& draft) {
    TM_CHECK(mustAdminister(actor, "create an account"));
    TM_TRY(const std::string reason, cleanText("reason", draft.reason, {1, 2000, true}));
    TM_CHECK(checkLastDay(context, draft.until));
    NewAccount input;
    input.account = draft.account;
    input.name = draft.name;
    input.role = domain::Role::CertificationAuditor;
    input.validFrom = draft.from;
    input.validUntil = draft.until;
    input.reason = reason;
    return createAccount(context, actor, std::move(input));
}

Result<std::vector<ExternalAuditor>> listExternalAuditors(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "see external auditors"));
    return context.database->read([&](storage::ReadSession& session) -> Result<std::vector<ExternalAuditor>> {
        TM_TRY(auto parties, storage::allParties(session));
        TM_TRY(const auto shares, storage::sharedAudits(session));
        std::vector<ExternalAuditor> auditors;
        for (domain::Party& party : parties) {
            if (party.role != domain::Role::CertificationAuditor) continue;
            ExternalAuditor auditor;
            auditor.admission = domain::admissionOn(party, context.today());
            std::copy_if(shares.begin(), shares.end(), std::back_inserter(auditor.shared),
                         [&](const auto& share) { return share.party == party.id; });
            auditor.party = std::move(party);
            auditors.push_back(std::move(auditor));
        }
        std::sort(auditors.begin(), auditors.end(),
                  [](const auto& a, const auto& b) { return a.party.account < b.party.account; });
        return auditors;
    });
}

Result<domain::Party> extendExternalAuditor(Context& context, const domain::Actor& actor,
                                            const std::string& account, std::int64_t rev, Date until,
                                            const std::string& reason) {
    TM_CHECK(mustAdminister(actor, "extend an account"));
    TM_TRY(const std::string why, cleanText("reason", reason, {1, 2000, true}));
    TM_CHECK(checkLastDay(context, until));
    return changeWith(context, actor, account, rev, [&](domain::Party& party) -> Result<ledger::Event> {
        const bool open = domain::admissionOn(party, context.today()) != domain::Admission::Disabled;
        if (open && party.validUntil && until <= *party.validUntil) {
            return invalid("date", "valid_until",
                           "The access lasts until " + party.validUntil->iso() + " already.",
                           "Choose a later day; to shorten it, end the access.");
        }
        ledger::Event event = eventOf(context, actor, "party.extend");
        event.facts.set("before", party.validUntil ? party.validUntil->iso() : std::string())
            .set("valid_until", until.iso())
            .set("reason", why);
        party.validUntil = until;
        party.disabled = false;
        return event;
    });
}

Result<domain::Party> endExternalAuditor(Context& context, const domain::Actor& actor,
                                         const std::string& account, std::int64_t rev,
                                         const std::string& reason) {
    TM_CHECK(mustAdminister(actor, "end an access"));
    TM_TRY(const std::string why, cleanText("reason", reason, {1, 2000, true}));
    return changeWith(context, actor, account, rev, [&](domain::Party& party) -> Result<ledger::Event> {
        const domain::Admission admission = domain::admissionOn(party, context.today());
        if (admission == domain::Admission::Disabled || admission == domain::Admission::Ended) {
            return refused("ended-already", "The access of " + account + " is over already.",
                           "Extend it if it is needed again.");
        }
        ledger::Event event = eventOf(context, actor, "party.end-access");
        event.facts.set("reason", why);
        party.disabled = true;
        return event;
    });
}

}  // namespace tickmark::app
