#include "tickmark/bundle/Writer.h"

#include <algorithm>

#include "bundle/BagInfo.h"
#include "bundle/ContentRules.h"
#include "bundle/DigestList.h"
#include "bundle/EntryOrder.h"
#include "bundle/LedgerFiles.h"
#include "bundle/Oscal.h"
#include "bundle/OutputFile.h"
#include "bundle/Readme.h"
#include "bundle/ReportPage.h"
#include "bundle/ZipLayout.h"
#include "bundle/ZipWriter.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle {
namespace {

/// An object of the archive whose errors name the evidence version.
class NamedSource final : public ByteSource {
  public:
    NamedSource(std::unique_ptr<ByteSource> source, std::string name)
        : m_source(std::move(source)), m_name(std::move(name)) {}
    Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        auto count = m_source->read(buffer);
        if (!count) return named(std::move(count).error(), m_name);
        return count;
    }

  private:
    std::unique_ptr<ByteSource> m_source;
    std::string m_name;
};

/// Builds one bundle, in the order of the specification.
class Sealing {
  public:
    Sealing(const Content& content, const archive::Store& store, const WriteOptions& options)
        : m_content(content), m_index(content), m_store(store), m_options(options) {}
    Result<WrittenBundle> run(const crypto::SigningKey& seal, const EnterSeal& enterSeal);

  private:
    Result<void> addPayload();
    Result<void> addEvidence();
    Result<void> addTagFiles(const LedgerAnswer& answer);
    Result<void> sign(const crypto::SigningKey& seal);
    void addText(std::string_view name, std::string text);
    [[nodiscard]] DigestList digestsOf(bool (*wanted)(std::string_view)) const;
    Result<void> checkClass() const;
    Result<void> checkLimits() const;
    Result<std::string> readmeOf(const LedgerAnswer& answer) const;
    Result<WrittenBundle> writeFile();
    [[nodiscard]] Result<void> checkLayout(const FileBytes& file) const;

    const Content& m_content;
    ContentIndex m_index;
    const archive::Store& m_store;
    const WriteOptions& m_options;
    std::map<std::string, std::string, std::less<>> m_texts{};
    DigestList m_digests{};
    std::vector<ZipMember> m_members{};
    std::uint64_t m_payloadBytes = 0;
    std::uint64_t m_payloadFiles = 0;
    std::int64_t m_evidenceFiles = 0;
};

void Sealing::addText(std::string_view name, std::string text) {
    const auto place = m_texts.insert_or_assign(std::string(name), std::move(text)).first;
    const std::string& kept = place->second;
    m_digests.insert_or_assign(std::string(name), crypto::Sha256::of(kept));
    if (entry::isPayload(name)) {
        m_payloadBytes += kept.size();
        ++m_payloadFiles;
    }
    const ByteView bytes = viewOf(kept);
    m_members.push_back({std::string(name), kept.size(), [bytes]() -> Result<std::unique_ptr<ByteSource>> {
                             return std::unique_ptr<ByteSource>(std::make_unique<MemorySource>(bytes));
                         }});
}

DigestList Sealing::digestsOf(bool (*wanted)(std::string_view)) const {
    DigestList list;
    for (const auto& [name, digest] : m_digests) {
        if (wanted(name)) list.emplace(name, digest);
    }
    return list;
}

Result<void> Sealing::addEvidence() {
    for (const auto* version : m_index.versionsInOrder()) {
        const RelativePath* path = m_index.path(version->id);
        if (path == nullptr) continue;
        const std::string name = m_index.versionName(version->id);
        m_digests.insert_or_assign(path->text(), version->digest);
        m_payloadBytes += version->size;
        ++m_payloadFiles;
        ++m_evidenceFiles;
        m_members.push_back({path->text(), version->size,
                             [this, name, digest = version->digest]() -> Result<std::unique_ptr<ByteSource>> {
                                 auto reader = m_store.open(digest);
                                 if (!reader) return named(std::move(reader).error(), name);
                                 return std::unique_ptr<ByteSource>(
                                     std::make_unique<NamedSource>(*std::move(reader), name));
                             }});
    }
    return {};
}

Result<void> Sealing::addPayload() {
    addText(entry::manifest, codec::canonicalJson(makeManifest(m_content)));
    addText(entry::report, reportPage(m_content));
    addText(entry::oscalResults, codec::canonicalJson(oscalAssessmentResults(m_content)));
    addText(entry::oscalPoam, codec::canonicalJson(oscalPoam(m_content)));
    addText(entry::trail, trailText(m_content));
    TM_CHECK(addEvidence());
    TM_CHECK(checkLimits());
    return checkClass();
}

// Checked before the seal is entered. What the tag files will take is estimated from above.
Result<void> Sealing::checkClass() const {
    constexpr std::size_t otherEntries = 15;
    constexpr std::uint64_t otherBytes = 16'000'000;
    if (m_members.size() + otherEntries <= portableEntries && m_payloadBytes + otherBytes <= portableBytes)
        return {};
    Error error;
    error.kind = ErrorKind::TooLarge;
    error.type = "portable-class";
    error.message = "The bundle would hold " + std::to_string(m_payloadFiles) + " files and " +
                    std::to_string(m_payloadBytes) + " bytes.";
    error.rule = "A bundle holds at most 950 files and 1.9 GB.";
    error.fix = "Seal fewer findings, or withhold large files with a reason.";
    return error;
}

