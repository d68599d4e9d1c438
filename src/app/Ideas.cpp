#include "tickmark/app/Ideas.h"

#include <algorithm>
#include <utility>

#include "app/Access.h"
#include "tickmark/codec/Csv.h"
#include "tickmark/embedded/ideas.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Ideas.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {
namespace {

using domain::Role;

constexpr std::array<std::string_view, 10> processTitles{
    "Incident management",     "Problem management",       "Change management",   "Capacity management",
    "Availability management", "Service level management", "Supplier management", "Knowledge management",
    "Continuity management",   "Request management"};
constexpr std::array<std::string_view, 2> directions{"higher_is_better", "lower_is_better"};

Result<void> mustWorkHere(const domain::Actor& actor) {
    if (actor.role != Role::CertificationAuditor && actor.role != Role::Administrator) return {};
    return forbidden(
        "The idea bank is for those who improve: auditors, owners, improvement and top management.");
}

template <std::size_t Count>
bool isOneOf(const std::array<std::string_view, Count>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

Result<std::vector<Idea>> builtInIdeas() {
    std::vector<Idea> ideas;
    for (const EmbeddedFile& file : embedded::ideas()) {
        TM_TRY(const codec::CsvTable table,
               codec::parseCsv(file.text, {"code", "process", "title", "description", "kpi", "unit",
                                           "direction", "rule"}));
        for (const codec::CsvRow& row : table.rows) {
            const auto cell = [&](std::string_view name) { return std::string(table.cell(row, name)); };
            Idea idea;
            idea.code = cell("code");
            idea.process = cell("process");
            idea.title = cell("title");
            idea.description = cell("description");
            idea.kpi = cell("kpi");
            idea.unit = cell("unit");
            idea.direction = cell("direction");
            idea.rule = cell("rule");
            ideas.push_back(std::move(idea));
        }
    }
    return ideas;
}

bool mayWithdraw(const domain::Actor& actor, domain::PartyId by) {
    return actor.role == Role::ImprovementManager || by == actor.id;
}

Result<void> addOwn(Context& context, const domain::Actor& actor, std::vector<Idea>& ideas) {
    auto added = context.database->read([&](storage::ReadSession& session) -> Result<bool> {
        TM_TRY(const auto rows, storage::listIdeas(session));
        for (const auto& row : rows) {
            TM_TRY(const domain::Party party, storage::findParty(session, row.by));
            ideas.push_back({row.ref, row.process, row.title, row.description, row.kpi, row.unit,
                             row.direction, row.rule, party.account, mayWithdraw(actor, row.by)});
        }
        return true;
    });
    if (!added) return std::move(added).error();
    return {};
}

Result<std::vector<Idea>> everyIdea(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustWorkHere(actor));
    TM_TRY(std::vector<Idea> ideas, builtInIdeas());
    TM_CHECK(addOwn(context, actor, ideas));
    return ideas;
}

std::vector<std::string> wordsOf(const std::string& text) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) words.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

