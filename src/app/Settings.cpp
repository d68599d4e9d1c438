#include <Poco/AutoPtr.h>
#include <Poco/Exception.h>
#include <Poco/Util/PropertyFileConfiguration.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <sstream>

#include "tickmark/app/Context.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/outbound/ClamdClient.h"
#include "tickmark/outbound/MailClient.h"

namespace tickmark::app {
namespace {

using Setter = std::function<Result<void>(Settings&, const std::string&)>;

Error badSetting(const std::string& key, std::string message, std::string fix) {
    Error error = invalid("setting", key, std::move(message), std::move(fix));
    error.rule = "tickmark.conf holds one `key = value` a line.";
    return error;
}

template <class Number>
Setter number(Number Settings::*member, const char* key, Number minimum, Number maximum) {
    return [=](Settings& settings, const std::string& text) -> Result<void> {
        Number value{};
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
        if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || value < minimum ||
            value > maximum) {
            return badSetting(
                key, "\"" + text + "\" is not a whole number that fits.",
                "Write a number from " + std::to_string(minimum) + " to " + std::to_string(maximum) + ".");
        }
        settings.*member = value;
        return {};
    };
}

Setter text(std::string Settings::*member, const char* key, std::size_t minimum, std::size_t maximum) {
    return [=](Settings& settings, const std::string& value) -> Result<void> {
        TM_TRY(settings.*member, cleanText(key, value, {minimum, maximum, false}));
        return {};
    };
}

Setter onOrOff(bool Settings::*member, const char* key) {
    return [=](Settings& settings, const std::string& value) -> Result<void> {
        if (value != "on" && value != "off") {
            return badSetting(key, "\"" + value + "\" is neither on nor off.", "Write on or off.");
        }
        settings.*member = value == "on";
        return {};
    };
}

Result<void> logName(Settings& settings, const std::string& value) {
    if (value.size() > 200 || !ledger::isKeyName(value)) {
        return badSetting("log_origin", "\"" + value + "\" cannot name a ledger.",
                          "Restore the name that init wrote: no white space, no plus sign.");
    }
    settings.logOrigin = value;
    return {};
}

Result<void> secondFactor(Settings& settings, const std::string& value) {
    if (value != "optional" && value != "required-for-leads" && value != "required") {
        return badSetting("second_factor", "\"" + value + "\" does not say who needs a second factor.",
                          "Write optional, required-for-leads or required.");
    }
    settings.secondFactor = value;
    return {};
}

Result<void> mailServer(Settings& settings, const std::string& value) {
    if (!value.empty()) {
        if (auto right = outbound::checkMailUrl(value); !right) return std::move(right).error();
    }
    settings.smtpUrl = value;
    return {};
}

Result<void> sendersAddress(Settings& settings, const std::string& value) {
    if (!value.empty() && !outbound::isMailAddress(value)) {
        return badSetting("digest_from", "\"" + value + "\" is not a mail address.",
                          "Write it like tickmark@example.org.");
    }
    settings.digestFrom = value;
    return {};
}

/// Stands in front of paths, so it ends without a slash.
Result<void> publicAddress(Settings& settings, const std::string& value) {
    const bool http = value.starts_with("https://") || value.starts_with("http://");
    const bool plain = std::all_of(value.begin(), value.end(), [](char c) {
        return c > ' ' && c < '\x7f' && c != '"' && c != '<' && c != '>' && c != '?' && c != '#';
    });
    if (!value.empty() && (!http || !plain || value.size() > 500)) {
        return badSetting("public_url", "\"" + value + "\" is not the address of a server.",
                          "Write it like https://tickmark.example.org.");
    }
    settings.publicUrl = value;
    while (settings.publicUrl.ends_with('/')) settings.publicUrl.pop_back();
    return {};
}

Result<void> folderForBackups(Settings& settings, const std::string& value) {
    if (!value.empty() && (value.front() != '/' || value.size() > 4096)) {
        return badSetting("backup_folder", "\"" + value + "\" is not the whole path of a folder.",
                          "Write it from the root, like /var/backups/tickmark.");
    }
    settings.backupFolder = value;
    return {};
}

Result<void> scanner(Settings& settings, const std::string& value) {
    if (!value.empty()) TM_CHECK(outbound::checkClamdAddress(value));
    settings.clamd = value;
    return {};
}

/// A value as the file holds it: the reader takes a backslash as the beginning of an escape.
std::string escaped(const std::string& value) {
    std::string out;
    for (const char c : value) {
        if (c == '\\') out += '\\';
        out += c;
    }
    return out;
}

/// What keeps the house: scanner, backups, proofs.
void writeUpkeep(std::ostream& out, const Settings& settings) {
    out << "\n\n# A malware scanner (ClamAV's clamd) on this machine: unix:/run/clamav/clamd.ctl or "
           "127.0.0.1:3310; empty:\n# evidence is not scanned. Files over clamd_limit bytes are not sent; "
           "keep it within StreamMaxLength\n# and MaxFileSize of clamd.conf.\nclamd = "
        << escaped(settings.clamd) << "\nclamd_limit = " << settings.clamdLimit
        << "\n\n# Folder for the backups that an administrator takes from the pages; not on the same disk, "
           "if possible.\nbackup_folder = "
        << escaped(settings.backupFolder)
        << "\n\n# Every so many hours the server adds a moment to the series in that folder, restores it "
           "beside it "
           "and\n# checks it; so many moments stay. 0 hours: only when asked for; 0 moments: all "
           "stay.\nbackup_every_hours = "
        << settings.backupEveryHours << "\nbackup_keep = " << settings.backupKeep
        << "\n\n# Every so many days the server reads every file of the archive and compares it with its "
           "digest; "
           "0: only when asked for.\nscrub_every_days = "
        << settings.scrubEveryDays << "\n";
}

const std::map<std::string, Setter>& setters() {
    constexpr std::uint64_t exabyte = 1ULL << 60U;
    constexpr std::int64_t year = 366LL * 24 * 60;
    static const std::map<std::string, Setter> all{
        {"organisation", text(&Settings::organisation, "organisation", 1, 200)},
        {"log_origin", logName},
        {"listen", text(&Settings::listen, "listen", 1, 200)},
        {"tls_certificate", text(&Settings::tlsCertificate, "tls_certificate", 0, 4096)},
        {"tls_key", text(&Settings::tlsKey, "tls_key", 0, 4096)},
        {"upload_cap", number<std::uint64_t>(&Settings::uploadCap, "upload_cap", 1, exabyte)},
        {"disk_reserve", number<std::uint64_t>(&Settings::diskReserve, "disk_reserve", 0, exabyte)},
        {"upload_keep_hours",
         number<std::int64_t>(&Settings::uploadKeepHours, "upload_keep_hours", 1, year / 60)},
        {"uploads_per_person",
         number<std::int64_t>(&Settings::uploadsPerPerson, "uploads_per_person", 1, 100'000)},
        {"upload_bytes_per_person",
         number<std::uint64_t>(&Settings::uploadBytesPerPerson, "upload_bytes_per_person", 1, exabyte)},
        {"session_idle_minutes",
         number<std::int64_t>(&Settings::sessionIdleMinutes, "session_idle_minutes", 1, year)},
        {"session_hours", number<std::int64_t>(&Settings::sessionHours, "session_hours", 1, year / 60)},
        {"second_factor", secondFactor},
        {"witness_max_age_days",
         number<std::int64_t>(&Settings::witnessMaxAgeDays, "witness_max_age_days", 0, 3660)},
        {"timestamp_url", text(&Settings::timestampUrl, "timestamp_url", 0, 2000)},
        {"timestamp_anchor", text(&Settings::timestampAnchor, "timestamp_anchor", 0, 4096)},
        {"timestamp_crl", text(&Settings::timestampCrl, "timestamp_crl", 0, 2000)},
        {"signatory_anchor", text(&Settings::signatoryAnchor, "signatory_anchor", 0, 4096)},
        {"smtp_url", mailServer},
        {"smtp_user", text(&Settings::smtpUser, "smtp_user", 0, 320)},
        {"smtp_password_file", text(&Settings::smtpPasswordFile, "smtp_password_file", 0, 4096)},
        {"smtp_ca", text(&Settings::smtpCa, "smtp_ca", 0, 4096)},
        {"digest_from", sendersAddress},
        {"digest_hour", number<std::int64_t>(&Settings::digestHour, "digest_hour", 0, 23)},
        {"public_url", publicAddress},
        {"report_templates", text(&Settings::reportTemplates, "report_templates", 0, 4096)},
        {"clamd", scanner},
        {"clamd_limit", number<std::uint64_t>(&Settings::clamdLimit, "clamd_limit", 1, exabyte)},
        {"backup_folder", folderForBackups},
        {"backup_every_hours",
         number<std::int64_t>(&Settings::backupEveryHours, "backup_every_hours", 0, 8784)},
        {"backup_keep", number<std::int64_t>(&Settings::backupKeep, "backup_keep", 0, 100'000)},
        {"scrub_every_days", number<std::int64_t>(&Settings::scrubEveryDays, "scrub_every_days", 0, 3660)},
        {"group_commit", onOrOff(&Settings::groupCommit, "group_commit")},
    };
    return all;
}

std::string knownKeys() {
    std::string names;
    for (const auto& [key, setter] : setters()) names += (names.empty() ? "" : ", ") + key;
    return names;
}

Result<Settings> parseSettings(const std::string& content) {
    Settings settings;
    std::istringstream stream(content);
    const Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> file(
        new Poco::Util::PropertyFileConfiguration(stream));
    Poco::Util::AbstractConfiguration::Keys keys;
    file->keys(keys);
    std::vector<Error> problems;
    for (const std::string& key : keys) {
        const auto setter = setters().find(key);
        if (setter == setters().end()) {
            problems.push_back(
                badSetting(key, "There is no such setting.", "Known are " + knownKeys() + "."));
            continue;
        }
        if (auto set = setter->second(settings, file->getRawString(key)); !set)
            problems.push_back(set.error());
    }
    if (settings.organisation.empty()) {
        problems.push_back(badSetting("organisation", "It is missing.", "Add `organisation = NAME`."));
    }
    if (settings.logOrigin.empty()) {
        problems.push_back(badSetting("log_origin", "It is missing.", "Add `log_origin = NAME`."));
    }
    if (problems.empty()) return settings;
    Error error = invalid("settings", "tickmark.conf", "The settings cannot be used.");
    error.parts = std::move(problems);
    return error;
}

}  // namespace

Result<Settings> Settings::read(const std::filesystem::path& file) {
    TM_TRY(const std::string content, archive::readSmallFile(file, 1024 * 1024));
    try {
        return parseSettings(content);
    } catch (const Poco::Exception&) {
        return badSetting("tickmark.conf", "The file cannot be read as settings.",
                          "Compare it with the one that `tickmark init` writes.");
    }
}

std::map<std::string, std::string> Settings::values() const {
    std::map<std::string, std::string> all;
    std::istringstream lines(text());
    for (std::string line; std::getline(lines, line);) {
        const std::size_t at = line.find(" = ");
        if (line.starts_with("#") || at == std::string::npos) continue;
        std::string value;
        for (std::size_t i = at + 3; i < line.size(); ++i) {
            if (line[i] == '\\' && i + 1 < line.size()) ++i;
            value += line[i];
        }
        all.insert_or_assign(line.substr(0, at), value);
    }
    all.insert_or_assign("group_commit", groupCommit ? "on" : "off");
    return all;
}

Result<std::set<std::string>> Settings::keysIn(const std::filesystem::path& file) {
    TM_TRY(const std::string content, archive::readSmallFile(file, 1024 * 1024));
    try {
        std::istringstream stream(content);
        const Poco::AutoPtr<Poco::Util::PropertyFileConfiguration> read(
            new Poco::Util::PropertyFileConfiguration(stream));
        Poco::Util::AbstractConfiguration::Keys keys;
        read->keys(keys);
        return std::set<std::string>(keys.begin(), keys.end());
    } catch (const Poco::Exception&) {
        return badSetting("tickmark.conf", "The file cannot be read as settings.",
                          "Compare it with the one that `tickmark init` writes.");
    }
}

std::string Settings::text() const {
    std::ostringstream out;
    out << "# Tickmark: settings of this data directory. One `key = value` a line; restart the server after "
           "a change.\n"
        << "\n# Who keeps this catalog; stands on every page and in every bundle.\norganisation = "
        << escaped(organisation)
        << "\n\n# The name of the ledger. Never change it: earlier checkpoints carry it.\nlog_origin = "
        << logOrigin
        << "\n\n# Where `tickmark serve` listens. Anything but a loopback address needs the two TLS files "
           "(PEM).\nlisten = "
        << listen << "\ntls_certificate = " << escaped(tlsCertificate) << "\ntls_key = " << escaped(tlsKey)
        << "\n\n# The largest evidence file in bytes, and what must stay free on the disk before a write "
           "begins.\nupload_cap = "
        << uploadCap << "\ndisk_reserve = " << diskReserve
        << "\n\n# Files may arrive in pieces. An unfinished one ends when nothing came for so many hours; "
           "one "
           "person may\n# have so many of them, and so many bytes in all.\nupload_keep_hours = "
        << uploadKeepHours << "\nuploads_per_person = " << uploadsPerPerson
        << "\nupload_bytes_per_person = " << uploadBytesPerPerson
        << "\n\n# A session ends after so many idle minutes, and in any case after so many "
           "hours.\nsession_idle_minutes = "
        << sessionIdleMinutes << "\nsession_hours = " << sessionHours
        << "\n\n# Who signs in with a code of an authenticator app beside the password: optional (who "
           "turns it on),\n# required-for-leads (lead auditors and administrators) or "
           "required.\nsecond_factor = "
        << secondFactor
        << "\n\n# Bundles are sealed only while a witness has cosigned a head of the ledger within so many "
           "days; 0 asks for no witness.\nwitness_max_age_days = "
        << witnessMaxAgeDays
        << "\n\n# A time-stamp authority (RFC 3161), the PEM file of its root, and the address of its "
           "revocation list.\n# Without one, bundles are level B: the signing times are this server's own "
           "word.\ntimestamp_url = "
        << escaped(timestampUrl) << "\ntimestamp_anchor = " << escaped(timestampAnchor)
        << "\ntimestamp_crl = " << escaped(timestampCrl)
        << "\n\n# PEM file with roots of certification bodies, whose auditors accept bundles with keys of "
           "their own.\nsignatory_anchor = "
        << escaped(signatoryAnchor)
        << "\n\n# A mail server for the daily digest of what is due: smtps://host, or smtp://host:587 with "
           "STARTTLS.\n# The password stands in the first line of a file of its own. digest_hour is UTC.\n"
           "smtp_url = "
        << escaped(smtpUrl) << "\nsmtp_user = " << escaped(smtpUser)
        << "\nsmtp_password_file = " << escaped(smtpPasswordFile) << "\nsmtp_ca = " << escaped(smtpCa)
        << "\ndigest_from = " << escaped(digestFrom) << "\ndigest_hour = " << digestHour
        << "\n\n# Where people reach the pages, for links in mails and calendars.\npublic_url = "
        << escaped(publicUrl)
        << "\n\n# Folder with the audit report's templates; empty: report-templates in this directory, or "
           "the "
           "program's own.\nreport_templates = "
        << escaped(reportTemplates);
    writeUpkeep(out, *this);
    return out.str();
}

}  // namespace tickmark::app