// A file that the verifier would refuse to read must not be written.
Result<void> Sealing::checkLimits() const {
    for (const auto& [name, text] : m_texts) {
        const auto limit = entry::limitOf(name);
        if (!limit || text.size() <= *limit) continue;
        Error error;
        error.kind = ErrorKind::TooLarge;
        error.type = "portable-class";
        error.message =
            "The bundle's file " + name + " would have " + std::to_string(text.size()) + " bytes.";
        error.rule = "It may have " + std::to_string(*limit) + ".";
        error.fix = "Seal fewer findings.";
        return error;
    }
    return {};
}

Result<std::string> Sealing::readmeOf(const LedgerAnswer& answer) const {
    ReadmeFacts facts{m_content.bundle.ref.text(), m_content.organisation, {}, answer.verifierKey};
    if (m_options.rootCertificatePem.empty()) return readmeText(facts);
    TM_TRY(const auto root, crypto::Certificate::fromPem(m_options.rootCertificatePem));
    facts.rootFingerprint = root.fingerprint().hex();
    return readmeText(facts);
}

Result<void> Sealing::addTagFiles(const LedgerAnswer& answer) {
    const Digest payloadManifest = m_digests.find(entry::payloadManifest)->second;
    TM_TRY(auto proofs, ledgerFiles(m_content, answer, payloadManifest));
    TM_TRY(std::string readme, readmeOf(answer));
    BagInfo info;
    info.organisation = m_content.organisation;
    info.bundleRef = m_content.bundle.ref.text();
    info.product = m_content.product;
    info.day = Date::of(m_options.sealTime).iso();
    info.payloadBytes = m_payloadBytes;
    info.payloadFiles = m_payloadFiles;
    info.approvalAnnounced = m_options.approvalAnnounced;
    info.ledgerKey = answer.verifierKey;
    addText(entry::mimetype, std::string(entry::mimetypeContent));
    addText(entry::bagIt, std::string(entry::bagItContent));
    addText(entry::bagInfo, info.text());
    addText(entry::readme, std::move(readme));
    if (!m_options.rootCertificatePem.empty()) addText(entry::root, m_options.rootCertificatePem);
    for (auto& [name, text] : proofs) addText(name, std::move(text));
    addText(entry::tagManifest, bagManifest(digestsOf(&entry::isTag)));
    return {};
}

Result<void> Sealing::sign(const crypto::SigningKey& seal) {
    std::string xml = asicManifest(
        digestsOf([](std::string_view name) { return name != entry::mimetype && !entry::isMeta(name); }));
    TM_TRY(const Bytes signature, crypto::signCades(seal, viewOf(xml), crypto::Commitment::Origin,
                                                    m_options.sealTime, m_options.crls));
    addText(entry::asicManifest, std::move(xml));
    addText(entry::signature, std::string(textOf(signature)));
    return {};
}

/// Looks at what was written with the verifier's own eyes.
Result<void> Sealing::checkLayout(const FileBytes& file) const {
    TM_TRY(const ZipLayout layout, readZipLayout(file));
    if (!layout.faults.empty()) {
        return internal("The bundle's zip breaks a rule at " + layout.faults.front().place + ": " +
                        layout.faults.front().message);
    }
    if (!layout.readable || layout.entries.size() != m_members.size()) {
        return internal("The bundle's zip was not written as it must be.");
    }
    return {};
}

Result<Digest> digestOf(const FileBytes& file) {
    crypto::Sha256 hash;
    Bytes buffer(std::size_t{1} << 20);
    for (std::uint64_t done = 0; done < file.size();) {
        const auto piece = std::span(buffer).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), file.size() - done)));
        TM_CHECK(file.readAt(done, piece));
        hash.update(piece);
        done += piece.size();
    }
    return hash.finish();
}

Result<WrittenBundle> Sealing::writeFile() {
    std::sort(m_members.begin(), m_members.end(),
              [](const ZipMember& a, const ZipMember& b) { return entry::comesBefore(a.name, b.name); });
    std::uint64_t total = 0;
    for (const ZipMember& member : m_members) total += member.size;
    const auto progress = [&](std::uint64_t done) {
        return !m_options.progress || m_options.progress(std::min(done, total), total);
    };
    TM_TRY(OutputFile output, OutputFile::createFor(m_options.target));
    TM_CHECK(writeZip(output.descriptor(), m_members, progress));
    TM_TRY(const auto file, FileBytes::open("/proc/self/fd/" + std::to_string(output.descriptor())));
    TM_CHECK(checkLayout(file));
    WrittenBundle written;
    TM_TRY(written.digest, digestOf(file));
    written.size = file.size();
    written.files = m_evidenceFiles;
    TM_CHECK(output.publish());
    return written;
}

Result<WrittenBundle> Sealing::run(const crypto::SigningKey& seal, const EnterSeal& enterSeal) {
    TM_CHECK(checkContent(m_content, m_index));
    TM_CHECK(checkObjects(m_index, m_store));
    TM_CHECK(addPayload());
    addText(entry::payloadManifest, bagManifest(digestsOf(&entry::isPayload)));
    TM_TRY(const LedgerAnswer answer, enterSeal(m_digests.find(entry::payloadManifest)->second));
    TM_CHECK(addTagFiles(answer));
    TM_CHECK(sign(seal));
    TM_CHECK(checkLimits());
    return writeFile();
}

}  // namespace

Result<WrittenBundle> writeBundle(const Content& content, const archive::Store& store,
                                  const crypto::SigningKey& seal, const EnterSeal& enterSeal,
                                  const WriteOptions& options) {
    return Sealing(content, store, options).run(seal, enterSeal);
}

}  // namespace tickmark::bundle
