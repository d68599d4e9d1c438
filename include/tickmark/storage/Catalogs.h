// Criteria catalogs: rows and queries.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Catalog.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::storage {

/// See save(Party). Subject "catalog", ref = code.
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Catalog& catalog,
                                          ledger::Event event);

[[nodiscard]] Result<domain::Catalog> findCatalog(ReadSession& session, domain::CatalogId id);
[[nodiscard]] Result<domain::Catalog> findCatalogByCode(ReadSession& session, std::string_view code);
/// One clause without reading the whole catalog. Errors: NotFound.
[[nodiscard]] Result<domain::Clause> findClause(ReadSession& session, std::string_view catalog,
                                                std::string_view clause);

struct CatalogRow {
    domain::CatalogId id{};
    std::string code{};
    std::string title{};
    std::string version{};
    std::string source{};
    std::int64_t clauses = 0;
    std::int64_t rev = 0;
};
/// All catalogs by code (there are few).
[[nodiscard]] Result<std::vector<CatalogRow>> listCatalogs(ReadSession& session);

}  // namespace tickmark::storage
