#include "tickmark/storage/Reminders.h"

#include "storage/Connection.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

std::string_view wordOf(DigestState state) {
    switch (state) {
        case DigestState::Begun:
            return "begun";
        case DigestState::Sent:
            return "sent";
        case DigestState::Unsent:
            return "unsent";
    }
    return "begun";
}

/// What is not known to be otherwise may have gone out.
DigestState stateFrom(std::string_view word) {
    if (word == wordOf(DigestState::Sent)) return DigestState::Sent;
    return word == wordOf(DigestState::Unsent) ? DigestState::Unsent : DigestState::Begun;
}

}  // namespace

Result<LedgerPosition> saveFeed(WriteSession& session, domain::PartyId party, const Digest& secret,
                                Timestamp at, const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        const std::string hex = secret.hex();
        session.connection()
            .prepare(
                "INSERT INTO calendar_feed (party, secret, created) VALUES ($1, $2, $3) ON CONFLICT (party) "
                "DO "
                "UPDATE SET secret = excluded.secret, created = excluded.created")
            .bind(party.value, std::string_view(hex), at.micros)
            .run();
        return append(session, event);
    });
}

Result<LedgerPosition> removeFeed(WriteSession& session, domain::PartyId party, const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        const auto gone = session.connection()
                              .prepare("DELETE FROM calendar_feed WHERE party = $1")
                              .bind(party.value)
                              .run();
        if (gone == 0) return notFound("calendar feed");
        return append(session, event);
    });
}

Result<domain::PartyId> feedOwner(ReadSession& session, const Digest& secret) {
    return guarded([&]() -> Result<domain::PartyId> {
        const std::string hex = secret.hex();
        Statement statement =
            session.connection().prepare("SELECT party FROM calendar_feed WHERE secret = $1");
        if (!statement.bind(std::string_view(hex)).step()) return notFound("calendar feed");
        return domain::PartyId{statement.integer(0)};
    });
}

Result<std::optional<Timestamp>> feedSince(ReadSession& session, domain::PartyId party) {
    return guarded([&]() -> Result<std::optional<Timestamp>> {
        Statement statement =
            session.connection().prepare("SELECT created FROM calendar_feed WHERE party = $1");
        if (!statement.bind(party.value).step()) return std::optional<Timestamp>{};
        return std::optional<Timestamp>(Timestamp{statement.integer(0)});
    });
}

Result<LedgerPosition> saveMailAddress(WriteSession& session, domain::PartyId party,
                                       const std::string& address, const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        if (address.empty()) {
            session.connection().prepare("DELETE FROM mail_address WHERE party = $1").bind(party.value).run();
        } else {
            session.connection()
                .prepare(
                    "INSERT INTO mail_address (party, address) VALUES ($1, $2) ON CONFLICT (party) DO UPDATE "
                    "SET address = excluded.address")
                .bind(party.value, std::string_view(address))
                .run();
        }
        return append(session, event);
    });
}

Result<std::string> mailAddressOf(ReadSession& session, domain::PartyId party) {
    return guarded([&]() -> Result<std::string> {
        Statement statement =
            session.connection().prepare("SELECT address FROM mail_address WHERE party = $1");
        if (!statement.bind(party.value).step()) return std::string();
        return std::string(statement.text(0));
    });
}

Result<std::vector<MailTarget>> mailTargets(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<MailTarget>> {
        Statement statement =
            session.connection().prepare("SELECT party, address FROM mail_address ORDER BY party");
        std::vector<MailTarget> targets;
        while (statement.step())
            targets.push_back({domain::PartyId{statement.integer(0)}, std::string(statement.text(1))});
        return targets;
    });
}

Result<std::optional<DigestRow>> findDigest(ReadSession& session, domain::PartyId party, Date day) {
    return guarded([&]() -> Result<std::optional<DigestRow>> {
        const std::string iso = day.iso();
        Statement statement =
            session.connection().prepare("SELECT state, tries, at FROM digest WHERE party = $1 AND day = $2");
        if (!statement.bind(party.value, std::string_view(iso)).step()) return std::optional<DigestRow>{};
        return std::optional<DigestRow>(
            DigestRow{stateFrom(statement.text(0)), statement.integer(1), Timestamp{statement.integer(2)}});
    });
}

Result<void> saveDigest(WriteSession& session, domain::PartyId party, Date day, const DigestRow& row) {
    return guarded([&]() -> Result<void> {
        const std::string iso = day.iso();
        session.connection()
            .prepare(
                "INSERT INTO digest (party, day, state, tries, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT "
                "(party, day) DO UPDATE SET state = excluded.state, tries = excluded.tries, at = excluded.at")
            .bind(party.value, std::string_view(iso), wordOf(row.state), row.tries, row.at.micros)
            .run();
        return {};
    });
}

Result<std::int64_t> sweepDigests(WriteSession& session, Date before) {
    return guarded([&]() -> Result<std::int64_t> {
        const std::string iso = before.iso();
        return session.connection()
            .prepare("DELETE FROM digest WHERE day < $1")
            .bind(std::string_view(iso))
            .run();
    });
}

}  // namespace tickmark::storage
