#include "apps/witness/WitnessFolder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "tickmark/archive/Archive.h"
#include "tickmark/codec/Json.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::witness {
namespace {

namespace fs = std::filesystem;
using codec::Json;

constexpr unsigned secretMode = 0600;
constexpr std::uint64_t fileCap = 2 * 1024 * 1024;
constexpr const char* keyFile = "witness-key.pem";
constexpr const char* nameFile = "witness.json";
constexpr const char* lockFile = "lock";

Error folderTrouble(const std::string& what) {
    return environment("witness-folder", "The witness's folder cannot be used: " + what + ".",
                       "Check that the folder is yours, writable and on a disk with free space.");
}

Error damaged(const fs::path& file) {
    Error error{ErrorKind::Damaged, "witness-folder",
                "The witness's file " + file.filename().string() + " is not as it was written."};
    error.fix = "Restore the folder from its newest copy; do not start anew, or a rewritten log goes unseen.";
    return error;
}

Result<void> makeFolder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return {};
    return folderTrouble("it cannot be made");
}

/// The lock goes with the descriptor, also when the process dies.
Result<int> lockFolder(const fs::path& folder) {
    const int lock = ::open((folder / lockFile).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, secretMode);
    if (lock < 0) return folderTrouble("its lock file cannot be opened");
    if (::flock(lock, LOCK_EX | LOCK_NB) == 0) return lock;
    ::close(lock);
    return refused("witness-busy", "Another command works with this witness's folder.",
                   "Wait until it has ended, then try again.");
}

/// Origins may hold slashes and any script; their digest names the file.
fs::path logFile(const fs::path& folder, const std::string& origin) {
    return folder / "logs" / (crypto::Sha256::of(std::string_view(origin)).hex() + ".json");
}

std::string textOf(const SeenLog& log) {
    return codec::prettyJson(Json::object()
                                 .set("origin", log.key.name)
                                 .set("log_key", log.key.text())
                                 .set("checkpoint", log.checkpoint)
                                 .set("first_at", log.firstAt.iso())
                                 .set("at", log.at.iso()));
}

Result<SeenLog> readLog(const fs::path& file) {
    TM_TRY(const std::string text, archive::readSmallFile(file, fileCap));
    const auto json = codec::parseJson(text);
    if (!json) return damaged(file);
    const auto key = ledger::VerifierKey::parse(json->textAt("log_key"));
    const auto first = Timestamp::parse(json->textAt("first_at"));
    const auto at = Timestamp::parse(json->textAt("at"));
    if (!key || !first || !at) return damaged(file);
    SeenLog log{*key, std::string(json->textAt("checkpoint")), *first, *at};
    if (!ledger::openCheckpoint(log.checkpoint, log.key)) return damaged(file);
    return log;
}

}  // namespace

WitnessFolder::WitnessFolder(fs::path folder, int lock, std::string name, crypto::Ed25519Key key)
    : m_folder(std::move(folder)), m_lock(lock), m_name(std::move(name)), m_key(std::move(key)) {}

WitnessFolder::WitnessFolder(WitnessFolder&& other) noexcept
    : m_folder(std::move(other.m_folder)),
      m_lock(std::exchange(other.m_lock, -1)),
      m_name(std::move(other.m_name)),
      m_key(std::move(other.m_key)) {}

WitnessFolder::~WitnessFolder() {
    if (m_lock >= 0) ::close(m_lock);
}

Result<WitnessFolder> WitnessFolder::make(const fs::path& folder, const std::string& name) {
    if (!ledger::isKeyName(name)) {
        return invalid("witness-name", "--name", "\"" + name + "\" cannot name a witness.",
                       "Use at most 200 bytes without white space or a plus sign, such as "
                       "witness.example.org/audits.");
    }
    TM_CHECK(makeFolder(folder));
    TM_TRY(const int lock, lockFolder(folder));
    WitnessFolder made(folder, lock, name, crypto::Ed25519Key::generate());
    std::error_code failed;
    if (fs::exists(folder / keyFile, failed) || fs::exists(folder / nameFile, failed) || failed) {
        return refused("witness-exists", "There is a witness in this folder already.",
                       "Name another folder; a witness that forgets what it saw is worth nothing.");
    }
    TM_CHECK(makeFolder(folder / "logs"));
    TM_CHECK(makeFolder(folder / "refused"));
    TM_CHECK(archive::writeFileDurably(folder / keyFile, viewOf(made.m_key.toPem()), secretMode));
    const Json json = Json::object().set("name", name).set("key", made.verifierKey().text());
    TM_CHECK(archive::writeFileDurably(folder / nameFile, viewOf(codec::prettyJson(json)), secretMode));
    return made;
}

