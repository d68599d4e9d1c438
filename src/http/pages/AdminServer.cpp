// The room that everything takes and how it grew; settings as the running server has them; its own work.
#include "http/pages/AdminPages.h"
#include "http/pages/Prove.h"
#include "tickmark/app/KeyOverview.h"

namespace tickmark::http::pages {
namespace {

void putPart(view::Model& model, const char* word, std::uint64_t bytes, const std::string& note) {
    model.add("PART").say("WORD", word).set("SIZE", view::sizeText(bytes)).set("NOTE", note);
}

void putDisk(view::Model& model, const app::StorageView& view) {
    model.set("FREE", view::sizeText(view.freeBytes)).set("DISK", view::sizeText(view.diskBytes));
    model.set("RESERVE", view::sizeText(view.reserveBytes));
    model.set("USED_VALUE", std::to_string(view.diskBytes - std::min(view.diskBytes, view.freeBytes)));
    model.set("DISK_VALUE", std::to_string(view.diskBytes));
    if (view.freeBytes < view.reserveBytes)
        putWord(model, "STATUS", "bad", "i-triangle-full", "New evidence is refused");
    else if (view.freeBytes < 2 * view.reserveBytes)
        putWord(model, "STATUS", "warn", "i-triangle-full", "Getting short");
    else
        putWord(model, "STATUS", "good", "i-tick", "Enough room");
}

void putParts(view::Model& model, const app::StorageView& view) {
    putPart(model, "Archive", view.archive.objectBytes,
            view::counted(view.archive.objects, "{} object", "{} objects"));
    putPart(model, "Saved by keeping equal content once",
            view.archive.versionBytes - std::min(view.archive.versionBytes, view.archive.objectBytes), "");
    putPart(model, "Catalog and ledger", view.databaseBytes, "");
    putPart(model, "Bundles", view.bundleBytes, view::counted(view.bundleFiles, "{} file", "{} files"));
    putPart(model, "Files that are arriving", view.stagingBytes,
            view::counted(view.stagingFiles, "{} file", "{} files"));
}

Result<Response> showStorage(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const app::StorageView view, app::showStorage(*web.context, callerOf(request).actor));
    Frame frame;
    frame.title = view::said("Storage");
    frame.section = "/admin/storage";
    return page(web, request, frame, "pages/storage.html", [&](view::Model& model) {
        putDisk(model, view);
        putParts(model, view);
        for (const storage::StateSize& state : view.archive.states) {
            view::Model& row = model.add("STATE").set("SIZE", view::sizeText(state.bytes));
            row.set("NUMBER", view::countText(state.versions)).set("STATE_HREF", "/admin/storage#states");
            putStatus(row, "STATUS", "evidence", state.state);
        }
        model.showIf(view.samples.empty(), "NO_SAMPLES");
        if (view.samples.empty()) return;
        view::Model& part = model.add("HAS_SAMPLES");
        for (const storage::StorageSample& sample : view.samples) {
            view::Model& row = part.add("SAMPLE").set("DAY", sample.day.iso());
            row.set("ARCHIVE", view::sizeText(sample.archiveBytes));
            row.set("OBJECTS", view::countText(sample.objects));
            row.set("DATABASE", view::sizeText(sample.databaseBytes));
            row.set("BUNDLES", view::sizeText(sample.bundleBytes));
        }
    });
}

std::string_view jobWords(std::string_view name) {
    if (name == "sign-in-sweep") return "Sweep of ended sessions";
    if (name == "upload-sweep") return "Sweep of abandoned uploads";
    if (name == "full-text") return "Full text of evidence";
    if (name == "malware-scan") return "Malware scan of evidence";
    if (name == "digests") return "Mails of the day";
    if (name == "upkeep") return "Proofs and backups that are due";
    return "Sizes of the day";
}

void putJob(view::Model& row, const app::JobState& job) {
    row.say("NAME", jobWords(job.name)).set("PASSES", view::countText(job.passes));
    row.sayIf("RESULT", job.result);
    if (job.ended) row.add("ENDED_AT").setTime("ENDED", *job.ended);
    if (job.next) row.add("NEXT_AT").setTime("NEXT", *job.next);
    if (!job.error.empty() && job.errorAt)
        row.add("TROUBLE").set("ERROR_TEXT", job.error).setTime("ERROR_AT", *job.errorAt);
    if (job.running)
        putWord(row, "STATUS", "info", "i-half", "Under way");
    else if (!job.error.empty() && job.errorAt == job.ended)
        putWord(row, "STATUS", "bad", "i-triangle-full", "Failed");
    else
        putWord(row, "STATUS", "good", "i-tick", "Good");
}

Result<Response> showServer(WebApp& web, Request& request, const PathParameters&) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const auto settings, app::effectiveSettings(*web.context, actor));
    TM_TRY(const auto jobs, app::listJobs(*web.context, actor));
    Frame frame;
    frame.title = view::said("Server");
    frame.section = "/admin/server";
    return page(web, request, frame, "pages/server.html", [&](view::Model& model) {
        for (const app::JobState& job : jobs) putJob(model.add("JOB"), job);
        model.showIf(jobs.empty(), "NO_JOBS");
        for (const app::EffectiveSetting& setting : settings) {
            view::Model& row = model.add("SETTING").set("KEY", setting.key).set("VALUE", setting.value);
            row.showIf(setting.pending, "PENDING");
            row.showIf(!setting.fromFile, "DEFAULT").showIf(setting.fromFile, "FROM_FILE");
        }
    });
}

}  // namespace

Result<void> addServerPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/admin/storage", "page.storage", "AD", showStorage));
    return addPage(router, web, "/admin/server", "page.server", "AD", showServer);
}

}  // namespace tickmark::http::pages
