// What a handler answers, and the ready-made shapes of answers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/http/server/Request.h"

namespace tickmark::http {

/// An answer. The server adds Date, Content-Length and Connection itself (setting them here is ignored),
/// leaves the body out for HEAD, 204 and 304, and sends no Server field.
struct Response {
    int status = 200;
    std::vector<NameValue> headers{};  ///< in order; a value with CR, LF or NUL turns the answer into a 500
    std::string body{};                ///< sent with the head in one gathered write
    std::unique_ptr<ByteSource> stream{};  ///< when set, sent instead of body; read by changing threads,
                                           ///< one at a time, after the handler has returned
    std::uint64_t streamLength = 0;  ///< bytes the stream yields; a shorter stream aborts the connection
    bool close = false;              ///< ends the connection after this answer

    /// Replaces every header field of that name (ASCII case ignored) by one.
    Response& set(std::string_view name, std::string_view value) &;
    Response&& set(std::string_view name, std::string_view value) && { return std::move(set(name, value)); }
    /// Appends a header field, keeping others of the same name (Set-Cookie).
    Response& add(std::string_view name, std::string_view value) &;
    Response&& add(std::string_view name, std::string_view value) && { return std::move(add(name, value)); }
    /// The first value of that header field (ASCII case ignored), or an empty view.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// application/json from text that is JSON already.
[[nodiscard]] Response jsonResponse(std::string json, int status = 200);
/// text/html; charset=utf-8.
[[nodiscard]] Response htmlResponse(std::string html, int status = 200);
/// text/plain; charset=utf-8.
[[nodiscard]] Response textResponse(std::string text, int status = 200);
/// 303 See Other (after a form post) or another 3xx; `location` must be an absolute path or URL,
/// percent-encoded.
[[nodiscard]] Response redirectResponse(std::string_view location, int status = 303);
/// 204 No Content.
[[nodiscard]] Response noContent();
/// A body of known length that is read while it is sent.
[[nodiscard]] Response streamResponse(std::unique_ptr<ByteSource> source, std::uint64_t length,
                                      std::string_view mediaType);

/// `attachment` or `inline` Content-Disposition for a file name of any characters (RFC 6266: an ASCII
/// fallback and filename*).
[[nodiscard]] std::string contentDisposition(std::string_view disposition, std::string_view fileName);

}  // namespace tickmark::http
