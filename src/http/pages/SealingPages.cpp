// A sealing that takes its time: watched, cancelled.
#include <chrono>

#include "http/pages/Prove.h"
#include "tickmark/app/Bundles.h"
#include "tickmark/app/Sealing.h"
#include "tickmark/domain/Visibility.h"

namespace tickmark::http::pages {
namespace {

std::string_view wordsOf(app::SealPhase phase) {
    switch (phase) {
        case app::SealPhase::Waiting:
            return "Waiting for another sealing to end";
        case app::SealPhase::Writing:
            return "Reading, hashing and writing every file";
        case app::SealPhase::Checking:
            return "Reading the finished bundle back with the verifier";
        case app::SealPhase::Done:
            return "Sealed";
        case app::SealPhase::Failed:
            return "Nothing was sealed";
        case app::SealPhase::Cancelled:
            return "Cancelled: nothing was sealed and no file is left";
    }
    return "";
}

void putSealing(view::Model& model, const app::SealingState& state, const domain::Audit& audit, bool lead) {
    const std::string address = "/bundles/" + encoded(state.ref.text());
    model.set("REF", state.ref.text()).say("WORDS", std::string(wordsOf(state.phase)));
    model.setTime("BEGUN", state.begunAt);
    if (state.over()) {
        model.add("OVER").set("AGAIN_HREF", "/bundles/new?audit=" + encoded(audit.ref.text()));
        if (state.error && state.phase == app::SealPhase::Failed)
            model.add("FAILED").say("MESSAGE", state.error->message).say("FIX", state.error->fix);
        return;
    }
    view::Model& going = model.add("GOING");
    if (state.total > 0) {
        view::Model& bar = going.add("BAR");
        bar.set("DONE", std::to_string(state.done)).set("TOTAL", std::to_string(state.total));
        bar.set("DONE_TEXT", view::sizeText(state.done)).set("TOTAL_TEXT", view::sizeText(state.total));
    } else {
        going.show("NO_BAR");
    }
    going.set("HREF", address + "/sealing");
    if (lead) going.add("MAY_CANCEL").set("ACTION", address + "/sealing/cancel");
}

Result<Response> sealingPage(WebApp& web, Request& request, const domain::BundleRef& ref,
                             const Error* error) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const app::BundleView view, app::showBundle(*web.context, actor, ref));
    auto state = app::showSealing(*web.context, actor, ref);
    if (!state && state.error().type == "sealing-lost")
        return redirectResponse("/bundles/" + encoded(ref.text()));
    if (!state) return std::move(state).error();
    if (state->phase == app::SealPhase::Done)
        return redirectResponse("/bundles/" + encoded(ref.text()) + "?sealed=1");
    Frame frame;
    frame.title = view::said("Sealing " + ref.text());
    frame.section = "/bundles";
    frame.trail = {{"/bundles", "Bundles"}, {"/bundles/" + encoded(ref.text()), ref.text()}};
    frame.trailEnd = view::said("Sealing");
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    const bool lead = actor.role == domain::Role::LeadAuditor && domain::onTeam(view.audit, actor.id);
    Response response = page(web, request, frame, "pages/bundle-sealing.html",
                             [&](view::Model& model) { putSealing(model, *state, view.audit, lead); });
    // Without a script: the browser asks again until it is over.
    if (!state->over()) response.set("Refresh", "2");
    return response;
}

domain::BundleRef bundleOf(const PathParameters& parameters) {
    return domain::BundleRef(std::string(parameters.at("ref")));
}

Result<Response> showSealing(WebApp& web, Request& request, const PathParameters& parameters) {
    return sealingPage(web, request, bundleOf(parameters), nullptr);
}

Result<Response> cancelSealing(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY([[maybe_unused]] const Form form, readForm(request));
    const domain::BundleRef ref = bundleOf(parameters);
    const auto cancelled = app::cancelSealing(*web.context, callerOf(request).actor, ref);
    if (!cancelled && cancelled.error().type != "sealing-over")
        return sealingPage(web, request, ref, &cancelled.error());
    constexpr std::chrono::seconds patience{2};
    [[maybe_unused]] const auto ended = web.context->sealDesk->await(ref, patience);
    return redirectResponse("/bundles/" + encoded(ref.text()) + "/sealing");
}

}  // namespace

Result<void> addSealingPages(Router& router, WebApp& web) {
    TM_CHECK(addPreparationPages(router, web));
    TM_CHECK(
        addPage(router, web, "/bundles/{ref}/sealing", "page.bundle-sealing", "LA AU IM TM XA", showSealing));
    return addForm(router, web, "/bundles/{ref}/sealing/cancel", "form.bundle-sealing-cancel", "LA",
                   cancelSealing);
}

}  // namespace tickmark::http::pages