Result<WitnessFolder> WitnessFolder::open(const fs::path& folder) {
    std::error_code failed;
    if (!fs::exists(folder / nameFile, failed)) {
        Error error = notFound("witness in this folder");
        error.fix = "Make one with `tickmark-verify witness init --dir DIR --name NAME`.";
        return error;
    }
    TM_TRY(const int lock, lockFolder(folder));
    WitnessFolder opened(folder, lock, {}, crypto::Ed25519Key::generate());
    TM_TRY(const std::string text, archive::readSmallFile(folder / nameFile, fileCap));
    TM_TRY(const std::string pem, archive::readSmallFile(folder / keyFile, fileCap));
    const auto json = codec::parseJson(text);
    auto key = crypto::Ed25519Key::fromPem(pem);
    if (!json) return damaged(folder / nameFile);
    if (!key) return damaged(folder / keyFile);
    opened.m_name = std::string(json->textAt("name"));
    opened.m_key = *std::move(key);
    if (!ledger::isKeyName(opened.m_name) || opened.verifierKey().text() != json->textAt("key"))
        return damaged(folder / nameFile);
    return opened;
}

ledger::VerifierKey WitnessFolder::verifierKey() const {
    return ledger::VerifierKey::of(m_name, m_key.publicKey(), ledger::KeyUse::Cosignature);
}

Result<std::optional<SeenLog>> WitnessFolder::find(const std::string& origin) const {
    const fs::path file = logFile(m_folder, origin);
    std::error_code failed;
    if (!fs::exists(file, failed)) {
        if (failed) return folderTrouble("the file of this log cannot be looked at");
        return std::optional<SeenLog>();
    }
    TM_TRY(SeenLog log, readLog(file));
    if (log.key.name != origin) return damaged(file);
    return std::optional(std::move(log));
}

Result<void> WitnessFolder::keep(const SeenLog& log) const {
    return archive::writeFileDurably(logFile(m_folder, log.key.name), viewOf(textOf(log)), secretMode);
}

Result<std::vector<SeenLog>> WitnessFolder::list() const {
    std::vector<SeenLog> logs;
    std::error_code failed;
    for (fs::directory_iterator at(m_folder / "logs", failed), end; !failed && at != end;
         at.increment(failed)) {
        if (at->path().extension() != ".json") continue;
        TM_TRY(SeenLog log, readLog(at->path()));
        logs.push_back(std::move(log));
    }
    if (failed) return folderTrouble("its logs cannot be listed");
    std::sort(logs.begin(), logs.end(),
              [](const SeenLog& a, const SeenLog& b) { return a.key.name < b.key.name; });
    return logs;
}

Result<fs::path> WitnessFolder::keepRefused(const RefusedHead& refused) const {
    const std::string both = refused.reason + '\n' + refused.seen + '\n' + refused.brought;
    const std::string digest = crypto::Sha256::of(std::string_view(both)).hex();
    const fs::path file = m_folder / "refused" / (refused.reason + "-" + digest.substr(0, 16) + ".json");
    const Json json = Json::object()
                          .set("at", refused.at.iso())
                          .set("reason", refused.reason)
                          .set("message", refused.message)
                          .set("origin", refused.origin)
                          .set("seen", refused.seen)
                          .set("brought", refused.brought);
    TM_CHECK(archive::writeFileDurably(file, viewOf(codec::prettyJson(json)), secretMode));
    return file;
}

std::size_t WitnessFolder::refusedCount() const {
    std::size_t count = 0;
    std::error_code failed;
    for (fs::directory_iterator at(m_folder / "refused", failed), end; !failed && at != end;
         at.increment(failed))
        ++count;
    return count;
}

}  // namespace tickmark::witness
