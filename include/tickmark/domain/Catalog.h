// Criteria: clauses of a standard or controls of a catalog. Only numbers and short titles are kept.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tickmark/foundation/Id.h"

namespace tickmark::domain {

using CatalogId = Id<struct CatalogTag>;

struct Clause {
    std::string code{};    ///< "8.6.1", "ac-2", "C"; unique within its catalog
    std::string parent{};  ///< code of the enclosing clause, or empty
    std::string title{};
    bool operator==(const Clause&) const = default;
};

struct Catalog {
    CatalogId id{};
    std::string code{};   ///< short name used in references, e.g. "iso20000-1"
    std::string title{};  ///< "ISO/IEC 20000-1:2018"
    std::string version{};
    std::string source{};  ///< where it was loaded from: "built-in", "OSCAL", "CSV"
    std::vector<Clause> clauses{};
    std::int64_t rev = 0;
    bool operator==(const Catalog&) const = default;
};

}  // namespace tickmark::domain