bool fits(const Idea& idea, const IdeaFilter& filter, const std::vector<std::string>& words) {
    if (!filter.process.empty() && idea.process != filter.process) return false;
    const std::string text = lower(idea.title + "\n" + idea.description + "\n" + idea.kpi);
    return std::all_of(words.begin(), words.end(),
                       [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

Error unknownProcess(const std::string& word) {
    std::string known;
    for (const std::string_view code : ideaProcesses)
        known += (known.empty() ? "" : ", ") + std::string(code);
    return invalid("unknown-word", "process", "\"" + word + "\" is not a process of the idea bank.",
                   "Known are " + known + ".");
}

/// Cleans one text in place; a problem is kept with the others.
void clean(const char* field, std::string& text, std::size_t most, bool lines, std::vector<Error>& problems) {
    auto cleaned = cleanText(field, text, {1, most, lines});
    if (cleaned)
        text = *std::move(cleaned);
    else
        problems.push_back(std::move(cleaned).error());
}

Result<Idea> checked(Idea idea) {
    std::vector<Error> problems;
    if (!isOneOf(ideaProcesses, idea.process)) problems.push_back(unknownProcess(idea.process));
    clean("title", idea.title, 200, false, problems);
    clean("description", idea.description, 4000, true, problems);
    clean("kpi", idea.kpi, 200, false, problems);
    clean("unit", idea.unit, 40, false, problems);
    clean("rule", idea.rule, 2000, true, problems);
    if (!isOneOf(directions, idea.direction)) {
        problems.push_back(invalid("unknown-word", "direction",
                                   "\"" + idea.direction + "\" does not say where the KPI should go.",
                                   "Write higher_is_better or lower_is_better."));
    }
    if (problems.empty()) return idea;
    Error error =
        invalid("idea", problems.front().field,
                "The idea was not added: " + std::to_string(problems.size()) + " fields are wrong.");
    error.parts = std::move(problems);
    return error;
}

ledger::Event ideaEvent(const Context& context, const domain::Actor& actor, const char* kind,
                        const std::string& ref) {
    ledger::Event event = eventOf(context, actor, kind);
    event.subject = "idea";
    event.ref = ref;
    return event;
}

}  // namespace

std::string_view ideaProcessTitle(std::string_view code) noexcept {
    const auto* const at = std::find(ideaProcesses.begin(), ideaProcesses.end(), code);
    if (at == ideaProcesses.end()) return {};
    return processTitles.at(static_cast<std::size_t>(at - ideaProcesses.begin()));
}

Result<std::vector<Idea>> listIdeas(Context& context, const domain::Actor& actor, const IdeaFilter& filter) {
    TM_TRY(std::vector<Idea> ideas, everyIdea(context, actor));
    if (!filter.process.empty() && !isOneOf(ideaProcesses, filter.process))
        return unknownProcess(filter.process);
    const auto words = wordsOf(lower(filter.q));
    std::erase_if(ideas, [&](const Idea& idea) { return !fits(idea, filter, words); });
    return ideas;
}

Result<Idea> findIdea(Context& context, const domain::Actor& actor, const std::string& code) {
    TM_TRY(const std::vector<Idea> ideas, everyIdea(context, actor));
    const auto at =
        std::find_if(ideas.begin(), ideas.end(), [&](const Idea& idea) { return idea.code == code; });
    if (at == ideas.end()) return notFound("idea \"" + code + "\"");
    return *at;
}

Result<Idea> addIdea(Context& context, const domain::Actor& actor, Idea idea) {
    TM_CHECK(mustWorkHere(actor));
    TM_TRY(idea, checked(std::move(idea)));
    storage::IdeaRow row{{},        idea.process,   idea.title, idea.description, idea.kpi,
                         idea.unit, idea.direction, idea.rule,  actor.id,         context.now()};
    auto added =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            ledger::Event event = ideaEvent(context, actor, "idea.add", {});
            event.facts.set("process", idea.process).set("title", idea.title);
            return storage::addIdea(session, row, std::move(event));
        });
    if (!added) return std::move(added).error();
    idea.code = row.ref;
    idea.by = actor.account;
    idea.mayWithdraw = true;
    return idea;
}

Result<void> withdrawIdea(Context& context, const domain::Actor& actor, const std::string& code) {
    TM_TRY(const Idea idea, findIdea(context, actor, code));
    if (!idea.mayWithdraw) {
        return forbidden(idea.by.empty() ? "The ideas that come with the program stay."
                                         : "Whoever added an idea withdraws it, or the improvement manager.");
    }
    auto gone =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            return storage::withdrawIdea(session, code, context.now(),
                                         ideaEvent(context, actor, "idea.withdraw", code));
        });
    if (!gone) return std::move(gone).error();
    return {};
}

}  // namespace tickmark::app
