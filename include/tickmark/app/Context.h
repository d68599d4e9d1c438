// What every use case works with. One per process, made by openContext.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Ed25519.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/ledger/Checkpoint.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// The layout of a data directory. Everything Tickmark keeps lies below one folder.
struct DataDirectory {
    std::filesystem::path root{};
    [[nodiscard]] std::filesystem::path database() const { return root / "tickmark.db"; }
    [[nodiscard]] std::filesystem::path archive() const { return root / "archive"; }
    [[nodiscard]] std::filesystem::path keys() const { return root / "keys"; }
    [[nodiscard]] std::filesystem::path bundles() const { return root / "bundles"; }
    [[nodiscard]] std::filesystem::path uploads() const { return root / "uploads"; }
    [[nodiscard]] std::filesystem::path log() const { return root / "log"; }
    [[nodiscard]] std::filesystem::path settings() const { return root / "tickmark.conf"; }
};

/// tickmark.conf, `key = value` with comments. Unknown keys and bad values are refused by name.
struct Settings {
    std::string organisation{};
    std::string logOrigin{};  ///< the ledger's name, e.g. "tickmark/<organisation slug>"
    std::string listen{"127.0.0.1:8080"};
    std::string tlsCertificate{};  ///< PEM path, needed for any address but loopback
    std::string tlsKey{};
    std::uint64_t uploadCap = 20ULL * 1024 * 1024 * 1024;  ///< bytes of one evidence file
    std::uint64_t diskReserve = 256ULL * 1024 * 1024;      ///< bytes that must stay free for a write to begin
    std::int64_t uploadKeepHours = 72;                     ///< an upload ends when nothing came for so long
    std::int64_t uploadsPerPerson = 200;                   ///< unfinished at once
    std::uint64_t uploadBytesPerPerson = 64ULL * 1024 * 1024 * 1024;  ///< of all unfinished together
    std::int64_t sessionIdleMinutes = 60;
    std::int64_t sessionHours = 12;
    std::string secondFactor{"optional"};  ///< or "required-for-leads", "required"
    std::int64_t witnessMaxAgeDays = 0;    ///< sealing needs a witness's cosignature this young; 0: none
    std::string timestampUrl{};         ///< RFC 3161 authority over HTTP(S); empty: bundles stay at level B
    std::string timestampAnchor{};      ///< PEM file with its root
    std::string timestampCrl{};         ///< URL of its revocation list, for level LT
    std::string signatoryAnchor{};      ///< PEM file with the roots of other organisations' signatories
    std::string smtpUrl{};              ///< smtps://host or smtp://host:port; empty: no digests by mail
    std::string smtpUser{};             ///< empty: no sign-in
    std::string smtpPasswordFile{};     ///< file whose first line is that user's password
    std::string smtpCa{};               ///< PEM file with roots for the mail server; empty: the system's
    std::string digestFrom{};           ///< sender of the digests
    std::int64_t digestHour = 6;        ///< UTC hour from which the day's digests go out
    std::string publicUrl{};            ///< where people reach the pages, for links in mails and calendars
    std::string backupFolder{};         ///< where the server puts backups; empty: only by command
    std::int64_t backupEveryHours = 0;  ///< a moment of the series in that folder; 0: only when asked for
    std::int64_t backupKeep = 30;       ///< moments that stay in the series; 0: all
    std::int64_t scrubEveryDays = 30;   ///< the server reads every object by itself; 0: only when asked for
    std::string clamd{};                ///< "unix:/path" or "127.0.0.1:3310"; empty: evidence is not scanned
    std::uint64_t clamdLimit = 25ULL * 1024 * 1024;  ///< bytes; larger files are not sent to it
    std::string reportTemplates{};  ///< folder of the audit report's templates; empty: the usual place
    bool groupCommit =
        true;  ///< off: one commit for each write, to measure what grouping gains (tools/bench)
    /// Every key with its value as the file would hold it, in the order of the keys; which keys stand in a
    /// file.
    [[nodiscard]] std::map<std::string, std::string> values() const;
    [[nodiscard]] static Result<std::set<std::string>> keysIn(const std::filesystem::path& file);
    [[nodiscard]] static Result<Settings> read(const std::filesystem::path& file);
    /// The commented file that init writes.
    [[nodiscard]] std::string text() const;
};

/// The keys that the server holds: the seal with its certificate, the ledger's key, the root certificate.
struct KeyRing {
    crypto::SigningKey seal;
    crypto::Ed25519Key ledger;
    crypto::Certificate root;
    ledger::VerifierKey ledgerPublic;
    std::vector<Bytes> crls;
};

struct SignInCaches;  ///< who is signed in; private to the use cases
class SealDesk;
class WorkDesk;    ///< scrubs, checks and backups in the background
class JobBoard;    ///< what the server's own passes did
class UploadDesk;  ///< uploads under way; private to the use cases

struct Context {
    Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context();

    DataDirectory directory{};
    Settings settings{};
    std::shared_ptr<const Clock> clock{};
    std::shared_ptr<const KeyRing> keys{};
    std::unique_ptr<storage::Database> database{};
    std::unique_ptr<archive::Store> archive{};
    std::unique_ptr<SignInCaches> signIns{};
    std::unique_ptr<UploadDesk> uploadDesk{};
    std::unique_ptr<JobBoard> jobs{};
    std::unique_ptr<SealDesk> sealDesk{};  ///< works with all of the above, so it ends first
    std::unique_ptr<WorkDesk> workDesk{};  ///< as well

    [[nodiscard]] Timestamp now() const { return clock->now(); }
    [[nodiscard]] Date today() const { return Date::of(clock->now()); }
};

enum class OpenMode { ReadOnly, ReadWrite };

/// Opens an initialised data directory. Errors: NotFound "data-directory" with the command that makes one,
/// Refused "database-newer", Conflict, Environment, Damaged.
[[nodiscard]] Result<std::unique_ptr<Context>> openContext(const std::filesystem::path& root, OpenMode mode,
                                                           std::shared_ptr<const Clock> clock);

/// The actor of commands that work on the data directory itself: whoever can write it is its administrator,
/// and content commands name the account they act for.
[[nodiscard]] Result<domain::Actor> actorForCommand(Context& context, const std::string& account);

}  // namespace tickmark::app
