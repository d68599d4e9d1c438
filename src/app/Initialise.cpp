#include "tickmark/app/Initialise.h"

#include <filesystem>

#include "app/Access.h"
#include "app/BuiltInCatalogs.h"
#include "app/Folders.h"
#include "app/KeyFiles.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/app/Context.h"
#include "tickmark/crypto/Password.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Catalogs.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;
constexpr unsigned privateMode = 0600;

/// A clock that the use cases can hold while the caller keeps its own.
class BorrowedClock final : public Clock {
  public:
    explicit BorrowedClock(const Clock& clock) : m_clock(&clock) {}
    [[nodiscard]] Timestamp now() const override { return m_clock->now(); }

  private:
    const Clock* m_clock;
};

std::string originOf(const std::string& organisation) {
    std::string slug;
    for (const char c : lower(organisation)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            slug += c;
        else if (!slug.empty() && slug.back() != '-')
            slug += '-';
    }
    while (!slug.empty() && slug.back() == '-') slug.pop_back();
    return "tickmark/" + (slug.empty() ? toHex(crypto::randomBytes(4)) : slug);
}

Result<void> mustBeFree(const fs::path& root) {
    if (isFree(root)) return {};
    return Error{ErrorKind::Conflict,
                 "not-empty",
                 "\"" + root.string() + "\" is there already and not empty; nothing was changed.",
                 "--data",
                 {},
                 "Choose another folder, or serve the one that is there.",
                 {}};
}

/// Database, catalogs and the first administrator.
Result<Secret> fill(const fs::path& root, const InitialiseInput& input, const Settings& settings,
                    const Clock& clock) {
    TM_TRY(const auto keys, loadKeyRing(root / "keys", settings));
    Context context;
    context.directory.root = root;
    context.settings = settings;
    context.clock = std::make_shared<BorrowedClock>(clock);
    context.keys = keys;
    storage::DatabaseOptions options;
    options.folder = root;
    options.origin = settings.logOrigin;
    options.create = true;
    options.signer = [keys](const ledger::Checkpoint& head) { return signWith(*keys, head); };
    TM_TRY(context.database, storage::Database::open(std::move(options)));
    TM_TRY(context.archive, archive::FolderStore::openAt(context.directory.archive()));

    domain::Actor system;
    system.account = "system";
    system.role = domain::Role::Administrator;
    system.via = "cli";
    TM_TRY(const auto catalogs, builtInCatalogs());
    auto loaded = context.database->write([&](storage::WriteSession& session) -> Result<bool> {
        for (domain::Catalog catalog : catalogs) {
            ledger::Event event = eventOf(context, system, "catalog.load");
            event.facts.set("clauses", static_cast<std::int64_t>(catalog.clauses.size()));
            TM_TRY([[maybe_unused]] const auto position, storage::save(session, catalog, std::move(event)));
        }
        return true;
    });
    if (!loaded) return std::move(loaded).error();
    TM_TRY(CreatedAccount admin,
           createAccount(context, system,
                         {input.adminAccount, "Administrator", domain::Role::Administrator, {}, {}}));
    return admin.password;
}

}  // namespace

Result<InitialiseOutcome> initialise(const InitialiseInput& input, const Clock& clock) {
    TM_CHECK(mustBeFree(input.root));
    Settings settings;
    TM_TRY(settings.organisation, cleanText("--organisation", input.organisation, {1, 200, false}));
    settings.logOrigin = originOf(settings.organisation);

    InitialiseOutcome outcome;
    Secret passphrase = input.authorityPassphrase;
    if (passphrase.empty()) {
        passphrase = crypto::inventPassword();
        outcome.authorityPassphrase = passphrase;
    }
    TM_TRY(StagedFolder staging, StagedFolder::besides(input.root));
    const fs::path& folder = staging.path();
    for (const char* name : {"keys", "archive", "bundles", "log"}) {
        TM_CHECK(makePrivateFolder(folder / name));
    }
    TM_TRY(const MadeKeys keys,
           makeKeyFiles(folder / "keys", input.authorityKeyTo, settings, passphrase, clock.now()));
    outcome.rootFingerprint = keys.rootFingerprint;
    outcome.ledgerKey = keys.ledgerPublic;
    TM_TRY(outcome.adminPassword, fill(folder, input, settings, clock));
    TM_CHECK(archive::writeFileDurably(folder / "tickmark.conf", viewOf(settings.text()), privateMode));
    TM_CHECK(staging.putInPlace());
    return outcome;
}

}  // namespace tickmark::app
