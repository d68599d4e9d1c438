#include "tickmark/bundle/Writer.h"

#include <algorithm>
#include <array>

#include "bundle/BagInfo.h"
#include "bundle/ContentRules.h"
#include "bundle/DigestList.h"
#include "bundle/EntryOrder.h"
#include "bundle/LedgerFiles.h"
#include "bundle/Oscal.h"
#include "bundle/OutputFile.h"
#include "bundle/Readme.h"
#include "bundle/ReportPage.h"
#include "bundle/SignatureTime.h"
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

/// The bundle's files as they will stand in the zip, with their digests.
using Texts = std::map<std::string, std::string, std::less<>>;

/// Builds one bundle, in the order of the specification.
class Sealing {
  public:
    Sealing(const Content& content, const archive::Store& store, const WriteOptions& options)
        : m_content(content), m_index(content), m_store(store), m_options(options) {}
    Result<WrittenBundle> run(const crypto::SigningKey& seal, const EnterSeal& enterSeal);

  private:
    void addPayload();
    void addEvidence();
    Result<void> addTagFiles(const LedgerAnswer& answer);
    Result<void> addBagInfo(const LedgerAnswer& answer);
    Result<void> sign(const crypto::SigningKey& seal);
    void addText(std::string_view name, std::string text);
    [[nodiscard]] DigestList digestsOf(bool (*wanted)(std::string_view)) const;
    [[nodiscard]] std::uint64_t size() const;
    [[nodiscard]] std::size_t count() const { return m_texts.size() + m_evidence.size(); }
    [[nodiscard]] bool fitsPortable() const;
    Result<void> checkSize(std::size_t furtherEntries, std::uint64_t furtherBytes) const;
    Result<void> checkLimits() const;
    Result<std::string> readmeOf(const LedgerAnswer& answer) const;
    [[nodiscard]] std::vector<ZipMember> members() const;
    Result<WrittenBundle> writeFile();
    [[nodiscard]] Result<void> checkLayout(const FileBytes& file, std::size_t entries) const;

    const Content& m_content;
    ContentIndex m_index;
    const archive::Store& m_store;
    const WriteOptions& m_options;
    Texts m_texts{};
    std::vector<ZipMember> m_evidence{};
    DigestList m_digests{};
    std::uint64_t m_evidenceBytes = 0;
    entry::SizeClass m_class = entry::SizeClass::Portable;
    WrittenBundle m_written{};
};

void Sealing::addText(std::string_view name, std::string text) {
    const auto place = m_texts.insert_or_assign(std::string(name), std::move(text)).first;
    m_digests.insert_or_assign(std::string(name), crypto::Sha256::of(place->second));
}

DigestList Sealing::digestsOf(bool (*wanted)(std::string_view)) const {
    DigestList list;
    for (const auto& [name, digest] : m_digests) {
        if (wanted(name)) list.emplace_hint(list.end(), name, digest);
    }
    return list;
}

void Sealing::addEvidence() {
    for (const auto* version : m_index.versionsInOrder()) {
        const RelativePath* path = m_index.path(version->id);
        if (path == nullptr) continue;
        m_digests.insert_or_assign(path->text(), version->digest);
        m_evidenceBytes += version->size;
        m_evidence.push_back(
            {path->text(), version->size, [this, version]() -> Result<std::unique_ptr<ByteSource>> {
                 const std::string name = m_index.versionName(version->id);
                 auto reader = m_store.open(version->digest);
                 if (!reader) return named(std::move(reader).error(), name);
                 return std::unique_ptr<ByteSource>(std::make_unique<NamedSource>(*std::move(reader), name));
             }});
    }
    m_written.files = static_cast<std::int64_t>(m_evidence.size());
}

void Sealing::addPayload() {
    addText(entry::manifest, codec::canonicalJson(makeManifest(m_content)));
    if (std::string series = measurementsText(m_content); !series.empty())
        addText(entry::measurements, std::move(series));
    addText(entry::report, m_content.review ? minutesPage(m_content) : reportPage(m_content));
    if (m_content.review) {
        addText(entry::reviewInputs, m_content.review->inputs);
        addText(entry::reviewMinutes, m_content.review->minutes);
    } else {
        addText(entry::oscalResults, codec::canonicalJson(oscalAssessmentResults(m_content)));
        addText(entry::oscalPoam, codec::canonicalJson(oscalPoam(m_content)));
    }
    addText(entry::trail, trailText(m_content));
    addEvidence();
}

