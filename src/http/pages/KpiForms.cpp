// Defining, editing and measuring KPIs by forms.
#include "http/pages/Conflict.h"
#include "http/pages/KpiPages.h"
#include "http/pages/Listing.h"
#include "http/pages/Numbers.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/ledger/Measuring.h"

namespace tickmark::http::pages {
namespace {

using domain::KpiDirection;
using domain::Role;

/// The form as it was typed, to be shown again when it is refused.
struct Typed {
    app::KpiDraft draft{};
    std::string baseline{};
    std::string target{};
    std::string rule{};
    std::int64_t rev = 0;
};

Typed typedIn(const Form& form) {
    Typed typed;
    typed.draft.name = form.text("name");
    typed.draft.unit = form.text("unit");
    typed.draft.direction = domain::kpiDirectionFrom(form.text("direction"));
    typed.draft.process = form.text("process");
    typed.draft.service = form.text("service");
    typed.draft.owner = form.text("owner");
    typed.draft.source = form.text("source");
    typed.draft.liveOn = dayOf(form.text("live_on"));
    typed.baseline = form.text("baseline");
    typed.target = form.text("target");
    typed.rule = form.text("rule");
    typed.rev = form.revision();
    return typed;
}

Result<app::KpiDraft> draftIn(const Form& form, const Typed& typed) {
    app::KpiDraft draft = typed.draft;
    TM_TRY(draft.liveOn, form.date("live_on"));
    TM_TRY(draft.baseline, numberIn<double>(form, "baseline"));
    TM_TRY(draft.target, numberIn<double>(form, "target"));
    TM_TRY(draft.rule, ruleIn(form.text("rule")));
    return draft;
}

/// `ref` is empty for a new KPI.
Response formPage(WebApp& web, Request& request, const Typed& typed, const std::string& ref,
                  const Error* error, const std::vector<Difference>* conflict = nullptr) {
    const bool isNew = ref.empty();
    Frame frame;
    frame.title = isNew ? view::said("Define a KPI") : view::said("Edit {}", {ref});
    frame.section = "/kpis";
    frame.trail = {{"/kpis", "KPIs"}};
    if (!isNew) frame.trail.emplace_back(kpiAddress(ref), ref);
    frame.trailEnd = view::said(isNew ? "New" : "Edit");
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/kpi-form.html", [&](view::Model& model) {
        const app::KpiDraft& draft = typed.draft;
        model.set("HEADLINE", frame.title).say("BUTTON", isNew ? "Define" : "Save");
        model.set("ACTION", isNew ? "/kpis" : kpiAddress(ref))
            .set("CANCEL", isNew ? "/kpis" : kpiAddress(ref));
        if (conflict != nullptr) putConflict(model, *conflict);
        model.set("REV", std::to_string(typed.rev)).set("NAME", draft.name).set("UNIT", draft.unit);
        for (const KpiDirection direction : {KpiDirection::HigherIsBetter, KpiDirection::LowerIsBetter}) {
            putOption(model, "DIRECTION", "CODE", std::string(domain::toText(direction)),
                      view::said(domain::titleOf(direction)), draft.direction == direction);
        }
        model.set("BASELINE", typed.baseline).set("TARGET", typed.target);
        model.set("LIVE_ON", isoOf(draft.liveOn)).set("PROCESS", draft.process);
        model.set("SERVICE", draft.service).set("SOURCE", draft.source).set("RULE", typed.rule);
        putPeople(web, request, model, draft.owner, [](Role role) {
            return role != Role::Administrator && role != Role::CertificationAuditor;
        });
    });
}

Result<Response> showNew(WebApp& web, Request& request, const PathParameters&) {
    return formPage(web, request, {}, {}, nullptr);
}

Result<Response> define(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const Typed typed = typedIn(form);
    const auto draft = draftIn(form, typed);
    if (!draft) return formPage(web, request, typed, {}, &draft.error());
    const auto made = app::defineKpi(*web.context, callerOf(request).actor, *draft);
    if (!made) return formPage(web, request, typed, {}, &made.error());
    return redirectResponse(kpiAddress(made->ref.text()));
}

/// What is stored, as the form would have it typed.
Typed storedIn(const app::KpiView& view) {
    const domain::Kpi& kpi = view.kpi;
    Typed typed;
    typed.draft = kpiDraftOf(view);
    typed.baseline = numberText(kpi.baseline);
    typed.target = numberText(kpi.target);
    if (kpi.rule) typed.rule = codec::prettyJson(ledger::jsonOf(*kpi.rule));
    typed.rev = kpi.rev;
    return typed;
}

Result<Response> showEdit(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::KpiRef ref{std::string(parameters.at("ref"))};
    TM_TRY(const app::KpiView view, app::showKpi(*web.context, callerOf(request).actor, ref));
    return formPage(web, request, storedIn(view), ref.text(), nullptr);
}

std::string directionWord(const std::optional<KpiDirection>& direction) {
    return direction ? view::said(domain::titleOf(*direction)) : view::said("Not stated");
}

