// Verifying an uploaded bundle, open to everybody. The upload is looked at and forgotten.
#include <atomic>
#include <filesystem>

#include "http/Staging.h"
#include "http/pages/Prove.h"
#include "tickmark/bundle/Anchors.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::pages {
namespace {

constexpr std::uint64_t cap = 2ULL * 1024 * 1024 * 1024;
constexpr std::uint64_t formOverhead = 1024ULL * 1024;
/// Each one holds a thread, disk and memory, and anybody may start one.
constexpr int runningAtOnce = 4;

class Turn {
  public:
    [[nodiscard]] static Result<Turn> take() {
        Turn turn;
        if (turn.m_before < runningAtOnce) return turn;
        return Error{ErrorKind::Throttled,
                     "verify-busy",
                     "Others are verifying bundles just now.",
                     {},
                     {},
                     "Try again in a minute, or use tickmark-verify.",
                     {},
                     60};
    }
    Turn(Turn&& other) noexcept : m_before(other.m_before), m_held(std::exchange(other.m_held, false)) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
        if (m_held) --running();
    }

  private:
    Turn() = default;
    static std::atomic<int>& running() {
        static std::atomic<int> count{0};
        return count;
    }
    int m_before = running()++;
    bool m_held = true;
};

/// What the form said.
struct Upload {
    std::string trust = "own";
    std::string anchor{};
    std::string logKey{};  ///< C2SP verifier key text, or empty
    std::string name{};
    std::optional<StagedFile> file{};
};

Response formPage(WebApp& web, Request& request, const Upload& upload, const Error* error) {
    Frame frame;
    frame.title = view::said("Verify an evidence bundle");
    frame.section = "/verify";
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/verify.html", [&](view::Model& model) {
        model.set("ORGANISATION", web.context->settings.organisation);
        model.set("ANCHOR", upload.anchor).set("LOG_KEY", upload.logKey).set("CAP", view::sizeText(cap));
        model.show(upload.trust == "given" ? "GIVEN" : "OWN");
    });
}

Result<Response> showForm(WebApp& web, Request& request, const PathParameters&) {
    return formPage(web, request, {}, nullptr);
}

Result<void> takePart(WebApp& web, MultipartForm& form, Upload& upload) {
    if (form.name() == "trust" && !form.isFile()) {
        TM_TRY(upload.trust, form.text());
    } else if (form.name() == "anchor" && !form.isFile()) {
        TM_TRY(upload.anchor, form.text());
    } else if (form.name() == "log_key" && !form.isFile()) {
        TM_TRY(upload.logKey, form.text());
    } else if (form.name() == "bundle" && form.isFile() && !form.fileName().empty() && !upload.file) {
        upload.name = form.fileName();
        TM_TRY(upload.file, StagedFile::take(*web.context, form.content(), cap));
    }
    return {};
}

Result<void> readUpload(WebApp& web, Request& request, Upload& upload) {
    // Somebody signed in proves the session as in every form; a stranger has nothing to prove.
    TM_TRY(auto form, callerIf(request) != nullptr ? openCheckedForm(request) : MultipartForm::open(request));
    for (;;) {
        TM_TRY(const bool more, form->next());
        if (!more) break;
        TM_CHECK(takePart(web, *form, upload));
    }
    if (upload.file) return {};
    return invalid("bundle", "bundle", "No bundle was chosen.", "Choose a file that ends in .evidence.zip.");
}

/// What stands in the field for a certificate or its fingerprint.
Result<void> readAnchor(const std::string& text, bundle::VerifyOptions& options) {
    if (text.find("-----BEGIN") != std::string::npos) {
        auto certificates = crypto::Certificate::allFromPem(text);
        if (!certificates) {
            Error error = std::move(certificates).error();
            error.field = "anchor";
            return error;
        }
        options.anchors.certificates = *std::move(certificates);
        return {};
    }
    auto digest = bundle::parseFingerprint(text);
    if (!digest) {
        return invalid("anchor", "anchor", "This is neither a certificate in PEM nor a fingerprint.",
                       "Paste the whole certificate with its BEGIN and END lines, or SHA256: and 64 "
                       "hexadecimal digits.");
    }
    options.anchors.fingerprints.push_back(*digest);
    return {};
}

Result<void> readLogKey(const std::string& text, bundle::VerifyOptions& options) {
    if (trim(text).empty()) return {};
    auto key = ledger::VerifierKey::parse(trim(text));
    if (!key) {
        return invalid(
            "verifier-key", "log_key", "This is not the key of a log.",
            "Copy the whole line NAME+ID+KEY from the organisation's page of fingerprints, or leave "
            "the field empty.");
    }
    options.logKey = *std::move(key);
    return {};
}

Result<bundle::VerifyOptions> optionsOf(WebApp& web, const Upload& upload) {
    bundle::VerifyOptions options;
    if (upload.trust != "given") {
        options.anchors.certificates.push_back(web.context->keys->root);
        options.logKey = web.context->keys->ledgerPublic;
        return options;
    }
    TM_CHECK(readAnchor(upload.anchor, options));
    TM_CHECK(readLogKey(upload.logKey, options));
    return options;
}

Result<bundle::Report> verify(WebApp& web, Request& request, Upload& upload) {
    TM_TRY([[maybe_unused]] const Turn turn, Turn::take());
    TM_CHECK(readUpload(web, request, upload));
    TM_TRY(const bundle::VerifyOptions options, optionsOf(web, upload));
    return bundle::verifyBundle(upload.file->path(), options);
}

std::string broughtBy(const Upload& upload, const std::string& organisation) {
    if (upload.trust != "given") return "the certificate and log key of this installation, " + organisation;
    return trim(upload.logKey).empty() ? "the certificate that you gave"
                                       : "the certificate and the log key that you gave";
}

Result<Response> verifyUpload(WebApp& web, Request& request, const PathParameters&) {
    Upload upload;
    auto report = verify(web, request, upload);
    if (!report) {
        const bool cannotRead = report.error().type == "file" || report.error().type == "file-io";
        if (cannotRead) return std::move(report).error();
        return formPage(web, request, upload, &report.error());
    }
    upload.file.reset();
    Frame frame;
    frame.title = view::said("Verification");
    frame.section = "/verify";
    frame.trail = {{"/verify", "Verify"}};
    frame.trailEnd = view::said("Report");
    ReportFrame around;
    around.heading = "Verification of " + upload.name;
    around.file = upload.name;
    around.checked = "Checked " + view::timeText(web.context->now()) + " against " +
                     broughtBy(upload, web.context->settings.organisation) + ". The upload was deleted.";
    around.backHref = "/verify";
    around.backLabel = "Verify another bundle";
    return reportPage(web, request, frame, around, *report);
}

}  // namespace

Result<void> addVerifyPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/verify", "page.verify", "public", showForm));
    Route route;
    route.method = "POST";
    route.pattern = "/verify";
    route.name = "form.verify";
    route.roles = "public";
    route.isPublic = true;
    route.needsCsrf = true;
    route.isUpload = true;
    route.bodyCap = cap + formOverhead;
    route.handler = [&web](Request& request, const PathParameters& parameters) {
        auto response = verifyUpload(web, request, parameters);
        return response ? *std::move(response) : errorPage(web, request, response.error());
    };
    return router.add(std::move(route));
}

}  // namespace tickmark::http::pages
