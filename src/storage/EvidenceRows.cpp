#include "tickmark/storage/EvidenceRows.h"

#include "storage/Lists.h"
#include "storage/ScopeSql.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

using domain::Evidence;
using domain::EvidenceVersion;

Result<EvidenceRow> readVersion(const Statement& row) {
    return EvidenceRow{.id = {row.integer(0)},
                       .ref = std::string(row.text(1)),
                       .number = row.integer(2),
                       .title = std::string(row.text(3)),
                       .auditRef = std::string(row.text(4)),
                       .digest = std::string(row.text(5)),
                       .size = static_cast<std::uint64_t>(row.integer(6)),
                       .mediaType = std::string(row.text(7)),
                       .originalName = std::string(row.text(8)),
                       .state = std::string(row.text(9)),
                       .confidentiality = std::string(row.text(10)),
                       .receivedByName = std::string(row.text(11)),
                       .receivedAt = {row.integer(12)},
                       .validUntil = std::string(row.text(13)),
                       .ledgerPosition = row.integer(14),
                       .rev = row.integer(15)};
}

std::string versionName(const domain::EvidenceRef& ref, std::int64_t number) {
    return number == 0 ? ref.text() : ref.text() + "/v" + std::to_string(number);
}

// By reference and number, or the newest version (number 0).
template <class Narrow>
Result<EvidenceVersion> findVersion(ReadSession& session, const domain::EvidenceRef& ref, std::int64_t number,
                                    Narrow&& narrow) {
    return guarded([&]() -> Result<EvidenceVersion> {
        const std::string name = versionName(ref, number);
        Query query(number == 0
                        ? "SELECT e.record FROM evidence v JOIN evidence_version e ON e.evidence = v.id"
                        : "SELECT e.record FROM evidence_version e");
        query.where(number == 0 ? "v.ref = ?" : "e.ref = ?", {Value(name)});
        narrow(query);
        query.text(" ORDER BY e.number DESC LIMIT 1");
        Statement statement = query.prepare(session.connection());
        return decodeOne<EvidenceVersion>(statement, "evidence " + name);
    });
}

}  // namespace

Result<LedgerPosition> save(WriteSession& session, Evidence& evidence, ledger::Event event) {
    return saveEntity(session, evidence, std::move(event));
}

Result<LedgerPosition> save(WriteSession& session, EvidenceVersion& version, ledger::Event event) {
    return saveEntity(session, version, std::move(event));
}

Result<Evidence> findEvidence(ReadSession& session, domain::EvidenceId id) {
    return findById<Evidence>(session, id.value, "evidence");
}

Result<Evidence> findEvidence(ReadSession& session, const domain::EvidenceRef& ref) {
    return findByRef<Evidence>(session, ref.text(), "evidence");
}

Result<EvidenceVersion> findEvidenceVersion(ReadSession& session, domain::EvidenceVersionId id) {
    return findById<EvidenceVersion>(session, id.value, "evidence");
}

Result<EvidenceVersion> findEvidenceVersion(ReadSession& session, const domain::EvidenceRef& ref,
                                            std::int64_t number) {
    return findVersion(session, ref, number, [](Query&) {});
}

Result<EvidenceVersion> findEvidenceVersionVisible(ReadSession& session, const domain::EvidenceRef& ref,
                                                   std::int64_t number, const Scope& scope) {
    return findVersion(session, ref, number, [&](Query& query) { whereVersionVisible(query, scope); });
}

Result<std::vector<EvidenceVersion>> versionsOf(ReadSession& session, domain::EvidenceId evidence) {
    return findAll<EvidenceVersion>(
        session, "SELECT record FROM evidence_version WHERE evidence = $1 ORDER BY number", evidence.value);
}

Result<std::vector<EvidenceVersion>> versionsOf(ReadSession& session, domain::AuditId audit) {
    return findAll<EvidenceVersion>(
        session, "SELECT record FROM evidence_version WHERE audit = $1 ORDER BY id", audit.value);
}

