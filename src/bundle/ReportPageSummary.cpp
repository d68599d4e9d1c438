// The top of the report: what it is about, in words, figures and charts.
#include <array>

#include "bundle/ReportPageParts.h"

namespace tickmark::bundle::page {
namespace {

void figure(Markup& out, std::uint64_t number, std::string_view what) {
    out.open("li").element("strong", grouped(number)).element("span", what).close("li");
}

void figures(Writing& writing) {
    const Content& content = writing.content;
    const auto open = std::count_if(content.findings.begin(), content.findings.end(),
                                    [](const auto& finding) { return isOpen(finding.state); });
    const auto present = static_cast<std::uint64_t>(
        std::count_if(content.versions.begin(), content.versions.end(),
                      [&](const auto& version) { return writing.index.path(version.id) != nullptr; }));
    writing.out.open("ul", " class=\"figures\"");
    figure(writing.out, content.findings.size(), "findings");
    figure(writing.out, static_cast<std::uint64_t>(open), "of them open");
    figure(writing.out, content.actions.size(), "actions");
    figure(writing.out, present, "evidence files inside");
    figure(writing.out, content.versions.size() - present, "files withheld");
    writing.out.close("ul");
}

void coverage(Writing& writing) {
    const domain::Bundle& bundle = writing.content.bundle;
    const domain::BundleSelection& selection = bundle.selection;
    Markup& out = writing.out;
    out.fact("Covers", titleOf(selection.kind));
    if (selection.kind == domain::SelectionKind::Findings) out.fact("Findings", joined(selection.findings));
    if (selection.kind == domain::SelectionKind::Delta) {
        out.fact("Continues", selection.since.text() + ", SHA-256 " + selection.sinceDigest.hex());
        out.fact("Changed", joined(selection.findings)).fact("Unchanged since", joined(selection.unchanged));
    }
    if (!bundle.supersedes.empty()) {
        out.fact("Supersedes", bundle.supersedes.text() + ", SHA-256 " + bundle.supersedesDigest.hex());
    }
}

void auditFacts(Writing& writing) {
    const domain::Audit& audit = writing.content.audit;
    Markup& out = writing.out;
    out.open("dl").fact("Audit", audit.ref.text() + " " + audit.title);
    coverage(writing);
    out.fact("Type", titleOf(audit.type)).fact("State", titleOf(audit.state));
    out.fact("Programme", audit.programme).fact("Auditee", audit.auditee);
    out.fact("Criteria", audit.criteria).fact("Scope", audit.scope).fact("Sites", joined(audit.sites));
    const std::string until = audit.to && audit.to != audit.from ? " to " + dayOf(audit.to) : std::string();
    out.fact("Dates", audit.from ? dayOf(audit.from) + until : dayOf(audit.to));
    for (const auto& member : audit.team) {
        const std::string declared =
            member.impartiality.empty() ? "" : ". Impartiality: " + member.impartiality;
        out.fact(member.lead ? "Lead auditor" : "Auditor", writing.index.personName(member.party) + declared);
    }
    out.close("dl");
}

/// Counts words in the order in which they are first named.
class Tally {
  public:
    void add(std::string_view label) {
        const auto found =
            std::find_if(m_bars.begin(), m_bars.end(), [&](const Bar& bar) { return bar.label == label; });
        if (found == m_bars.end()) {
            m_bars.push_back({std::string(label), 1});
        } else {
            ++found->count;
        }
    }
    [[nodiscard]] std::vector<Bar> take() {
        std::stable_sort(m_bars.begin(), m_bars.end(),
                         [](const Bar& a, const Bar& b) { return a.count > b.count; });
        return std::move(m_bars);
    }

  private:
    std::vector<Bar> m_bars{};
};

struct AgeGroup {
    std::int32_t upTo = 0;
    const char* label = "";
};
constexpr std::array<AgeGroup, 5> ages{
    {{30, "0 to 30"}, {60, "31 to 60"}, {90, "61 to 90"}, {180, "91 to 180"}, {INT32_MAX, "over 180"}}};

std::vector<Bar> ageOfOpen(const Content& content) {
    const Date today = Date::of(content.snapshotAt);
    std::vector<Bar> bars;
    bars.reserve(ages.size());
    for (const AgeGroup& age : ages) bars.push_back({age.label, 0});
    for (const auto& finding : content.findings) {
        if (!isOpen(finding.state)) continue;
        const std::int32_t days = today.days - Date::of(finding.createdAt).days;
        const auto group =
            std::find_if(ages.begin(), ages.end(), [&](const AgeGroup& age) { return days <= age.upTo; });
        ++bars.at(static_cast<std::size_t>(group - ages.begin())).count;
    }
    return bars;
}

}  // namespace

void summary(Writing& writing) {
    const Content& content = writing.content;
    Markup& out = writing.out;
    out.element("h1", content.bundle.title.empty() ? content.audit.title : content.bundle.title);
    out.element("p",
                content.organisation + ". Evidence bundle " + content.bundle.ref.text() + ", state of " +
                    momentOf(content.snapshotAt),
                " class=\"lead\"");
    figures(writing);
    auditFacts(writing);
    if (!content.audit.conclusion.empty()) {
        out.element("h2", "Conclusion").paragraphs(content.audit.conclusion);
    }
}

void charts(Writing& writing) {
    const Content& content = writing.content;
    Tally classes;
    Tally states;
    Tally actions;
    for (const auto* finding : inOrderOfReference(content.findings)) {
        classes.add(classTitle(finding->classCode));
        states.add(titleOf(finding->state));
    }
    for (const auto* action : inOrderOfReference(content.actions)) actions.add(titleOf(action->state));
    Markup& out = writing.out;
    out.element("h2", "At a glance").open("div", " class=\"charts\"");
    barChart(out, "classes", "Findings by class", classes.take());
    barChart(out, "states", "Findings by state", states.take());
    barChart(out, "ages", "Open findings by days since they were recorded", ageOfOpen(content));
    barChart(out, "actions", "Actions by state", actions.take());
    out.close("div");
}

}  // namespace tickmark::bundle::page
