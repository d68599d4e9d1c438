#include "tickmark/storage/Passkeys.h"

#include "storage/Connection.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

PasskeyRow rowFrom(const Statement& row) {
    PasskeyRow found;
    found.credential = row.text(0);
    found.party = {row.integer(1)};
    found.handle = row.text(2);
    found.name = row.text(3);
    found.algorithm = row.integer(4);
    found.publicKey = row.text(5);
    found.counter = row.integer(6);
    found.added = {row.integer(7)};
    if (!row.isNull(8)) found.lastUsed = Timestamp{row.integer(8)};
    return found;
}

}  // namespace

Result<std::vector<PasskeyRow>> passkeysOf(ReadSession& session, domain::PartyId party) {
    return guarded([&]() -> Result<std::vector<PasskeyRow>> {
        Statement row = session.connection().prepare(
            "SELECT credential, party, handle, name, algorithm, public_key, counter, added, last_used FROM "
            "passkey WHERE party = $1 ORDER BY added, credential");
        row.bind(party.value);
        std::vector<PasskeyRow> rows;
        while (row.step()) rows.push_back(rowFrom(row));
        return rows;
    });
}

Result<std::optional<PasskeyRow>> findPasskey(ReadSession& session, const std::string& credential) {
    return guarded([&]() -> Result<std::optional<PasskeyRow>> {
        Statement row = session.connection().prepare(
            "SELECT credential, party, handle, name, algorithm, public_key, counter, added, last_used FROM "
            "passkey WHERE credential = $1");
        if (!row.bind(std::string_view(credential)).step()) return std::optional<PasskeyRow>{};
        return std::optional<PasskeyRow>(rowFrom(row));
    });
}

Result<bool> savePasskey(WriteSession& session, const PasskeyRow& row, const ledger::Event& event) {
    return guarded([&]() -> Result<bool> {
        const std::int64_t made =
            session.connection()
                .prepare(
                    "INSERT INTO passkey (credential, party, handle, name, algorithm, public_key, counter, "
                    "added) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (credential) DO NOTHING")
                .bind(std::string_view(row.credential), row.party.value, std::string_view(row.handle),
                      std::string_view(row.name), row.algorithm, std::string_view(row.publicKey), row.counter,
                      row.added.micros)
                .run();
        if (made == 0) return false;
        TM_CHECK(append(session, event));
        return true;
    });
}

Result<bool> usePasskey(WriteSession& session, const std::string& credential, std::int64_t counter,
                        Timestamp now) {
    return guarded([&]() -> Result<bool> {
        return session.connection()
                   .prepare(
                       "UPDATE passkey SET counter = $1, last_used = $2 WHERE credential = $3 AND (counter < "
                       "$1 OR (counter = 0 AND $1 = 0))")
                   .bind(counter, now.micros, std::string_view(credential))
                   .run() > 0;
    });
}

Result<void> removePasskey(WriteSession& session, domain::PartyId party, const std::string& credential,
                           const ledger::Event& event) {
    return guarded([&]() -> Result<void> {
        const std::int64_t gone = session.connection()
                                      .prepare("DELETE FROM passkey WHERE party = $1 AND credential = $2")
                                      .bind(party.value, std::string_view(credential))
                                      .run();
        if (gone == 0) return notFound("passkey");
        TM_CHECK(append(session, event));
        return {};
    });
}

Result<std::int64_t> removePasskeysOf(WriteSession& session, domain::PartyId party) {
    return guarded([&]() -> Result<std::int64_t> {
        return session.connection().prepare("DELETE FROM passkey WHERE party = $1").bind(party.value).run();
    });
}

Result<void> savePasskeyChallenge(WriteSession& session, const PasskeyChallenge& row, std::int64_t most) {
    return guarded([&]() -> Result<void> {
        const std::string key = row.token.hex();
        session.connection()
            .prepare(
                "INSERT INTO passkey_challenge (token, purpose, party, rp, origin, handle, name, begun) "
                "VALUES "
                "($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(std::string_view(key), std::string_view(row.purpose), row.party.value,
                  std::string_view(row.relyingParty), std::string_view(row.origin),
                  std::string_view(row.handle), std::string_view(row.name), row.begun.micros)
            .run();
        // Those of nobody known give way to each other alone: strangers cannot push out a person's.
        session.connection()
            .prepare(
                "DELETE FROM passkey_challenge WHERE party = $1 AND token NOT IN (SELECT token FROM "
                "passkey_challenge WHERE party = $1 ORDER BY begun DESC, token LIMIT $2)")
            .bind(row.party.value, most)
            .run();
        return {};
    });
}

Result<std::optional<PasskeyChallenge>> takePasskeyChallenge(WriteSession& session, const Digest& token) {
    return guarded([&]() -> Result<std::optional<PasskeyChallenge>> {
        const std::string key = token.hex();
        std::optional<PasskeyChallenge> found;
        {
            Statement row = session.connection().prepare(
                "SELECT purpose, party, rp, origin, handle, name, begun FROM passkey_challenge WHERE token = "
                "$1");
            if (!row.bind(std::string_view(key)).step()) return found;
            found = PasskeyChallenge{token,
                                     std::string(row.text(0)),
                                     {row.integer(1)},
                                     std::string(row.text(2)),
                                     std::string(row.text(3)),
                                     std::string(row.text(4)),
                                     std::string(row.text(5)),
                                     {row.integer(6)}};
        }
        session.connection()
            .prepare("DELETE FROM passkey_challenge WHERE token = $1")
            .bind(std::string_view(key))
            .run();
        return found;
    });
}

Result<void> sweepPasskeyChallenges(WriteSession& session, Timestamp before) {
    return guarded([&]() -> Result<void> {
        session.connection()
            .prepare("DELETE FROM passkey_challenge WHERE begun < $1")
            .bind(before.micros)
            .run();
        return {};
    });
}

}  // namespace tickmark::storage
