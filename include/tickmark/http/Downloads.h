// Stored files as answers: always attachments, never run by a browser, never unproved.
#pragma once

#include "tickmark/app/EvidenceUse.h"
#include "tickmark/domain/Bundle.h"
#include "tickmark/domain/Review.h"
#include "tickmark/http/server/Response.h"

namespace tickmark::http {

/// The bytes of one evidence version as an attachment with nosniff, a sandboxing policy and its digest in
/// Repr-Digest and Content-Digest (RFC 9530). The last bytes leave only after the whole object was proved: a
/// small damaged object is an Error, a large one breaks the connection before it is complete. Errors: as
/// app::downloadEvidence.
[[nodiscard]] Result<Response> evidenceAttachment(app::Context& context, const domain::Actor& actor,
                                                  const app::VersionName& name);

/// A sealed bundle as an attachment. Errors: as app::bundleFile.
[[nodiscard]] Result<Response> bundleAttachment(app::Context& context, const domain::Actor& actor,
                                                const domain::BundleRef& ref);

/// The sealed minutes of a management review. Errors: as app::reviewFile.
[[nodiscard]] Result<Response> reviewAttachment(app::Context& context, const domain::Actor& actor,
                                                const domain::ReviewRef& ref);

}  // namespace tickmark::http
