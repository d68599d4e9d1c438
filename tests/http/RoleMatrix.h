// Who gets how far at every address: one row per route, one column per caller.
#pragma once

#include <string_view>

namespace tickmark::http::test {

/// How a call is made. `{audit}` and the like in target and body are replaced by references of the seeded
/// site.
struct MatrixRow {
    std::string_view route{};   ///< Route::name
    std::string_view target{};  ///< "/api/v1/findings/{finding}"
    std::string_view body{};
    /// Nine words for lea (LA, leads the audit), aud (AU, on the team), pia (PO, owns the finding), otto (AO,
    /// owns the action), ida (IM), tom (TM), xavi (XA, shared), admin (AD), nobody: "ok" is any 2xx, "in"
    /// means let in and refused for another reason (400, 409, 422), else the status.
    std::string_view expected{};
};

// clang-format off
inline constexpr MatrixRow roleMatrix[] = {
    // route                    target                                          body                                    LA  AU  PO  AO  IM  TM  XA  AD  nobody
    {"health.show",             "/healthz",                                     "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"metrics.show",            "/metrics",                                     "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"openapi.show",            "/api/openapi.json",                            "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"session.start",           "/api/v1/session",                              "{}",                                   "in  in  in  in  in  in  in  in  in"},
    {"session.show",            "/api/v1/session",                              "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  401"},
    {"home.show",               "/api/v1/home",                                 "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  401"},
    {"audits.list",             "/api/v1/audits",                               "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"audits.create",           "/api/v1/audits",                               R"({"title":"Another audit","auditee":"Desk"})", "ok  403 403 403 403 403 403 403 401"},
    {"audits.show",             "/api/v1/audits/{audit}",                       "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"audits.change",           "/api/v1/audits/{audit}",                       R"({"title":"T","auditee":"D"})",       "in  403 403 403 403 403 403 403 401"},
    {"audits.move",             "/api/v1/audits/{audit}/events",                R"({"event":"close"})",                 "in  403 403 403 403 403 403 403 401"},
    {"audits.share",            "/api/v1/audits/{audit}/shares/xavi",           R"({"until":"2099-01-01"})",            "in  403 403 403 403 403 403 403 401"},
    {"audits.unshare",          "/api/v1/audits/{audit}/shares/xavi",           "",                                     "in  403 403 403 403 403 403 403 401"},
    {"imports.findings",        "/api/v1/audits/{audit}/imports/findings",      "no csv",                               "in  in  403 403 403 403 403 403 401"},
    {"imports.actions",         "/api/v1/audits/{audit}/imports/actions",       "no csv",                               "in  in  403 403 403 403 403 403 401"},
    {"imports.audits",          "/api/v1/imports/audits",                       "no csv",                               "in  403 403 403 403 403 403 403 401"},
    {"findings.list",           "/api/v1/findings",                             "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"findings.create",         "/api/v1/findings",                             R"({"audit":"{audit}","title":"By the matrix"})", "ok  ok  403 403 403 403 403 403 401"},
    {"findings.show",           "/api/v1/findings/{finding}",                   "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"findings.edit",           "/api/v1/findings/{finding}",                   R"({"audit":"{audit}","title":"T"})",   "in  in  403 403 403 403 403 403 401"},
    {"findings.move",           "/api/v1/findings/{finding}/events",            R"({"event":"close"})",                 "in  in  in  403 in  403 403 403 401"},
    {"findings.respond",        "/api/v1/findings/{finding}/response",          R"({"correction":"C"})",                "403 403 in  403 403 403 403 403 401"},
    {"findings.check",          "/api/v1/findings/{finding}/effectiveness",     R"({"criterion":"C"})",                 "in  in  403 403 403 403 403 403 401"},
    {"findings.assign",         "/api/v1/findings/{finding}/assignment",        R"({"owner":"pia"})",                   "in  in  403 403 403 403 403 403 401"},
    {"findings.reclassify",     "/api/v1/findings/{finding}/class",             R"({"class":"major","reason":"R"})",    "in  403 403 403 403 403 403 403 401"},
    {"findings.attach",         "/api/v1/findings/{finding}/evidence",          R"({"versions":["{evidence}/v1"]})",    "in  in  in  403 403 403 403 403 401"},
    {"actions.list",            "/api/v1/actions",                              "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"actions.create",          "/api/v1/actions",                              R"({"finding":"{finding}","title":"By the matrix"})", "ok  403 ok  403 403 403 403 403 401"},
    {"actions.show",            "/api/v1/actions/{action}",                     "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"actions.edit",            "/api/v1/actions/{action}",                     R"({"title":"T"})",                     "in  403 in  403 403 403 403 403 401"},
    {"actions.move",            "/api/v1/actions/{action}/events",              R"({"event":"verify"})",                "in  in  in  in  in  403 403 403 401"},
    {"actions.ask-extension",   "/api/v1/actions/{action}/extension",           R"({"due":"2031-01-01","reason":"R"})", "403 403 in  in  403 403 403 403 401"},
    {"actions.decide-extension","/api/v1/actions/{action}/extension-decision",  R"({"approve":true})",                  "in  403 403 403 403 403 403 403 401"},
    {"actions.attach",          "/api/v1/actions/{action}/evidence",            R"({"versions":["{evidence}/v1"]})",    "in  in  in  in  403 403 403 403 401"},
    {"requests.list",           "/api/v1/requests",                             "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"requests.create",         "/api/v1/requests",                             R"({"audit":"{audit}","text":"By the matrix"})", "ok  ok  403 403 403 403 403 403 401"},
    {"requests.show",           "/api/v1/requests/{request}",                   "",                                     "ok  ok  ok  404 ok  ok  ok  403 401"},
    {"requests.move",           "/api/v1/requests/{request}/events",            R"({"event":"close"})",                 "in  in  in  404 403 403 403 403 401"},
    {"evidence.list",           "/api/v1/evidence",                             "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"evidence.upload",         "/api/v1/evidence?finding={finding}&file_name=m.txt&title=M", "bytes",                  "ok  ok  ok  403 403 403 403 403 401"},
    {"evidence.show",           "/api/v1/evidence/{evidence}",                  "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"evidence.content",        "/api/v1/evidence/{evidence}/v/1/content",      "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"evidence.receipt",        "/api/v1/evidence/{evidence}/v/1/receipt",      "",                                     "ok  ok  ok  ok  ok  ok  ok  403 401"},
    {"evidence.move",           "/api/v1/evidence/{evidence}/v/1/events",       R"({"event":"accept"})",                "in  in  in  403 403 403 403 403 401"},
    {"bundles.list",            "/api/v1/bundles",                              "",                                     "ok  ok  403 403 ok  ok  ok  403 401"},
    {"bundles.seal",            "/api/v1/bundles",                              R"({"audit":"none-such"})",             "404 403 403 403 403 403 403 403 401"},
    {"bundles.preview",         "/api/v1/bundles/preview",                      R"({"audit":"{audit}"})",               "ok  403 403 403 403 403 403 403 401"},
    {"bundles.show",            "/api/v1/bundles/{bundle}",                     "",                                     "ok  ok  403 403 ok  ok  ok  403 401"},
    {"bundles.content",         "/api/v1/bundles/{bundle}/content",             "",                                     "ok  ok  403 403 ok  ok  ok  403 401"},
    {"bundles.verify",          "/api/v1/bundles/{bundle}/verification",        "",                                     "ok  ok  403 403 ok  ok  ok  403 401"},
    {"bundles.sign",            "/api/v1/bundles/{bundle}/signatures",          R"({"decision":"approved","passphrase":"wrong"})", "in  403 403 403 403 403 in  403 401"},
    {"bundles.take-back",       "/api/v1/bundles/{bundle}/content",             "no bundle",                            "in  403 403 403 403 403 in  403 401"},
    {"bundles.timestamp",       "/api/v1/bundles/{bundle}/timestamps",          "{}",                                   "in  403 403 403 403 403 403 in  401"},
    {"bundles.sealing",         "/api/v1/bundles/{bundle}/sealing",             "",                                     "ok  ok  403 403 ok  ok  ok  403 401"},
    {"bundles.sealing-cancel",  "/api/v1/bundles/{bundle}/sealing/cancel",      "{}",                                   "in  403 403 403 403 403 403 403 401"},
    {"bundles.revoke",          "/api/v1/bundles/{bundle}/revoke",              R"({"reason":"R"})",                    "in  403 403 403 403 403 403 403 401"},
    {"ledger.list",             "/api/v1/ledger",                               "",                                     "ok  ok  403 403 ok  ok  403 ok  401"},
    {"ledger.checkpoint",       "/api/v1/ledger/checkpoint",                    "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"ledger.prove",            "/api/v1/ledger/proof/0",                       "",                                     "ok  ok  403 403 ok  ok  403 ok  401"},
    {"ledger.consistency",      "/api/v1/ledger/consistency?first=1",           "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"keys.show",               "/api/v1/keys",                                 "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"keys.anchor",             "/api/v1/keys/anchor.pem",                      "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"catalogs.list",           "/api/v1/catalogs",                             "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  401"},
    {"catalogs.import",         "/api/v1/catalogs?code=x",                      "no csv",                               "in  403 403 403 403 403 403 in  401"},
    {"catalogs.show",           "/api/v1/catalogs/iso20000-1",                  "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  401"},
    {"accounts.list",           "/api/v1/accounts",                             "",                                     "403 403 403 403 403 403 403 ok  401"},
    {"accounts.create",         "/api/v1/accounts",                             "{}",                                   "403 403 403 403 403 403 403 in  401"},
    {"accounts.change",         "/api/v1/accounts/pia",                         R"({"name":"N"})",                      "403 403 403 403 403 403 403 in  401"},
    {"accounts.password",       "/api/v1/accounts/tom/password",                R"({"new_password":"x"})",              "403 403 403 403 403 in  403 in  401"},
    {"parties.list",            "/api/v1/parties",                              "",                                     "ok  ok  ok  ok  ok  ok  403 ok  401"},
    {"tokens.list",             "/api/v1/tokens",                               "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  401"},
    {"tokens.create",           "/api/v1/tokens",                               "{}",                                   "in  in  in  in  in  in  in  in  401"},
    {"tokens.revoke",           "/api/v1/tokens/none-such",                     "",                                     "404 404 404 404 404 404 404 404 401"},
    {"kpis.list",               "/api/v1/kpis",                                 "",                                     "ok  ok  ok  403 ok  ok  403 403 401"},
    {"kpis.define",             "/api/v1/kpis",                                 R"({"name":"By the matrix","unit":"%"})", "403 403 403 403 ok  403 403 403 401"},
    {"kpis.show",               "/api/v1/kpis/{kpi}",                           "",                                     "ok  ok  ok  403 ok  ok  403 403 401"},
    {"kpis.edit",               "/api/v1/kpis/{kpi}",                           R"({"name":"N","unit":"%"})",           "403 403 403 403 in  403 403 403 401"},
    {"kpis.measure",            "/api/v1/kpis/{kpi}/measurements",              R"({"value":1,"evidence":"E-9999/v1"})", "403 403 in  403 in  403 403 403 401"},
    {"kpis.compute",            "/api/v1/kpis/{kpi}/series",                    R"({"evidence":"E-9999/v1"})",          "403 403 in  403 in  403 403 403 401"},
    {"kpis.series",             "/api/v1/kpis/{kpi}/series/KS-0001",            "",                                     "ok  ok  ok  403 ok  ok  403 403 401"},
    {"kpis.withdraw",           "/api/v1/kpis/{kpi}/series/KS-0001/withdrawal", R"({"reason":"R"})",                    "403 403 in  403 in  403 403 403 401"},
    // Last: it ends the sessions of all callers.
    {"session.end",             "/api/v1/session",                              "",                                     "ok  ok  ok  ok  ok  ok  ok  ok  401"},
};
// clang-format on

}  // namespace tickmark::http::test
