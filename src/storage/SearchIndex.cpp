#include "tickmark/storage/SearchIndex.h"

#include <array>

#include "storage/Lists.h"
#include "storage/ScopeSql.h"
#include "storage/SearchText.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

struct Name {
    SearchKind kind;
    std::string_view text;
};
constexpr std::array names{Name{SearchKind::Finding, "finding"}, Name{SearchKind::Evidence, "evidence"},
                           Name{SearchKind::Action, "action"}, Name{SearchKind::Improvement, "improvement"},
                           Name{SearchKind::Lesson, "lesson"}};

// Merges about so many pages of the index with every change (FTS5 section 6.8), as the findings' index does.
constexpr std::int64_t fewPages = 8;

struct Known {
    std::int64_t id = 0;
    std::string ref{};
    std::string title{};
    std::string body{};
};

std::optional<Known> known(Connection& connection, SearchKind kind, std::int64_t entity) {
    Statement statement =
        connection.prepare("SELECT id, ref, title, body FROM search_text WHERE kind = $1 AND entity = $2");
    if (!statement.bind(toText(kind), entity).step()) return std::nullopt;
    return Known{statement.integer(0), std::string(statement.text(1)), std::string(statement.text(2)),
                 std::string(statement.text(3))};
}

// An index over external content must be told the old texts exactly to forget them (FTS5 section 4.4.3).
void forget(Connection& connection, SearchKind kind, const Known& old) {
    connection
        .prepare(
            "INSERT INTO search_index (search_index, rowid, kind, ref, title, body) "
            "VALUES ('delete', $1, $2, $3, $4, $5)")  // sqlite:
        .bind(old.id, toText(kind), std::string_view(old.ref), std::string_view(old.title),
              std::string_view(old.body))
        .run();
}

void index(Connection& connection, std::int64_t id, const SearchDocument& document) {
    connection
        .prepare(
            "INSERT INTO search_index (rowid, kind, ref, title, body) "
            "VALUES ($1, $2, $3, $4, $5)")  // sqlite:
        .bind(id, toText(document.kind), std::string_view(document.ref), std::string_view(document.title),
              std::string_view(document.body))
        .run();
    connection
        .prepare("INSERT INTO search_index (search_index, rank) VALUES ('merge', $1)")  // sqlite:
        .bind(fewPages)
        .run();
}

std::int64_t insertText(Connection& connection, const SearchDocument& document) {
    connection.prepare("INSERT INTO search_text (kind, entity, ref, title, body) VALUES ($1, $2, $3, $4, $5)")
        .bind(toText(document.kind), document.entity, std::string_view(document.ref),
              std::string_view(document.title), std::string_view(document.body))
        .run();
    Statement statement = connection.prepare("SELECT id FROM search_text WHERE kind = $1 AND entity = $2");
    return statement.bind(toText(document.kind), document.entity).step() ? statement.integer(0) : 0;
}

void updateText(Connection& connection, std::int64_t id, const SearchDocument& document) {
    connection.prepare("UPDATE search_text SET ref = $1, title = $2, body = $3 WHERE id = $4")
        .bind(std::string_view(document.ref), std::string_view(document.title),
              std::string_view(document.body), id)
        .run();
}

// `s` is the full text. Findings bring their record: the index of them reads through a view whose functions a
// connection that trusts no schema refuses.
constexpr std::string_view ofFindings =
    "SELECT s.rowid, f.ref, f.title, f.record "
    "FROM finding_search s CROSS JOIN finding f ON f.id = s.rowid";  // sqlite:
constexpr std::string_view ofOthers =
    "SELECT s.rowid, x.ref, highlight(search_index, 2, char(1), char(2)), "
    "snippet(search_index, 3, char(1), char(2), '…', 24) "
    "FROM search_index s CROSS JOIN search_text x ON x.id = s.rowid ";  // sqlite:
constexpr std::string_view toEvidence = "CROSS JOIN evidence_version e ON e.id = x.entity";
constexpr std::string_view toActions = "CROSS JOIN action c ON c.id = x.entity";
constexpr std::string_view toImprovements = "CROSS JOIN improvement_item i ON i.id = x.entity";

Query othersOf(SearchKind kind, std::string_view join, const std::string& expression) {
    Query query(ofOthers);
    query.text(join);
    const std::string narrowed =
        "kind : \"" + std::string(toText(kind)) + "\" AND {ref title body} : (" + expression + ")";
    query.where("search_index MATCH ?", {Value(narrowed)});  // sqlite:
    return query;
}

Query queryOf(const Scope& scope, SearchKind kind, const std::string& expression) {
    switch (kind) {
        case SearchKind::Evidence: {
            Query query = othersOf(kind, toEvidence, expression);
            whereVersionVisible(query, scope);
            query.where("e.state NOT IN ('withdrawn', 'quarantined')");
            return query;
        }
        case SearchKind::Action: {
            Query query = othersOf(kind, toActions, expression);
            whereOfVisibleFinding(query, "c.finding", scope);
            return query;
        }
        case SearchKind::Improvement: {
            Query query = othersOf(kind, toImprovements, expression);
            whereImprovementVisible(query, scope);
            return query;
        }
        case SearchKind::Lesson:
            return othersOf(kind, {}, expression);
        case SearchKind::Finding:
            break;
    }
    Query query(ofFindings);
    query.where("finding_search MATCH ?", {Value(expression)});  // sqlite:
    whereFindingVisible(query, scope);
    return query;
}

