// What the administrator's pages have in common: runs of work, and the page of one run.
#include "http/pages/AdminPages.h"

#include <charconv>

#include "http/pages/Prove.h"

namespace tickmark::http::pages {
namespace {

std::string_view kindWords(std::string_view kind) {
    if (kind == "scrub") return "Proof of every file";
    if (kind == "ledger-check") return "Check of the audit trail";
    if (kind == "backup") return "Backup";
    if (kind == "backup-series") return "Backup into the series";
    return "Test of a backup";
}

std::string_view homeOf(std::string_view kind) {
    if (kind == "scrub") return "/admin/integrity";
    if (kind == "ledger-check") return "/admin/ledger";
    return "/admin/backups";
}

void putOutcome(view::Model& row, const storage::WorkRun& run) {
    if (run.outcome == "running") return putWord(row, "STATUS", "info", "i-half", "Under way");
    if (run.outcome == "good") return putWord(row, "STATUS", "good", "i-tick", "Good");
    if (run.outcome == "problems") return putWord(row, "STATUS", "bad", "i-triangle-full", "Problems found");
    if (run.outcome == "stopped") return putWord(row, "STATUS", "neutral", "i-pause", "Stopped");
    if (run.outcome == "interrupted") return putWord(row, "STATUS", "warn", "i-dashed", "Interrupted");
    putWord(row, "STATUS", "bad", "i-cross", "Failed");
}

void putRun(view::Model& row, const storage::WorkRun& run) {
    row.say("KIND", kindWords(run.kind)).setIf("SUBJECT", run.subject).set("BY", run.actor);
    row.set("RUN_HREF", "/admin/work/" + std::to_string(run.id)).setTime("BEGAN", run.began);
    row.sayIf("SUMMARY", run.summary);
    if (run.ended) row.add("OVER").setTime("ENDED", *run.ended);
    if (!run.ended && run.total > 0) {
        row.add("PROGRESS")
            .set("DONE", std::to_string(run.done))
            .set("TOTAL", std::to_string(run.total))
            .set("SHARE", view::said("{} of {}", {sizeOf(run.done), sizeOf(run.total)}));
    }
    putOutcome(row, run);
}

Result<Response> showRun(WebApp& web, Request& request, const PathParameters& parameters) {
    const std::string_view text = parameters.at("run");
    std::int64_t id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return notFound("piece of work");
    TM_TRY(const app::RunView view, app::showRun(*web.context, callerOf(request).actor, id));
    const std::string back(homeOf(view.run.kind));
    Frame frame;
    frame.title = view::said(kindWords(view.run.kind));
    frame.section = back;
    frame.trail = {{back, std::string(back == "/admin/integrity" ? "Integrity"
                                      : back == "/admin/ledger"  ? "Ledger"
                                                                 : "Backups")}};
    frame.trailEnd = std::to_string(id);
    return page(web, request, frame, "pages/work.html", [&](view::Model& model) {
        putRun(model, view.run);
        model.set("BACK_HREF", back).showIf(!view.run.ended, "RUNNING");
        if (view.problems.empty()) return;
        view::Model& part = model.add("HAS_PROBLEMS");
        for (const storage::WorkProblem& problem : view.problems) {
            view::Model& row = part.add("PROBLEM").set("CODE", problem.code);
            row.set("SUBJECT", problem.subject).say("MESSAGE", problem.message);
        }
    });
}

}  // namespace

std::string sizeOf(std::uint64_t bytes) { return view::sizeText(bytes); }

void putRuns(view::Model& model, const std::vector<storage::WorkRun>& runs, const char* none) {
    view::Model& part = model.include("RUNS", "parts/runs.html");
    if (runs.empty()) {
        part.add("NO_RUNS").say("NONE", none);
        return;
    }
    view::Model& table = part.add("HAS_RUNS");
    bool running = false;
    for (const storage::WorkRun& run : runs) {
        putRun(table.add("RUN"), run);
        running = running || !run.ended;
    }
    model.showIf(running, "RUNNING");
}

Result<void> addDeed(Router& router, WebApp& web, const std::string& pattern, const std::string& name,
                     const std::string& back, AdminDeed deed) {
    return addForm(router, web, pattern, name, "AD",
                   [back, deed = std::move(deed)](WebApp& house, Request& request,
                                                  const PathParameters&) -> Result<Response> {
                       TM_TRY(const Form form, readForm(request));
                       TM_CHECK(deed(house, callerOf(request).actor, form));
                       return redirectResponse(back);
                   });
}

Result<void> addAdminPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/admin/work/{run}", "page.work", "AD", showRun));
    TM_CHECK(addExternalAuditorPages(router, web));
    TM_CHECK(addSessionPages(router, web));
    TM_CHECK(addKeyPages(router, web));
    TM_CHECK(addIntegrityPages(router, web));
    TM_CHECK(addBackupPages(router, web));
    return addServerPages(router, web);
}

}  // namespace tickmark::http::pages
