// API tokens.
#include "storage/Connection.h"
#include "storage/SqlFailure.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::storage {
namespace {

std::optional<Timestamp> momentAt(const Statement& row, int column) {
    if (row.isNull(column)) return std::nullopt;
    return Timestamp{row.integer(column)};
}

Result<TokenRow> tokenAt(const Statement& row) {
    TM_TRY(const Digest token, Digest::parse(row.text(1)));
    return TokenRow{.name = std::string(row.text(0)),
                    .token = token,
                    .party = {row.integer(2)},
                    .scopes = std::string(row.text(3)),
                    .created = {row.integer(4)},
                    .expires = {row.integer(5)},
                    .lastUsed = momentAt(row, 6),
                    .revoked = momentAt(row, 7)};
}

}  // namespace

Result<LedgerPosition> saveToken(WriteSession& session, const TokenRow& row, const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        const std::string token = row.token.hex();
        session.connection()
            .prepare(
                "INSERT INTO token (name, token, party, scopes, created, expires) "
                "VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(std::string_view(row.name), std::string_view(token), row.party.value,
                  std::string_view(row.scopes), row.created.micros, row.expires.micros)
            .run();
        return append(session, event);
    });
}

Result<TokenRow> findToken(ReadSession& session, const Digest& token) {
    return guarded([&]() -> Result<TokenRow> {
        const std::string key = token.hex();
        Statement statement = session.connection().prepare(
            "SELECT name, token, party, scopes, created, expires, last_used, revoked FROM token WHERE token "
            "= $1");
        if (!statement.bind(std::string_view(key)).step()) return notFound("token");
        return tokenAt(statement);
    });
}

Result<std::vector<TokenRow>> listTokens(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<TokenRow>> {
        Statement statement = session.connection().prepare(
            "SELECT name, token, party, scopes, created, expires, last_used, revoked FROM token ORDER BY "
            "name");
        std::vector<TokenRow> rows;
        while (statement.step()) {
            TM_TRY(TokenRow row, tokenAt(statement));
            rows.push_back(std::move(row));
        }
        return rows;
    });
}

Result<LedgerPosition> revokeToken(WriteSession& session, std::string_view name, Timestamp at,
                                   const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        const auto changed = session.connection()
                                 .prepare("UPDATE token SET revoked = coalesce(revoked, $1) WHERE name = $2")
                                 .bind(at.micros, name)
                                 .run();
        if (changed == 0) return notFound("token " + std::string(name));
        return append(session, event);
    });
}

Result<std::int64_t> sweepTokens(WriteSession& session, Timestamp before) {
    return guarded([&]() -> Result<std::int64_t> {
        return session.connection()
            .prepare("DELETE FROM token WHERE expires < $1 OR revoked < $2")
            .bind(before.micros, before.micros)
            .run();
    });
}

Result<void> touchToken(WriteSession& session, const Digest& token, Timestamp at) {
    return guarded([&]() -> Result<void> {
        const std::string key = token.hex();
        session.connection()
            .prepare("UPDATE token SET last_used = $1 WHERE token = $2")
            .bind(at.micros, std::string_view(key))
            .run();
        return {};
    });
}

}  // namespace tickmark::storage