Result<std::vector<EvidenceVersion>> versionsOf(ReadSession& session, domain::FindingId finding) {
    return findAll<EvidenceVersion>(session,
                                    "SELECT e.record FROM finding_evidence l JOIN evidence_version e "
                                    "ON e.id = l.version WHERE l.finding = $1 ORDER BY l.position",
                                    finding.value);
}

Result<std::vector<EvidenceVersion>> versionsOf(ReadSession& session, domain::ActionId action) {
    return findAll<EvidenceVersion>(session,
                                    "SELECT e.record FROM action_evidence l JOIN evidence_version e "
                                    "ON e.id = l.version WHERE l.action = $1 ORDER BY l.position",
                                    action.value);
}

Result<std::vector<Evidence>> evidenceOf(ReadSession& session, domain::AuditId audit) {
    return findAll<Evidence>(session, "SELECT record FROM evidence WHERE audit = $1 ORDER BY id",
                             audit.value);
}

namespace {

void narrow(Query& query, const Scope& scope, const EvidenceFilter& filter) {
    if (filter.audit) query.where("e.audit = ?", {Value(filter.audit->value)});
    if (filter.finding) {
        query.where("e.id IN (SELECT l.version FROM finding_evidence l WHERE l.finding = ?)",
                    {Value(filter.finding->value)});
    }
    if (filter.action) {
        query.where("e.id IN (SELECT l.version FROM action_evidence l WHERE l.action = ?)",
                    {Value(filter.action->value)});
    }
    if (filter.evidence) query.where("e.evidence = ?", {Value(filter.evidence->value)});
    query.anyOf("e.state", stateValues(filter.states));
    if (filter.digest) query.where("e.digest = ?", {Value(filter.digest->hex())});
    if (filter.validBefore) query.where("e.valid_until < ?", {Value(filter.validBefore->iso())});
    whereVersionVisible(query, scope);
}

}  // namespace

Result<Page<EvidenceRow>> listEvidence(ReadSession& session, const Scope& scope, const EvidenceFilter& filter,
                                       const PageRequest& page) {
    return guarded([&]() -> Result<Page<EvidenceRow>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query(
            "SELECT e.id, v.ref, e.number, v.title, a.ref, e.digest, e.size, e.media_type, e.original_name, "
            "e.state, "
            "e.confidentiality, p.name, e.received_at, e.valid_until, e.ledger_position, e.rev "
            "FROM evidence_version e JOIN evidence v ON v.id = e.evidence JOIN audit a ON a.id = e.audit "
            "LEFT JOIN party p ON p.id = e.received_by");
        narrow(query, scope, filter);
        newestFirst(query, "e.id", cursor, page);
        return pageById<EvidenceRow>(session, query, page, readVersion);
    });
}

Result<std::int64_t> countEvidence(ReadSession& session, const Scope& scope, const EvidenceFilter& filter) {
    return guarded([&]() -> Result<std::int64_t> {
        Query query("SELECT count(*) FROM evidence_version e");
        narrow(query, scope, filter);
        return countRows(session, query);
    });
}

Result<void> eachExpectedObject(ReadSession& session,
                                const std::function<Result<void>(const ExpectedObject&)>& visit) {
    return guarded([&]() -> Result<void> {
        Statement statement = session.connection().prepare(
            "SELECT digest, size, ref, state FROM evidence_version ORDER BY digest");
        while (statement.step()) {
            const auto digest = Digest::parse(statement.text(0));
            if (!digest) throw SqlFailure(11, "a digest cannot be read");
            TM_CHECK(visit({.digest = *digest,
                            .size = static_cast<std::uint64_t>(statement.integer(1)),
                            .ref = std::string(statement.text(2)),
                            .withdrawn = statement.text(3) == "withdrawn"}));
        }
        return {};
    });
}

}  // namespace tickmark::storage
