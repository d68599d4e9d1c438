// The report's data: what was read, in the words that people read.
#include <algorithm>
#include <set>

#include "app/ReportContent.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/view/Words.h"

namespace tickmark::app {
namespace {

using codec::Json;

std::string nameOf(const ReportContent& content, domain::PartyId id) {
    for (const domain::Party& party : content.parties) {
        if (party.id == id) return party.name;
    }
    return {};
}

std::string dayOf(const std::optional<Date>& day) { return day ? day->iso() : std::string(); }

std::string wordOf(std::string_view thing, std::string_view code) {
    return std::string(view::statusOf(thing, code).word);
}

std::string classWord(std::string_view code) {
    const domain::FindingClass* known = domain::findingClass(code);
    return known == nullptr ? std::string(code) : std::string(known->title);
}

std::string countOf(std::size_t number) { return view::countText(static_cast<std::int64_t>(number)); }

bool isAwaited(domain::ActionState state) {
    return state == domain::ActionState::Planned || state == domain::ActionState::Approved ||
           state == domain::ActionState::InProgress || state == domain::ActionState::OnHold;
}

Json clausesJson(const ReportContent& content, const domain::Finding& finding) {
    Json list = Json::array();
    for (const std::string& code : finding.clauses) {
        const auto title = content.clauseTitles.find(code);
        list.push(Json::object()
                      .set("code", code)
                      .set("name", title == content.clauseTitles.end() ? std::string() : title->second));
    }
    return list;
}

Json evidenceJson(const ReportContent& content, const ReportedFinding& reported) {
    Json list = Json::array();
    for (const domain::EvidenceVersion& version : reported.evidence) {
        const auto title = content.titles.find(version.evidence);
        Json item = Json::object();
        item.set("name", title == content.titles.end() ? version.originalName : title->second)
            .set("file", version.originalName)
            .set("version", versionName(version))
            .set("sha256", version.digest.hex())
            .set("sha256_short", version.digest.shortForm())
            .set("size", view::sizeText(version.size))
            .set("received", view::timeText(version.receivedAt))
            .set("state", std::string(domain::titleOf(version.state)))
            .set("held_back", content.withheld.contains(version.id));
        list.push(std::move(item));
    }
    return list;
}

/// What was written about the extent, and each place that was looked at.
std::string elsewhereOf(const domain::Response& response) {
    std::string text = response.extent;
    for (const domain::ExtentPlace& place : response.extentPlaces) {
        if (!text.empty()) text += '\n';
        text += std::string(domain::titleOf(place.kind)) + " " + place.place;
        if (!place.lookedAt.empty()) text += ": " + place.lookedAt;
        if (place.sample > 0) {
            text += ", " + view::countText(place.sample) + " looked at";
            if (place.population > 0) text += " of " + view::countText(place.population);
        }
        text += place.found == 0 ? ", not found there" : ", found in " + view::countText(place.found);
        if (!place.answer.empty()) text += " (" + place.answer + ")";
        text += ".";
    }
    return text;
}

Json responseJson(const ReportContent& content, const domain::Response& response) {
    Json whys = Json::array();
    for (std::size_t at = 0; at < response.whys.size(); ++at) {
        whys.push(Json::object().set("number", countOf(at + 1)).set("answer", response.whys[at]));
    }
    Json causes = Json::array();
    for (const domain::FishboneCause& cause : response.fishbone) {
        causes.push(Json::object().set("branch", cause.branch).set("cause", cause.cause));
    }
    Json roots = Json::array();
    for (const domain::RootCause& cause : response.rootCauses) {
        roots.push(Json::object().set("code", cause.code).set("cause", cause.text));
    }
    Json item = Json::object();
    item.set("round", view::countText(response.round))
        .set("by", nameOf(content, response.by))
        .set("at", response.at.micros == 0 ? std::string() : view::timeText(response.at))
        .set("correction", response.correction)
        .set("elsewhere", elsewhereOf(response))
        .set("method", response.causeMethod)
        .set("whys", std::move(whys))
        .set("causes", std::move(causes))
        .set("root_causes", std::move(roots));
    return item;
}

Json actionJson(const ReportContent& content, const domain::Action& action) {
    const std::string owner = nameOf(content, action.owner);
    Json item = Json::object();
    item.set("reference", action.ref.text())
        .set("kind", std::string(domain::titleOf(action.kind)))
        .set("title", action.title)
        .set("description", action.description)
        .set("root_cause", action.rootCause)
        .set("responsible", owner.empty() ? action.ownerRole : owner)
        .set("due", dayOf(action.due))
        .set("done_on", dayOf(action.doneOn))
        .set("state", std::string(domain::titleOf(action.state)));
    return item;
}

Json checkJson(const ReportContent& content, const domain::EffectivenessCheck& check) {
    Json item = Json::object();
    item.set("round", view::countText(check.round))
        .set("criterion", check.criterion)
        .set("planned_on", dayOf(check.plannedOn))
        .set("done_on", dayOf(check.doneOn))
        .set("by", nameOf(content, check.by))
        .set("note", check.note);
    if (check.verdict) {
        const bool good = *check.verdict == domain::EffectivenessVerdict::Effective;
        item.set("verdict", good ? "Effective" : "Not effective");
    }
    return item;
}

Json classChangesJson(const domain::Finding& finding) {
    Json list = Json::array();
    for (const domain::ClassChange& change : finding.classHistory) {
        Json item = Json::object();
        item.set("before", classWord(change.from))
            .set("after", classWord(change.to))
            .set("reason", change.reason)
            .set("at", view::timeText(change.at));
        list.push(std::move(item));
    }
    return list;
}

template <class Items, class Describe>
Json listOf(const Items& items, Describe&& describe) {
    Json list = Json::array();
    for (const auto& item : items) list.push(describe(item));
    return list;
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? std::string() : std::string(between)) + text;
    return all;
}

Json findingJson(const ReportContent& content, const ReportedFinding& reported) {
    const domain::Finding& finding = reported.finding;
    const domain::FindingClass* known = domain::findingClass(finding.classCode);
    Json item = Json::object();
    item.set("reference", finding.ref.text())
        .set("title", finding.title)
        .set("class", classWord(finding.classCode))
        .set("nonconformity", known != nullptr && known->kind == domain::FindingKind::Nonconformity)
        .set("major", known != nullptr && known->blocksCertificate)
        .set("state", std::string(domain::titleOf(finding.state)))
        .set("clause_codes", joined(finding.clauses, ", "))
        .set("clause_list", clausesJson(content, finding))
        .set("requirement", finding.requirement)
        .set("objective_evidence", finding.objectiveEvidence)
        .set("nature", finding.nature)
        .set("extent", finding.extent)
        .set("risk", finding.risk)
        .set("process", finding.process)
        .set("service", finding.service)
        .set("owner", nameOf(content, finding.owner))
        .set("response_due", dayOf(finding.responseDue))
        .set("close_due", dayOf(finding.closeDue))
        .set("repeat_of", finding.repeatOf)
        .set("source_reference", finding.sourceRef)
        .set("class_changes", classChangesJson(finding))
        .set("evidence", evidenceJson(content, reported));
    item.set("responses",
             listOf(finding.responses, [&](const auto& one) { return responseJson(content, one); }));
    item.set("actions", listOf(reported.actions, [&](const auto& one) { return actionJson(content, one); }));
    item.set("checks", listOf(finding.checks, [&](const auto& one) { return checkJson(content, one); }));
    return item;
}

/// How often each thing occurs, the most frequent first, alike ones by name.
struct Tally {
    std::string key{};
    std::string label{};
    std::int64_t count = 0;
};

class Counter {
  public:
    void add(const std::string& key, const std::string& label) {
        const auto at = std::find_if(m_tallies.begin(), m_tallies.end(),
                                     [&](const Tally& tally) { return tally.key == key; });
        if (at == m_tallies.end())
            m_tallies.push_back({key, label, 1});
        else
            ++at->count;
    }
    [[nodiscard]] std::vector<Tally> sorted() const {
        std::vector<Tally> all = m_tallies;
        std::sort(all.begin(), all.end(), [](const Tally& a, const Tally& b) {
            return a.count != b.count ? a.count > b.count : a.key < b.key;
        });
        return all;
    }

