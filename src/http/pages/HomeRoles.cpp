// Which home page a role has, what they share, and the homes of certification auditors and administrators.
#include "http/pages/HomePanels.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Ledgers.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Upkeep.h"
#include "tickmark/ledger/Checkpoint.h"
#include "tickmark/storage/Audits.h"

namespace tickmark::http::pages {

using domain::Role;
namespace {

Result<void> putAccounts(const Home& home) {
    constexpr std::int32_t soon = 30;
    TM_TRY(const auto accounts, app::listAccounts(*home.web.context, home.actor()));
    TM_CHECK(putTiles(
        home,
        {{"/admin/accounts", "account", "accounts", static_cast<std::int64_t>(accounts.size()), {}, {}}}));
    view::Model& part =
        panel(home.model, "SIDE", "Accounts that end within 30 days", "/admin/accounts", "All accounts");
    std::size_t ending = 0;
    for (const auto& party : accounts) {
        if (party.disabled || !party.validUntil || *party.validUntil > home.today.plusDays(soon)) continue;
        ++ending;
        sideRow(part, party.name, "/admin/accounts#account-" + encoded(party.account),
                view::said("until {}, {}",
                           {party.validUntil->iso(), view::dueHint(party.validUntil, home.today)}));
    }
    if (ending == 0) putNone(part, "None. An account with a last day appears here a month before it.");
    return {};
}

}  // namespace

Result<void> putTiles(const Home& home, const std::vector<Tile>& tiles) {
    view::Model& part = home.model.add("TILES");
    for (const Tile& tile : tiles) TM_CHECK(putTile(home.web, home.actor(), part, tile));
    return {};
}

view::Model& panel(view::Model& model, const char* section, std::string_view headline,
                   const std::string& href, const std::string& word) {
    view::Model& part = model.add(section);
    part.say("HEADLINE", headline);
    if (!href.empty()) part.add("MORE_LINK").set("HREF", href).say("WORD", word);
    return part;
}

void putNone(view::Model& part, const char* words) { part.add("NONE").say("WORD", words); }

view::Model& sideRow(view::Model& part, const std::string& name, const std::string& href, std::string note) {
    view::Model& row = part.add("ROW");
    if (href.empty())
        row.add("TEXT").set("NAME", name);
    else
        row.add("LINKED").set("HREF", href).set("NAME", name);
    row.set("NOTE", std::move(note));
    return row;
}

Result<void> putShared(const Home& home) {
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    TM_CHECK(putTiles(home, {{"/audits", "audit shared with you", "audits shared with you", {}, {}, {}},
                             {"/findings", "finding in them", "findings in them", {}, {}, {}},
                             {"/findings?open=1", "of them open", "of them open", {}, {}, {}}}));
    return home.web.context->database->read([&](storage::ReadSession& session) -> Result<void> {
        TM_TRY(const auto audits, app::everyRow([&](const storage::PageRequest& page) {
                   return storage::listAudits(session, scope, {}, page);
               }));
        view::Model& part =
            panel(home.model, "SIDE", "Shared with you, and until when", "/bundles", "Bundles");
        if (audits.empty())
            putNone(
                part,
                "Nothing is shared with you now. The lead auditor shares an audit until a day that is set.");
        for (const auto& row : audits) {
            TM_TRY(const auto audit, storage::findAudit(session, row.id));
            std::string until;
            for (const auto& share : audit.shares) {
                if (share.party == home.actor().id)
                    until = view::said("until {}, {}",
                                       {share.until.iso(), view::dueHint(share.until, home.today)});
            }
            view::Model& line =
                sideRow(part, row.ref + " " + row.title, "/audits/" + encoded(row.ref), until);
            putStatus(line.add("STATE"), "STATUS", "audit", row.state);
        }
        return {};
    });
}

namespace {

Result<void> putIntegrity(const Home& home) {
    TM_TRY(const app::IntegrityView view, app::showIntegrity(*home.web.context, home.actor()));
    view::Model& part = panel(home.model, "SIDE", "Integrity", "/admin/integrity", "Open it");
    const auto number = [](std::int64_t value) { return view::countText(value); };
    sideRow(part, view::said("Proved within 30 days"), "/admin/integrity?choice=recent#files",
            view::said("{} of {} files", {number(view.recent), number(view.all)}));
    if (const std::int64_t bad = view.bad + view.quarantined; bad > 0) {
        sideRow(part, view::said("Damaged, missing or in quarantine"), "/admin/integrity?choice=bad#files",
                view::counted(bad, "{} file", "{} files"));
    }
    return {};
}

Result<void> putBackups(const Home& home) {
    TM_TRY(const app::BackupView view, app::showBackups(*home.web.context, home.actor()));
    view::Model& part = panel(home.model, "SIDE", "Backups", "/admin/backups", "Open it");
    if (view.files.empty()) {
        putNone(part, view.folder.empty() ? "No folder for backups is configured."
                                          : "There is no backup in the folder yet.");
        return {};
    }
    const app::BackupFile& last = view.files.front();
    sideRow(part, last.name, "/admin/backups",
            view::said("{} of {}", {view::sizeText(last.bytes), view::localTimeText(last.taken)}));
    return {};
}

}  // namespace

Result<void> putAdministrator(const Home& home) {
    TM_CHECK(putAccounts(home));
    app::Context& context = *home.web.context;
    TM_TRY(const std::string note, app::currentCheckpoint(context));
    TM_TRY(const auto head, ledger::readCheckpoint(note));
    view::Model& log = panel(home.model, "SIDE", "Audit trail", "/log", "Open it");
    sideRow(log, view::said("Last signed checkpoint"), "/log",
            view::said("at {} entries, root {}",
                       {view::countText(static_cast<std::int64_t>(head.size)), head.root.shortForm()}));
    TM_TRY(const app::StorageView room, app::showStorage(context, home.actor()));
    view::Model& store = panel(home.model, "SIDE", "Storage", "/admin/storage", "Open it");
    sideRow(store, view::said("Free on the disk"), "/admin/storage",
            view::said("{} of {}; writing stops below {}",
                       {view::sizeText(room.freeBytes), view::sizeText(room.diskBytes),
                        view::sizeText(room.reserveBytes)}));
    TM_CHECK(putIntegrity(home));
    return putBackups(home);
}

Result<void> putRoleParts(WebApp& web, const Request& request, view::Model& model) {
    const Caller& caller = callerOf(request);
    const Home home{web, caller, model, web.context->today()};
    switch (caller.actor.role) {
        case Role::LeadAuditor:
        case Role::Auditor:
            return putAuditor(home);
        case Role::ProcessOwner:
        case Role::ActionOwner:
            TM_CHECK(putDrop(home, request));
            return putOwner(home);
        case Role::ImprovementManager:
            return putImprover(home);
        case Role::TopManagement:
            return putManagement(home);
        case Role::CertificationAuditor:
            return putShared(home);
        case Role::Administrator:
            return putAdministrator(home);
    }
    return {};
}

}  // namespace tickmark::http::pages