/// The passage is of the first part of the finding that has a match.
Result<SearchHit> findingHit(const Statement& row, std::string_view typed) {
    constexpr std::size_t passageBytes = 220;
    TM_TRY(const auto finding, decoded<domain::Finding>(row.text(3)));
    SearchHit hit{{row.integer(0)}, std::string(row.text(1)), markedText(row.text(2), typed), {}};
    for (const std::string* part : {&finding.objectiveEvidence, &finding.nature, &finding.requirement,
                                    &finding.risk, &finding.process, &finding.service}) {
        const std::string passage = markedPassage(*part, typed, passageBytes);
        if (hit.passage.empty() || passage.find(matchBegins) != std::string::npos) hit.passage = passage;
        if (hit.passage.find(matchBegins) != std::string::npos) break;
    }
    return hit;
}

}  // namespace

std::string_view toText(SearchKind kind) noexcept {
    for (const Name& name : names) {
        if (name.kind == kind) return name.text;
    }
    return {};
}

std::optional<SearchKind> searchKindFrom(std::string_view text) noexcept {
    for (const Name& name : names) {
        if (name.text == text) return name.kind;
    }
    return std::nullopt;
}

Result<void> putSearchDocument(WriteSession& session, const SearchDocument& document) {
    return guarded([&]() -> Result<void> {
        if (document.kind == SearchKind::Finding) return internal("findings have an index of their own");
        Connection& connection = session.connection();
        const auto old = known(connection, document.kind, document.entity);
        if (!old) {
            index(connection, insertText(connection, document), document);
            return {};
        }
        if (old->ref == document.ref && old->title == document.title && old->body == document.body) return {};
        forget(connection, document.kind, *old);
        updateText(connection, old->id, document);
        index(connection, old->id, document);
        return {};
    });
}

Result<void> dropSearchDocument(WriteSession& session, SearchKind kind, std::int64_t entity) {
    return guarded([&]() -> Result<void> {
        const auto old = known(session.connection(), kind, entity);
        if (!old) return {};
        forget(session.connection(), kind, *old);
        session.connection().prepare("DELETE FROM search_text WHERE id = $1").bind(old->id).run();
        return {};
    });
}

Result<void> clearSearchIndex(WriteSession& session) {
    return guarded([&]() -> Result<void> {
        Connection& connection = session.connection();
        connection.prepare("INSERT INTO search_index (search_index) VALUES ('delete-all')").run();  // sqlite:
        connection.prepare("DELETE FROM search_text").run();
        connection.prepare("DELETE FROM evidence_words").run();
        connection.prepare("DELETE FROM search_position").run();
        return {};
    });
}

Result<LedgerPosition> searchPosition(ReadSession& session, std::int64_t reader) {
    return guarded([&]() -> Result<LedgerPosition> {
        Statement statement =
            session.connection().prepare("SELECT next, reader FROM search_position WHERE one = 1");
        const bool known = statement.step() && statement.integer(1) == reader;
        return known ? static_cast<LedgerPosition>(statement.integer(0)) : 0;
    });
}

Result<void> setSearchPosition(WriteSession& session, LedgerPosition next, std::int64_t reader) {
    return guarded([&]() -> Result<void> {
        session.connection()
            .prepare(
                "INSERT INTO search_position (one, next, reader) VALUES (1, $1, $2) ON CONFLICT (one) DO "
                "UPDATE "
                "SET next = excluded.next, reader = excluded.reader")
            .bind(static_cast<std::int64_t>(next), reader)
            .run();
        return {};
    });
}

Result<void> setEvidenceWords(WriteSession& session, domain::EvidenceVersionId version,
                              const EvidenceWords& words) {
    return guarded([&]() -> Result<void> {
        session.connection()
            .prepare(
                "INSERT INTO evidence_words (version, outcome, note, bytes, reader) "
                "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (version) DO UPDATE SET outcome = "
                "excluded.outcome, note = excluded.note, bytes = excluded.bytes, reader = "
                "excluded.reader")
            .bind(version.value, std::string_view(words.outcome), std::string_view(words.note), words.bytes,
                  words.reader)
            .run();
        return {};
    });
}

Result<std::optional<EvidenceWords>> evidenceWords(ReadSession& session, domain::EvidenceVersionId version) {
    return guarded([&]() -> Result<std::optional<EvidenceWords>> {
        Statement statement = session.connection().prepare(
            "SELECT outcome, note, bytes, reader FROM evidence_words WHERE version = $1");
        if (!statement.bind(version.value).step()) return std::optional<EvidenceWords>{};
        return std::optional<EvidenceWords>(EvidenceWords{std::string(statement.text(0)),
                                                          std::string(statement.text(1)),
                                                          statement.integer(2), statement.integer(3)});
    });
}

Result<Page<SearchHit>> searchDocuments(ReadSession& session, const Scope& scope, SearchKind kind,
                                        std::string_view typed, const PageRequest& page) {
    return guarded([&]() -> Result<Page<SearchHit>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        const std::string expression = searchExpression(typed);
        if (expression.empty()) return Page<SearchHit>{};
        Query query = queryOf(scope, kind, expression);
        newestFirst(query, "s.rowid", cursor, page);
        return pageById<SearchHit>(session, query, page, [&](const Statement& row) -> Result<SearchHit> {
            if (kind == SearchKind::Finding) return findingHit(row, typed);
            return SearchHit{{row.integer(0)},
                             std::string(row.text(1)),
                             std::string(row.text(2)),
                             std::string(row.text(3))};
        });
    });
}

}  // namespace tickmark::storage
