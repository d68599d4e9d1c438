// Seals the files of a folder as one bundle, with everything a bundle has and nothing of the catalog around
// it.
//   seal_bench prepare FILES STORE   puts the files into an archive, each as an object
//   seal_bench seal STORE TARGET     seals every object of that archive; writes TARGET.pem, the anchor
#include <unistd.h>
#include <iostream>
#include <map>

#include "tickmark/archive/Archive.h"
#include "tickmark/bundle/Writer.h"
#include "tickmark/codec/Json.h"
#include "tickmark/crypto/Ed25519.h"
#include "tickmark/ledger/Checkpoint.h"

using namespace tickmark;

namespace {

template <class T>
T expected(Result<T> result) {
    if (result) return *std::move(result);
    std::cerr << describe(result.error()) << "\n";
    std::exit(1);
}

void prepare(const std::filesystem::path& files, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    const auto store = expected(archive::FolderStore::openAt(folder));
    for (const auto& file : std::filesystem::recursive_directory_iterator(files)) {
        if (!file.is_regular_file()) continue;
        const auto source = expected(archive::openFile(file.path()));
        static_cast<void>(expected(store->put(*source, {})));
    }
}

/// One audit with one finding that names every object.
bundle::Content contentOf(const archive::Store& store, Timestamp now) {
    bundle::Content content;
    content.organisation = "Bench";
    content.product = "Tickmark bench";
    content.snapshotAt = now;
    content.bundle.ref = domain::BundleRef("B-0001");
    content.bundle.title = "Bench";
    content.audit.id = {1};
    content.audit.ref = domain::AuditRef("IA-1");
    content.audit.title = "Bench";
    content.audit.createdAt = now;
    content.parties.push_back({{1}, "lead", "Lead auditor", domain::Role::LeadAuditor, {}, false, now, 1});
    domain::Finding finding;
    finding.id = {1};
    finding.ref = domain::FindingRef("F-0001");
    finding.audit = {1};
    finding.title = "Bench";
    finding.createdBy = {1};
    finding.createdAt = finding.changedAt = now;
    domain::Evidence evidence;
    evidence.id = {1};
    evidence.ref = domain::EvidenceRef("E-0001");
    evidence.audit = {1};
    evidence.title = "Bench";
    content.evidence.push_back(evidence);
    const auto each = [&](const archive::ListedObject& object) {
        domain::EvidenceVersion version;
        const auto number = static_cast<std::int64_t>(content.versions.size()) + 1;
        version.id = {number};
        version.evidence = {1};
        version.ref = evidence.ref;
        version.number = number;
        version.audit = {1};
        version.digest = object.digest;
        version.size = object.size;
        version.mediaType = "application/octet-stream";
        version.originalName = "file.bin";
        version.receivedBy = {1};
        version.receivedAt = now;
        version.ledgerPosition = 0;
        finding.evidence.push_back(version.id);
        content.versions.push_back(std::move(version));
    };
    const auto listed = store.list(each, [](const std::string&) {});
    if (!listed) std::exit(1);
    content.findings.push_back(std::move(finding));
    return content;
}

/// A log that holds nothing but the seal.
Result<bundle::LedgerAnswer> enter(const Digest& manifest, Timestamp now) {
    const auto key = crypto::Ed25519Key::generate();
    auto leaf = codec::Json::object();
    leaf.set("actor", "lead")
        .set("at", now.iso())
        .set("kind", "bundle.seal")
        .set("ref", "B-0001")
        .set("v", 1);
    leaf.set("facts", codec::Json::object().set("manifest_sha256", manifest.hex()));
    ledger::Frontier frontier;
    bundle::LedgerAnswer answer;
    answer.seal.leaf = codec::canonicalJson(leaf);
    static_cast<void>(frontier.append(ledger::leafHash(answer.seal.leaf)));
    const std::string origin = "bench.example/log";
    answer.checkpoint = ledger::signCheckpoint({origin, frontier.size(), frontier.root()}, key);
    answer.verifierKey = ledger::VerifierKey::of(origin, key.publicKey()).text();
    return answer;
}

void seal(const std::filesystem::path& folder, const std::filesystem::path& target) {
    const auto store = expected(archive::FolderStore::openAt(folder));
    const Timestamp now = Timestamp::fromSeconds(1'700'000'000);
    const auto root = expected(crypto::LocalAuthority::create("Bench", now.plusSeconds(-60)));
    const auto key =
        expected(root.issue(crypto::CertificatePurpose::Seal, "Seal", now.plusSeconds(-60), 365));
    bundle::WriteOptions options;
    options.target = target;
    options.sealTime = now;
    options.crls = {expected(root.makeCrl({}, now, 30, 1))};
    const auto written = expected(bundle::writeBundle(
        contentOf(*store, now), *store, key, [&](const Digest& digest) { return enter(digest, now); },
        options));
    const std::string pem = root.certificate().pem();
    auto kept = archive::writeFileDurably(target.string() + ".pem", viewOf(pem), 0644);
    if (!kept) std::exit(1);
    std::cout << written.size << " bytes, " << written.files << " files" << (written.large ? ", large" : "")
              << "\n";
}

}  // namespace

int main(int argc, char** argv) {
    const std::string job = argc == 4 ? argv[1] : "";
    if (job == "prepare") {
        prepare(argv[2], argv[3]);
    } else if (job == "seal") {
        seal(argv[2], argv[3]);
    } else {
        std::cerr << "usage: seal_bench prepare FILES STORE | seal STORE TARGET\n";
        return 2;
    }
    return 0;
}
