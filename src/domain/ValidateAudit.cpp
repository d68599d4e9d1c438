#include <set>

#include "domain/FieldReport.h"
#include "tickmark/domain/Checklist.h"
#include "tickmark/domain/Validation.h"

namespace tickmark::domain {
namespace {

void checkPerson(FieldReport& report, const std::string& field, PartyId party, std::set<PartyId>& seen) {
    if (!party.stored()) {
        report.complain(field, "No account is named.", "an account", "Name the account.");
    } else if (!seen.insert(party).second) {
        report.complain(field, "The same account stands here twice.", "each account once",
                        "Remove the second one.");
    }
}

void checkTeam(FieldReport& report, std::vector<TeamMember>& team) {
    report.atMost("team", team.size(), 50);
    std::set<PartyId> seen;
    for (std::size_t i = 0; i < team.size(); ++i) {
        checkPerson(report, itemField("team", i, "party"), team[i].party, seen);
        report.text(itemField("team", i, "impartiality"), team[i].impartiality, wordsRule);
    }
}

void checkChecklist(FieldReport& report, std::vector<ChecklistItem>& checklist) {
    report.atMost("checklist", checklist.size(), mostChecklistRows);
    for (std::size_t i = 0; i < checklist.size(); ++i) {
        ChecklistItem& item = checklist[i];
        report.text(itemField("checklist", i, "clause"), item.clause, {0, codeRule.maximum, false});
        report.text(itemField("checklist", i, "question"), item.question, neededWordsRule);
        report.text(itemField("checklist", i, "note"), item.note, wordsRule);
        report.text(itemField("checklist", i, "sample.population"), item.sample.population, wordsRule);
        report.text(itemField("checklist", i, "sample.method"), item.sample.method, wordsRule);
        report.text(itemField("checklist", i, "sample.looked_at"), item.sample.lookedAt, wordsRule);
        report.atLeast(itemField("checklist", i, "sample.size"), item.sample.size, 0);
    }
}

void checkShares(FieldReport& report, const std::vector<AuditShare>& shares) {
    report.atMost("shares", shares.size(), 200);
    std::set<PartyId> seen;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        checkPerson(report, itemField("shares", i, "party"), shares[i].party, seen);
        report.day(itemField("shares", i, "until"), shares[i].until);
    }
}

}  // namespace

Result<void> validate(Audit& audit) {
    FieldReport report;
    report.reference("ref", audit.ref.text());
    report.text("title", audit.title, titleRule);
    report.text("programme", audit.programme, lineRule);
    report.text("auditee", audit.auditee, lineRule);
    report.reference("catalog", audit.catalog);
    report.text("criteria", audit.criteria, wordsRule);
    report.text("scope", audit.scope, wordsRule);
    report.texts("sites", audit.sites, titleRule, 200, true);
    report.day("from", audit.from);
    report.day("to", audit.to);
    report.order("to", audit.from, audit.to, "from");
    report.text("plan", audit.plan, wordsRule);
    report.text("conclusion", audit.conclusion, wordsRule);
    checkTeam(report, audit.team);
    checkChecklist(report, audit.checklist);
    checkShares(report, audit.shares);
    return report.finish();
}

}  // namespace tickmark::domain
