// Every certificate with what was signed under it; revoking one, and renewing the list of those revoked.
#include "http/pages/AdminPages.h"
#include "http/pages/Prove.h"
#include "tickmark/app/KeyOverview.h"

namespace tickmark::http::pages {
namespace {

constexpr const char* address = "/admin/keys";
constexpr std::size_t shownBundles = 12;

std::string_view kindWords(app::CertificateKind kind) {
    switch (kind) {
        case app::CertificateKind::Root:
            return "Root";
        case app::CertificateKind::Seal:
            return "Seal";
        case app::CertificateKind::EarlierSeal:
            return "Earlier seal";
        case app::CertificateKind::Signer:
            return "Signer";
        case app::CertificateKind::EarlierSigner:
            return "Earlier key of a signer";
    }
    return "";
}

void putStanding(view::Model& row, const app::CertificateView& certificate) {
    if (certificate.revokedAt) return putWord(row, "STATUS", "bad", "i-cross", "Revoked");
    if (certificate.ended) return putWord(row, "STATUS", "neutral", "i-pause", "Past its end");
    if (certificate.endsSoon) return putWord(row, "STATUS", "warn", "i-dashed", "Ends soon");
    putWord(row, "STATUS", "good", "i-tick", "Valid");
}

void putCertificate(view::Model& row, const app::CertificateView& certificate) {
    row.say("KIND", kindWords(certificate.kind)).setIf("ACCOUNT", certificate.account);
    row.set("SUBJECT", certificate.subject).set("SERIAL", certificate.serialHex);
    row.set("FINGERPRINT", certificate.fingerprint.hex());
    row.setLogged("FROM", certificate.notBefore).setLogged("UNTIL", certificate.notAfter);
    if (certificate.revokedAt) row.add("REVOKED").setLogged("AT", *certificate.revokedAt);
    putStanding(row, certificate);
    const std::size_t count = certificate.bundles.size();
    row.set("COUNT", count == 0 ? view::said("nothing yet")
                                : view::counted(static_cast<std::int64_t>(count), "{} bundle", "{} bundles"));
    // The newest ones: a seal signs everything.
    for (std::size_t i = count > shownBundles ? count - shownBundles : 0; i < count; ++i)
        row.add("BUNDLE").set("BUNDLE_REF", certificate.bundles[i]);
    row.showIf(count > shownBundles, "MORE");
}

void putList(view::Model& model, const app::KeyOverview& keys) {
    model.set("LIST_NUMBER", std::to_string(keys.listNumber)).setLogged("LIST_FROM", keys.listFrom);
    model.set("LIST_ENTRIES", view::countText(keys.listEntries)).set("LEDGER_KEY", keys.ledgerKey);
    if (keys.listUntil) model.add("LIST_END").setLogged("LIST_UNTIL", *keys.listUntil);
    if (keys.listEnded)
        putWord(model, "LIST_STATUS", "bad", "i-triangle-full", "Past its end");
    else if (keys.listEndsSoon)
        putWord(model, "LIST_STATUS", "warn", "i-dashed", "Ends soon");
    else
        putWord(model, "LIST_STATUS", "good", "i-tick", "Valid");
}

Result<Response> keysPage(WebApp& web, Request& request, const Error* error) {
    TM_TRY(const app::KeyOverview keys, app::showKeys(*web.context, callerOf(request).actor));
    Frame frame;
    frame.title = view::said("Keys");
    frame.section = address;
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    if (request.queryValue("done") == "1") frame.notice = view::said("A new revocation list is published.");
    return page(web, request, frame, "pages/admin-keys.html", [&](view::Model& model) {
        putList(model, keys);
        for (const app::CertificateView& certificate : keys.certificates) {
            putCertificate(model.add("CERTIFICATE"), certificate);
            const bool revocable = !certificate.revokedAt && certificate.kind != app::CertificateKind::Root;
            if (!revocable) continue;
            model.add("REVOCABLE")
                .set("SERIAL", certificate.serialHex)
                .set("WORD", view::said(kindWords(certificate.kind)) + ", " + certificate.subject);
        }
    });
}

Result<Response> showKeyPage(WebApp& web, Request& request, const PathParameters&) {
    return keysPage(web, request, nullptr);
}

Result<Response> revoke(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    app::KeyRevocation wish;
    wish.serialHex = form.text("serial");
    wish.reason = form.text("reason");
    wish.authorityPassphrase = Secret(form.text("passphrase"));
    wish.code = form.text("code");
    const auto revoked = app::revokeKey(*web.context, callerOf(request).actor, wish);
    if (!revoked) return keysPage(web, request, &revoked.error());
    return redirectResponse(std::string(address) + "?done=1");
}

Result<Response> renew(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto list =
        app::renewRevocationList(*web.context, callerOf(request).actor, {}, Secret(form.text("passphrase")));
    if (!list) return keysPage(web, request, &list.error());
    return redirectResponse(std::string(address) + "?done=1");
}

}  // namespace

Result<void> addKeyPages(Router& router, WebApp& web) {
    const std::string all = address;
    TM_CHECK(addPage(router, web, all, "page.admin-keys", "AD", showKeyPage));
    TM_CHECK(addForm(router, web, all + "/revocations", "form.key-revoke", "AD", revoke));
    return addForm(router, web, all + "/list", "form.key-list", "AD", renew);
}

}  // namespace tickmark::http::pages
