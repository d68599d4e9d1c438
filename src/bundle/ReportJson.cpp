// The report for machines, by schemas/json/verification-report.schema.json.
#include "bundle/ReportWords.h"

namespace tickmark::bundle {
namespace {

using codec::Json;

std::string_view word(Verdict verdict) {
    switch (verdict) {
        case Verdict::Pass:
            return "PASS";
        case Verdict::Fail:
            return "FAIL";
        case Verdict::Indeterminate:
            return "INDETERMINATE";
    }
    return {};
}

std::string_view word(CheckStatus status) {
    switch (status) {
        case CheckStatus::Passed:
            return "passed";
        case CheckStatus::Failed:
            return "failed";
        case CheckStatus::NotChecked:
            return "not_checked";
    }
    return {};
}

Json checksJson(const Report& report) {
    Json array = Json::array();
    for (const Check& check : report.checks) {
        array.push(Json::object()
                       .set("code", check.code)
                       .set("title", check.title)
                       .set("statement", idOf(check.statement))
                       .set("status", word(check.status))
                       .set("reason", check.reason)
                       .set("weighs", check.weighs));
    }
    return array;
}

Json problemsJson(const Report& report) {
    Json array = Json::array();
    for (const Problem& problem : report.problems) {
        array.push(Json::object()
                       .set("code", problem.code)
                       .set("place", problem.place)
                       .set("message", problem.message)
                       .set("meaning", problem.meaning)
                       .set("advice", problem.advice)
                       .set("open", problem.open));
    }
    return array;
}

void setTime(Json& object, std::string_view name, const std::optional<Timestamp>& time) {
    if (time) object.set(name, time->iso());
}

Json signaturesJson(const Report& report) {
    Json array = Json::array();
    for (const SignatureFact& fact : report.signatures) {
        Json one = Json::object();
        one.set("file", fact.file).set("role", fact.role).set("decision", fact.decision);
        one.set("comment", fact.comment).set("name", fact.name).set("commitment", fact.commitment);
        one.set("signer", fact.signer).set("fingerprint", fact.fingerprint).set("anchor", fact.anchor);
        one.set("intact", fact.intact).set("trusted", fact.trusted);
        setTime(one, "signing_time", fact.signingTime);
        setTime(one, "trusted_time", fact.trustedTime);
        one.set("authority", fact.authority).set("level", toText(fact.level));
        array.push(std::move(one));
    }
    return array;
}

Json archiveTimestampsJson(const Report& report) {
    Json array = Json::array();
    for (const ArchiveTimestampFact& fact : report.archiveTimestamps) {
        Json one = Json::object();
        one.set("file", fact.file).set("authority", fact.authority).set("anchor", fact.anchor);
        one.set("trusted", fact.trusted);
        setTime(one, "time", fact.time);
        array.push(std::move(one));
    }
    return array;
}

Json bundleJson(const Report& report) {
    Json withheld = Json::array();
    for (const WithheldFact& fact : report.withheld) {
        Json one = Json::object();
        one.set("version", fact.version).set("reason", fact.reason).set("sha256", fact.digest);
        one.set("size", Json(fact.size)).set("redacted_as", fact.redactedAs);
        withheld.push(std::move(one));
    }
    Json bundle = Json::object();
    bundle.set("ref", report.bundleRef).set("title", report.title).set("audit", report.auditRef);
    bundle.set("organisation", report.organisation).set("class", report.sizeClass);
    bundle.set("level", toText(report.level)).set("selection", report.selection);
    bundle.set("supersedes", report.supersedes).set("supersedes_sha256", report.supersedesDigest);
    bundle.set("findings", report.findings).set("files", report.files);
    return bundle.set("withheld", std::move(withheld));
}

Json logJson(const Report& report) {
    Json history = Json::array();
    for (const HistoryFact& fact : report.history) {
        history.push(
            Json::object().set("kind", fact.kind).set("name", fact.name).set("size", Json(fact.size)));
    }
    Json witnesses = Json::array();
    for (const WitnessFact& fact : report.witnesses) {
        witnesses.push(
            Json::object().set("name", fact.name).set("at", fact.at.iso()).set("size", Json(fact.size)));
    }
    return Json::object()
        .set("origin", report.logOrigin)
        .set("size", Json(report.logSize))
        .set("history", std::move(history))
        .set("witnesses", std::move(witnesses));
}

Json statementsJson(const Report& report) {
    Json statements = Json::object();
    for (const StatementLine& line : report.statements) {
        Json sentences = Json::array();
        for (const std::string& sentence : line.sentences) sentences.push(sentence);
        statements.set(
            idOf(line.statement),
            Json::object().set("status", word(line.status)).set("sentences", std::move(sentences)));
    }
    return statements;
}

Json fileJson(const Report& report) {
    Json file = Json::object().set("size", Json(report.size));
    if (report.digested) file.set("sha256", report.digest.hex());
    return file;
}

}  // namespace

Json reportAsJson(const Report& report) {
    return Json::object()
        .set("format", "tickmark-verification-report")
        .set("version", 1)
        .set("verdict", word(report.verdict))
        .set("statements", statementsJson(report))
        .set("file", fileJson(report))
        .set("bundle", bundleJson(report))
        .set("log", logJson(report))
        .set("signatures", signaturesJson(report))
        .set("archive_timestamps", archiveTimestampsJson(report))
        .set("checks", checksJson(report))
        .set("problems", problemsJson(report));
}

}  // namespace tickmark::bundle
