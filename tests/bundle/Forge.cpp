#include <algorithm>

#include "bundle/Forging.h"
#include "bundle/ZipRecords.h"
#include "crypto/TestHouse.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/ledger/Cosignature.h"

namespace tickmark::bundle::test {
namespace {

using crypto::CertificatePurpose;
using crypto::LocalAuthority;

constexpr int tenYears = 3650;
const std::string witnessName = "witness.example";

/// What a vector needs and no more: the files stay small.
void makeSmall(Content& content) {
    content.findings.erase(content.findings.begin());  // F-0002
    content.findings.front().responses.clear();
    content.actions.clear();
    content.requests.clear();
    const auto isLeftOut = [](const auto& of) {
        const std::string ref = of.ref.text();
        return ref == "E-0001" || ref == "E-0003" || ref == "E-0004";
    };
    std::erase_if(content.evidence, isLeftOut);
    std::erase_if(content.versions, isLeftOut);
}

std::string sealed(SealingHouse& house, const std::string& ref, bool announces = false) {
    house.content.bundle.ref = domain::BundleRef(ref);
    const auto target = house.folder / (ref + ".zip");
    WriteOptions options = house.writeOptions(target);
    options.approvalAnnounced = announces;
    expected(writeBundle(
        house.content, *house.store, house.sealKey,
        [&](const Digest& digest) { return Result<LedgerAnswer>(house.enter(digest)); }, options));
    Parts parts = takeApart(target);
    parts.at(entry::readme) = "How to check this bundle without Tickmark stands in every real one.\n";
    parts.at(entry::report) =
        "<!doctype html><html lang=\"en\"><title>Report</title><p>196 of 890 incidents have a confirmed "
        "priority.";
    reseal(parts, house, ref);
    return parts.zip();
}

}  // namespace

Forge::Forge()
    : lead(expected(house.root.issue(CertificatePurpose::Signatory, "Lead auditor", founded, tenYears))),
      body(expected(LocalAuthority::create("Example Certification", founded))),
      certifier(
          expected(body.issue(CertificatePurpose::Signatory, "Certification auditor", founded, tenYears))),
      timeRoot(expected(LocalAuthority::create("Example Time", founded))),
      clock(
          expected(timeRoot.issue(CertificatePurpose::TimeStamping, "Time-stamp clock", founded, tenYears))),
      timeCrl(expected(timeRoot.makeCrl({}, founded.plusSeconds(60), 400, 1))),
      otherTime(expected(LocalAuthority::create("Another Time", founded))),
      witnessKey(crypto::Ed25519Key::generate()) {
    makeSmall(house.content);
    makeSmall(other.content);
    const auto use = ledger::KeyUse::Cosignature;
    witness = ledger::VerifierKey::of(witnessName, witnessKey.publicKey(), use).text();
    strangerWitness =
        ledger::VerifierKey::of("stranger.example", crypto::Ed25519Key::generate().publicKey(), use).text();
    earlierCheckpoint = house.log.checkpoint();
    const std::uint64_t size = house.log.size();
    const std::string line =
        expected(ledger::cosign(earlierCheckpoint, witnessName, witnessKey, sealTime.plusSeconds(-3600)));
    house.remembered = {{ledger::HistoryKind::Bundle, "B-0000", size, earlierCheckpoint},
                        {ledger::HistoryKind::Witness, witnessName, size,
                         expected(ledger::withSignatureLine(earlierCheckpoint, line))}};
    good = sealed(house, "B-0001");
    second = sealed(house, "B-0002");
    announced = sealed(house, "B-0003", true);
    foreign = sealed(other, "B-0001");
}

Parts Forge::partsOf(const std::string& bytes) const {
    const Folder folder;
    writeFile(folder / "z", bytes);
    return takeApart(folder / "z");
}

Parts Forge::parts() const { return partsOf(good); }

std::size_t Forge::localOf(std::string_view name) const {
    const Folder folder;
    writeFile(folder / "z", good);
    for (const auto& found : expected(readZipLayout(expected(FileBytes::open(folder / "z")))).entries) {
        if (found.name == name) return found.offset;
    }
    throw std::runtime_error("no such entry");
}

std::size_t Forge::centralOf(std::string_view name) const {
    const std::size_t found = good.rfind(name);
    if (found == std::string::npos) throw std::runtime_error("no such entry");
    return found - zip::centralSize;
}

std::string Forge::signBesidesRules(const crypto::SigningKey& key, const std::string& content) const {
    crypto::test::CmsRecipe recipe;
    recipe.signers = {key};
    recipe.at = sealTime;
    recipe.crls = {house.crl};
    return std::string(textOf(crypto::test::makeCms(recipe, viewOf(content))));
}

SignerStatement Forge::statement(Decision decision) const {
    SignerStatement made;
    made.bundleRef = "B-0001";
    made.decision = decision;
    const bool isLead = decision == Decision::Approved;
    made.role = isLead ? SignatoryRole::LeadAuditor : SignatoryRole::CertificationAuditor;
    made.name = isLead ? "Lead auditor" : "Certification auditor";
    if (decision == Decision::Rejected) made.comment = "The sample of incidents is too small.";
    return made;
}

Bytes Forge::stampAt(const Digest& imprint, Timestamp at) const {
    crypto::test::Issuing issuing{clock, at};
    return crypto::test::stamp(imprint, issuing);
}

std::string signatureName(unsigned group) { return entry::nameOf({entry::MetaKind::Signature, group}); }

unsigned appendSignature(Parts& parts, const Signing& signing) {
    unsigned number = 1;
    while (parts.has(signatureName(number))) ++number;
    parts.files.push_back({entry::nameOf({entry::MetaKind::Statement, number}), signing.statement});
    const std::string xml = asicManifest(parts.covered(), {false, number});
    parts.files.push_back({entry::nameOf({entry::MetaKind::AsicManifest, number}), xml});
    const Bytes cms =
        expected(crypto::signCades(*signing.key, viewOf(xml), signing.commitment, signing.at, signing.crls));
    parts.files.push_back({signatureName(number), std::string(textOf(cms))});
    return number;
}

unsigned appendArchive(Parts& parts, const std::function<Bytes(const Digest& manifest)>& stamp) {
    unsigned number = 1;
    while (parts.has(entry::nameOf({entry::MetaKind::ArchiveManifest, number}))) ++number;
    const std::string xml = asicManifest(parts.covered(), {true, number});
    parts.files.push_back({entry::nameOf({entry::MetaKind::ArchiveManifest, number}), xml});
    parts.files.push_back({entry::nameOf({entry::MetaKind::Timestamp, number}),
                           std::string(textOf(stamp(crypto::Sha256::of(xml))))});
    return number;
}

void stampSignature(Parts& parts, unsigned group, const std::function<Bytes(const Digest& value)>& stamp) {
    std::string& file = parts.at(signatureName(group));
    const Digest value = expected(crypto::signatureImprint(viewOf(file)));
    file = std::string(textOf(expected(crypto::addSignatureTimestamp(viewOf(file), stamp(value)))));
}

Parts Forge::complete() const {
    Parts made = parts();
    const auto deepen = [&](unsigned group, Timestamp at) {
        stampSignature(made, group, [&](const Digest& value) { return stampAt(value, at); });
        std::string& file = made.at(signatureName(group));
        file = std::string(textOf(expected(crypto::addRevocationData(viewOf(file), {timeCrl}, {}))));
    };
    deepen(1, sealTime.plusSeconds(10));
    appendSignature(made, {statement(Decision::Approved).text(),
                           &lead,
                           crypto::Commitment::Approval,
                           approvalTime,
                           {house.crl}});
    deepen(2, approvalTime.plusSeconds(10));
    const Bytes bodyCrl = expected(body.makeCrl({}, founded.plusSeconds(60), 400, 1));
    appendSignature(made, {statement(Decision::Accepted).text(),
                           &certifier,
                           crypto::Commitment::Approval,
                           acceptanceTime,
                           {bodyCrl}});
    deepen(3, acceptanceTime.plusSeconds(10));
    appendArchive(made, [&](const Digest& manifest) { return stampAt(manifest, archiveTime); });
    return made;
}

}  // namespace tickmark::bundle::test
