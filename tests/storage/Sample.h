// A catalog in a folder of its own, with a key, people and an audit; what most tests of this module begin
// with.
#pragma once

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "tickmark/crypto/Ed25519.h"
#include "tickmark/ledger/Checkpoint.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Bundles.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/DataLock.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Maintenance.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/References.h"
#include "tickmark/storage/Requests.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::storage::sample {

/// A folder that goes with its owner.
class Folder {
  public:
    Folder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "tickmark-storage-XXXXXX").string();
        m_path = mkdtemp(pattern.data());
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path database() const { return m_path / "tickmark.db"; }

  private:
    std::filesystem::path m_path{};
};

/// The log's key; one for the whole program.
inline const crypto::Ed25519Key& key() {
    static const crypto::Ed25519Key made = crypto::Ed25519Key::generate();
    return made;
}
inline ledger::VerifierKey verifier() { return ledger::VerifierKey::of("tickmark.test", key().publicKey()); }

inline DatabaseOptions optionsFor(const std::filesystem::path& folder) {
    DatabaseOptions options;
    options.folder = folder;
    options.origin = "tickmark.test";
    options.create = true;
    options.signer = [](const ledger::Checkpoint& head) { return ledger::signCheckpoint(head, key()); };
    return options;
}

template <class T>
T need(Result<T> result) {
    if (!result) BOOST_FAIL(describe(result.error()));
    return std::move(result).value();
}
inline void need(const Result<void>& result) {
    if (!result) BOOST_FAIL(describe(result.error()));
}

inline std::unique_ptr<Database> openIn(const Folder& folder) {
    return need(Database::open(optionsFor(folder.path())));
}

inline ledger::Event event(const std::string& kind) {
    ledger::Event made;
    made.at = Timestamp{1'700'000'000'000'000};
    made.actor = "anna";
    made.role = "LA";
    made.via = "cli";
    made.kind = kind;
    return made;
}

inline domain::Party party(const std::string& account, domain::Role role) {
    domain::Party made;
    made.account = account;
    made.name = "Person " + account;
    made.role = role;
    made.createdAt = Timestamp{1'700'000'000'000'000};
    return made;
}

inline domain::Audit audit(const std::string& ref) {
    domain::Audit made;
    made.ref = domain::AuditRef(ref);
    made.title = "Internal audit " + ref;
    made.auditee = "Service desk";
    made.catalog = "iso20000-1";
    made.from = Date::of(2022, 11, 14);
    made.createdAt = Timestamp{1'700'000'000'000'000};
    return made;
}

inline domain::Finding finding(const std::string& ref, domain::AuditId in) {
    domain::Finding made;
    made.ref = domain::FindingRef(ref);
    made.audit = in;
    made.state = domain::FindingState::Issued;
    made.title = "Incidents without category " + ref;
    made.clauses = {"8.6.1"};
    made.requirement = "Incidents shall be recorded and classified.";
    made.objectiveEvidence = "12 of 40 sampled tickets lack a category.";
    made.nature = "Classification is not enforced by the tool.";
    made.createdAt = Timestamp{1'700'000'000'000'000};
    made.changedAt = made.createdAt;
    return made;
}

inline domain::Action action(const std::string& ref, domain::FindingId answers) {
    domain::Action made;
    made.ref = domain::ActionRef(ref);
    made.finding = answers;
    made.title = "Make the category mandatory";
    made.createdAt = Timestamp{1'700'000'000'000'000};
    return made;
}

/// Saves through one write of its own.
template <class Entity>
LedgerPosition store(Database& database, Entity& entity, const std::string& kind = "test.save") {
    return need(database.write([&](WriteSession& session) { return save(session, entity, event(kind)); }));
}

/// An open catalog with a lead auditor, a process owner and an audit led by the auditor.
struct Catalogued {
    Folder folder{};
    std::unique_ptr<Database> database = openIn(folder);
    domain::Party lead = party("anna", domain::Role::LeadAuditor);
    domain::Party owner = party("paul", domain::Role::ProcessOwner);
    domain::Audit main = audit("IA-2022-03");

    Catalogued() {
        store(*database, lead);
        store(*database, owner);
        main.team.push_back({.party = lead.id, .lead = true, .impartiality = "none"});
        store(*database, main);
    }
    domain::Finding add(const std::string& ref) {
        domain::Finding made = finding(ref, main.id);
        store(*database, made);
        return made;
    }
    template <class Fn>
    auto read(Fn&& fn) {
        return need(database->read(fn));
    }
    CatalogCheck check() { return need(checkCatalog(*database, verifier())); }
};

inline Scope everyone() { return everything(); }

}  // namespace tickmark::storage::sample
