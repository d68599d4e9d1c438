#include <zlib.h>
#include <algorithm>
#include <cstdlib>

#include "bundle/Forging.h"
#include "bundle/ZipLayout.h"
#include "bundle/ZipRecords.h"
#include "crypto/TestHouse.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle::test {

namespace {

constexpr std::string_view csv = "data/evidence/F-0001/E-0002.v1.incident_log.csv";
/// Signs the XML as it stands in the parts with the organisation's key.
std::string signedXml(Forge& forge, const std::function<void(std::string&)>& change) {
    Parts parts = forge.parts();
    change(parts.at(entry::asicManifest));
    forge.house.signAgain(parts);
    return parts.zip();
}

std::string signedBesidesRules(Forge& forge, const crypto::SigningKey& key) {
    Parts parts = forge.parts();
    parts.at(entry::signature) = forge.signBesidesRules(key, parts.at(entry::asicManifest));
    return parts.zip();
}

/// One entry of the good bundle deflated, with other content if there is one.
std::string deflated(Forge& forge, const std::string& content) {
    Parts parts = forge.parts();
    std::string bytes;
    std::string directory;
    for (const auto& file : parts.files) {
        ZipEntry made;
        made.name = file.name;
        made.offset = bytes.size();
        std::string data = file.content;
        const std::string& from = file.name == csv && !content.empty() ? content : file.content;
        if (file.name == csv) {
            Bytes packed(compressBound(from.size()));
            uLongf size = packed.size();
            compress2(packed.data(), &size, viewOf(from).data(), from.size(), 9);
            // Between zlib's two bytes of head and four of foot lies the raw stream.
            data = std::string(textOf(ByteView(packed).subspan(2, size - 6)));
            made.method = 8;
        }
        made.size = from.size();
        made.crc = static_cast<std::uint32_t>(crc32_z(0, viewOf(from).data(), from.size()));
        made.packed = data.size();
        bytes += zip::localHeader(made) + data;
        directory += zip::centralRecord(made);
    }
    return bytes + directory + zip::endRecord({parts.files.size(), directory.size(), bytes.size()});
}

std::vector<Mutant> structureMutants() {
    return {
        {"duplicate-name-forged-first", "E10", outsider([](Parts& p, Forge&) {
             p.add("data/report.html", "forged");
             std::swap(p.files[p.files.size() - 1], p.files[p.files.size() - 2]);
         })},
        {"duplicate-name-forged-last", "E10",
         outsider([](Parts& p, Forge&) { p.add("data/report.html", "forged"); })},
        {"mimetype-not-first", "E10", outsider([](Parts& p, Forge&) { std::swap(p.files[0], p.files[1]); })},
        {"mimetype-with-line-feed", "E10", outsider([](Parts& p, Forge&) { p.at(entry::mimetype) += "\n"; })},
        {"entries-out-of-order", "E10",
         outsider([](Parts& p, Forge&) { std::swap(p.files[15], p.files[16]); })},
        {"deflate-bomb", "E10", [](Forge& f) { return deflated(f, std::string(10'000'000, 'a')); }},
        {"genuine-content-but-deflated", "E10", [](Forge& f) { return deflated(f, ""); }},
        {"a-thousand-entries", "E10", outsider([](Parts& p, Forge&) {
             for (int i = 0; i < 1000; ++i) p.add("data/x/" + std::to_string(i), "x");
         })},
        {"traversal", "E20",
         outsider([](Parts& p, Forge&) { p.add("data/evidence/../../../etc/cron.d/x", "x"); })},
        {"absolute-name", "E20", outsider([](Parts& p, Forge&) { p.add("/etc/passwd", "x"); })},
        {"backslash-name", "E20", outsider([](Parts& p, Forge&) { p.add("data\\evidence\\x", "x"); })},
        {"control-character-in-name", "E20",
         outsider([](Parts& p, Forge&) { p.add("data/evidence/a\x1b[2Jb", "x"); })},
        {"right-to-left-name", "E20",
         outsider([](Parts& p, Forge&) { p.add("data/evidence/\xE2\x80\xAEgpj.exe", "x"); })},
        {"case-collision", "E20", outsider([](Parts& p, Forge&) { p.add("data/Report.html", "forged"); })},
        {"folder-entry", "E20", outsider([](Parts& p, Forge&) { p.add("data/evidence/F-0001/", ""); })},
        {"extra-file-in-meta-inf", "E20",
         outsider([](Parts& p, Forge&) { p.add("META-INF/manifest.xml", "x"); })},
        {"second-signature-nobody-expects", "E30",
         outsider([](Parts& p, Forge&) { p.add("META-INF/signature002.p7s", p.at(entry::signature)); })},
    };
}

std::vector<Mutant> coverageMutants() {
    return {
        {"extra-unsigned-payload", "E30",
         outsider([](Parts& p, Forge&) { p.add("data/evidence/audit/extra.txt", "x"); })},
        {"extra-unsigned-tag-file", "E30", outsider([](Parts& p, Forge&) { p.add("notes.txt", "x"); })},
        {"extra-file-in-the-bag-manifest-only", "E30", outsider([](Parts& p, Forge&) {
             p.add("data/evidence/audit/extra.txt", "x");
             const std::string xml = p.at(entry::asicManifest);
             p.regenerate();
             p.at(entry::asicManifest) = xml;
         })},
        {"evidence-left-out", "E30", outsider([](Parts& p, Forge&) { p.remove(csv); })},
        {"report-left-out", "E30", insider([](Parts& p, Forge&) { p.remove(entry::report); })},
        {"manifest-with-entity", "E30",
         [](Forge& f) {
             return signedXml(f, [](std::string& xml) {
                 replaceIn(xml, "?>\n", "?>\n<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>\n");
             });
         }},
        {"manifest-with-other-white-space", "E30",
         [](Forge& f) {
             return signedXml(f, [](std::string& xml) { replaceIn(xml, "\"/>\n", "\" />\n"); });
         }},
        {"manifest-with-comment", "E30",
         [](Forge& f) { return signedXml(f, [](std::string& xml) { xml += "<!-- -->\n"; }); }},
        {"manifest-without-a-file", "E30",
         [](Forge& f) {
             return signedXml(f, [](std::string& xml) {
                 const auto from = xml.find("<asic:DataObjectReference");
                 xml.erase(from, xml.find('\n', from) + 1 - from);
             });
         }},
        {"bag-manifest-without-final-line-feed", "E30",
         [](Forge& f) {
             Parts p = f.parts();
             p.at(entry::tagManifest).pop_back();
             DigestList all = expected(parseAsicManifest(p.at(entry::asicManifest)));
             all[std::string(entry::tagManifest)] = crypto::Sha256::of(p.at(entry::tagManifest));
             p.at(entry::asicManifest) = asicManifest(all);
             f.house.signAgain(p);
             return p.zip();
         }},
        {"evidence-changed", "E31", outsider([](Parts& p, Forge&) { p.at(csv)[10] = 'X'; })},
        {"report-changed", "E31",
         outsider([](Parts& p, Forge&) { replaceIn(p.at(entry::report), "196", "890"); })},
        {"log-key-changed", "E31", outsider([](Parts& p, Forge& f) {
             replaceIn(p.at(entry::bagInfo), f.house.log.key().text(), MemoryLog().key().text());
         })},
        {"oxum-wrong", "E31",
         [](Forge& f) {
             Parts p = f.parts();
             std::string& info = p.at(entry::bagInfo);
             replaceIn(info, "Payload-Oxum: ", "Payload-Oxum: 1");
             DigestList tags = expected(parseBagManifest(p.at(entry::tagManifest)));
             tags[std::string(entry::bagInfo)] = crypto::Sha256::of(info);
             p.at(entry::tagManifest) = bagManifest(tags);
             DigestList all = expected(parseAsicManifest(p.at(entry::asicManifest)));
             all[std::string(entry::bagInfo)] = crypto::Sha256::of(info);
             all[std::string(entry::tagManifest)] = crypto::Sha256::of(p.at(entry::tagManifest));
             p.at(entry::asicManifest) = asicManifest(all);
             f.house.signAgain(p);
             return p.zip();
         }},
    };
}

std::vector<Mutant> signatureMutants() {
    return {
        {"signature-stripped", "E40", outsider([](Parts& p, Forge&) { p.remove(entry::signature); })},
        {"signature-empty", "E40", outsider([](Parts& p, Forge&) { p.at(entry::signature).clear(); })},
        {"signature-of-another-bundle", "E40", outsider([](Parts& p, Forge& f) {
             p.at(entry::signature) = f.partsOf(f.second).at(entry::signature);
         })},
        {"signature-with-trailing-bytes", "E40",
         outsider([](Parts& p, Forge&) { p.at(entry::signature) += "x"; })},
        {"forged-bag-with-new-lists", "E40", outsider([](Parts& p, Forge&) {
             p.at(csv) = "INC-1000,resolved,in time\n";
             p.regenerate();
         })},
        {"signed-with-two-signers", "E40",
         [](Forge& f) {
             crypto::test::CmsRecipe recipe;
             recipe.signers = {f.house.sealKey, f.other.sealKey};
             recipe.at = sealTime;
             Parts p = f.parts();
             p.at(entry::signature) =
                 std::string(textOf(crypto::test::makeCms(recipe, viewOf(p.at(entry::asicManifest)))));
             return p.zip();
         }},
        {"signed-by-another-organisation", "E50", outsider([](Parts& p, Forge& f) { f.other.signAgain(p); })},
        {"all-of-another-organisation", "E50", [](Forge& f) { return f.foreign; }},
        {"signed-with-a-web-servers-certificate", "E50",
         [](Forge& f) {
             return signedBesidesRules(
                 f, expected(f.house.root.issue(crypto::CertificatePurpose::TlsServer, "www", founded, 3650,
                                                {"www.example.org"})));
         }},
        {"signed-after-the-certificate-expired", "E50",
         [](Forge& f) {
             return signedBesidesRules(
                 f, expected(f.house.root.issue(crypto::CertificatePurpose::Seal, "Old seal", founded, 10)));
         }},
    };
}

std::vector<Mutant> ledgerMutants() {
    return {
        {"seal-of-another-bundle", "E70", insider([](Parts& p, Forge& f) {
             Parts second = f.partsOf(f.second);
             for (const auto name :
                  {entry::seal, entry::sealProof, entry::checkpoint, entry::entryProofs, entry::history}) {
                 p.at(name) = second.at(name);
             }
         })},
        {"payload-changed-after-the-seal", "E70",
         insider([](Parts& p, Forge&) { p.at(entry::report) += "<!-- later -->"; })},
        {"seal-that-was-never-entered", "E70",
         insider([](Parts& p, Forge&) { replaceIn(p.at(entry::seal), "\"lead\"", "\"mallory\""); })},
        {"checkpoint-of-another-log", "E70", insider([](Parts& p, Forge&) {
             MemoryLog log;
             log.append(p.at(entry::seal));
             p.at(entry::checkpoint) = log.checkpoint();
             p.at(entry::sealProof) = ledger::TlogProof{0, {}, log.checkpoint()}.text();
         })},
        {"checkpoint-changed", "E70",
         insider([](Parts& p, Forge&) { replaceIn(p.at(entry::checkpoint), "\n13\n", "\n14\n"); })},
        {"proof-shortened", "E70", insider([](Parts& p, Forge&) {
             std::string& proofs = p.at(entry::entryProofs);
             const auto last = proofs.find(",\"", proofs.find("path"));
             proofs.erase(last, proofs.find(']') - last);
         })},
        {"trail-rewritten", "E70",
         product([](Parts& p, Forge&) { replaceIn(p.at(entry::trail), "\"lead\"", "\"mallory\""); })},
        {"trail-shortened", "E70", product([](Parts& p, Forge&) {
             std::string& trail = p.at(entry::trail);
             trail.erase(0, trail.find('\n') + 1);
         })},
    };
}

std::vector<Mutant> contentRuleMutants() {
    const auto inManifest = [](std::string from, std::string to) {
        return product([from = std::move(from), to = std::move(to)](Parts& p, Forge&) {
            replaceIn(p.at(entry::manifest), from, to);
        });
    };
    const auto redacting = [&](const std::string& original, const std::string& digest) {
        return inManifest("\"ref\":\"E-0006\"", "\"redaction_of\":\"" + original +
                                                    "\",\"redaction_of_sha256\":\"" + digest +
                                                    "\",\"ref\":\"E-0006\"");
    };
    return {
        {"profile-two", "E80", product([](Parts& p, Forge&) {
             replaceIn(p.at(entry::bagInfo), "Tickmark-Profile: 1", "Tickmark-Profile: 2");
         })},
        {"bag-of-another-version", "E80",
         product([](Parts& p, Forge&) { replaceIn(p.at(entry::bagIt), "1.0", "0.97"); })},
        {"bag-info-of-another-bundle", "E80",
         product([](Parts& p, Forge&) { replaceIn(p.at(entry::bagInfo), "B-0001", "B-0009"); })},
        {"manifest-with-unknown-member", "E80", inManifest("{\"actions\"", "{\"a\":1,\"actions\"")},
        {"manifest-not-canonical", "E80", inManifest("{\"actions\"", "{ \"actions\"")},
        {"manifest-with-member-twice", "E80", inManifest("{\"actions\"", "{\"actions\":[],\"actions\"")},
        {"manifest-too-deep", "E80", product([](Parts& p, Forge&) {
             p.at(entry::manifest) = std::string(20'000, '[') + std::string(20'000, ']');
         })},
        {"manifest-states-another-digest", "E80", product([](Parts& p, Forge&) {
             std::string& manifest = p.at(entry::manifest);
             const auto place = manifest.find("\"sha256\":\"") + 10;
             manifest[place] = manifest[place] == '0' ? '1' : '0';
         })},
        {"manifest-states-another-size", "E80", inManifest("\"size\":22,", "\"size\":23,")},
        {"root-that-is-no-certificate", "E80",
         product([](Parts& p, Forge&) { p.at(entry::root) = "none\n"; })},
        {"evidence-missing-and-signed", "E90", product([](Parts& p, Forge&) { p.remove(csv); })},
        {"evidence-nobody-listed", "E90",
         product([](Parts& p, Forge&) { p.add("data/evidence/audit/smuggled.txt", "x"); })},
        {"payload-without-a-place", "E90", product([](Parts& p, Forge&) { p.add("data/notes.txt", "x"); })},
        {"finding-names-an-unlisted-version", "E90", inManifest("[\"E-0002/v1\",", "[\"E-0099/v1\",")},
        {"chosen-finding-left-out", "E90",
         inManifest("\"selection\":{\"kind\":\"audit\"}",
                    "\"selection\":{\"findings\":[\"F-0001\",\"F-0009\"],\"kind\":\"findings\"}")},
        {"redacted-copy-of-an-unlisted-version", "E90", redacting("E-0099/v1", std::string(64, '0'))},
        {"redacted-copy-beside-its-original", "E90", redacting("E-0002/v1", std::string(64, '0'))},
        {"redacted-copy-of-another-digest", "E90", redacting("E-0005/v1", std::string(64, '0'))},
        {"withheld-without-being-named", "E80", inManifest(",\"reason\":\"Personal data.\"", "")},
    };
}

/// Changes data/kpis.json and lets the manifest state its new digest.
Make inMeasurements(std::string from, std::string to) {
    return product([from = std::move(from), to = std::move(to)](Parts& p, Forge&) {
        std::string& file = p.at(entry::measurements);
        const std::string before = crypto::Sha256::of(file).hex();
        replaceIn(file, from, to);
        replaceIn(p.at(entry::manifest), before, crypto::Sha256::of(file).hex());
    });
}

std::vector<Mutant> measurementMutants() {
    const auto inManifest = [](std::string from, std::string to) {
        return product([from = std::move(from), to = std::move(to)](Parts& p, Forge&) {
            replaceIn(p.at(entry::manifest), from, to);
        });
    };
    return {
        {"measurements-better-than-they-were", "E85", product([](Parts& p, Forge&) {
             replaceIn(p.at(entry::measurements), "\"value\":22.25", "\"value\":92.25");
         })},
        {"measurements-changed-after-the-seal", "E31", outsider([](Parts& p, Forge&) {
             replaceIn(p.at(entry::measurements), "\"value\":22.25", "\"value\":92.25");
         })},
        {"measurements-missing", "E85", product([](Parts& p, Forge&) { p.remove(entry::measurements); })},
        {"measurements-that-no-manifest-names", "E85", product([](Parts& p, Forge&) {
             auto manifest = expected(codec::parseJson(p.at(entry::manifest)));
             for (const char* member : {"kpis", "measurements", "improvements"})
                 manifest.members()->erase(manifest.members()->find(std::string_view(member)));
             p.at(entry::manifest) = codec::canonicalJson(manifest);
         })},
        {"series-from-evidence-nobody-listed", "E85", product([](Parts& p, Forge&) {
             std::string& file = p.at(entry::measurements);
             const std::string before = crypto::Sha256::of(file).hex();
             replaceIn(file, "\"evidence\":\"E-0002/v1\"", "\"evidence\":\"E-0099/v1\"");
             std::string& manifest = p.at(entry::manifest);
             replaceIn(manifest, "\"evidence\":\"E-0002/v1\"", "\"evidence\":\"E-0099/v1\"");
             replaceIn(manifest, before, crypto::Sha256::of(file).hex());
         })},
        {"series-from-other-bytes", "E85", product([](Parts& p, Forge&) {
             const auto flip = [](std::string& text) {
                 const auto place = text.find("\"evidence_sha256\":\"") + 19;
                 text[place] = text[place] == '0' ? '1' : '0';
             };
             std::string& file = p.at(entry::measurements);
             const std::string before = crypto::Sha256::of(file).hex();
             flip(file);
             flip(p.at(entry::manifest));
             replaceIn(p.at(entry::manifest), before, crypto::Sha256::of(file).hex());
         })},
        {"series-by-another-rule", "E85", inMeasurements("\"in time\"", "\"late\"")},
        {"series-left-out", "E85", inMeasurements("\"ref\":\"KS-0002\"", "\"ref\":\"KS-0003\"")},
        {"series-no-longer-withdrawn", "E85", inMeasurements(",\"withdrawn\":\"Counted twice.\"", "")},
        {"measurements-of-another-bundle", "E85", inMeasurements("B-0001", "B-0009")},
        {"measurements-not-canonical", "E85", inMeasurements("{\"bundle\"", "{ \"bundle\"")},
        {"measurements-with-unknown-member", "E85", inMeasurements("{\"bundle\"", "{\"a\":1,\"bundle\"")},
        {"measurements-too-deep", "E85", product([](Parts& p, Forge&) {
             std::string& file = p.at(entry::measurements);
             const std::string before = crypto::Sha256::of(file).hex();
             file = std::string(20'000, '[') + std::string(20'000, ']');
             replaceIn(p.at(entry::manifest), before, crypto::Sha256::of(file).hex());
         })},
        {"improvement-names-an-unknown-kpi", "E85", inManifest("\"kpi\":\"K-0001\"", "\"kpi\":\"K-0009\"")},
        {"improvement-names-an-unlisted-version", "E90", product([](Parts& p, Forge&) {
             std::string& manifest = p.at(entry::manifest);
             const auto place =
                 manifest.find("\"evidence\":[\"E-0006/v1\"]", manifest.find("\"improvements\""));
             manifest.replace(place + 15, 4, "0099");
         })},
        {"kpis-without-the-digest-of-their-file", "E80", product([](Parts& p, Forge&) {
             auto manifest = expected(codec::parseJson(p.at(entry::manifest)));
             manifest.members()->erase(manifest.members()->find(std::string_view("measurements")));
             p.at(entry::manifest) = codec::canonicalJson(manifest);
         })},
    };
}

std::vector<Mutant> oscalMutants() {
    const auto inResults = [](std::string from, std::string to) {
        return product([from = std::move(from), to = std::move(to)](Parts& p, Forge&) {
            replaceIn(p.at(entry::oscalResults), from, to);
        });
    };
    return {
        {"oscal-states-another-digest", "E80", product([](Parts& p, Forge&) {
             std::string& oscal = p.at(entry::oscalPoam);
             const auto place = oscal.find("\"value\":\"", oscal.find("\"hashes\"")) + 9;
             oscal[place] = oscal[place] == '0' ? '1' : '0';
         })},
        {"oscal-without-a-digest", "E80", inResults("\"algorithm\":\"SHA-256\"", "\"algorithm\":\"MD5\"")},
        {"oscal-links-to-nothing", "E80",
         inResults("../evidence/F-0001/E-0002", "../evidence/F-0001/E-0042")},
        {"oscal-without-an-evidence-file", "E80", inResults("\"rlinks\"", "\"links\"")},
        {"oscal-of-another-type", "E80", inResults("\"assessment-results\"", "\"assessment-plan\"")},
        {"oscal-cut-off", "E80", product([](Parts& p, Forge&) { p.at(entry::oscalPoam).resize(500); })},
        {"oscal-left-out", "E30", product([](Parts& p, Forge&) { p.remove(entry::oscalPoam); })},
        {"large-without-a-reason", "E10", product([](Parts& p, Forge&) {
             replaceIn(p.at(entry::bagInfo), "Tickmark-Class: portable", "Tickmark-Class: large");
         })},
        {"bag-info-of-unknown-signatories", "E80", product([](Parts& p, Forge&) {
             replaceIn(p.at(entry::bagInfo), "Tickmark-Signatories: seal", "Tickmark-Signatories: nobody");
         })},
    };
}

}  // namespace

std::vector<Mutant> contentMutants() {
    std::vector<Mutant> all;
    for (auto part : {structureMutants(), coverageMutants(), signatureMutants(), ledgerMutants(),
                      contentRuleMutants(), measurementMutants(), oscalMutants()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

}  // namespace tickmark::bundle::test