  private:
    std::vector<Tally> m_tallies{};
};

Json tallyJson(const std::vector<Tally>& tallies) {
    return listOf(tallies, [](const Tally& tally) {
        return Json::object().set("name", tally.label).set("count", view::countText(tally.count));
    });
}

void addChart(Json& charts, const char* caption, const std::vector<Tally>& tallies, bool byKey) {
    if (tallies.size() < 2) return;
    Json bars = listOf(tallies, [&](const Tally& tally) {
        const std::string label = byKey ? std::string(trim(tally.key + " " + tally.label)) : tally.label;
        return Json::object().set("label", label).set("count", tally.count);
    });
    charts.push(Json::object().set("caption", caption).set("bars", std::move(bars)));
}

void putCounts(Json& report, const ReportContent& content) {
    Counter classes;
    Counter states;
    Counter clauses;
    std::set<domain::EvidenceVersionId> versions;
    std::size_t actions = 0;
    std::size_t closed = 0;
    std::size_t ended = 0;
    for (const ReportedFinding& reported : content.findings) {
        const domain::Finding& finding = reported.finding;
        classes.add(finding.classCode, classWord(finding.classCode));
        states.add(std::string(domain::toText(finding.state)), std::string(domain::titleOf(finding.state)));
        for (const std::string& code : finding.clauses) clauses.add(code, content.clauseTitles.at(code));
        for (const auto& version : reported.evidence) versions.insert(version.id);
        actions += static_cast<std::size_t>(
            std::count_if(reported.actions.begin(), reported.actions.end(),
                          [](const auto& action) { return action.state != domain::ActionState::Cancelled; }));
        if (finding.state == domain::FindingState::Closed) ++closed;
        if (domain::isFinal(finding.state)) ++ended;
    }
    report.set("finding_count", countOf(content.findings.size()))
        .set("open_count", countOf(content.findings.size() - ended))
        .set("closed_count", countOf(closed))
        .set("action_count", countOf(actions))
        .set("evidence_count", countOf(versions.size()));
    report.set("classes", tallyJson(classes.sorted())).set("states", tallyJson(states.sorted()));
    report.set("clauses", listOf(clauses.sorted(), [](const Tally& tally) {
                   return Json::object()
                       .set("code", tally.key)
                       .set("name", tally.label)
                       .set("count", view::countText(tally.count));
               }));
    Json charts = Json::array();
    addChart(charts, "Findings by class, the most frequent first", classes.sorted(), false);
    addChart(charts, "Findings by clause, the most frequent first", clauses.sorted(), true);
    report.set("charts", std::move(charts));
}

struct OpenDate {
    std::string day{};
    std::string what{};
    std::string who{};
};

void addOpenDates(const ReportContent& content, const ReportedFinding& reported,
                  std::vector<OpenDate>& dates) {
    const domain::Finding& finding = reported.finding;
    const std::string owner = nameOf(content, finding.owner);
    const bool awaitsAnswer =
        finding.state == domain::FindingState::Issued || finding.state == domain::FindingState::Returned;
    if (awaitsAnswer && finding.responseDue)
        dates.push_back({finding.responseDue->iso(), "Answer to " + finding.ref.text(), owner});
    if (!domain::isFinal(finding.state) && finding.closeDue)
        dates.push_back({finding.closeDue->iso(), "Close " + finding.ref.text(), owner});
    for (const domain::Action& action : reported.actions) {
        if (!isAwaited(action.state) || !action.due) continue;
        const std::string who = nameOf(content, action.owner);
        dates.push_back({action.due->iso(), action.ref.text() + " " + action.title,
                         who.empty() ? action.ownerRole : who});
    }
}

Json openDatesJson(const ReportContent& content) {
    std::vector<OpenDate> dates;
    for (const ReportedFinding& reported : content.findings) addOpenDates(content, reported, dates);
    std::sort(dates.begin(), dates.end(), [](const OpenDate& a, const OpenDate& b) {
        return a.day != b.day ? a.day < b.day : a.what < b.what;
    });
    return listOf(dates, [](const OpenDate& date) {
        return Json::object().set("day", date.day).set("what", date.what).set("who", date.who);
    });
}

Json withheldJson(const ReportContent& content) {
    std::map<std::string, Json> byName;
    for (const ReportedFinding& reported : content.findings) {
        for (const domain::EvidenceVersion& version : reported.evidence) {
            const auto reason = content.withheld.find(version.id);
            if (reason == content.withheld.end()) continue;
            Json item = Json::object();
            item.set("version", versionName(version))
                .set("file", version.originalName)
                .set("sha256", version.digest.hex())
                .set("sha256_short", version.digest.shortForm())
                .set("reason", reason->second);
            byName.insert_or_assign(versionName(version), std::move(item));
        }
    }
    return listOf(byName, [](const auto& entry) { return entry.second; });
}

Json bundleJson(const domain::Bundle& bundle) {
    Json item = Json::object();
    item.set("reference", bundle.ref.text())
        .set("name", bundle.title)
        .set("state", std::string(domain::titleOf(bundle.state)))
        .set("sealed", bundle.sealedAt ? view::timeText(*bundle.sealedAt) : std::string())
        .set("sha256", bundle.digest.hex())
        .set("sha256_short", bundle.digest.shortForm());
    return item;
}

std::string datesOf(const domain::Audit& audit) {
    const std::string from = dayOf(audit.from);
    const std::string to = dayOf(audit.to);
    if (from.empty() || to.empty() || from == to) return from.empty() ? to : from;
    return from + " to " + to;
}

void putAudit(Json& report, const ReportContent& content) {
    const domain::Audit& audit = content.audit;
    report.set("organisation", content.organisation)
        .set("reference", audit.ref.text())
        .set("title", audit.title)
        .set("type", std::string(domain::titleOf(audit.type)))
        .set("state", wordOf("audit", domain::toText(audit.state)))
        .set("auditee", audit.auditee)
        .set("programme", audit.programme)
        .set("dates", datesOf(audit))
        .set("catalog", audit.catalog)
        .set("criteria", audit.criteria)
        .set("scope", audit.scope)
        .set("sites", joined(audit.sites, "\n"))
        .set("conclusion", audit.conclusion)
        .set("as_of", view::timeText(content.asOf))
        .set("log_position", view::countText(static_cast<std::int64_t>(content.position)))
        .set("log_origin", content.logOrigin)
        .set("excerpt", content.isExcerpt);
    report.set("team", listOf(audit.team, [&](const domain::TeamMember& member) {
                   return Json::object()
                       .set("name", nameOf(content, member.party))
                       .set("lead", member.lead)
                       .set("impartiality", member.impartiality);
               }));
}

}  // namespace

codec::Json reportJson(const ReportContent& content) {
    Json report = Json::object();
    putAudit(report, content);
    putCounts(report, content);
    report.set("findings", listOf(content.findings, [&](const ReportedFinding& reported) {
                   return findingJson(content, reported);
               }));
    report.set("dates_open", openDatesJson(content)).set("withheld", withheldJson(content));
    report.set("bundles", listOf(content.bundles, bundleJson));
    return report;
}

}  // namespace tickmark::app
