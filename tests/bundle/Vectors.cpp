#include "bundle/Vectors.h"

#include <map>

#include "bundle/Mutants.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle::test {
namespace {

using codec::Json;
using Texts = std::vector<std::string>;

// Larger ones are for the memory of the verifier and are made in its tests only.
constexpr std::size_t largestVector = 256'000;

struct List {
    const char* name;
    Texts AnchorArguments::*texts;
    bool areFiles;
};
constexpr std::array<List, 7> lists{{
    {"anchors", &AnchorArguments::files, true},
    {"fingerprints", &AnchorArguments::fingerprints, false},
    {"timestamp_anchors", &AnchorArguments::timestampAnchors, true},
    {"crls", &AnchorArguments::crls, true},
    {"witnesses", &AnchorArguments::witnesses, false},
    {"previous", &AnchorArguments::previous, true},
    {"required", &AnchorArguments::required, false},
}};

Json arrayOf(const Texts& texts) {
    Json array = Json::array();
    for (const std::string& text : texts) array.push(text);
    return array;
}

Texts textsOf(const Json* array) {
    Texts texts;
    if (array == nullptr) return texts;
    for (const Json& text : *array->items()) texts.push_back(*text.text());
    return texts;
}

Json broughtJson(const AnchorArguments& brought) {
    Json json = Json::object();
    for (const List& list : lists) {
        if (!(brought.*list.texts).empty()) json.set(list.name, arrayOf(brought.*list.texts));
    }
    if (!brought.logKey.empty()) json.set("log_key", brought.logKey);
    return json;
}

AnchorArguments broughtFrom(const Json& json, const std::filesystem::path& folder) {
    AnchorArguments brought;
    for (const List& list : lists) {
        Texts texts = textsOf(json.find(list.name));
        for (std::string& text : texts) {
            if (list.areFiles) text = (folder / text).string();
        }
        brought.*list.texts = std::move(texts);
    }
    brought.logKey = json.textAt("log_key");
    return brought;
}

/// What verifiers bring, as files.
void writeBrought(const Forge& forge, const std::filesystem::path& folder) {
    writeFile(folder / "anchor.pem", forge.house.root.certificate().pem());
    writeFile(folder / "certifier.pem", forge.body.certificate().pem());
    writeFile(folder / "tsa.pem", forge.timeRoot.certificate().pem());
    const auto list = [&](const crypto::LocalAuthority& authority, const crypto::SigningKey& key,
                          Timestamp at, const char* name) {
        const auto der = expected(
            authority.makeCrl({{key.certificate().serialHex(), at, crypto::RevocationReason::KeyCompromise}},
                              sealTime.plusSeconds(86'400 * 10), 4000, 9));
        writeFile(folder / name, textOf(der));
    };
    list(forge.house.root, forge.house.sealKey, sealTime.plusSeconds(-86'400), "revoked-before.crl");
    list(forge.house.root, forge.house.sealKey, sealTime.plusSeconds(86'400), "revoked-after.crl");
    list(forge.timeRoot, forge.clock, sealTime.plusSeconds(-86'400), "clock-revoked.crl");
    writeFile(folder / "earlier.checkpoint", forge.earlierCheckpoint);
    const auto lie = [&](std::uint64_t size) {
        return forge.house.log.sign(
            {"example.org/log", size, crypto::Sha256::of(std::string_view("another past"))});
    };
    const auto earlier = expected(ledger::readCheckpoint(forge.earlierCheckpoint));
    writeFile(folder / "rewritten.checkpoint", lie(earlier.size));
    writeFile(folder / "unproven.checkpoint", lie(earlier.size - 1));
    writeFile(folder / "foreign.checkpoint", forge.other.log.checkpoint());
}

/// Keys are made anew each time; the mutants name them by these words.
AnchorArguments withKeys(AnchorArguments brought, const Forge& forge) {
    const std::map<std::string, std::string> keys{{"WITNESS", forge.witness},
                                                  {"STRANGER", forge.strangerWitness}};
    for (std::string& text : brought.witnesses) text = keys.at(text);
    if (brought.logKey == "OTHERLOG") brought.logKey = forge.other.log.key().text();
    return brought;
}

std::string_view word(Verdict verdict) {
    if (verdict == Verdict::Pass) return "PASS";
    return verdict == Verdict::Fail ? "FAIL" : "INDETERMINATE";
}

}  // namespace

std::vector<Mutant> allMutants() {
    std::vector<Mutant> all;
    for (auto part : {goodOnes(), zipMutants(), largeZipMutants(), contentMutants(), reviewMutants(),
                      signatoryMutants(), timeMutants(), logMutants()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

std::vector<std::string> codesWith(const Report& report, CheckStatus status) {
    Texts codes;
    for (const Check& check : report.checks) {
        if (check.status == status) codes.push_back(check.code);
    }
    return codes;
}

void writeVectors(const std::filesystem::path& folder) {
    Forge forge;
    writeBrought(forge, folder);
    Json vectors = Json::object();
    std::vector<std::pair<std::string, Json>> made;
    for (const Mutant& mutant : allMutants()) {
        const std::string bytes = mutant.make(forge);
        if (bytes.size() > largestVector) continue;
        writeFile(folder / (mutant.name + ".evidence.zip"), bytes);
        Json one = Json::object();
        one.set("brought", broughtJson(withKeys(mutant.brought, forge)));
        one.set("verdict", word(mutant.verdict)).set("code", mutant.code);
        made.emplace_back(mutant.name, std::move(one));
    }
    // Only now, because some bring another bundle.
    for (auto& [name, one] : made) {
        const auto options = expected(optionsFrom(broughtFrom(*one.find("brought"), folder)));
        const Report report = expected(verifyBundle(folder / (name + ".evidence.zip"), options));
        one.set("failed", arrayOf(codesWith(report, CheckStatus::Failed)));
        one.set("open", arrayOf(codesWith(report, CheckStatus::NotChecked)));
        vectors.set(name, std::move(one));
    }
    const Json list =
        Json::object().set("format", "tickmark-vectors").set("version", 1).set("vectors", std::move(vectors));
    writeFile(folder / "expected.json", codec::prettyJson(list));
}

std::vector<Vector> readVectors(const std::filesystem::path& folder) {
    const Json list = expected(codec::parseJson(readFile(folder / "expected.json")));
    std::vector<Vector> vectors;
    for (const auto& [name, one] : *list.find("vectors")->members()) {
        vectors.push_back({name, broughtFrom(*one.find("brought"), folder),
                           std::string(one.textAt("verdict")), std::string(one.textAt("code")),
                           textsOf(one.find("failed")), textsOf(one.find("open"))});
    }
    return vectors;
}

}  // namespace tickmark::bundle::test