std::vector<Difference> differencesOf(WebApp& web, const Request& request, const Typed& theirs,
                                      const Typed& yours) {
    const app::KpiDraft& a = theirs.draft;
    const app::KpiDraft& b = yours.draft;
    return {{"Name", a.name, b.name},
            {"Unit", a.unit, b.unit},
            {"Direction", directionWord(a.direction), directionWord(b.direction)},
            {"Baseline", theirs.baseline, yours.baseline},
            {"Target", theirs.target, yours.target},
            {"Day the change went live", isoOf(a.liveOn), isoOf(b.liveOn)},
            {"Process", a.process, b.process},
            {"Service", a.service, b.service},
            {"Owner", personWord(web, request, a.owner), personWord(web, request, b.owner)},
            {"Where the figures come from", a.source, b.source},
            {"The rule as JSON", std::string(trim(theirs.rule)), std::string(trim(yours.rule))}};
}

Result<Response> edit(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::KpiRef ref{std::string(parameters.at("ref"))};
    TM_TRY(const Form form, readForm(request));
    Typed typed = typedIn(form);
    const auto draft = draftIn(form, typed);
    if (!draft) return formPage(web, request, typed, ref.text(), &draft.error());
    const auto saved = app::editKpi(*web.context, callerOf(request).actor, ref, typed.rev, *draft);
    if (saved) return redirectResponse(kpiAddress(ref.text()));
    if (saved.error().kind != ErrorKind::Stale)
        return formPage(web, request, typed, ref.text(), &saved.error());
    TM_TRY(const app::KpiView now, app::showKpi(*web.context, callerOf(request).actor, ref));
    // The rule is compared as the form would write it, not by how it was typed.
    if (draft->rule) typed.rule = codec::prettyJson(ledger::jsonOf(*draft->rule));
    typed.rev = now.kpi.rev;
    const std::vector<Difference> fields = differencesOf(web, request, storedIn(now), typed);
    const Error beside = besideForm(saved.error());
    return formPage(web, request, typed, ref.text(), &beside, &fields);
}

/// Back to the KPI: with what was wrong, or as it is now.
template <class Done>
Result<Response> backTo(WebApp& web, Request& request, const domain::KpiRef& ref, const Result<Done>& done) {
    if (done) return redirectResponse(kpiAddress(ref.text()));
    return kpiPage(web, request, ref, &done.error());
}

Result<domain::KpiSeries> measured(WebApp& web, Request& request, const domain::KpiRef& ref) {
    TM_TRY(const Form form, readForm(request));
    app::HandMeasurement input;
    TM_TRY(input.on, form.date("on"));
    TM_TRY(const auto value, numberIn<double>(form, "value"));
    if (!value) return invalid("required", "value", "The value is missing.", "Write the figure.");
    TM_TRY(const auto sample, numberIn<std::int64_t>(form, "sample"));
    input.value = *value;
    input.sample = sample.value_or(0);
    input.evidence = form.text("evidence");
    input.note = form.text("note");
    return app::recordMeasurement(*web.context, callerOf(request).actor, ref, input);
}

Result<Response> measure(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::KpiRef ref{std::string(parameters.at("ref"))};
    return backTo(web, request, ref, measured(web, request, ref));
}

Result<domain::KpiSeries> computed(WebApp& web, Request& request, const domain::KpiRef& ref) {
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto rule, ruleIn(form.text("rule")));
    return app::computeSeries(*web.context, callerOf(request).actor, ref, form.text("evidence"), rule,
                              form.text("note"));
}

Result<Response> compute(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::KpiRef ref{std::string(parameters.at("ref"))};
    return backTo(web, request, ref, computed(web, request, ref));
}

Result<Response> withdraw(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::KpiRef ref{std::string(parameters.at("ref"))};
    const domain::SeriesRef series{std::string(parameters.at("series"))};
    TM_TRY(const Form form, readForm(request));
    return backTo(web, request, ref,
                  app::withdrawSeries(*web.context, callerOf(request).actor, series, form.revision(),
                                      form.text("reason")));
}

}  // namespace

Result<std::optional<domain::MeasurementRule>> ruleIn(const std::string& text) {
    if (trim(text).empty()) return std::optional<domain::MeasurementRule>{};
    auto json = codec::parseJson(text);
    if (!json) {
        Error error = std::move(json).error();
        error.field = "rule";
        return error;
    }
    TM_TRY(domain::MeasurementRule rule, ledger::ruleFrom(*json, "rule"));
    return std::optional(std::move(rule));
}

app::KpiDraft kpiDraftOf(const app::KpiView& view) {
    const domain::Kpi& kpi = view.kpi;
    return {kpi.name,    kpi.unit,     kpi.direction, kpi.source, kpi.process,
            kpi.service, kpi.baseline, kpi.target,    kpi.liveOn, accountOf(view.parties, kpi.owner),
            kpi.rule};
}

Result<void> addKpiForms(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/kpis/new", "page.kpi-new", "IM", showNew));
    TM_CHECK(addForm(router, web, "/kpis", "form.kpi-create", "IM", define));
    TM_CHECK(addPage(router, web, "/kpis/{ref}/edit", "page.kpi-edit", "IM", showEdit));
    TM_CHECK(addForm(router, web, "/kpis/{ref}", "form.kpi-edit", "IM", edit));
    TM_CHECK(addForm(router, web, "/kpis/{ref}/measurements", "form.kpi-measure", "PO IM", measure));
    TM_CHECK(addForm(router, web, "/kpis/{ref}/series", "form.kpi-compute", "PO IM", compute));
    TM_CHECK(addRuleBuilder(router, web));
    return addForm(router, web, "/kpis/{ref}/series/{series}/withdrawal", "form.kpi-withdraw", "PO IM",
                   withdraw);
}

}  // namespace tickmark::http::pages
