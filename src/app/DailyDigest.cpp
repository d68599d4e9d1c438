#include "tickmark/app/DailyDigest.h"

#include <optional>
#include <utility>

#include "app/PersonActor.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Reminders.h"

namespace tickmark::app {
namespace {

constexpr std::int32_t daysKept = 30;
constexpr std::int64_t mostTries = 4;
constexpr std::int64_t waitSeconds = 15 * 60;
constexpr std::size_t mostLines = 100;
constexpr std::int64_t secondsOfDay = 86'400;
constexpr std::int64_t secondsOfHour = 3'600;

struct Person {
    domain::Party party{};
    std::string address{};
};

Result<std::vector<Person>> people(Context& context) {
    return context.database->read([&](storage::ReadSession& session) -> Result<std::vector<Person>> {
        TM_TRY(const auto targets, storage::mailTargets(session));
        std::vector<Person> found;
        for (const auto& target : targets) {
            TM_TRY(domain::Party party, storage::findParty(session, target.party));
            if (mayComeIn(party, context.today())) found.push_back({std::move(party), target.address});
        }
        return found;
    });
}

std::string when(Date due, Date today) {
    const std::int32_t days = today.days - due.days;
    if (days == 0) return due.iso() + ", today";
    if (days == 1) return due.iso() + ", yesterday";
    if (days > 1) return due.iso() + ", " + std::to_string(days) + " days ago";
    return days == -1 ? due.iso() + ", tomorrow" : due.iso() + ", in " + std::to_string(-days) + " days";
}

std::string lineOf(const Context& context, const DueItem& item, Date today) {
    std::string line = "- " + item.ref + " " + item.title + "\n  " + item.verb + " (" +
                       when(item.due, today) + (item.audit.empty() ? "" : "; audit " + item.audit) + ")\n";
    if (!context.settings.publicUrl.empty()) line += "  " + context.settings.publicUrl + item.path() + "\n";
    return line;
}

std::string section(const Context& context, const DueList& list, const std::string& heading, Date from,
                    Date to) {
    std::string text;
    std::size_t lines = 0;
    for (const DueItem& item : list.items) {
        if (item.due < from || to < item.due) continue;
        if (++lines <= mostLines) text += lineOf(context, item, list.today);
    }
    if (lines == 0) return text;
    if (lines > mostLines) text += "- and " + std::to_string(lines - mostLines) + " more\n";
    return "\n" + heading + "\n" + text;
}

std::string counted(std::int64_t number, const std::string& word) {
    return std::to_string(number) + " " + word;
}

std::string domainOf(const std::string& address) { return address.substr(address.rfind('@') + 1); }

bool hourReached(const Context& context) {
    const std::int64_t ofDay = context.now().seconds() % secondsOfDay;
    return ofDay / secondsOfHour >= context.settings.digestHour;
}

Result<SendMail> sender(const Context& context) {
    outbound::MailServer server;
    server.url = context.settings.smtpUrl;
    server.user = context.settings.smtpUser;
    if (!context.settings.smtpCa.empty())
        server.caFile = (context.directory.root / context.settings.smtpCa).string();
    if (!context.settings.smtpPasswordFile.empty()) {
        constexpr std::uint64_t longest = 4096;
        auto read =
            archive::readSmallFile(context.directory.root / context.settings.smtpPasswordFile, longest);
        if (!read) {
            return environment("settings", "The file of smtp_password_file cannot be read.",
                               "Mend tickmark.conf or the file, then try again.");
        }
        server.password = Secret(read->substr(0, read->find_first_of("\r\n")));
    }
    return SendMail([server](const outbound::Mail& mail) { return outbound::sendMail(server, mail); });
}

/// One pass.
class Pass {
  public:
    Pass(Context& context, const DigestRun& run, SendMail send)
        : m_context(context), m_run(run), m_send(std::move(send)), m_day(context.today()) {}

    Result<DigestOutcome> digest(const Person& person) {
        DigestOutcome outcome;
        outcome.account = person.party.account;
        outcome.address = person.address;
        TM_TRY(const auto before, m_context.database->read([&](storage::ReadSession& session) {
            return storage::findDigest(session, person.party.id, m_day);
        }));
        outcome.fate = standing(before);
        if (outcome.fate != DigestFate::Nothing) return outcome;
        TM_TRY(const DueList list, dueList(m_context, actorFor(person.party, "digest")));
        auto mail = digestOf(m_context, person.party, list);
        if (!mail) return outcome;
        mail->to = person.address;
        outcome.subject = mail->subject;
        if (m_run.dryRun) {
            outcome.fate = DigestFate::Shown;
            outcome.text = mail->text;
            return outcome;
        }
        TM_CHECK(send(person.party.id, *mail, outcome));
        return outcome;
    }

  private:
    /// Nothing: may be written to now.
    [[nodiscard]] DigestFate standing(const std::optional<storage::DigestRow>& row) const {
        if (!row) return DigestFate::Nothing;
        if (row->state != storage::DigestState::Unsent) return DigestFate::Earlier;
        if (row->tries >= mostTries) return DigestFate::GivenUp;
        const bool soon = m_context.now() < row->at.plusSeconds(waitSeconds);
        return soon ? DigestFate::Waits : DigestFate::Nothing;
    }

