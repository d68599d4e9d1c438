#include "tickmark/storage/Sessions.h"

#include "storage/Connection.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

Error unknown(const char* what) { return notFound(what); }

SessionRow sessionAt(const Statement& row, const Digest& token) {
    return SessionRow{.token = token,
                      .party = {row.integer(0)},
                      .created = {row.integer(1)},
                      .lastSeen = {row.integer(2)},
                      .absoluteEnd = {row.integer(3)},
                      .csrf = std::string(row.text(4)),
                      .address = std::string(row.text(5)),
                      .agent = std::string(row.text(6))};
}

}  // namespace

Result<LedgerPosition> savePasswordHash(WriteSession& session, domain::PartyId party,
                                        const std::string& encoded, const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        session.connection()
            .prepare(
                "INSERT INTO password (party, encoded) VALUES ($1, $2) "
                "ON CONFLICT (party) DO UPDATE SET encoded = excluded.encoded")
            .bind(party.value, std::string_view(encoded))
            .run();
        session.connection().prepare("DELETE FROM session WHERE party = $1").bind(party.value).run();
        session.connection().prepare("DELETE FROM pending_sign_in WHERE party = $1").bind(party.value).run();
        return append(session, event);
    });
}

Result<std::string> passwordHashOf(ReadSession& session, domain::PartyId party) {
    return guarded([&]() -> Result<std::string> {
        Statement statement = session.connection().prepare("SELECT encoded FROM password WHERE party = $1");
        if (!statement.bind(party.value).step()) return unknown("password");
        return std::string(statement.text(0));
    });
}

Result<LedgerPosition> openSession(WriteSession& session, const SessionRow& row, const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        const std::string token = row.token.hex();
        session.connection()
            .prepare(
                "INSERT INTO session (token, party, created, last_seen, absolute_end, csrf, address, agent) "
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(std::string_view(token), row.party.value, row.created.micros, row.lastSeen.micros,
                  row.absoluteEnd.micros, std::string_view(row.csrf), std::string_view(row.address),
                  std::string_view(row.agent))
            .run();
        return append(session, event);
    });
}

Result<SessionRow> findSession(ReadSession& session, const Digest& token) {
    return guarded([&]() -> Result<SessionRow> {
        const std::string key = token.hex();
        Statement statement = session.connection().prepare(
            "SELECT party, created, last_seen, absolute_end, csrf, address, agent FROM session WHERE token = "
            "$1");
        if (!statement.bind(std::string_view(key)).step()) return unknown("session");
        return sessionAt(statement, token);
    });
}

Result<std::vector<SessionRow>> listSessions(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<SessionRow>> {
        Statement statement = session.connection().prepare(
            "SELECT party, created, last_seen, absolute_end, csrf, address, agent, token FROM session "
            "ORDER BY last_seen DESC, token");
        std::vector<SessionRow> rows;
        while (statement.step()) {
            TM_TRY(const Digest token, Digest::parse(statement.text(7)));
            rows.push_back(sessionAt(statement, token));
        }
        return rows;
    });
}

Result<void> touchSession(WriteSession& session, const Digest& token, Timestamp at) {
    return guarded([&]() -> Result<void> {
        const std::string key = token.hex();
        session.connection()
            .prepare("UPDATE session SET last_seen = $1 WHERE token = $2")
            .bind(at.micros, std::string_view(key))
            .run();
        return {};
    });
}

Result<void> rotateSession(WriteSession& session, const Digest& before, const Digest& after) {
    return guarded([&]() -> Result<void> {
        const std::string from = before.hex();
        const std::string to = after.hex();
        const auto changed = session.connection()
                                 .prepare("UPDATE session SET token = $1 WHERE token = $2")
                                 .bind(std::string_view(to), std::string_view(from))
                                 .run();
        if (changed == 0) return unknown("session");
        return {};
    });
}

Result<LedgerPosition> endSession(WriteSession& session, const Digest& token, const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        const std::string key = token.hex();
        session.connection()
            .prepare("DELETE FROM session WHERE token = $1")
            .bind(std::string_view(key))
            .run();
        return append(session, event);
    });
}

Result<std::int64_t> endSessionsOf(WriteSession& session, domain::PartyId party,
                                   const std::optional<Digest>& except, const ledger::Event& event) {
    return guarded([&]() -> Result<std::int64_t> {
        const std::string kept = except ? except->hex() : std::string();
        const auto ended = session.connection()
                               .prepare("DELETE FROM session WHERE party = $1 AND token <> $2")
                               .bind(party.value, std::string_view(kept))
                               .run();
        TM_CHECK(append(session, event));
        return ended;
    });
}

Result<std::int64_t> sweepSessions(WriteSession& session, Timestamp now, Timestamp idleSince) {
    return guarded([&]() -> Result<std::int64_t> {
        return session.connection()
            .prepare("DELETE FROM session WHERE absolute_end <= $1 OR last_seen < $2")
            .bind(now.micros, idleSince.micros)
            .run();
    });
}

Result<std::int64_t> sweepThrottles(WriteSession& session, Timestamp before) {
    return guarded([&]() -> Result<std::int64_t> {
        return session.connection().prepare("DELETE FROM throttle WHERE last < $1").bind(before.micros).run();
    });
}

Result<Throttle> throttleOf(ReadSession& session, std::string_view key) {
    return guarded([&]() -> Result<Throttle> {
        Statement statement =
            session.connection().prepare("SELECT failures, since, last FROM throttle WHERE key = $1");
        if (!statement.bind(key).step()) return Throttle{};
        return Throttle{.failures = statement.integer(0),
                        .since = {statement.integer(1)},
                        .last = {statement.integer(2)}};
    });
}

Result<Throttle> countFailure(WriteSession& session, std::string_view key, Timestamp at,
                              Timestamp forgetBefore) {
    return guarded([&]() -> Result<Throttle> {
        TM_TRY(Throttle throttle, throttleOf(session, key));
        if (throttle.failures == 0 || throttle.last < forgetBefore) throttle = {.failures = 0, .since = at};
        ++throttle.failures;
        throttle.last = at;
        session.connection()
            .prepare(
                "INSERT INTO throttle (key, failures, since, last) VALUES ($1, $2, $3, $4) ON CONFLICT (key) "
                "DO UPDATE SET failures = excluded.failures, since = excluded.since, last = excluded.last")
            .bind(key, throttle.failures, throttle.since.micros, throttle.last.micros)
            .run();
        return throttle;
    });
}

Result<void> clearThrottle(WriteSession& session, std::string_view key) {
    return guarded([&]() -> Result<void> {
        session.connection().prepare("DELETE FROM throttle WHERE key = $1").bind(key).run();
        return {};
    });
}

}  // namespace tickmark::storage
