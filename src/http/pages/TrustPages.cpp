// What everybody may look at: fingerprints, the root certificate, the help page.
#include "http/pages/Prove.h"
#include "tickmark/app/Keys.h"
#include "tickmark/crypto/FingerprintWords.h"

namespace tickmark::http::pages {
namespace {

Result<Response> showKeys(WebApp& web, Request& request, const PathParameters&) {
    const app::Fingerprints keys = app::fingerprintsOf(*web.context);
    TM_TRY(const app::RevocationList list, app::revocationList(*web.context));
    Frame frame;
    frame.title = view::said("Fingerprints and keys");
    frame.section = "/keys";
    return page(web, request, frame, "pages/keys.html", [&](view::Model& model) {
        model.set("ORGANISATION", web.context->settings.organisation);
        model.set("ROOT", keys.root.hex()).set("SEAL", keys.seal.hex()).set("SUBJECT", keys.sealSubject);
        model.setLogged("UNTIL", keys.sealUntil).set("LEDGER", keys.ledgerKey);
        model.set("ROOT_WORDS", crypto::fingerprintWords(keys.root));
        model.set("CRL_NUMBER", std::to_string(list.facts.number.value_or(0)));
        model.setLogged("CRL_AT", list.facts.thisUpdate);
        const auto revoked = static_cast<std::int64_t>(list.facts.revoked.size());
        model.say("REVOKED_COUNT", revoked == 0 ? "None" : view::countText(revoked));
        putGroups(model, "ROOT_GROUP", keys.root);
        putGroups(model, "SEAL_GROUP", keys.seal);
    });
}

Result<Response> sendAnchor(WebApp& web, Request&, const PathParameters&) {
    Response response = textResponse(app::fingerprintsOf(*web.context).rootPem);
    response.set("Content-Disposition", contentDisposition("attachment", "tickmark-anchor.pem"));
    return response;
}

Result<Response> sendRevocationList(WebApp& web, Request&, const PathParameters&) {
    TM_TRY(const app::RevocationList list, app::revocationList(*web.context));
    Response response;
    response.body = std::string(textOf(list.der));
    response.set("Content-Type", "application/pkix-crl")
        .set("Content-Disposition", contentDisposition("attachment", "tickmark.crl"))
        .set("Cache-Control", "no-cache");
    return response;
}

Result<Response> showHelp(WebApp& web, Request& request, const PathParameters&) {
    Frame frame;
    frame.title = view::said("Help");
    frame.section = "/help";
    return page(web, request, frame, "pages/help.html", [](view::Model&) {});
}

}  // namespace

Result<void> addTrustPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/keys", "page.keys", "public", showKeys));
    TM_CHECK(addPage(router, web, "/keys/anchor.pem", "page.anchor", "public", sendAnchor));
    TM_CHECK(addPage(router, web, "/keys/tickmark.crl", "page.crl", "public", sendRevocationList));
    return addPage(router, web, "/help", "page.help", "public", showHelp);
}

}  // namespace tickmark::http::pages
