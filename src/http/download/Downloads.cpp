#include "tickmark/http/Downloads.h"

#include "http/api/DigestField.h"
#include "http/download/ProvedStream.h"
#include "tickmark/app/Bundles.h"
#include "tickmark/app/Reviews.h"
#include "tickmark/app/Signing.h"

namespace tickmark::http {
namespace {

Response attachment(std::unique_ptr<ByteSource> bytes, std::uint64_t size, std::string_view type,
                    std::string_view name, const Digest& digest) {
    const std::string field = api::digestField(digest);
    return streamResponse(std::move(bytes), size, type)
        .set("Content-Disposition", contentDisposition("attachment", name))
        .set("Content-Security-Policy", "sandbox; default-src 'none'")
        .set("X-Content-Type-Options", "nosniff")
        .set("Repr-Digest", field)
        .set("Content-Digest", field);
}

}  // namespace

Result<Response> evidenceAttachment(app::Context& context, const domain::Actor& actor,
                                    const app::VersionName& name) {
    TM_TRY(app::Download download, app::downloadEvidence(context, actor, name));
    const std::uint64_t size = download.bytes->size();
    TM_TRY(auto bytes, ProvedStream::open(std::move(download.bytes)));
    return attachment(std::move(bytes), size, "application/octet-stream", download.version.originalName,
                      download.version.digest);
}

Result<Response> bundleAttachment(app::Context& context, const domain::Actor& actor,
                                  const domain::BundleRef& ref) {
    TM_TRY(const auto path, app::bundleFile(context, actor, ref));
    TM_TRY(const app::BundleView view, app::showBundle(context, actor, ref));
    TM_TRY(auto bytes, archive::openFile(path));
    return attachment(std::move(bytes), view.bundle.size, "application/zip", app::downloadName(view.bundle),
                      view.bundle.digest);
}

Result<Response> reviewAttachment(app::Context& context, const domain::Actor& actor,
                                  const domain::ReviewRef& ref) {
    TM_TRY(const auto path, app::reviewFile(context, actor, ref));
    TM_TRY(const app::ReviewView view, app::showReview(context, actor, ref));
    TM_TRY(auto source, archive::openFile(path));
    return attachment(std::move(source), static_cast<std::uint64_t>(view.review.bundleSize),
                      "application/zip", view.review.bundle + ".evidence.zip", view.review.bundleDigest);
}

}  // namespace tickmark::http
