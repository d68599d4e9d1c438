// Bundles that were sealed: looked at, handed out, verified, revoked, listed.
#include "app/Access.h"
#include "app/FileDigest.h"
#include "app/Timestamping.h"
#include "tickmark/app/Bundles.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {

namespace fs = std::filesystem;

Result<domain::Bundle> revokeBundle(Context& context, const domain::Actor& actor,
                                    const domain::BundleRef& ref, std::int64_t rev,
                                    const std::string& reason) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Bundle> {
        TM_TRY(domain::Bundle bundle, storage::findBundleVisible(session, ref, scopeOf(context, actor)));
        TM_TRY(const domain::Audit audit, storage::findAudit(session, bundle.audit));
        TM_CHECK(mustBeCurrent(ref.text(), rev, bundle.rev));
        TM_TRY(const auto to,
               domain::next(bundle, domain::BundleEvent::Revoke, stepInput(context, actor, audit, reason)));
        ledger::Event event = stepEvent(context, actor, "bundle", "revoke", domain::toText(bundle.state),
                                        domain::toText(to), reason);
        bundle.state = to;
        bundle.reason = reason;
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, bundle, std::move(event)));
        return bundle;
    });
}

Result<BundleView> showBundle(Context& context, const domain::Actor& actor, const domain::BundleRef& ref) {
    return context.database->read([&](storage::ReadSession& session) -> Result<BundleView> {
        BundleView view;
        TM_TRY(view.bundle, storage::findBundleVisible(session, ref, scopeOf(context, actor)));
        TM_TRY(view.audit, storage::findAudit(session, view.bundle.audit));
        TM_TRY(view.parties, partiesOf(session, {view.bundle.sealedBy}));
        view.rootFingerprint = context.keys->root.fingerprint();
        auto row = storage::eventOf(session, "bundle", ref.text(), "bundle.sealed");
        if (row)
            view.ledgerPosition = static_cast<std::int64_t>(row->position);
        else if (row.error().kind != ErrorKind::NotFound)
            return std::move(row).error();
        return view;
    });
}

Result<std::filesystem::path> bundleFile(Context& context, const domain::Actor& actor,
                                         const domain::BundleRef& ref) {
    auto bundle = context.database->write([&](storage::WriteSession& session) -> Result<domain::Bundle> {
        TM_TRY(domain::Bundle found, storage::findBundleVisible(session, ref, scopeOf(context, actor)));
        if (found.fileName.empty())
            return refused("not-sealed", ref.text() + " was prepared but never sealed.");
        ledger::Event event = eventOf(context, actor, "bundle.export");
        event.subject = "bundle";
        event.ref = ref.text();
        event.facts.set("sha256", found.digest.hex());
        TM_TRY([[maybe_unused]] const auto position, storage::append(session, event));
        return found;
    });
    if (!bundle) return std::move(bundle).error();
    const fs::path file = context.directory.bundles() / bundle->fileName;
    auto digest = digestOfFile(file);
    if (!digest && digest.error().kind != ErrorKind::NotFound) return std::move(digest).error();
    if (digest && *digest == bundle->digest) return file;
    return Error{ErrorKind::Damaged,
                 "object-damaged",
                 ref.text() + (digest ? " no longer has the digest it was sealed with."
                                      : " is missing from the data directory."),
                 {},
                 {},
                 "Restore the file from a backup.",
                 {}};
}

Result<bundle::Report> verifyStoredBundle(Context& context, const domain::Actor& actor,
                                          const domain::BundleRef& ref) {
    auto view = showBundle(context, actor, ref);
    if (!view) return std::move(view).error();
    if (view->bundle.fileName.empty())
        return refused("not-sealed", ref.text() + " was prepared but never sealed.");
    return verifyHere(context, context.directory.bundles() / view->bundle.fileName, Approval::MustBeThere);
}

Result<std::vector<domain::Bundle>> everyBundle(const Context& context, const domain::Actor& actor) {
    return context.database->read([&](storage::ReadSession& session) {
        return everyRow([&](const storage::PageRequest& page) {
            return storage::listBundles(session, scopeOf(context, actor), {}, page);
        });
    });
}

}  // namespace tickmark::app
