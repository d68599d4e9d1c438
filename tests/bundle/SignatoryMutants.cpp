// Forgeries of the signatories' chain: who signed what, and in which role.
#include <algorithm>

#include "bundle/Forging.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle::test {
namespace {

using crypto::Commitment;

Signing approvalBy(const Forge& forge) {
    return {forge.statement(Decision::Approved).text(),
            &forge.lead,
            Commitment::Approval,
            approvalTime,
            {forge.house.crl}};
}

Signing decisionBy(const Forge& forge, Decision decision) {
    const bool rejects = decision == Decision::Rejected;
    return {forge.statement(decision).text(),
            &forge.certifier,
            rejects ? Commitment::Receipt : Commitment::Approval,
            acceptanceTime,
            {expected(forge.body.makeCrl({}, founded.plusSeconds(60), 400, 1))}};
}

/// `good` with an approval that is changed before it is signed.
Make approved(const std::function<void(Signing&, Forge&)>& change) {
    return [change](Forge& forge) {
        Parts parts = forge.parts();
        Signing signing = approvalBy(forge);
        change(signing, forge);
        appendSignature(parts, signing);
        return parts.zip();
    };
}

/// The complete bundle, changed afterwards.
Make fromComplete(const Change& change) {
    return [change](Forge& forge) {
        Parts parts = forge.complete();
        change(parts, forge);
        return parts.zip();
    };
}

Make withStatement(std::string statement) {
    return approved(
        [statement = std::move(statement)](Signing& signing, Forge&) { signing.statement = statement; });
}

/// A second group whose manifest is changed before it is signed.
Make withManifest(const std::function<void(std::string& xml, Parts& parts)>& change) {
    return [change](Forge& forge) {
        Parts parts = forge.parts();
        appendSignature(parts, approvalBy(forge));
        std::string& xml = parts.at("META-INF/ASiCManifest002.xml");
        change(xml, parts);
        parts.at(signatureName(2)) = std::string(textOf(expected(crypto::signCades(
            forge.lead, viewOf(xml), Commitment::Approval, approvalTime, {forge.house.crl}))));
        return parts.zip();
    };
}

std::vector<Mutant> chainMutants() {
    const auto remove = [](Parts& p, std::initializer_list<std::string_view> names) {
        for (const auto name : names) p.remove(name);
    };
    return {
        {"second-signature-stripped", "E40",
         fromComplete([](Parts& p, Forge&) { p.remove(signatureName(2)); }), fullTrust()},
        {"signatory-taken-out-of-the-chain", "E30", fromComplete([=](Parts& p, Forge&) {
             remove(p, {"META-INF/statement002.json", "META-INF/ASiCManifest002.xml", signatureName(2)});
         }),
         fullTrust()},
        {"signatures-swapped", "E40",
         fromComplete([](Parts& p, Forge&) { std::swap(p.at(signatureName(1)), p.at(signatureName(2))); }),
         fullTrust()},
        {"statement-changed", "E31", fromComplete([](Parts& p, Forge&) {
             replaceIn(p.at("META-INF/statement003.json"), "\"comment\":\"\"", "\"comment\":\"Well done.\"");
         }),
         fullTrust()},
        {"acceptance-turned-into-rejection", "E31", fromComplete([](Parts& p, Forge& f) {
             p.at("META-INF/statement003.json") = f.statement(Decision::Rejected).text();
         }),
         fullTrust()},
        {"evidence-changed-under-three-signatures", "E31", fromComplete([](Parts& p, Forge&) {
             p.at("data/evidence/F-0001/E-0002.v1.incident_log.csv")[10] = 'X';
         }),
         fullTrust()},
        {"statement-missing", "E30",
         [](Forge& f) {
             Parts p = f.parts();
             const std::string xml = asicManifest(p.covered(), {false, 2});
             p.files.push_back({"META-INF/ASiCManifest002.xml", xml});
             p.files.push_back(
                 {signatureName(2), std::string(textOf(expected(crypto::signCades(
                                        f.lead, viewOf(xml), Commitment::Approval, approvalTime))))});
             return p.zip();
         }},
        {"signatory-number-left-out", "E10",
         [](Forge& f) {
             Parts p = f.parts();
             appendSignature(p, approvalBy(f));
             for (auto& file : p.files) {
                 const auto place = file.name.find("002");
                 if (place != std::string::npos && entry::isMeta(file.name))
                     file.name.replace(place, 3, "003");
             }
             return p.zip();
         }},
        {"signatory-before-the-content", "E10",
         [](Forge& f) {
             Parts p = f.parts();
             appendSignature(p, approvalBy(f));
             std::rotate(p.files.begin() + 1, p.files.end() - 3, p.files.end());
             return p.zip();
         }},
        {"twenty-one-signatures", "E10",
         [](Forge& f) {
             Parts p = f.parts();
             for (int i = 0; i < 20; ++i) {
                 Signing signing = approvalBy(f);
                 signing.at = approvalTime.plusSeconds(i);
                 appendSignature(p, signing);
             }
             return p.zip();
         }},
        {"approval-of-another-bundle", "E31",
         [](Forge& f) {
             Parts other = f.partsOf(f.second);
             appendSignature(other, approvalBy(f));
             Parts p = f.parts();
             for (auto it = other.files.end() - 3; it != other.files.end(); ++it) p.files.push_back(*it);
             return p.zip();
         }},
    };
}

std::vector<Mutant> statementMutants() {
    constexpr std::string_view head = "{\"bundle\":\"B-0001\",\"comment\":\"\",\"decision\":\"approved\",";
    const std::string good =
        std::string(head) + "\"format\":\"tickmark-statement\",\"name\":\"A\",\"role\":\"lead-auditor\"}";
    const auto changed = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        replaceIn(text, from, to);
        return withStatement(text);
    };
    return {
        {"statement-about-another-bundle", "E40", changed("B-0001", "B-0002")},
        {"statement-not-canonical", "E40", changed("{\"bundle\"", "{ \"bundle\"")},
        {"statement-with-unknown-member", "E40",
         changed("\"comment\":\"\",", "\"comment\":\"\",\"date\":\"\",")},
        {"statement-without-a-name", "E40", changed("\"name\":\"A\",", "")},
        {"statement-with-an-endless-comment", "E40",
         changed("\"comment\":\"\"", "\"comment\":\"" + std::string(2001, 'a') + "\"")},
        {"lead-auditor-who-accepts", "E40", changed("approved", "accepted")},
        {"certification-auditor-who-approves", "E40", changed("lead-auditor", "certification-auditor")},
        {"statement-by-nobody", "E40", changed("lead-auditor", "visitor")},
        {"statement-of-another-format", "E40", changed("tickmark-statement", "tickmark-note")},
        {"statement-too-deep", "E40", withStatement(std::string(20'000, '['))},
        {"rejection-without-a-reason", "E40",
         [](Forge& f) {
             Parts p = f.parts();
             SignerStatement statement = f.statement(Decision::Rejected);
             statement.comment.clear();
             Signing signing = decisionBy(f, Decision::Rejected);
             signing.statement = statement.text();
             appendSignature(p, signing);
             return p.zip();
         },
         bothAnchors()},
        {"rejection-signed-as-approval", "E40",
         [](Forge& f) {
             Parts p = f.parts();
             Signing signing = decisionBy(f, Decision::Rejected);
             signing.commitment = Commitment::Approval;
             appendSignature(p, signing);
             return p.zip();
         },
         bothAnchors()},
        {"approval-signed-as-origin", "E40",
         approved([](Signing& s, Forge&) { s.commitment = Commitment::Origin; })},
        {"approval-by-the-seals-key", "E40",
         approved([](Signing& s, Forge& f) { s.key = &f.house.sealKey; })},
        {"acceptance-by-the-lead-auditors-key", "E40",
         [](Forge& f) {
             Parts p = f.parts();
             appendSignature(p, approvalBy(f));
             Signing signing = decisionBy(f, Decision::Accepted);
             signing.key = &f.lead;
             signing.crls = {f.house.crl};
             appendSignature(p, signing);
             return p.zip();
         }},
        {"seal-committed-as-approval", "E40",
         [](Forge& f) {
             Parts p = f.parts();
             p.at(entry::signature) = std::string(
                 textOf(expected(crypto::signCades(f.house.sealKey, viewOf(p.at(entry::asicManifest)),
                                                   Commitment::Approval, sealTime, {f.house.crl}))));
             return p.zip();
         }},
        {"approval-with-an-expired-certificate", "E50",
         [](Forge& f) {
             const auto old = expected(f.house.root.issue(crypto::CertificatePurpose::Signatory,
                                                          "Former lead auditor", founded, 10));
             Parts p = f.parts();
             appendSignature(p, approvalBy(f));
             p.at(signatureName(2)) = f.signBesidesRules(old, p.at("META-INF/ASiCManifest002.xml"));
             return p.zip();
         }},
    };
}

std::vector<Mutant> laterManifestMutants() {
    return {
        {"second-manifest-without-a-file", "E30", withManifest([](std::string& xml, Parts&) {
             const auto from = xml.find("<asic:DataObjectReference");
             xml.erase(from, xml.find('\n', from) + 1 - from);
         })},
        {"second-manifest-without-the-seal", "E30", withManifest([](std::string& xml, Parts& p) {
             DigestList all = p.covered();
             for (const auto name :
                  {"META-INF/signature001.p7s", "META-INF/ASiCManifest002.xml", "META-INF/signature002.p7s"})
                 all.erase(name);
             xml = asicManifest(all, {false, 2});
         })},
        {"second-manifest-of-the-first-signature", "E30",
         withManifest([](std::string& xml, Parts&) { replaceIn(xml, "signature002", "signature001"); })},
        {"second-manifest-of-a-timestamp", "E30", withManifest([](std::string& xml, Parts&) {
             replaceIn(xml, "META-INF/signature002.p7s", "META-INF/timestamp001.tst");
         })},
        {"second-manifest-missing", "E30",
         [](Forge& f) {
             Parts p = f.parts();
             appendSignature(p, approvalBy(f));
             p.remove("META-INF/ASiCManifest002.xml");
             return p.zip();
         }},
    };
}

std::vector<Mutant> requirementMutants() {
    return {
        {"announced-approval-missing", "E90", [](Forge& f) { return f.announced; }},
        {"announced-approval-replaced-by-an-acceptance", "E90",
         [](Forge& f) {
             Parts p = f.partsOf(f.announced);
             Signing signing = decisionBy(f, Decision::Accepted);
             SignerStatement statement = f.statement(Decision::Accepted);
             statement.bundleRef = "B-0003";
             signing.statement = statement.text();
             appendSignature(p, signing);
             return p.zip();
         },
         bothAnchors()},
        {"required-approval-missing", "E90", [](Forge& f) { return f.good; },
         requiring({{"anchor.pem"}}, {"approval"})},
        {"required-acceptance-is-a-rejection", "E90",
         [](Forge& f) {
             Parts p = f.parts();
             appendSignature(p, decisionBy(f, Decision::Rejected));
             return p.zip();
         },
         requiring(bothAnchors(), {"acceptance"})},
        {"required-acceptance-by-somebody-unknown", "E90",
         [](Forge& f) {
             Parts p = f.parts();
             appendSignature(p, decisionBy(f, Decision::Accepted));
             return p.zip();
         },
         requiring({{"anchor.pem"}}, {"acceptance"}), Verdict::Indeterminate},
        {"approval-by-somebody-unknown",
         "E50",
         approved([](Signing& s, Forge& f) {
             static const auto stranger =
                 expected(f.body.issue(crypto::CertificatePurpose::Signatory, "Lead auditor", founded, 3650));
             s.key = &stranger;
             s.crls = {};
         }),
         {{"anchor.pem"}},
         Verdict::Indeterminate},
    };
}

}  // namespace

std::vector<Mutant> signatoryMutants() {
    std::vector<Mutant> all;
    for (auto part : {chainMutants(), statementMutants(), laterManifestMutants(), requirementMutants()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::vector<Mutant> goodOnes() {
    const auto withDecision = [](Decision decision) {
        return [decision](Forge& f) {
            Parts p = f.parts();
            appendSignature(p, approvalBy(f));
            appendSignature(p, decisionBy(f, decision));
            return p.zip();
        };
    };
    AnchorArguments witnessed{{"anchor.pem"}};
    witnessed.witnesses = {"WITNESS"};
    witnessed.previous = {"earlier.checkpoint"};
    witnessed.required = {"witness"};
    const auto pass = Verdict::Pass;
    return {
        {"good", "", [](Forge& f) { return f.good; }, {{"anchor.pem"}}, pass},
        {"good-and-later", "", [](Forge& f) { return f.second; }, {{"anchor.pem"}}, pass},
        {"good-without-any-improvement",
         "",
         product([](Parts& p, Forge&) {
             auto manifest = expected(codec::parseJson(p.at(entry::manifest)));
             for (const char* member : {"kpis", "measurements", "improvements"})
                 manifest.members()->erase(manifest.members()->find(std::string_view(member)));
             p.at(entry::manifest) = codec::canonicalJson(manifest);
             p.remove(entry::measurements);
         }),
         {{"anchor.pem"}},
         pass},
        {"good-but-nobody-is-trusted", "", [](Forge& f) { return f.good; }, {}, Verdict::Indeterminate},
        {"good-with-a-witness-and-an-earlier-head", "", [](Forge& f) { return f.good; }, witnessed, pass},
        {"good-and-approved", "", approved([](Signing&, Forge&) {}),
         requiring({{"anchor.pem"}}, {"approval"}), pass},
        {"good-and-announced-approval-given",
         "",
         [](Forge& f) {
             Parts p = f.partsOf(f.announced);
             Signing signing = approvalBy(f);
             SignerStatement statement = f.statement(Decision::Approved);
             statement.bundleRef = "B-0003";
             signing.statement = statement.text();
             appendSignature(p, signing);
             return p.zip();
         },
         {{"anchor.pem"}},
         pass},
        {"good-and-accepted", "", withDecision(Decision::Accepted),
         requiring(bothAnchors(), {"approval", "acceptance"}), pass},
        {"good-but-rejected", "", withDecision(Decision::Rejected), bothAnchors(), pass},
        {"good-and-complete", "", [](Forge& f) { return f.complete().zip(); },
         requiring(fullTrust(), {"approval", "acceptance", "timestamp"}), pass},
        {"good-and-renewed", "",
         [](Forge& f) {
             Parts p = f.complete();
             appendArchive(p, [&](const Digest& manifest) {
                 return f.stampAt(manifest, archiveTime.plusSeconds(86'400 * 300));
             });
             return p.zip();
         },
         requiring(fullTrust(), {"timestamp"}), pass},
        {"good-with-an-archive-timestamp-alone", "",
         [](Forge& f) {
             Parts p = f.parts();
             appendArchive(p, [&](const Digest& manifest) { return f.stampAt(manifest, archiveTime); });
             return p.zip();
         },
         requiring(fullTrust(), {"timestamp"}), pass},
        {"good-with-timestamps-nobody-checks", "", [](Forge& f) { return f.complete().zip(); }, bothAnchors(),
         pass},
    };
}

}  // namespace tickmark::bundle::test
