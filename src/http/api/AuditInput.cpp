#include "http/api/AuditInput.h"

#include "http/api/Input.h"
#include "tickmark/app/Accounts.h"

namespace tickmark::http::api {
namespace {

using codec::Json;
using codec::JsonReader;

std::string placeOf(std::string_view list, std::size_t index) {
    return std::string(list) + "[" + std::to_string(index) + "].";
}

void passOn(JsonReader& outer, JsonReader& inner) {
    if (auto done = inner.finish(); !done) outer.complain(std::move(done).error());
}

void readTeam(JsonReader& reader, const Accounts& accounts, domain::Audit& audit) {
    std::size_t index = 0;
    for (const Json& item : reader.arrayOr("team")) {
        JsonReader inner(item, placeOf("team", index++));
        const std::string account = inner.text("account");
        domain::TeamMember member;
        member.lead = inner.booleanOr("lead", false);
        member.impartiality = inner.textOr("impartiality", "");
        if (const auto known = accounts.find(account); known != accounts.end()) {
            member.party = known->second;
        } else if (!account.empty()) {
            inner.complain(invalid("unknown-reference", inner.fieldName("account"),
                                   "There is no account \"" + account + "\".",
                                   "Choose one of GET /api/v1/parties."));
        }
        audit.team.push_back(std::move(member));
        passOn(reader, inner);
    }
}

void readChecklist(JsonReader& reader, domain::Audit& audit) {
    std::size_t index = 0;
    for (const Json& item : reader.arrayOr("checklist")) {
        const std::string place = placeOf("checklist", index++);
        JsonReader inner(item, place);
        domain::ChecklistItem line;
        line.clause = inner.textOr("clause", "");
        line.question = inner.text("question");
        line.note = inner.textOr("note", "");
        if (const Json* sample = inner.member("sample")) {
            JsonReader deep(*sample, place + "sample.");
            line.sample.population = deep.textOr("population", "");
            line.sample.method = deep.textOr("method", "");
            line.sample.size = deep.integerOr("size", 0);
            passOn(inner, deep);
        }
        audit.checklist.push_back(std::move(line));
        passOn(reader, inner);
    }
}

}  // namespace

Result<Accounts> assignableAccounts(app::Context& context, const domain::Actor& actor) {
    TM_TRY(const auto parties, app::assignableParties(context, actor));
    Accounts accounts;
    for (const domain::Party& party : parties) accounts.emplace(party.account, party.id);
    return accounts;
}

Result<domain::Audit> readAudit(const Json& body, const Accounts& accounts) {
    JsonReader reader(body);
    domain::Audit audit;
    audit.ref = domain::AuditRef(reader.textOr("ref", ""));
    audit.title = reader.text("title");
    audit.programme = reader.textOr("programme", "");
    audit.type = choiceOf(reader, "type", domain::auditTypeFrom, domain::AuditType::Internal);
    audit.auditee = reader.text("auditee");
    audit.catalog = reader.textOr("catalog", "");
    audit.criteria = reader.textOr("criteria", "");
    audit.scope = reader.textOr("scope", "");
    audit.sites = reader.textsOr("sites", {});
    audit.from = dateOf(reader, "from");
    audit.to = dateOf(reader, "to");
    audit.plan = reader.textOr("plan", "");
    audit.conclusion = reader.textOr("conclusion", "");
    readTeam(reader, accounts, audit);
    readChecklist(reader, audit);
    TM_CHECK(reader.finish());
    return audit;
}

}  // namespace tickmark::http::api
