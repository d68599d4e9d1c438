#include "tickmark/storage/SecondFactors.h"

#include "storage/Connection.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

constexpr const char* removals[] = {"DELETE FROM recovery_code WHERE party = $1",
                                    "DELETE FROM pending_sign_in WHERE party = $1",
                                    "DELETE FROM second_factor WHERE party = $1"};

}  // namespace

Result<std::optional<SecondFactorRow>> secondFactorOf(ReadSession& session, domain::PartyId party) {
    return guarded([&]() -> Result<std::optional<SecondFactorRow>> {
        Statement row = session.connection().prepare(
            "SELECT secret, begun, confirmed, last_step FROM second_factor WHERE party = $1");
        if (!row.bind(party.value).step()) return std::optional<SecondFactorRow>{};
        SecondFactorRow found;
        found.party = party;
        found.secret = Secret(std::string(row.text(0)));
        found.begun = {row.integer(1)};
        if (!row.isNull(2)) found.confirmed = Timestamp{row.integer(2)};
        found.lastStep = row.integer(3);
        return std::optional<SecondFactorRow>(std::move(found));
    });
}

Result<std::vector<domain::PartyId>> partiesWithSecondFactor(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<domain::PartyId>> {
        Statement row = session.connection().prepare(
            "SELECT party FROM second_factor WHERE confirmed IS NOT NULL UNION SELECT party FROM passkey "
            "ORDER BY party");
        std::vector<domain::PartyId> parties;
        while (row.step()) parties.push_back({row.integer(0)});
        return parties;
    });
}

Result<void> saveSecondFactor(WriteSession& session, const SecondFactorRow& row) {
    return guarded([&]() -> Result<void> {
        const Value confirmed = row.confirmed ? Value(row.confirmed->micros) : Value();
        session.connection()
            .prepare(
                "INSERT INTO second_factor (party, secret, begun, confirmed, last_step) VALUES ($1, $2, $3, "
                "$4, $5) ON CONFLICT (party) DO UPDATE SET secret = excluded.secret, begun = excluded.begun, "
                "confirmed = excluded.confirmed, last_step = excluded.last_step")
            .bind(row.party.value, std::string_view(row.secret.reveal()), row.begun.micros, confirmed,
                  row.lastStep)
            .run();
        return {};
    });
}

Result<bool> spendStep(WriteSession& session, domain::PartyId party, std::int64_t step) {
    return guarded([&]() -> Result<bool> {
        return session.connection()
                   .prepare("UPDATE second_factor SET last_step = $1 WHERE party = $2 AND last_step < $1")
                   .bind(step, party.value)
                   .run() > 0;
    });
}

Result<LedgerPosition> removeSecondFactor(WriteSession& session, domain::PartyId party,
                                          const ledger::Event& event) {
    return guarded([&]() -> Result<LedgerPosition> {
        for (const char* removal : removals) session.connection().prepare(removal).bind(party.value).run();
        return append(session, event);
    });
}

Result<void> saveRecoveryCodes(WriteSession& session, domain::PartyId party,
                               const std::vector<Digest>& codes) {
    return guarded([&]() -> Result<void> {
        session.connection().prepare("DELETE FROM recovery_code WHERE party = $1").bind(party.value).run();
        for (const Digest& code : codes) {
            const std::string key = code.hex();
            session.connection()
                .prepare("INSERT INTO recovery_code (party, code) VALUES ($1, $2)")
                .bind(party.value, std::string_view(key))
                .run();
        }
        return {};
    });
}

Result<bool> spendRecoveryCode(WriteSession& session, domain::PartyId party, const Digest& code) {
    return guarded([&]() -> Result<bool> {
        const std::string key = code.hex();
        return session.connection()
                   .prepare("DELETE FROM recovery_code WHERE party = $1 AND code = $2")
                   .bind(party.value, std::string_view(key))
                   .run() > 0;
    });
}

Result<std::int64_t> countRecoveryCodes(ReadSession& session, domain::PartyId party) {
    return guarded([&]() -> Result<std::int64_t> {
        Statement row = session.connection().prepare("SELECT count(*) FROM recovery_code WHERE party = $1");
        return row.bind(party.value).step() ? row.integer(0) : 0;
    });
}

Result<void> savePendingSignIn(WriteSession& session, const PendingSignIn& row) {
    return guarded([&]() -> Result<void> {
        const std::string key = row.token.hex();
        session.connection()
            .prepare("INSERT INTO pending_sign_in (token, party, begun) VALUES ($1, $2, $3)")
            .bind(std::string_view(key), row.party.value, row.begun.micros)
            .run();
        return {};
    });
}

Result<std::optional<PendingSignIn>> findPendingSignIn(ReadSession& session, const Digest& token) {
    return guarded([&]() -> Result<std::optional<PendingSignIn>> {
        const std::string key = token.hex();
        Statement row =
            session.connection().prepare("SELECT party, begun FROM pending_sign_in WHERE token = $1");
        if (!row.bind(std::string_view(key)).step()) return std::optional<PendingSignIn>{};
        return std::optional<PendingSignIn>({token, {row.integer(0)}, {row.integer(1)}});
    });
}

Result<void> removePendingSignIn(WriteSession& session, const Digest& token) {
    return guarded([&]() -> Result<void> {
        const std::string key = token.hex();
        session.connection()
            .prepare("DELETE FROM pending_sign_in WHERE token = $1")
            .bind(std::string_view(key))
            .run();
        return {};
    });
}

Result<void> sweepPendingSignIns(WriteSession& session, Timestamp before) {
    return guarded([&]() -> Result<void> {
        session.connection()
            .prepare("DELETE FROM pending_sign_in WHERE begun < $1")
            .bind(before.micros)
            .run();
        session.connection()
            .prepare("DELETE FROM second_factor WHERE confirmed IS NULL AND begun < $1")
            .bind(before.micros)
            .run();
        return {};
    });
}

}  // namespace tickmark::storage
