#include "bundle/SealingHouse.h"

#include <unistd.h>
#include <zlib.h>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "bundle/BagInfo.h"
#include "bundle/EntryNames.h"
#include "bundle/ZipLayout.h"
#include "bundle/ZipRecords.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::bundle::test {

Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tickmark-bundle-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    m_path = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::size_t Folder::entries() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(m_path), std::filesystem::directory_iterator()));
}

std::string readFile(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

void writeFile(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

MemoryLog::MemoryLog(std::string origin)
    : m_origin(std::move(origin)), m_key(crypto::Ed25519Key::generate()) {}

std::uint64_t MemoryLog::append(const std::string& leaf) {
    for (const auto& node : m_frontier.append(ledger::leafHash(leaf))) m_nodes[node.id] = node.hash;
    m_leaves.push_back(leaf);
    return m_frontier.size() - 1;
}

std::string MemoryLog::checkpoint() const {
    return ledger::signCheckpoint({m_origin, m_frontier.size(), m_frontier.root()}, m_key);
}

std::vector<Digest> MemoryLog::proof(std::uint64_t position) const {
    return expected(
        ledger::inclusionProof(position, m_frontier.size(), [this](ledger::NodeId id) -> Result<Digest> {
            const auto found = m_nodes.find(id);
            if (found == m_nodes.end()) return notFound("node");
            return found->second;
        }));
}

std::vector<Digest> MemoryLog::proofSince(std::uint64_t size) const {
    return expected(
        ledger::consistencyProof(size, m_frontier.size(), [this](ledger::NodeId id) -> Result<Digest> {
            const auto found = m_nodes.find(id);
            if (found == m_nodes.end()) return notFound("node");
            return found->second;
        }));
}

std::string MemoryLog::sign(const ledger::Checkpoint& head) const {
    return ledger::signCheckpoint(head, m_key);
}

ledger::VerifierKey MemoryLog::key() const { return ledger::VerifierKey::of(m_origin, m_key.publicKey()); }

std::string& Parts::at(std::string_view name) {
    for (File& file : files) {
        if (file.name == name) return file.content;
    }
    throw std::runtime_error("no such file: " + std::string(name));
}

void Parts::remove(std::string_view name) {
    std::erase_if(files, [&](const File& file) { return file.name == name; });
}

void Parts::add(std::string name, std::string content) {
    const auto place = std::find_if(files.begin(), files.end(),
                                    [&](const File& file) { return entry::comesBefore(name, file.name); });
    files.insert(place, {std::move(name), std::move(content)});
}

void Parts::regenerate() {
    std::uint64_t bytes = 0;
    DigestList payload;
    for (const File& file : files) {
        if (!entry::isPayload(file.name)) continue;
        bytes += file.content.size();
        payload[file.name] = crypto::Sha256::of(file.content);
    }
    // A file that a mutant broke stays as it is.
    if (auto info = BagInfo::parse(at(entry::bagInfo))) {
        info->payloadBytes = bytes;
        info->payloadFiles = payload.size();
        at(entry::bagInfo) = info->text();
    }
    at(entry::payloadManifest) = bagManifest(payload);
    DigestList tags;
    for (const File& file : files) {
        if (entry::isTag(file.name) && file.name != entry::tagManifest) {
            tags[file.name] = crypto::Sha256::of(file.content);
        }
    }
    at(entry::tagManifest) = bagManifest(tags);
    DigestList all = covered();
    std::erase_if(all, [](const auto& file) { return entry::isMeta(file.first); });
    at(entry::asicManifest) = asicManifest(all);
}

bool Parts::has(std::string_view name) const {
    return std::any_of(files.begin(), files.end(), [&](const File& file) { return file.name == name; });
}

DigestList Parts::covered() const {
    DigestList all;
    for (const File& file : files) {
        if (file.name != entry::mimetype) all[file.name] = crypto::Sha256::of(file.content);
    }
    return all;
}

std::string Parts::zip() const {
    std::string bytes;
    std::string directory;
    for (const File& file : files) {
        ZipEntry made;
        made.name = file.name;
        made.offset = bytes.size();
        made.size = made.packed = file.content.size();
        made.crc = static_cast<std::uint32_t>(crc32_z(0, viewOf(file.content).data(), file.content.size()));
        bytes += zip::localHeader(made) + file.content;
        directory += zip::centralRecord(made);
    }
    return bytes + directory + zip::endRecord({files.size(), directory.size(), bytes.size()});
}

Parts takeApart(const std::filesystem::path& bundle) {
    const FileBytes file = expected(FileBytes::open(bundle));
    Parts parts;
    for (const ZipEntry& found : expected(readZipLayout(file)).entries) {
        std::string content;
        const auto read = readZipEntry(file, found, [&](ByteView piece) -> Result<void> {
            content.append(textOf(piece));
            return {};
        });
        if (!read) throw std::runtime_error(describe(read.error()));
        parts.files.push_back({found.name, std::move(content)});
    }
    return parts;
}

namespace {

std::string randomBytes(std::size_t count) {
    std::mt19937 generator(7);  // NOLINT(cert-msc51-cpp): the same bytes in each run
    std::string bytes(count, '\0');
    for (char& byte : bytes) byte = static_cast<char>(generator() & 0xFFU);
    return bytes;
}

std::string leafOf(const std::string& kind, const std::string& ref) {
    auto leaf = codec::Json::object();
    leaf.set("actor", "lead").set("at", founded.iso()).set("kind", kind).set("ref", ref).set("v", 1);
    return codec::canonicalJson(leaf);
}

}  // namespace

SealingHouse::SealingHouse(bool withLargeFile)
    : root(expected(crypto::LocalAuthority::create("Example Service Desk", founded))),
      sealKey(expected(root.issue(crypto::CertificatePurpose::Seal, "Evidence seal", founded, 3600))),
      crl(expected(root.makeCrl({}, founded.plusSeconds(60), 400, 1))) {
    std::filesystem::create_directory(folder / "archive");
    store = expected(archive::FolderStore::openAt(folder / "archive"));
    for (int i = 0; i < 5; ++i) log.append(leafOf("party.sign-in", "P-" + std::to_string(i)));
    fill(withLargeFile);
}

domain::EvidenceVersionId SealingHouse::addEvidence(const std::string& name, const std::string& bytes) {
    MemorySource source(viewOf(bytes));
    const auto stored = expected(store->put(source, {}));
    const auto number = static_cast<std::int64_t>(content.evidence.size()) + 1;
    domain::Evidence evidence;
    evidence.id = {number};
    evidence.ref = domain::EvidenceRef("E-000" + std::to_string(number));
    evidence.audit = {1};
    evidence.title = "Evidence " + std::to_string(number);
    content.evidence.push_back(evidence);
    domain::EvidenceVersion version;
    version.id = {100 + number};
    version.evidence = evidence.id;
    version.ref = evidence.ref;
    version.audit = {1};
    version.digest = stored.digest;
    version.size = stored.size;
    version.mediaType = "application/octet-stream";
    version.originalName = name;
    version.receivedBy = {2};
    version.receivedAt = founded;
    version.ledgerPosition =
        static_cast<std::int64_t>(log.append(leafOf("evidence.receive", evidence.ref.text())));
    version.rev = 1;
    content.versions.push_back(version);
    return version.id;
}

void SealingHouse::fill(bool withLargeFile) {
    content.organisation = "Example Service Desk";
    content.product = "Tickmark test";
    content.snapshotAt = sealTime;
    content.bundle.ref = domain::BundleRef("B-0001");
    content.bundle.title = "Internal audit of the service desk";
    content.audit.id = {1};
    content.audit.ref = domain::AuditRef("IA-2023-01");
    content.audit.title = "Service desk <internal> & \"others\"";
    content.audit.state = domain::AuditState::FollowUp;
    content.audit.createdAt = founded;
    content.audit.rev = 3;
    content.audit.team.push_back({{1}, true, "No ties to the service desk."});
    content.clauses.push_back({"8.6.1", "8.6", "Incident management"});
    content.parties.push_back(
        {{1}, "lead", "Lead auditor", domain::Role::LeadAuditor, {}, {}, false, founded, 1});
    content.parties.push_back(
        {{2}, "desk", "Process owner", domain::Role::ProcessOwner, {}, {}, false, founded, 1});

    const auto empty = addEvidence("empty.txt", "");
    std::string lines;
    for (int i = 0; i < 80; ++i) lines += "INC-" + std::to_string(1000 + i * 7) + ",resolved,late\n";
    const auto text = addEvidence("incident log.csv", lines);
    const auto random = addEvidence("screen shot (1).png", randomBytes(withLargeFile ? 3'000'000 : 700));
    const auto odd = addEvidence("naïve \xE2\x80\x94 r\xC3\xA9sum\xC3\xA9 #5%;&.txt", "odd name\n");
    const auto withheld = addEvidence("salaries.xlsx", "not for everybody");
    const auto shared = addEvidence("sla.pdf", "shared by two findings");

    domain::Finding first;
    first.id = {11};
    first.ref = domain::FindingRef("F-0001");
    first.audit = {1};
    first.state = domain::FindingState::PlanAccepted;
    first.title = "Priority is not confirmed </script><b>";
    first.clauses = {"8.6.1"};
    first.requirement = "Incidents shall be classified.";
    first.objectiveEvidence = "196 of 890 incidents have a confirmed priority.\nSeen on site.";
    first.nature = "Classification is left out under load.";
    first.owner = {2};
    first.evidence = {text, shared, withheld};
    first.responses.push_back(
        {1,
         "Reclassified.",
         "All queues.",
         "five whys",
         {"no rule"},
         {{"process", "no rule"}},
         {{"RC-1", "No rule for load."}},
         {2},
         founded,
         {{domain::ExtentKind::Service, "Mail", "Its incidents", 20, 61, 1, "E-0002/v1", "AC-0001"}}});
    first.createdBy = {1};
    first.createdAt = founded;
    first.changedAt = founded;
    first.rev = 4;
    domain::Finding second = first;
    second.id = {12};
    second.ref = domain::FindingRef("F-0002");
    second.title = "Incidents end late";
    second.evidence = {shared, random};
    second.responses.clear();
    content.findings = {second, first};

    domain::Action action;
    action.id = {21};
    action.ref = domain::ActionRef("AC-0001");
    action.finding = {11};
    action.title = "Write the rule";
    action.rootCause = "RC-1";
    action.owner = {2};
    action.due = Date::of(2024, 2, 1);
    action.evidence = {odd};
    action.createdAt = founded;
    action.rev = 1;
    content.actions = {action};
    domain::EvidenceRequest request;
    request.id = {31};
    request.ref = domain::RequestRef("ER-0001");
    request.audit = {1};
    request.text = "The empty log.";
    request.evidence = {empty};
    request.createdAt = founded;
    request.rev = 1;
    content.requests = {request};
    content.bundle.withheld.push_back({withheld, "Personal data."});
    improve(text, shared);
    for (std::uint64_t position = 5; position < log.size(); ++position) {
        content.trail.push_back({position, log.leaf(position)});
    }
}

void SealingHouse::improve(domain::EvidenceVersionId measured, domain::EvidenceVersionId written) {
    const auto digestOf = [this](domain::EvidenceVersionId id) {
        return std::find_if(content.versions.begin(), content.versions.end(),
                            [&](const auto& version) { return version.id == id; })
            ->digest;
    };
    domain::ImprovementItem item;
    item.id = {41};
    item.ref = domain::ImprovementRef("II-0001");
    item.source = domain::ImprovementSource::Audit;
    item.sourceRef = "F-0001";
    item.finding = {11};
    item.state = domain::ImprovementState::Closed;
    item.title = "Confirm priorities <at once>";
    item.owner = {2};
    item.value = 4;
    item.effort = 2;
    item.kpi = "K-0001";
    item.unit = "%";
    item.baseline = "22";
    item.target = "90";
    item.result = "93.5";
    item.approval = domain::PlanApproval{{1}, founded};
    item.lesson = domain::ImprovementLesson{
        domain::ImprovementLessonKind::Success, "A busy desk", "A rule beats a reminder.", {"incident"}};
    item.evidence = {written};
    item.createdBy = {1};
    item.createdAt = item.changedAt = founded;
    item.rev = 9;
    content.improvements = {item};

    domain::Kpi kpi;
    kpi.id = {51};
    kpi.ref = domain::KpiRef("K-0001");
    kpi.name = "Priority confirmed";
    kpi.unit = "%";
    kpi.direction = domain::KpiDirection::HigherIsBetter;
    kpi.baseline = 22;
    kpi.target = 90;
    kpi.owner = {2};
    kpi.createdAt = founded;
    kpi.rev = 1;
    content.kpis = {kpi};

    domain::KpiSeries series;
    series.id = {61};
    series.ref = domain::SeriesRef("KS-0001");
    series.kpi = kpi.id;
    series.evidence = measured;
    series.digest = digestOf(measured);
    domain::MeasurementRule rule;
    rule.aggregation = domain::Aggregation::Share;
    rule.where = {{"state", domain::FilterOperator::Equal, "resolved"}};
    rule.hits = {{"in time", domain::FilterOperator::Equal, "yes"}};
    series.rule = rule;
    series.points = {{"Group 1 of 2", founded, founded.plusSeconds(60), 22.25, 400, 89},
                     {"Group 2 of 2", founded.plusSeconds(61), founded.plusSeconds(90), 93.5, 400, 374}};
    series.rowsRead = 800;
    series.by = {2};
    series.createdAt = founded;
    series.rev = 1;
    domain::KpiSeries byHand = series;
    byHand.id = {62};
    byHand.ref = domain::SeriesRef("KS-0002");
    byHand.rule.reset();
    byHand.rowsRead = 0;
    byHand.points = {{"2023-10", {}, {}, 24, 0, {}}};
    byHand.evidence = written;
    byHand.digest = digestOf(written);
    byHand.withdrawn = "Counted twice.";
    content.series = {byHand, series};
}

LedgerAnswer SealingHouse::enter(const Digest& payloadManifest) {
    ++entered;
    auto leaf = codec::Json::object();
    leaf.set("actor", "lead").set("at", sealTime.iso()).set("kind", "bundle.seal").set("v", 1);
    leaf.set("ref", content.bundle.ref.text()).set("subject", "bundle");
    leaf.set("facts", codec::Json::object().set("manifest_sha256", payloadManifest.hex()));
    LedgerAnswer answer;
    answer.seal.leaf = codec::canonicalJson(leaf);
    answer.seal.position = log.append(answer.seal.leaf);
    answer.seal.path = log.proof(answer.seal.position);
    for (const auto& line : content.trail)
        answer.entries.push_back({line.position, {}, log.proof(line.position)});
    answer.checkpoint = log.checkpoint();
    answer.verifierKey = log.key().text();
    for (const Remembered& one : remembered)
        answer.history.push_back({one.kind, one.name, one.checkpoint, log.proofSince(one.size)});
    return answer;
}

WriteOptions SealingHouse::writeOptions(const std::filesystem::path& target) const {
    WriteOptions options;
    options.target = target;
    options.sealTime = sealTime;
    options.crls = {crl};
    options.rootCertificatePem = root.certificate().pem();
    return options;
}

Result<WrittenBundle> SealingHouse::seal(const std::filesystem::path& target, const archive::Store& from) {
    return writeBundle(
        content, from, sealKey, [this](const Digest& digest) { return Result<LedgerAnswer>(enter(digest)); },
        writeOptions(target));
}

Result<WrittenBundle> SealingHouse::seal(const std::filesystem::path& target) { return seal(target, *store); }

VerifyOptions SealingHouse::anchored() const {
    VerifyOptions options;
    options.anchors.certificates.push_back(root.certificate());
    options.threads = 1;
    return options;
}

void SealingHouse::signAgain(Parts& parts) const {
    const Bytes signature = expected(crypto::signCades(sealKey, viewOf(parts.at(entry::asicManifest)),
                                                       crypto::Commitment::Origin, sealTime, {crl}));
    parts.at(entry::signature) = std::string(textOf(signature));
}

std::vector<std::string> codesOf(const Report& report) {
    std::set<std::string> codes;
    for (const Problem& problem : report.problems) codes.insert(problem.code);
    return {codes.begin(), codes.end()};
}

bool hasCode(const Report& report, std::string_view code) {
    const auto codes = codesOf(report);
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

Report verifyBytes(const Folder& folder, std::string_view bytes, const VerifyOptions& options) {
    const auto path = folder / "checked.zip";
    writeFile(path, bytes);
    return expected(verifyBundle(path, options));
}

}  // namespace tickmark::bundle::test