/// Bytes that the files take with their headers.
std::uint64_t Sealing::size() const {
    std::uint64_t bytes = 0;
    const auto add = [&bytes](const std::string& name, std::uint64_t content) {
        ZipEntry made;
        made.name = name;
        made.size = made.packed = content;
        bytes += made.end();
    };
    for (const auto& [name, text] : m_texts) add(name, text.size());
    for (const ZipMember& member : m_evidence) add(member.name, member.size);
    return bytes;
}

bool Sealing::fitsPortable() const {
    if (count() > portableEntries || size() > portableBytes) return false;
    return std::all_of(m_texts.begin(), m_texts.end(), [](const auto& file) {
        const auto limit = entry::limitOf(file.first, entry::SizeClass::Portable);
        return !limit || file.second.size() <= *limit;
    });
}

// Asked before the seal is entered; what is still to come is estimated from above.
Result<void> Sealing::checkSize(std::size_t furtherEntries, std::uint64_t furtherBytes) const {
    const bool portable = m_options.portableOnly;
    const std::uint64_t mostEntries = portable ? portableEntries : largeEntries;
    const std::uint64_t mostBytes = portable ? portableBytes : largeBytes;
    const std::uint64_t bytes = size() + furtherBytes;
    if (count() + furtherEntries <= mostEntries && bytes <= mostBytes) return {};
    Error error;
    error.kind = ErrorKind::TooLarge;
    error.type = portable ? "portable-class" : "large-class";
    error.message = "The bundle would hold " + std::to_string(m_evidence.size()) + " evidence files and " +
                    std::to_string(bytes) + " bytes.";
    error.rule = portable ? "A portable bundle holds at most 950 files and 1.9 GB."
                          : "A bundle holds at most 200,000 files and 1 TiB.";
    error.fix = portable
                    ? "Seal fewer findings, withhold large files with a reason, or allow the large class."
                    : "Seal fewer findings, or withhold large files with a reason.";
    return error;
}

