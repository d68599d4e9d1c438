// Backups in the configured folder: which there are, which were read through again, taking one.
#include <algorithm>

#include "http/pages/AdminPages.h"
#include "http/pages/Prove.h"

namespace tickmark::http::pages {
namespace {

constexpr const char* address = "/admin/backups";

void putFile(view::Model& row, const app::BackupFile& file) {
    row.set("NAME", file.name).set("SIZE", view::sizeText(file.bytes)).setTime("TAKEN", file.taken);
    if (file.tested) row.add("TESTED").set("RUN_HREF", "/admin/work/" + std::to_string(file.tested->id));
    if (!file.tested)
        putWord(row, "STATUS", "warn", "i-dashed", "Not read again yet");
    else if (file.tested->outcome == "good")
        putWord(row, "STATUS", "good", "i-tick", "Read through and whole");
    else if (file.tested->outcome == "running")
        putWord(row, "STATUS", "info", "i-half", "Under way");
    else
        putWord(row, "STATUS", "bad", "i-triangle-full", "The test did not succeed");
}

/// What the server adds by itself.
void putSeries(view::Model& model, const app::BackupView& view, const app::Settings& settings) {
    if (view.folder.empty()) return;
    view::Model& part = model.add("SERIES");
    part.set("PATH", app::seriesFolder(settings).string());
    if (settings.backupEveryHours > 0) {
        part.add("BY_ITSELF")
            .set("WORDS", view::counted(settings.backupEveryHours, "every hour", "every {} hours"));
    } else {
        part.show("ONLY_ASKED");
    }
    if (view.moments.empty()) part.show("NO_MOMENTS");
    const auto last = std::find_if(view.runs.begin(), view.runs.end(),
                                   [](const auto& run) { return run.kind == "backup-series" && run.ended; });
    if (last != view.runs.end() && last->outcome != "good")
        part.add("TROUBLE").set("RUN_HREF", "/admin/work/" + std::to_string(last->id));
    constexpr std::size_t shown = 10;
    for (std::size_t i = 0; i < std::min(shown, view.moments.size()); ++i)
        part.add("MOMENT").set("NAME", view.moments[i].name).setTime("TAKEN", view.moments[i].taken);
    if (view.moments.size() > shown) {
        part.add("MORE").set("WORDS", view::counted(static_cast<std::int64_t>(view.moments.size() - shown),
                                                    "and {} older", "and {} older"));
    }
}

Result<Response> showBackups(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const app::BackupView view, app::showBackups(*web.context, callerOf(request).actor));
    const bool running =
        std::any_of(view.runs.begin(), view.runs.end(), [](const auto& run) { return !run.ended; });
    Frame frame;
    frame.title = view::said("Backups");
    frame.section = address;
    Response answer = page(web, request, frame, "pages/backups.html", [&](view::Model& model) {
        model.showIf(view.folder.empty(), "NO_FOLDER");
        if (!view.folder.empty()) {
            model.add("FOLDER").set("PATH", view.folder).showIf(!view.readable, "UNREADABLE");
            if (!running) model.show("MAY_BEGIN");
        }
        putSeries(model, view, web.context->settings);
        putRuns(model, view.runs, "No backup was taken from here yet.");
        model.showIf(!view.folder.empty() && view.files.empty(), "NO_FILES");
        if (view.files.empty()) return;
        view::Model& part = model.add("HAS_FILES");
        for (const app::BackupFile& file : view.files) {
            view::Model& row = part.add("FILE");
            putFile(row, file);
            if (!running) row.add("MAY_TEST").set("NAME", file.name);
        }
    });
    if (running) answer.set("Refresh", "3");
    return answer;
}

}  // namespace

Result<void> addBackupPages(Router& router, WebApp& web) {
    const std::string all = address;
    TM_CHECK(addPage(router, web, all, "page.backups", "AD", showBackups));
    TM_CHECK(addDeed(router, web, all, "form.backup", address,
                     [](WebApp& house, const domain::Actor& actor, const Form&) -> Result<void> {
                         TM_TRY([[maybe_unused]] const auto run, app::beginBackup(*house.context, actor));
                         return {};
                     }));
    return addDeed(router, web, all + "/test", "form.backup-test", address,
                   [](WebApp& house, const domain::Actor& actor, const Form& form) -> Result<void> {
                       TM_TRY([[maybe_unused]] const auto run,
                              app::beginBackupTest(*house.context, actor, form.text("file")));
                       return {};
                   });
}

}  // namespace tickmark::http::pages
