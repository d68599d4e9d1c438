// Answers for browsers, made smaller on their way.
#pragma once

#include "tickmark/http/server/Request.h"
#include "tickmark/http/server/Response.h"

namespace tickmark::http {

/// Whether an Accept-Encoding field takes gzip (RFC 9110 section 12.5.3): named, or "*", and not with q=0.
[[nodiscard]] bool takesGzip(std::string_view acceptEncoding);

/// Compresses the body of a page, style, script or picture of ours with gzip (RFC 1952) when the request
/// takes it and it is worth it. Downloads and what programs get stay as they are: their bytes are what was
/// asked for. Pages get a file name of random length in the gzip header, so that their size does not tell a
/// guess about what stands beside a secret from another.
void compress(const Request& request, Response& response);

}  // namespace tickmark::http
