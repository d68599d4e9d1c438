// What was last proved intact, file by file; the audit trail held against its own heads.
#include "http/pages/AdminPages.h"
#include "http/pages/Listing.h"
#include "http/pages/Prove.h"
#include "tickmark/app/Ledgers.h"
#include "tickmark/app/Witnesses.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::http::pages {
namespace {

constexpr std::size_t shownRuns = 10;
constexpr std::size_t shownObjects = 50;
constexpr const char* address = "/admin/integrity";
using storage::ObjectChoice;

void putObject(view::Model& row, const storage::ObjectRow& object) {
    row.set("DIGEST", object.digest.hex()).set("SIZE", view::sizeText(object.size));
    row.set("VERSION", object.version);
    if (object.versions > 1)
        row.add("OTHERS").set("WORDS", view::counted(object.versions - 1, "and {} more", "and {} more"));
    if (object.proved) row.add("PROVED").setTime("AT", *object.proved);
    row.showIf(!object.proved, "NEVER");
    if (object.outcome == "damaged") return putWord(row, "STATUS", "bad", "i-triangle-full", "Damaged");
    if (object.outcome == "missing") return putWord(row, "STATUS", "bad", "i-cross", "Missing");
    if (object.quarantined > 0) return putWord(row, "STATUS", "bad", "i-pause", "In quarantine");
    if (object.outcome.empty()) return putWord(row, "STATUS", "neutral", "i-dashed", "Not looked at yet");
    putWord(row, "STATUS", "good", "i-tick", "Intact");
}

void putFigures(view::Model& model, const app::IntegrityView& view) {
    const auto figure = [&](ObjectChoice choice, std::int64_t number, const char* word) {
        model.add("FIGURE")
            .set("NUMBER", view::countText(number))
            .say("WORD", word)
            .set("FIGURE_HREF", std::string(address) + "?choice=" + std::string(toText(choice)) + "#files");
    };
    figure(ObjectChoice::All, view.all, "files in the archive");
    figure(ObjectChoice::Recent, view.recent, "proved within 30 days");
    figure(ObjectChoice::Older, view.older, "proved longer ago");
    figure(ObjectChoice::Never, view.never, "never proved since they came");
    figure(ObjectChoice::Bad, view.bad, "damaged or missing");
    figure(ObjectChoice::Quarantined, view.quarantined, "in quarantine");
}

Response lookingAgain(Response response, bool running) {
    // The browser asks again until the work is over; nothing is typed on these pages.
    if (running) response.set("Refresh", "3");
    return response;
}

bool goesOn(const std::vector<storage::WorkRun>& runs) {
    return std::any_of(runs.begin(), runs.end(), [](const auto& run) { return !run.ended; });
}

Result<Response> showIntegrity(WebApp& web, Request& request, const PathParameters&) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const app::IntegrityView view, app::showIntegrity(*web.context, actor));
    const ObjectChoice choice =
        storage::objectChoiceFrom(request.queryValue("choice")).value_or(ObjectChoice::All);
    TM_TRY(const auto objects, app::listObjects(*web.context, actor, choice,
                                                {shownObjects, std::string(request.queryValue("after"))}));
    TM_TRY(const std::int64_t count, app::countObjects(*web.context, actor, choice));
    Frame frame;
    frame.title = view::said("Integrity");
    frame.section = address;
    Response answer = page(web, request, frame, "pages/integrity.html", [&](view::Model& model) {
        putFigures(model, view);
        putRuns(model, view.runs,
                "Nothing was proved yet. A proof reads every file and compares it with its digest.");
        if (goesOn(view.runs))
            model.show("MAY_STOP");
        else
            model.show("MAY_BEGIN");
        putCount(model, count, "file", "files");
        model.showIf(objects.rows.empty(), "NO_FILES");
        if (objects.rows.empty()) return;
        view::Model& part = model.add("HAS_FILES");
        for (const storage::ObjectRow& object : objects.rows) putObject(part.add("FILE"), object);
        if (!objects.next.empty())
            part.add("HAS_NEXT_PAGE")
                .set("NEXT_PAGE", nextAddress(request, address, objects.next) + "#files");
    });
    return lookingAgain(std::move(answer), goesOn(view.runs));
}

void putHead(view::Model& model, const std::string& note) {
    const auto head = ledger::readCheckpoint(note);
    if (!head) return;
    view::Model& part = model.add("HEAD");
    part.set("SIZE", view::countText(static_cast<std::int64_t>(head->size))).set("ROOT", head->root.hex());
    part.set("ORIGIN", head->origin).set("NOTE", note);
}

Result<Response> showLedger(WebApp& web, Request& request, const PathParameters&) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const auto runs, app::listRuns(*web.context, actor, "ledger-check", shownRuns));
    TM_TRY(const std::string note, app::currentCheckpoint(*web.context));
    TM_TRY(const auto witnesses, app::listWitnesses(*web.context));
    Frame frame;
    frame.title = view::said("Ledger");
    frame.section = "/admin/ledger";
    Response answer = page(web, request, frame, "pages/ledger.html", [&](view::Model& model) {
        putHead(model, note);
        putRuns(model, runs,
                "The log was not checked yet. A check recomputes the tree from every entry and compares it "
                "with each "
                "head that was ever signed.");
        if (!goesOn(runs)) model.show("MAY_BEGIN");
        model.showIf(witnesses.empty(), "NO_WITNESS");
        for (const app::WitnessView& witness : witnesses) {
            view::Model& row = model.add("WITNESS").set("NAME", witness.name).set("KEY", witness.verifierKey);
            row.showIf(!witness.size, "UNSEEN");
            if (!witness.size) continue;
            row.add("SEEN")
                .set("COSIGNED", view::countText(static_cast<std::int64_t>(*witness.size)))
                .setLogged("COSIGNED_AT", witness.at);
        }
    });
    return lookingAgain(std::move(answer), goesOn(runs));
}

}  // namespace

Result<void> addIntegrityPages(Router& router, WebApp& web) {
    const std::string all = address;
    TM_CHECK(addPage(router, web, all, "page.integrity", "AD", showIntegrity));
    TM_CHECK(addDeed(router, web, all + "/scrub", "form.scrub", address,
                     [](WebApp& house, const domain::Actor& actor, const Form& form) -> Result<void> {
                         if (form.text("deed") == "stop")
                             return app::stopWork(*house.context, actor, "scrub");
                         TM_TRY([[maybe_unused]] const auto run, app::beginScrub(*house.context, actor));
                         return {};
                     }));
    TM_CHECK(addPage(router, web, "/admin/ledger", "page.ledger", "AD", showLedger));
    return addDeed(router, web, "/admin/ledger/check", "form.ledger-check", "/admin/ledger",
                   [](WebApp& house, const domain::Actor& actor, const Form&) -> Result<void> {
                       TM_TRY([[maybe_unused]] const auto run, app::beginLedgerCheck(*house.context, actor));
                       return {};
                   });
}

}  // namespace tickmark::http::pages
