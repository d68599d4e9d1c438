#include "tickmark/storage/Catalogs.h"

#include "storage/EntityStore.h"

namespace tickmark::storage {

using domain::Catalog;

Result<LedgerPosition> save(WriteSession& session, Catalog& catalog, ledger::Event event) {
    return saveEntity(session, catalog, std::move(event));
}

Result<Catalog> findCatalog(ReadSession& session, domain::CatalogId id) {
    return findById<Catalog>(session, id.value, "catalog");
}

Result<Catalog> findCatalogByCode(ReadSession& session, std::string_view code) {
    return findByRef<Catalog>(session, code, "catalog");
}

Result<domain::Clause> findClause(ReadSession& session, std::string_view catalog, std::string_view clause) {
    return guarded([&]() -> Result<domain::Clause> {
        Statement statement = session.connection().prepare(
            "SELECT l.code, l.parent, l.title FROM catalog c JOIN clause l ON l.catalog = c.id "
            "WHERE c.ref = $1 AND l.code = $2");
        statement.bind(catalog, clause);
        if (!statement.step()) return notFound("clause " + std::string(clause));
        return domain::Clause{.code = std::string(statement.text(0)),
                              .parent = std::string(statement.text(1)),
                              .title = std::string(statement.text(2))};
    });
}

Result<std::vector<CatalogRow>> listCatalogs(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<CatalogRow>> {
        Statement statement = session.connection().prepare(
            "SELECT id, ref, title, version, source, clauses, rev FROM catalog ORDER BY ref");
        std::vector<CatalogRow> rows;
        while (statement.step()) {
            rows.push_back({.id = {statement.integer(0)},
                            .code = std::string(statement.text(1)),
                            .title = std::string(statement.text(2)),
                            .version = std::string(statement.text(3)),
                            .source = std::string(statement.text(4)),
                            .clauses = statement.integer(5),
                            .rev = statement.integer(6)});
        }
        return rows;
    });
}

}  // namespace tickmark::storage
