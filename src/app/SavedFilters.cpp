#include "tickmark/app/SavedFilters.h"

#include <algorithm>
#include <array>

#include "tickmark/foundation/Text.h"
#include "tickmark/storage/SavedFilters.h"

namespace tickmark::app {
namespace {

constexpr std::array<std::string_view, 7> lists{"findings",     "actions", "requests", "evidence",
                                                "improvements", "audits",  "lessons"};

bool isExternal(const domain::Actor& actor) { return actor.role == domain::Role::CertificationAuditor; }

SavedFilter shown(const domain::Actor& actor, const storage::SavedFilterRow& row) {
    const bool own = row.party == actor.id;
    return {row.id, row.list, row.name, row.query, row.shared, own && row.standard, own, row.partyName};
}

Result<void> mustBeList(const std::string& list) {
    if (isFilterList(list)) return {};
    return invalid("unknown-word", "list", "No filters are kept for \"" + list + "\".",
                   "Name one of findings, actions, requests, evidence, improvements, audits, lessons.");
}

Result<void> fill(const domain::Actor& actor, const FilterDraft& draft, storage::SavedFilterRow& row) {
    if (draft.shared && isExternal(actor)) {
        return forbidden("An external auditor keeps filters for themselves only.");
    }
    TM_TRY(row.name, cleanText("name", draft.name, {1, 60, false}));
    TM_TRY(row.query, cleanText("query", draft.query, {0, 2000, false}));
    row.shared = draft.shared;
    row.standard = draft.standard;
    return {};
}

/// Others' filters are not there: what somebody shares is theirs to change.
Result<storage::SavedFilterRow> ownFilter(storage::ReadSession& session, const domain::Actor& actor,
                                          std::int64_t id) {
    TM_TRY(auto row, storage::findFilter(session, id));
    if (row.party != actor.id) return notFound("saved filter");
    return row;
}

}  // namespace

bool isFilterList(std::string_view list) noexcept {
    return std::find(lists.begin(), lists.end(), list) != lists.end();
}

Result<SavedFilter> saveFilter(Context& context, const domain::Actor& actor, const FilterDraft& draft) {
    TM_CHECK(mustBeList(draft.list));
    return context.database->write([&](storage::WriteSession& session) -> Result<SavedFilter> {
        TM_TRY(const auto kept, storage::filtersOf(session, actor.id, draft.list, false));
        if (kept.size() >= mostFilters) {
            return refused("too-many-filters",
                           "You keep " + std::to_string(kept.size()) + " filters for this list already.",
                           "Remove one that you do not need any more.");
        }
        storage::SavedFilterRow row;
        row.party = actor.id;
        row.list = draft.list;
        TM_CHECK(fill(actor, draft, row));
        TM_CHECK(storage::saveFilter(session, row));
        TM_TRY(const auto saved, storage::findFilter(session, row.id));
        return shown(actor, saved);
    });
}

Result<SavedFilter> changeFilter(Context& context, const domain::Actor& actor, std::int64_t id,
                                 const FilterDraft& draft) {
    return context.database->write([&](storage::WriteSession& session) -> Result<SavedFilter> {
        TM_TRY(auto row, ownFilter(session, actor, id));
        TM_CHECK(fill(actor, draft, row));
        TM_CHECK(storage::saveFilter(session, row));
        return shown(actor, row);
    });
}

Result<void> removeFilter(Context& context, const domain::Actor& actor, std::int64_t id) {
    auto removed = context.database->write([&](storage::WriteSession& session) -> Result<bool> {
        TM_TRY(const auto row, ownFilter(session, actor, id));
        TM_CHECK(storage::removeFilter(session, row.id));
        return true;
    });
    if (!removed) return std::move(removed).error();
    return {};
}

Result<std::vector<SavedFilter>> savedFilters(Context& context, const domain::Actor& actor,
                                              const std::string& list) {
    TM_CHECK(mustBeList(list));
    TM_TRY(const auto rows, context.database->read([&](storage::ReadSession& session) {
        return storage::filtersOf(session, actor.id, list, !isExternal(actor));
    }));
    std::vector<SavedFilter> filters;
    filters.reserve(rows.size());
    for (const auto& row : rows) filters.push_back(shown(actor, row));
    return filters;
}

}  // namespace tickmark::app
