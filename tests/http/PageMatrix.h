// Who gets how far at every page and form: one row per route, one column per caller.
#pragma once

#include "http/RoleMatrix.h"

namespace tickmark::http::test {

// As in RoleMatrix.h. A page that is not for a role does not exist for it (404), a form says 403; nobody is
// led to sign in (303) by a page and refused (401) by a form. A form brings a revision that never fits.
// clang-format off
inline constexpr MatrixRow pageMatrix[] = {
    // route                     target                                       body                    LA  AU  PO  AO  IM  TM  XA  AD  nobody
    {"page.login",               "/login",                                    "",                     "303 303 303 303 303 303 303 303 ok"},
    {"page.asset",               "/assets/tickmark.css",                      "",                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"page.help",                "/help",                                     "",                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"page.keys",                "/keys",                                     "",                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"page.anchor",              "/keys/anchor.pem",                          "",                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"page.crl",                 "/keys/tickmark.crl",                        "",                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"page.verify",              "/verify",                                   "",                     "ok  ok  ok  ok  ok  ok  ok  ok  ok"},
    {"form.verify",              "/verify",                                   "no=multipart",         "in  in  in  in  in  in  in  in  in"},
    {"page.home",                "/",                                         "",                     "ok  ok  ok  ok  ok  ok  ok  ok  303"},
    {"page.me",                  "/me",                                       "",                     "ok  ok  ok  ok  ok  ok  ok  ok  303"},
    {"form.me-password",         "/me/password",                              "old_password=wrong",   "in  in  in  in  in  in  in  in  401"},
    {"form.token-create",        "/me/tokens",                                "name=",                "in  in  in  in  in  in  in  in  401"},
    {"form.token-revoke",        "/me/tokens/revoke",                         "name=none-such",       "404 404 404 404 404 404 404 404 401"},
    {"page.audits",              "/audits",                                   "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"page.audit",               "/audits/{audit}",                           "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"page.audit-new",           "/audits/new",                               "",                     "ok  404 404 404 404 404 404 404 303"},
    {"form.audit-create",        "/audits",                                   "title=",               "in  403 403 403 403 403 403 403 401"},
    {"page.audit-edit",          "/audits/{audit}/edit",                      "",                     "ok  404 404 404 404 404 404 404 303"},
    {"form.audit-change",          "/audits/{audit}/edit",                      "rev=999999&title=T&auditee=D", "in  403 403 403 403 403 403 403 401"},
    {"form.audit-step",          "/audits/{audit}/events",                    "rev=999999&event=close", "in  403 403 403 403 403 403 403 401"},
    {"form.audit-share",         "/audits/{audit}/shares",                    "rev=999999&account=xavi&until=2099-01-01", "in  403 403 403 403 403 403 403 401"},
    {"page.findings",            "/findings",                                 "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"page.finding-new",         "/findings/new?audit={audit}",               "",                     "ok  ok  404 404 404 404 404 404 303"},
    {"form.finding-record",      "/findings",                                 "audit={audit}&title=", "in  in  403 403 403 403 403 403 401"},
    {"page.finding",             "/findings/{finding}",                       "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"page.finding-edit",        "/findings/{draft}/edit",                    "",                     "ok  ok  404 404 404 404 404 404 303"},
    {"form.finding-edit",        "/findings/{draft}/edit",                    "rev=999999&audit={audit}&title=T", "in  in  403 403 403 403 403 403 401"},
    {"form.finding-step",        "/findings/{finding}/events",                "rev=999999&event=close", "in  in  in  403 in  403 403 403 401"},
    {"form.finding-assign",      "/findings/{finding}/assignment",            "rev=999999&owner=pia", "in  in  403 403 403 403 403 403 401"},
    {"form.finding-reclassify",  "/findings/{finding}/class",                 "rev=999999&class=major&reason=R", "in  403 403 403 403 403 403 403 401"},
    {"form.finding-effectiveness", "/findings/{finding}/effectiveness",       "rev=999999&criterion=C", "in  in  403 403 403 403 403 403 401"},
    {"page.finding-response",    "/findings/{finding}/response",              "",                     "404 404 ok  404 404 404 404 404 303"},
    {"form.finding-response",    "/findings/{finding}/response",              "rev=999999&correction=C", "403 403 in  403 403 403 403 403 401"},
    {"page.actions",             "/actions",                                  "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"page.action",              "/actions/{action}",                         "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"page.action-new",          "/findings/{finding}/actions/new",           "",                     "ok  404 ok  404 404 404 404 404 303"},
    {"form.action-plan",         "/findings/{finding}/actions",               "title=",               "in  403 in  403 403 403 403 403 401"},
    {"page.action-edit",         "/actions/{action}/edit",                    "",                     "ok  404 ok  404 404 404 404 404 303"},
    {"form.action-edit",         "/actions/{action}/edit",                    "rev=999999&title=T",   "in  403 in  403 403 403 403 403 401"},
    {"form.action-step",         "/actions/{action}/events",                  "rev=999999&event=verify", "in  in  in  in  in  403 403 403 401"},
    {"form.action-extension",    "/actions/{action}/extension",               "rev=999999&due=2031-01-01&reason=R", "403 403 in  in  403 403 403 403 401"},
    {"form.action-decision",     "/actions/{action}/extension-decision",      "rev=999999&approve=1", "in  403 403 403 403 403 403 403 401"},
    {"page.requests",            "/requests",                                 "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"page.request",             "/requests/{request}",                       "",                     "ok  ok  ok  404 ok  ok  ok  404 303"},
    {"page.request-new",         "/requests/new?audit={audit}",               "",                     "ok  ok  404 404 404 404 404 404 303"},
    {"form.request-create",      "/requests",                                 "audit={audit}&text=",  "in  in  403 403 403 403 403 403 401"},
    {"form.request-step",        "/requests/{request}/events",                "rev=999999&event=close", "in  in  in  404 403 403 403 403 401"},
    {"page.evidence-all",        "/evidence",                                 "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"page.evidence",            "/evidence/{evidence}",                      "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"page.evidence-receipt",    "/evidence/{evidence}/v/1/receipt",          "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"page.evidence-content",    "/evidence/{evidence}/v/1/content",          "",                     "ok  ok  ok  ok  ok  ok  ok  404 303"},
    {"form.evidence-step",       "/evidence/{evidence}/v/1/events",           "rev=999999&event=accept", "in  in  in  403 403 403 403 403 401"},
    {"form.evidence-hand-over",  "/evidence/hand-over",                       "no=multipart",         "in  in  in  in  403 403 403 403 401"},
    {"page.bundles",             "/bundles",                                  "",                     "ok  ok  404 404 ok  ok  ok  404 303"},
    {"page.bundle-new",          "/bundles/new?audit={audit}",                "",                     "ok  404 404 404 404 404 404 404 303"},
    {"form.bundle-seal",         "/bundles",                                  "audit=none-such",      "404 403 403 403 403 403 403 403 401"},
    {"page.bundle",              "/bundles/{bundle}",                         "",                     "ok  ok  404 404 ok  ok  ok  404 303"},
    {"page.bundle-content",      "/bundles/{bundle}/content",                 "",                     "ok  ok  404 404 ok  ok  ok  404 303"},
    {"page.bundle-verification", "/bundles/{bundle}/verification",            "",                     "ok  ok  404 404 ok  ok  ok  404 303"},
    {"page.bundle-sealing",      "/bundles/{bundle}/sealing",                 "",                     "303 303 404 404 303 303 303 404 303"},
    {"form.bundle-sealing-cancel", "/bundles/{bundle}/sealing/cancel",         "",                     "303 403 403 403 403 403 403 403 401"},
    {"form.bundle-revoke",       "/bundles/{bundle}/revoke",                  "rev=999999&reason=R",  "in  403 403 403 403 403 403 403 401"},
    {"page.log",                 "/log",                                      "",                     "ok  ok  404 404 ok  ok  404 ok  303"},
    {"page.log-entry",           "/log/0",                                    "",                     "ok  ok  404 404 ok  ok  404 ok  303"},
    {"page.accounts",            "/admin/accounts",                           "",                     "404 404 404 404 404 404 404 ok  303"},
    {"form.account-create",      "/admin/accounts",                           "account=",             "403 403 403 403 403 403 403 in  401"},
    {"form.account-change",      "/admin/accounts/pia/change",                "rev=999999&name=N",    "403 403 403 403 403 403 403 in  401"},
    {"form.account-standing",    "/admin/accounts/pia/standing",              "rev=999999&disabled=1", "403 403 403 403 403 403 403 in  401"},
    {"form.account-password",    "/admin/accounts/none-such/password",        "new_password=x",       "403 403 403 403 403 403 403 404 401"},
    {"form.login",               "/login",                                    "account=not-{caller}&password=wrong", "401 401 401 401 401 401 401 401 401"},
    // Last: it ends the sessions of all callers.
    {"form.logout",              "/logout",                                   "",                     "303 303 303 303 303 303 303 303 401"},
};
// clang-format on

}  // namespace tickmark::http::test
