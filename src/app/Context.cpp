#include "tickmark/app/Context.h"

#include <utility>

#include "app/BundleContent.h"
#include "app/KeyFiles.h"
#include "app/SealLock.h"
#include "app/SessionCache.h"
#include "app/UploadDesk.h"
#include "tickmark/app/Sealing.h"
#include "tickmark/app/Upkeep.h"
#include "tickmark/storage/Bundles.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {

Context::Context()
    : signIns(std::make_unique<SignInCaches>()),
      uploadDesk(std::make_unique<UploadDesk>()),
      jobs(std::make_unique<JobBoard>()),
      sealDesk(std::make_unique<SealDesk>(*this)),
      workDesk(std::make_unique<WorkDesk>(*this)) {}
Context::~Context() = default;

namespace {

/// A crash between the publishing of a bundle's file and its entry leaves a file that nobody was told of.
/// Nothing is touched while anybody seals.
Result<void> removeUnfinishedBundles(Context& context) {
    TM_TRY(const SealLock alone, SealLock::tryAlone(context.directory.bundles()));
    if (!alone.held()) return {};
    storage::BundleFilter drafts;
    drafts.states = {domain::BundleState::Draft};
    std::string after;
    do {
        TM_TRY(const auto page, context.database->read([&](storage::ReadSession& session) {
            return storage::listBundles(session, storage::everything(), drafts, {200, after});
        }));
        for (const auto& bundle : page.rows) {
            std::error_code ignored;
            std::filesystem::remove(context.directory.bundles() / bundleFileName(bundle.ref), ignored);
        }
        after = page.next;
    } while (!after.empty());
    return {};
}

}  // namespace

Result<std::unique_ptr<Context>> openContext(const std::filesystem::path& root, OpenMode mode,
                                             std::shared_ptr<const Clock> clock) {
    auto context = std::make_unique<Context>();
    context->directory.root = root;
    std::error_code failed;
    if (!std::filesystem::exists(context->directory.settings(), failed)) {
        return Error{ErrorKind::NotFound,
                     "data-directory",
                     "\"" + root.string() + "\" is no Tickmark data directory.",
                     "--data",
                     {},
                     "Make one with `tickmark init --data " + root.string() + " --organisation NAME`.",
                     {}};
    }
    TM_TRY(context->settings, Settings::read(context->directory.settings()));
    context->clock = std::move(clock);
    TM_TRY(context->keys, loadKeyRing(context->directory.keys(), context->settings));
    storage::DatabaseOptions options;
    options.folder = root;
    options.origin = context->settings.logOrigin;
    options.migrate = mode == OpenMode::ReadWrite;
    if (!context->settings.groupCommit) options.maximumBatch = 1;
    if (mode == OpenMode::ReadWrite) {
        options.signer = [keys = context->keys](const ledger::Checkpoint& head) {
            return signWith(*keys, head);
        };
    }
    TM_TRY(context->database, storage::Database::open(std::move(options)));
    TM_TRY(context->archive, archive::FolderStore::openAt(context->directory.archive()));
    if (mode == OpenMode::ReadWrite) TM_CHECK(removeUnfinishedBundles(*context));
    return context;
}

std::string bundleFileName(const domain::BundleRef& ref) { return ref.text() + ".evidence.zip"; }

Result<domain::Actor> actorForCommand(Context& context, const std::string& account) {
    auto party = context.database->read(
        [&](storage::ReadSession& session) { return storage::findPartyByAccount(session, account); });
    if (!party) {
        if (party.error().kind != ErrorKind::NotFound) return std::move(party).error();
        return invalid("unknown-reference", "--as", "There is no account \"" + account + "\".",
                       "`tickmark user list` shows them.");
    }
    if (party->disabled) return refused("account-disabled", "The account \"" + account + "\" is disabled.");
    const domain::Admission admission = domain::admissionOn(*party, context.today());
    if (admission == domain::Admission::Ended) {
        return refused("account-expired",
                       "The account \"" + account + "\" was open until " + party->validUntil->iso() + ".");
    }
    if (admission == domain::Admission::NotYet) {
        return refused("account-early",
                       "The account \"" + account + "\" opens on " + party->validFrom->iso() + ".");
    }
    return domain::Actor{party->id, party->account, party->role, "cli"};
}

}  // namespace tickmark::app
