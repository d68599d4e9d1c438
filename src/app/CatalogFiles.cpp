#include <array>
#include <set>

#include "app/BuiltInCatalogs.h"
#include "tickmark/codec/Csv.h"
#include "tickmark/codec/Json.h"
#include "tickmark/embedded/catalogs.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::app {
namespace {

constexpr std::size_t oscalDepth = 12;

struct BuiltIn {
    std::string_view file;
    const char* code;
    const char* title;
    const char* version;
};
constexpr std::array<BuiltIn, 2> builtIns{{
    {"iso-iec-20000-1-2018.csv", "iso20000-1", "ISO/IEC 20000-1:2018 Service management system requirements",
     "2018"},
    {"us-single-audit-requirements.csv", "us-single-audit", "US Single Audit compliance requirements",
     "2022"},
}};

Error badRow(std::size_t line, const std::string& field, std::string message) {
    Error error = invalid("import", field, "line " + std::to_string(line) + ": " + std::move(message));
    return error;
}

/// One OSCAL group or control with everything below it.
Result<void> takeOscal(const codec::Json& node, const std::string& parent, std::size_t depth,
                       std::vector<domain::Clause>& clauses) {
    if (depth > oscalDepth)
        return invalid("oscal", "controls", "The catalog is nested deeper than 12 levels.");
    const std::string id(node.textAt("id"));
    std::string own = parent;
    if (!id.empty()) {
        clauses.push_back({id, parent, std::string(node.textAt("title"))});
        own = id;
    }
    for (const char* kind : {"groups", "controls"}) {
        const codec::Json* children = node.find(kind);
        if (children == nullptr) continue;
        if (children->items() == nullptr) return invalid("oscal", kind, "This must be a list.");
        for (const codec::Json& child : *children->items())
            TM_CHECK(takeOscal(child, own, depth + 1, clauses));
    }
    return {};
}

}  // namespace

Result<std::vector<domain::Clause>> clausesFromCsv(std::string_view csv) {
    TM_TRY(const codec::CsvTable table, codec::parseCsv(csv, {"code", "parent", "title"}));
    std::vector<domain::Clause> clauses;
    std::vector<Error> problems;
    std::set<std::string, std::less<>> codes;
    for (const codec::CsvRow& row : table.rows) {
        domain::Clause clause{std::string(trim(table.cell(row, "code"))),
                              std::string(trim(table.cell(row, "parent"))),
                              std::string(trim(table.cell(row, "title")))};
        if (clause.code.empty())
            problems.push_back(badRow(row.line, "code", "The code is empty."));
        else if (!codes.insert(clause.code).second)
            problems.push_back(badRow(row.line, "code", "The code " + clause.code + " stands twice."));
        if (clause.title.empty()) problems.push_back(badRow(row.line, "title", "The title is empty."));
        if (!clause.parent.empty() && !codes.contains(clause.parent)) {
            problems.push_back(
                badRow(row.line, "parent", "The parent " + clause.parent + " stands in no row above."));
        }
        clauses.push_back(std::move(clause));
    }
    if (problems.empty()) return clauses;
    Error error =
        invalid("import", "file", "Nothing was imported: " + std::to_string(problems.size()) + " problems.");
    error.parts = std::move(problems);
    return error;
}

Result<domain::Catalog> catalogFromOscal(std::string_view json) {
    codec::JsonLimits limits;
    limits.maximumBytes = 64 * 1024 * 1024;
    limits.maximumItems = 5'000'000;
    TM_TRY(const codec::Json document, codec::parseJson(json, limits));
    const codec::Json* root = document.find("catalog");
    if (root == nullptr) {
        return invalid("oscal", "catalog", "This is no OSCAL catalog: the member \"catalog\" is missing.",
                       "Profiles are resolved into a catalog first.");
    }
    domain::Catalog catalog;
    catalog.source = "OSCAL";
    if (const codec::Json* metadata = root->find("metadata")) {
        catalog.title = metadata->textAt("title");
        catalog.version = metadata->textAt("version");
    }
    TM_CHECK(takeOscal(*root, {}, 0, catalog.clauses));
    if (catalog.clauses.empty())
        return invalid("oscal", "catalog", "The catalog holds no group and no control.");
    return catalog;
}

Result<std::vector<domain::Catalog>> builtInCatalogs() {
    std::vector<domain::Catalog> catalogs;
    for (const BuiltIn& known : builtIns) {
        for (const EmbeddedFile& file : embedded::catalogs()) {
            if (file.name != known.file) continue;
            domain::Catalog catalog;
            catalog.code = known.code;
            catalog.title = known.title;
            catalog.version = known.version;
            catalog.source = "built-in";
            TM_TRY(catalog.clauses, clausesFromCsv(file.text));
            catalogs.push_back(std::move(catalog));
        }
    }
    return catalogs;
}

}  // namespace tickmark::app
