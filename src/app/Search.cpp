#include "tickmark/app/Search.h"

#include <algorithm>
#include <array>

#include "tickmark/app/Lessons.h"
#include "tickmark/app/Lists.h"

namespace tickmark::app {
namespace {

using storage::SearchKind;

constexpr std::array order{SearchKind::Finding, SearchKind::Action, SearchKind::Evidence,
                           SearchKind::Improvement, SearchKind::Lesson};

bool hasWords(const std::string& typed) {
    return std::any_of(typed.begin(), typed.end(), [](char letter) {
        const bool digit = letter >= '0' && letter <= '9';
        const bool ascii = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
        return digit || ascii || static_cast<unsigned char>(letter) >= 0x80;
    });
}

}  // namespace

Result<std::vector<SearchGroup>> search(Context& context, const domain::Actor& actor,
                                        const std::string& typed, std::optional<SearchKind> kind,
                                        const storage::PageRequest& page) {
    if (!hasWords(typed)) {
        return invalid("search", "q", "The search names no word.",
                       "Type a word, a part of its beginning, or a number.");
    }
    return context.database->read([&](storage::ReadSession& session) -> Result<std::vector<SearchGroup>> {
        std::vector<SearchGroup> groups;
        const storage::Scope scope = scopeOf(context, actor);
        for (const SearchKind each : order) {
            if (kind && *kind != each) continue;
            if (each == SearchKind::Lesson && !mayReadLessons(actor.role)) continue;
            TM_TRY(auto found, storage::searchDocuments(session, scope, each, typed, page));
            groups.push_back({each, std::move(found.rows), std::move(found.next)});
        }
        return groups;
    });
}

}  // namespace tickmark::app
