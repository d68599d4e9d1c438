#include <map>

#include "domain/FieldReport.h"
#include "tickmark/domain/Validation.h"

namespace tickmark::domain {
namespace {

using Parents = std::map<std::string_view, std::string_view>;

/// Clauses of real standards nest four or five deep; a chain longer than this is a circle or a mistake.
constexpr std::size_t deepest = 16;

bool reachesTheTop(const Parents& parents, std::string_view code) {
    for (std::size_t level = 0; level < deepest; ++level) {
        const auto found = parents.find(code);
        if (found == parents.end() || found->second.empty()) return true;
        code = found->second;
    }
    return false;
}

void checkParents(FieldReport& report, const std::vector<Clause>& clauses) {
    Parents parents;
    for (std::size_t i = 0; i < clauses.size(); ++i) {
        if (parents.emplace(clauses[i].code, clauses[i].parent).second) continue;
        report.complain(itemField("clauses", i, "code"), "\"" + clauses[i].code + "\" stands here twice.",
                        "each code once", "Remove the second one or give it its own code.");
    }
    for (std::size_t i = 0; i < clauses.size(); ++i) {
        const std::string& parent = clauses[i].parent;
        if (parent.empty()) continue;
        if (!parents.contains(parent)) {
            report.complain(
                itemField("clauses", i, "parent"), "There is no clause \"" + parent + "\" in this catalog.",
                "the code of another clause, or empty", "Add that clause or leave the parent out.");
        } else if (!reachesTheTop(parents, clauses[i].code)) {
            report.complain(
                itemField("clauses", i, "parent"), "The clause is enclosed by itself or nested too deeply.",
                "at most " + std::to_string(deepest) + " levels without a circle", "Correct the parent.");
        }
    }
}

}  // namespace

Result<void> validate(Catalog& catalog) {
    FieldReport report;
    auto code = checkReference("code", catalog.code);
    if (!code) {
        Error error = std::move(code).error();
        error.message = "This is not the short name of a catalog.";
        error.fix = "Write it like iso20000-1.";
        report.add("code", std::move(error));
    }
    report.text("title", catalog.title, titleRule);
    report.text("version", catalog.version, lineRule);
    report.text("source", catalog.source, lineRule);
    report.atMost("clauses", catalog.clauses.size(), 20'000);
    for (std::size_t i = 0; i < catalog.clauses.size(); ++i) {
        Clause& clause = catalog.clauses[i];
        report.text(itemField("clauses", i, "code"), clause.code, codeRule);
        report.undivided(itemField("clauses", i, "code"), clause.code);
        report.text(itemField("clauses", i, "parent"), clause.parent, {0, codeRule.maximum, false});
        report.text(itemField("clauses", i, "title"), clause.title, {0, 500, false});
    }
    checkParents(report, catalog.clauses);
    return report.finish();
}

}  // namespace tickmark::domain
