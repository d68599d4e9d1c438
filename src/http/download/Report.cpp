#include "http/download/Report.h"

#include "tickmark/codec/Json.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::http {

Response reportHtml(const app::Report& report) {
    const Digest style = crypto::Sha256::of(report.document.style);
    const std::string policy = "default-src 'none'; style-src 'sha256-" + toBase64(style.bytes()) +
                               "'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
    return htmlResponse(report.document.html).set("Content-Security-Policy", policy);
}

Result<Response> reportPdf(const app::Report& report) {
    TM_TRY(std::string bytes, app::reportPdf(report.document.html, app::reportMoment(report.data)));
    Response response;
    response.body = std::move(bytes);
    const std::string name = std::string(report.data.textAt("reference")) + " audit report.pdf";
    response.set("Content-Type", "application/pdf")
        .set("Content-Disposition", contentDisposition("attachment", name))
        .set("Content-Security-Policy", "sandbox; default-src 'none'");
    return response;
}

Response reportData(const app::Report& report) {
    codec::Json data = report.data;
    data.set("digest", view::reportDigest(report.data));
    return jsonResponse(codec::canonicalJson(data));
}

}  // namespace tickmark::http
