#include "tickmark/view/ReportFields.h"

#include <algorithm>
#include <array>

namespace tickmark::view {
namespace {

using Kind = ReportFieldKind;

constexpr std::string_view always = "always";
constexpr std::string_view known = "when it is recorded";

constexpr auto fields = std::to_array<ReportField>({
    {"organisation", Kind::Text, always, "who keeps the catalog"},
    {"reference", Kind::Text, always, "the audit's reference"},
    {"title", Kind::Text, always, "the audit's title"},
    {"type", Kind::Text, always, "Internal, Supplier, Certification, stage 1 …"},
    {"state", Kind::Text, always, "the audit's state in words"},
    {"auditee", Kind::Text, known, "who was audited"},
    {"programme", Kind::Text, known, "the audit programme it belongs to"},
    {"dates", Kind::Text, known, "first and last day on site"},
    {"catalog", Kind::Text, known, "code of the criteria's catalog"},
    {"criteria", Kind::Text, known, "the criteria in words"},
    {"scope", Kind::Text, known, "the scope in words"},
    {"sites", Kind::Text, known, "the sites, one a line"},
    {"conclusion", Kind::Text, known, "the audit conclusion"},
    {"as_of", Kind::Text, always, "time of the last change that the report shows, UTC"},
    {"log_position", Kind::Text, always, "entry of the log that holds that change"},
    {"log_origin", Kind::Text, always, "name of the log"},
    {"digest", Kind::Text, always, "SHA-256 of everything else here, 64 digits; not part of itself"},
    {"digest_short", Kind::Text, always, "its first and last eight digits"},
    {"excerpt", Kind::Flag, always, "the reader sees only the findings that name them"},
    {"finding_count", Kind::Text, always, "findings in this report"},
    {"open_count", Kind::Text, always, "of these, not closed and not withdrawn"},
    {"closed_count", Kind::Text, always, "of these, closed"},
    {"action_count", Kind::Text, always, "actions that are not cancelled"},
    {"evidence_count", Kind::Text, always, "evidence versions that findings and actions point at"},
    {"team", Kind::List, known, "the audit team"},
    {"team.name", Kind::Text, always, "the member's name"},
    {"team.lead", Kind::Flag, always, "leads the audit"},
    {"team.impartiality", Kind::Text, known, "the declaration of impartiality"},
    {"classes", Kind::List, known, "findings by class, each class once"},
    {"classes.name", Kind::Text, always, "the class in words"},
    {"classes.count", Kind::Text, always, "findings of that class"},
    {"states", Kind::List, known, "findings by state, each state once"},
    {"states.name", Kind::Text, always, "the state in words"},
    {"states.count", Kind::Text, always, "findings in that state"},
    {"clauses", Kind::List, known, "clauses that findings name, each once"},
    {"clauses.code", Kind::Text, always, "the clause's number"},
    {"clauses.name", Kind::Text, known, "its title in the catalog"},
    {"clauses.count", Kind::Text, always, "findings that name it"},
    {"charts", Kind::List, known, "pictures of these counts, two bars or more each"},
    {"charts.caption", Kind::Text, always, "what the picture shows"},
    {"charts.pareto_chart", Kind::Chart, always, "the picture, as SVG: {{>PARETO_CHART}}"},
    {"findings", Kind::List, known, "every issued finding, by reference"},
    {"findings.reference", Kind::Text, always, "the finding's reference"},
    {"findings.title", Kind::Text, always, "its title"},
    {"findings.class", Kind::Text, always, "its class in words"},
    {"findings.nonconformity", Kind::Flag, always, "the class is a nonconformity"},
    {"findings.major", Kind::Flag, always, "the class stands in the way of a certificate"},
    {"findings.state", Kind::Text, always, "its state in words"},
    {"findings.clause_codes", Kind::Text, known, "numbers of its clauses, joined by commas"},
    {"findings.clause_list", Kind::List, known, "its clauses"},
    {"findings.clause_list.code", Kind::Text, always, "the clause's number"},
    {"findings.clause_list.name", Kind::Text, known, "its title in the catalog"},
    {"findings.requirement", Kind::Text, known, "what must be so"},
    {"findings.objective_evidence", Kind::Text, known, "what was seen"},
    {"findings.nature", Kind::Text, known, "the statement of nonconformity: why it does not conform"},
    {"findings.extent", Kind::Text, known, "how far it reaches"},
    {"findings.risk", Kind::Text, known, "what follows from it"},
    {"findings.process", Kind::Text, known, "the process"},
    {"findings.service", Kind::Text, known, "the service"},
    {"findings.owner", Kind::Text, known, "the process owner who answers"},
    {"findings.response_due", Kind::Text, known, "the day by which an answer is due"},
    {"findings.close_due", Kind::Text, known, "the day by which it is to be closed"},
    {"findings.repeat_of", Kind::Text, known, "reference of the earlier finding that it repeats"},
    {"findings.source_reference", Kind::Text, known, "its number where it was imported from"},
    {"findings.class_changes", Kind::List, known, "changes of its class after issue"},
    {"findings.class_changes.before", Kind::Text, always, "the class before"},
    {"findings.class_changes.after", Kind::Text, always, "the class after"},
    {"findings.class_changes.reason", Kind::Text, always, "why"},
    {"findings.class_changes.at", Kind::Text, always, "when, UTC"},
    {"findings.evidence", Kind::List, known, "evidence that the finding or its actions point at"},
    {"findings.evidence.name", Kind::Text, always, "the evidence's title"},
    {"findings.evidence.file", Kind::Text, always, "the file's name"},
    {"findings.evidence.version", Kind::Text, always, "reference and version, E-0117/v1"},
    {"findings.evidence.sha256", Kind::Text, always, "SHA-256 of the file, 64 digits"},
    {"findings.evidence.sha256_short", Kind::Text, always, "its first and last eight digits"},
    {"findings.evidence.size", Kind::Text, always, "the file's size"},
    {"findings.evidence.received", Kind::Text, always, "when it was received, UTC"},
    {"findings.evidence.state", Kind::Text, always, "its state in words"},
    {"findings.evidence.held_back", Kind::Flag, always, "it is among the withheld ones"},
    {"findings.responses", Kind::List, known, "the auditee's answers, one for each round"},
    {"findings.responses.round", Kind::Text, always, "number of the round"},
    {"findings.responses.by", Kind::Text, known, "who answered"},
    {"findings.responses.at", Kind::Text, known, "when, UTC"},
    {"findings.responses.correction", Kind::Text, known, "what was done at once"},
    {"findings.responses.elsewhere", Kind::Text, known, "where else it was looked for, and what came of it"},
    {"findings.responses.method", Kind::Text, known, "how the cause was looked for"},
    {"findings.responses.whys", Kind::List, known, "the chain of whys"},
    {"findings.responses.whys.number", Kind::Text, always, "its number in the chain"},
    {"findings.responses.whys.answer", Kind::Text, always, "the answer to this why"},
    {"findings.responses.causes", Kind::List, known, "causes of the fishbone"},
    {"findings.responses.causes.branch", Kind::Text, always, "the branch"},
    {"findings.responses.causes.cause", Kind::Text, always, "the cause"},
    {"findings.responses.root_causes", Kind::List, known, "root causes"},
    {"findings.responses.root_causes.code", Kind::Text, always, "its code, RC-1"},
    {"findings.responses.root_causes.cause", Kind::Text, always, "the cause"},
    {"findings.actions", Kind::List, known, "its actions, cancelled ones too"},
    {"findings.actions.reference", Kind::Text, always, "the action's reference"},
    {"findings.actions.kind", Kind::Text, always, "Correction, Corrective …"},
    {"findings.actions.title", Kind::Text, always, "what is done"},
    {"findings.actions.description", Kind::Text, known, "more about it"},
    {"findings.actions.root_cause", Kind::Text, known, "code of the root cause it answers"},
    {"findings.actions.responsible", Kind::Text, known, "who does it"},
    {"findings.actions.due", Kind::Text, known, "the day it is due"},
    {"findings.actions.done_on", Kind::Text, known, "the day it was done"},
    {"findings.actions.state", Kind::Text, always, "its state in words"},
    {"findings.checks", Kind::List, known, "checks of effectiveness, one for each round"},
    {"findings.checks.round", Kind::Text, always, "number of the round"},
    {"findings.checks.criterion", Kind::Text, known, "what it is judged by"},
    {"findings.checks.planned_on", Kind::Text, known, "the day planned"},
    {"findings.checks.done_on", Kind::Text, known, "the day it was done"},
    {"findings.checks.verdict", Kind::Text, known, "Effective or Not effective"},
    {"findings.checks.by", Kind::Text, known, "who judged"},
    {"findings.checks.note", Kind::Text, known, "what was noted with it"},
    {"dates_open", Kind::List, known, "days that are still awaited, earliest first"},
    {"dates_open.day", Kind::Text, always, "the day"},
    {"dates_open.what", Kind::Text, always, "what is awaited"},
    {"dates_open.who", Kind::Text, known, "from whom"},
    {"withheld", Kind::List, known, "evidence that is named and not handed out"},
    {"withheld.version", Kind::Text, always, "reference and version"},
    {"withheld.file", Kind::Text, always, "the file's name"},
    {"withheld.sha256", Kind::Text, always, "SHA-256 of the file, 64 digits"},
    {"withheld.sha256_short", Kind::Text, always, "its first and last eight digits"},
    {"withheld.reason", Kind::Text, always, "why"},
    {"bundles", Kind::List, "when the reader may see one", "sealed bundles of the audit"},
    {"bundles.reference", Kind::Text, always, "the bundle's reference"},
    {"bundles.name", Kind::Text, known, "its title"},
    {"bundles.state", Kind::Text, always, "its state in words"},
    {"bundles.sealed", Kind::Text, known, "when it was sealed, UTC"},
    {"bundles.sha256", Kind::Text, always, "SHA-256 of the sealed file, 64 digits"},
    {"bundles.sha256_short", Kind::Text, always, "its first and last eight digits"},
});

/// Flags become true, texts say their own name so that a preview shows what stands where.
codec::Json sampleOf(const ReportField& field, const std::string& number);

codec::Json sampleItem(std::string_view list, const std::string& number) {
    codec::Json item = codec::Json::object();
    const std::string front = list.empty() ? std::string() : std::string(list) + ".";
    for (const ReportField& field : fields) {
        if (!field.path.starts_with(front)) continue;
        const std::string_view name = field.path.substr(front.size());
        if (name.find('.') != std::string_view::npos || field.kind == Kind::Chart) continue;
        item.set(name, sampleOf(field, number));
    }
    return item;
}

codec::Json sampleOf(const ReportField& field, const std::string& number) {
    if (field.kind == Kind::Flag) return true;
    if (field.kind == Kind::List) {
        codec::Json list = codec::Json::array();
        list.push(sampleItem(field.path, "1")).push(sampleItem(field.path, "2"));
        return list;
    }
    if (field.path.ends_with("count")) return number.empty() ? std::string("2") : number;
    return "Sample of " + std::string(field.path) + (number.empty() ? "" : " " + number);
}

codec::Json sampleChart(const char* caption) {
    codec::Json bars = codec::Json::array();
    bars.push(codec::Json::object().set("label", "Minor").set("count", 5));
    bars.push(codec::Json::object().set("label", "Major").set("count", 1));
    return codec::Json::object().set("caption", caption).set("bars", std::move(bars));
}

}  // namespace

std::span<const ReportField> reportFields() noexcept { return fields; }

std::string_view wordOf(ReportFieldKind kind) noexcept {
    switch (kind) {
        case Kind::Text:
            return "text";
        case Kind::Flag:
            return "flag";
        case Kind::List:
            return "list";
        case Kind::Chart:
            return "chart";
    }
    return {};
}

const ReportField* reportField(std::string_view path) noexcept {
    const auto* const at =
        std::find_if(fields.begin(), fields.end(), [&](const auto& field) { return field.path == path; });
    return at == fields.end() ? nullptr : at;
}

std::string templateName(std::string_view path) {
    std::string name(path.substr(path.rfind('.') + 1));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return name;
}

codec::Json sampleReport() {
    codec::Json sample = sampleItem({}, {});
    codec::Json charts = codec::Json::array();
    charts.push(sampleChart("Sample of charts.caption 1")).push(sampleChart("Sample of charts.caption 2"));
    sample.set("charts", std::move(charts));
    // Neither is data: the digest is made of the data.
    sample.members()->erase("digest");
    sample.members()->erase("digest_short");
    return sample;
}

}  // namespace tickmark::view
