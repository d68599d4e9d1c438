// The report for machines, by schemas/json/verification-report.schema.json.
#include "tickmark/bundle/Verifier.h"

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

std::string_view word(Statement statement) {
    switch (statement) {
        case Statement::Intact:
            return "intact";
        case Statement::Authentic:
            return "authentic";
        case Statement::Complete:
            return "complete";
        case Statement::InTheLog:
            return "in_the_log";
    }
    return {};
}

Json checksJson(const Report& report) {
    Json array = Json::array();
    for (const Check& check : report.checks) {
        array.push(Json::object()
                       .set("code", check.code)
                       .set("title", check.title)
                       .set("statement", word(check.statement))
                       .set("status", word(check.status))
                       .set("reason", check.reason));
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
                       .set("advice", problem.advice));
    }
    return array;
}

Json signaturesJson(const Report& report) {
    Json array = Json::array();
    for (const SignatureFact& fact : report.signatures) {
        Json one = Json::object();
        one.set("file", fact.file).set("signer", fact.signer).set("fingerprint", fact.fingerprint);
        one.set("anchor", fact.anchor).set("commitment", fact.commitment);
        if (fact.signingTime) one.set("signing_time", fact.signingTime->iso());
        array.push(std::move(one));
    }
    return array;
}

}  // namespace

Json reportAsJson(const Report& report) {
    Json statements = Json::object();
    for (const auto statement :
         {Statement::Intact, Statement::Authentic, Statement::Complete, Statement::InTheLog}) {
        statements.set(word(statement), word(report.statusOf(statement)));
    }
    Json withheld = Json::array();
    for (const std::string& one : report.withheld) withheld.push(one);
    Json bundle = Json::object();
    bundle.set("ref", report.bundleRef).set("title", report.title).set("audit", report.auditRef);
    bundle.set("organisation", report.organisation)
        .set("findings", report.findings)
        .set("files", report.files);
    bundle.set("withheld", std::move(withheld));
    return Json::object()
        .set("format", "tickmark-verification-report")
        .set("version", 1)
        .set("verdict", word(report.verdict))
        .set("statements", std::move(statements))
        .set("file", Json::object().set("sha256", report.digest.hex()).set("size", Json(report.size)))
        .set("bundle", std::move(bundle))
        .set("log", Json::object().set("origin", report.logOrigin).set("size", Json(report.logSize)))
        .set("signatures", signaturesJson(report))
        .set("checks", checksJson(report))
        .set("problems", problemsJson(report));
}

}  // namespace tickmark::bundle