// A file that the verifier would refuse to read must not be written.
Result<void> Sealing::checkLimits() const {
    const auto sizeClass = m_options.portableOnly ? entry::SizeClass::Portable : entry::SizeClass::Large;
    for (const auto& [name, text] : m_texts) {
        const auto limit = entry::limitOf(name, sizeClass);
        if (!limit || text.size() <= *limit) continue;
        Error error;
        error.kind = ErrorKind::TooLarge;
        error.type = m_options.portableOnly ? "portable-class" : "large-class";
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

/// bag-info.txt and the tag manifest over it: the last two files, because they hold the class.
Result<void> Sealing::addBagInfo(const LedgerAnswer& answer) {
    BagInfo info;
    info.organisation = m_content.organisation;
    info.bundleRef = m_content.bundle.ref.text();
    info.product = m_content.product;
    info.day = Date::of(m_options.sealTime).iso();
    info.payloadBytes = m_evidenceBytes;
    info.payloadFiles = m_evidence.size();
    for (const auto& [name, text] : m_texts) {
        if (!entry::isPayload(name)) continue;
        info.payloadBytes += text.size();
        ++info.payloadFiles;
    }
    info.approvalAnnounced = m_options.approvalAnnounced;
    info.ledgerKey = answer.verifierKey;
    for (const auto sizeClass : {entry::SizeClass::Portable, entry::SizeClass::Large}) {
        m_class = info.sizeClass = sizeClass;
        m_texts.erase(std::string(entry::tagManifest));
        m_digests.erase(std::string(entry::tagManifest));
        addText(entry::bagInfo, info.text());
        addText(entry::tagManifest, bagManifest(digestsOf(&entry::isTag)));
        if (fitsPortable()) return {};
    }
    return checkSize(0, 0);
}

Result<void> Sealing::addTagFiles(const LedgerAnswer& answer) {
    const Digest payloadManifest = m_digests.find(entry::payloadManifest)->second;
    TM_TRY(auto proofs, ledgerFiles(m_content, answer, payloadManifest));
    TM_TRY(std::string readme, readmeOf(answer));
    addText(entry::mimetype, std::string(entry::mimetypeContent));
    addText(entry::bagIt, std::string(entry::bagItContent));
    addText(entry::readme, std::move(readme));
    if (!m_options.rootCertificatePem.empty()) addText(entry::root, m_options.rootCertificatePem);
    for (auto& [name, text] : proofs) addText(name, std::move(text));
    return addBagInfo(answer);
}

Result<void> Sealing::sign(const crypto::SigningKey& seal) {
    std::string xml = asicManifest(
        digestsOf([](std::string_view name) { return name != entry::mimetype && !entry::isMeta(name); }));
    TM_TRY(Bytes signature, crypto::signCades(seal, viewOf(xml), crypto::Commitment::Origin,
                                              m_options.sealTime, m_options.crls));
    if (m_options.timestamp) {
        auto stamped =
            withTimestamp(signature, viewOf(xml),
                          {m_options.timestamp, m_options.timestampAnchors, m_options.timestampCrls});
        m_written.timestamped = stamped.ok();
        if (stamped) {
            signature = *std::move(stamped);
        } else {
            m_written.untimed = std::move(stamped).error();
        }
    }
    addText(entry::asicManifest, std::move(xml));
    addText(entry::signature, std::string(textOf(signature)));
    return {};
}

/// Looks at what was written with the verifier's own eyes.
Result<void> Sealing::checkLayout(const FileBytes& file, std::size_t entries) const {
    TM_TRY(const ZipLayout layout, readZipLayout(file));
    auto faults = layout.faults;
    if (faults.empty() && layout.readable && layout.entries.size() == entries) {
        const EntryOrder order = orderOf(layout.entries);
        faults = order.faults.empty() ? brokenClassRules(layout.entries, order, m_class) : order.faults;
        if (faults.empty()) return {};
    }
    if (faults.empty()) return internal("The bundle's zip was not written as it must be.");
    return internal("The bundle's zip breaks a rule at " + faults.front().place + ": " +
                    faults.front().message);
}

std::vector<ZipMember> Sealing::members() const {
    std::vector<ZipMember> all = m_evidence;
    for (const auto& [name, text] : m_texts) {
        const ByteView bytes = viewOf(text);
        all.push_back({name, text.size(), [bytes]() -> Result<std::unique_ptr<ByteSource>> {
                           return std::unique_ptr<ByteSource>(std::make_unique<MemorySource>(bytes));
                       }});
    }
    std::sort(all.begin(), all.end(),
              [](const ZipMember& a, const ZipMember& b) { return entry::comesBefore(a.name, b.name); });
    return all;
}

Result<WrittenBundle> Sealing::writeFile() {
    const std::vector<ZipMember> all = members();
    std::uint64_t total = 0;
    for (const ZipMember& member : all) total += 2 * member.size;  // written, and read back
    const auto progress = [&](std::uint64_t done) {
        return !m_options.progress || m_options.progress(std::min(done, total), total);
    };
    TM_TRY(OutputFile output, OutputFile::createFor(m_options.target));
    TM_TRY(const ZippedFile zipped, writeZip(output.descriptor(), all, progress));
    TM_TRY(const auto file, FileBytes::open("/proc/self/fd/" + std::to_string(output.descriptor())));
    TM_CHECK(checkLayout(file, all.size()));
    m_written.digest = zipped.digest;
    m_written.size = zipped.size;
    m_written.large = m_class == entry::SizeClass::Large;
    TM_CHECK(output.publish());
    return std::move(m_written);
}

Result<WrittenBundle> Sealing::run(const crypto::SigningKey& seal, const EnterSeal& enterSeal) {
    constexpr std::size_t tagFiles = 13;
    constexpr std::uint64_t mostTagBytes = 16'000'000;
    TM_CHECK(checkContent(m_content, m_index));
    TM_CHECK(checkObjects(m_index, m_store));
    addPayload();
    addText(entry::payloadManifest, bagManifest(digestsOf(&entry::isPayload)));
    TM_CHECK(checkLimits());
    TM_CHECK(checkSize(tagFiles, m_options.portableOnly ? mostTagBytes : 0));
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