    Result<void> send(domain::PartyId party, const outbound::Mail& mail, DigestOutcome& outcome) {
        TM_TRY(const std::int64_t tries, begin(party));
        if (tries == 0) {
            outcome.fate = DigestFate::Earlier;
            return {};
        }
        const auto sent = m_send(mail);
        storage::DigestRow row{storage::DigestState::Sent, tries, m_context.now()};
        outcome.fate = DigestFate::Sent;
        if (!sent) {
            outcome.error = sent.error().message;
            const bool unsure = sent.error().kind == ErrorKind::Undecided;
            row.state = unsure ? storage::DigestState::Begun : storage::DigestState::Unsent;
            outcome.fate = unsure               ? DigestFate::Unsure
                           : tries >= mostTries ? DigestFate::GivenUp
                                                : DigestFate::Waits;
        }
        return keep(party, row);
    }

    /// Records that it is about to be sent; the number of this try, or 0 when another pass was faster.
    Result<std::int64_t> begin(domain::PartyId party) {
        return m_context.database->write([&](storage::WriteSession& session) -> Result<std::int64_t> {
            TM_TRY(const auto row, storage::findDigest(session, party, m_day));
            if (standing(row) != DigestFate::Nothing) return std::int64_t{0};
            const std::int64_t tries = row ? row->tries + 1 : 1;
            TM_CHECK(storage::saveDigest(session, party, m_day,
                                         {storage::DigestState::Begun, tries, m_context.now()}));
            return tries;
        });
    }

    Result<void> keep(domain::PartyId party, const storage::DigestRow& row) {
        auto kept = m_context.database->write([&](storage::WriteSession& session) -> Result<bool> {
            TM_CHECK(storage::saveDigest(session, party, m_day, row));
            return true;
        });
        if (!kept) return std::move(kept).error();
        return {};
    }

    Context& m_context;
    const DigestRun& m_run;
    SendMail m_send;
    Date m_day;
};

Result<void> forgetOld(Context& context) {
    auto swept = context.database->write([&](storage::WriteSession& session) {
        return storage::sweepDigests(session, context.today().plusDays(-daysKept));
    });
    if (!swept) return std::move(swept).error();
    return {};
}

}  // namespace

std::string_view toText(DigestFate fate) noexcept {
    switch (fate) {
        case DigestFate::Sent:
            return "sent";
        case DigestFate::Earlier:
            return "earlier";
        case DigestFate::Nothing:
            return "nothing";
        case DigestFate::Waits:
            return "waits";
        case DigestFate::GivenUp:
            return "given-up";
        case DigestFate::Unsure:
            return "unsure";
        case DigestFate::Shown:
            return "shown";
    }
    return "nothing";
}

std::optional<outbound::Mail> digestOf(const Context& context, const domain::Party& party,
                                       const DueList& list) {
    const auto [all, overdue, soon] = list.count();
    if (overdue + soon == 0) return std::nullopt;
    const Date last = list.today.plusDays(DueList::soonDays);
    outbound::Mail mail;
    mail.from = context.settings.digestFrom;
    mail.date = context.now();
    mail.subject =
        "Tickmark: " + counted(overdue, "past the date") + ", " + counted(soon, "due by " + last.iso());
    mail.messageId =
        "<digest-" + list.today.iso() + "-" +
        crypto::Sha256::of(context.settings.logOrigin + "\n" + party.account).hex().substr(0, 24) + "@" +
        domainOf(mail.from) + ">";
    mail.text = party.name + ",\n\nof what waits for you at " + context.settings.organisation + ", " +
                counted(overdue, "past the date") + " and " + counted(soon, "due within seven days") + ".\n";
    constexpr std::int32_t longAgo = 400'000;
    mail.text +=
        section(context, list, "Past the date", list.today.plusDays(-longAgo), list.today.plusDays(-1));
    mail.text += section(context, list, "Due within seven days", list.today, last);
    mail.text +=
        "\nThis mail comes once a day at most, and only when something is due. Change the address or end it "
        "on the page \"My due list\"" +
        (context.settings.publicUrl.empty() ? std::string(" of Tickmark.\n")
                                            : ": " + context.settings.publicUrl + "/due\n");
    return mail;
}

Result<std::vector<DigestOutcome>> sendDigests(Context& context, const DigestRun& run) {
    std::vector<DigestOutcome> outcomes;
    if (!run.now && !hourReached(context)) return outcomes;
    const bool configured = !context.settings.smtpUrl.empty() && !context.settings.digestFrom.empty();
    if (!configured && !run.dryRun) {
        return refused("no-mail-server", "This installation sends no mail.",
                       "Set smtp_url and digest_from in tickmark.conf.");
    }
    SendMail send = run.send;
    if (!send && !run.dryRun) {
        TM_TRY(send, sender(context));
    }
    if (!run.dryRun) TM_CHECK(forgetOld(context));
    TM_TRY(const auto everybody, people(context));
    Pass pass(context, run, std::move(send));
    for (const Person& person : everybody) {
        if (run.goOn && !run.goOn()) break;
        TM_TRY(auto outcome, pass.digest(person));
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

}  // namespace tickmark::app
