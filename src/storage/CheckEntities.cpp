#include "storage/CatalogChecks.h"
#include "storage/EntityStore.h"

namespace tickmark::storage {
namespace {

// What the row's last event that stored something says of it.
std::optional<ledger::Event> lastEvent(Connection& connection, std::string_view subject,
                                       std::string_view ref) {
    Statement statement = connection.prepare(
        "SELECT leaf FROM event WHERE ref = $1 AND subject = $2 AND rev > 0 ORDER BY position DESC LIMIT 1");
    if (!statement.bind(ref, subject).step()) return std::nullopt;
    auto event = ledger::Event::parse(statement.text(0));
    if (!event) return std::nullopt;
    return *std::move(event);
}

bool sidesAgree(Connection& connection, const EntitySql& sql, std::int64_t id,
                const std::vector<SideRows>& expected) {
    for (std::size_t index = 0; index < sql.sides.size(); ++index) {
        Statement statement = connection.prepare(sql.sides[index].select);
        statement.bind(id);
        std::size_t count = 0;
        while (statement.step()) {
            if (count == expected[index].size()) return false;
            const Row& row = expected[index][count++];
            for (std::size_t column = 0; column < row.size(); ++column) {
                if (statement.value(static_cast<int>(column)) != row[column]) return false;
            }
        }
        if (count != expected[index].size()) return false;
    }
    return true;
}

// Columns 0 to 3 of a scan are id, ref, rev, record.
constexpr int firstColumn = 4;

template <class Entity>
bool columnsAgree(Connection& connection, const Statement& row, const Entity& entity) {
    const std::int64_t id = row.integer(0);
    if (entity.id.value != id || entity.rev != row.integer(2) ||
        Mapping<Entity>::ref(entity) != row.text(1)) {
        return false;
    }
    const Row expected = Mapping<Entity>::columns(entity);
    for (std::size_t column = 0; column < expected.size(); ++column) {
        if (row.value(static_cast<int>(column) + firstColumn) != expected[column]) return false;
    }
    return sidesAgree(connection, sqlOf<Entity>(), id, Mapping<Entity>::sides(entity));
}

void checkDigest(Connection& connection, CheckRun& run, const TableShape& shape, const Statement& row,
                 const std::string& name) {
    const auto event = lastEvent(connection, shape.subject, row.text(1));
    if (!event) {
        run.problem("no-event", name, "The catalog holds this, but the ledger has no event that stored it.");
        return;
    }
    if (event->record != crypto::Sha256::of(row.text(3)) || event->rev != row.integer(2)) {
        run.problem("record-digest", name,
                    "The stored record is not the one that the ledger's last event states.");
    }
}

template <class Entity>
void checkTable(Connection& connection, CheckRun& run) {
    const TableShape& shape = Mapping<Entity>::shape;
    Statement row = connection.prepare(sqlOf<Entity>().scan);
    while (row.step()) {
        const std::string name = std::string(shape.subject) + " " + std::string(row.text(1));
        checkDigest(connection, run, shape, row, name);
        const auto entity = ledger::decode<Entity>(row.text(3));
        if (!entity) {
            run.problem("record-form", name, "The stored record cannot be read: " + entity.error().message);
        } else if (!columnsAgree(connection, row, *entity)) {
            run.problem("columns", name, "The columns that lists use do not follow from the record.");
        }
        run.rowDone();
    }
}

template <class Entity>
std::optional<bool> existsAs(Connection& connection, std::string_view subject, std::string_view ref) {
    if (Mapping<Entity>::shape.subject != subject) return std::nullopt;
    Statement statement = connection.prepare(sqlOf<Entity>().selectByRef);
    return statement.bind(ref).step();
}

template <class... Entities>
std::optional<bool> existsAsAny(Connection& connection, std::string_view subject, std::string_view ref) {
    std::optional<bool> found;
    (static_cast<void>(found || (found = existsAs<Entities>(connection, subject, ref))), ...);
    return found;
}

}  // namespace

void checkEntities(Connection& connection, CheckRun& run) {
    checkTable<domain::Party>(connection, run);
    checkTable<domain::Catalog>(connection, run);
    checkTable<domain::Audit>(connection, run);
    checkTable<domain::Finding>(connection, run);
    checkTable<domain::Action>(connection, run);
    checkTable<domain::Evidence>(connection, run);
    checkTable<domain::EvidenceVersion>(connection, run);
    checkTable<domain::EvidenceRequest>(connection, run);
    checkTable<domain::Bundle>(connection, run);
    checkTable<domain::ImprovementItem>(connection, run);
    checkTable<domain::Kpi>(connection, run);
    checkTable<domain::Feedback>(connection, run);
    checkTable<domain::ServiceReview>(connection, run);
    checkTable<domain::KpiSeries>(connection, run);
    checkTable<domain::Objective>(connection, run);
    checkTable<domain::PolicyVersion>(connection, run);
    checkTable<domain::ManagementReview>(connection, run);
    checkTable<domain::Lesson>(connection, run);
}

std::optional<bool> entityExists(Connection& connection, std::string_view subject, std::string_view ref) {
    return existsAsAny<domain::Party, domain::Catalog, domain::Audit, domain::Finding, domain::Action,
                       domain::Evidence, domain::EvidenceVersion, domain::EvidenceRequest, domain::Bundle,
                       domain::ImprovementItem, domain::Kpi, domain::KpiSeries, domain::Objective,
                       domain::PolicyVersion, domain::ManagementReview, domain::Lesson, domain::Feedback,
                       domain::ServiceReview>(connection, subject, ref);
}

}  // namespace tickmark::storage
