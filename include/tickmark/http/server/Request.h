// One HTTP request after every transport check: what handlers read.
#pragma once

#include <any>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::http {

struct Route;

/// A decoded name and its value: a query parameter, a header field, a form field, a path parameter.
struct NameValue {
    std::string name{};
    std::string value{};
};

/// The value of the first entry of that exact name, or nothing.
[[nodiscard]] std::optional<std::string_view> find(const std::vector<NameValue>& list, std::string_view name);
/// The value of the first entry of that exact name, or an empty view.
[[nodiscard]] std::string_view valueOf(const std::vector<NameValue>& list, std::string_view name);
/// All values of that exact name, in order.
[[nodiscard]] std::vector<std::string_view> valuesOf(const std::vector<NameValue>& list,
                                                     std::string_view name);

/// A request whose head was read whole and found strict (see src/http/server/RequestHead.h for the rules).
/// Lives as long as its handler runs. Handlers' unit tests may fill one by hand.
struct Request {
    std::string method{};            ///< as sent: "GET", "POST" ... (a token, RFC 9110 section 9.1)
    std::string target{};            ///< the raw request target, still percent-encoded
    std::string path{};              ///< percent-decoded, UTF-8, starts with '/', no "." or ".." segment
    std::vector<NameValue> query{};  ///< decoded ('+' is a space), in order of the target
    std::vector<NameValue>
        fields{};  ///< header fields: lower-case names, each name once (lists joined by ", ")
    std::optional<std::uint64_t> contentLength{};  ///< as declared; nothing when no body was announced
    std::string remoteAddress{};                   ///< the peer's numeric address without port
    bool secure = false;                           ///< came over TLS
    std::string id{};              ///< unique within this server's life; in problem documents and logs
    const Route* route = nullptr;  ///< the matched route; nullptr for 404 and 405
    std::chrono::steady_clock::time_point started{};  ///< when the head was complete
    std::any context{};  ///< what the before-hook found out (who is signed in), for the handler

    /// A header field's value, or an empty view; `name` in lower case.
    [[nodiscard]] std::string_view header(std::string_view name) const { return valueOf(fields, name); }
    /// Whether the header field was sent; `name` in lower case.
    [[nodiscard]] bool hasHeader(std::string_view name) const { return find(fields, name).has_value(); }
    /// The cookie's value (RFC 6265 section 4.2), nothing when absent or when the name was sent twice with
    /// different values (a shadowing attempt).
    [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
    /// The media type of Content-Type in lower case without parameters, or empty.
    [[nodiscard]] std::string mediaType() const;
    /// The query parameter's first value, or an empty view.
    [[nodiscard]] std::string_view queryValue(std::string_view name) const { return valueOf(query, name); }

    /// The body: yields exactly contentLength bytes, then 0. Errors: Invalid "truncated-body" when the
    /// connection ends earlier, Invalid "slow-body" when it falls under the minimum rate or over the
    /// deadline. The first read sends "100 Continue" when the client waits for it. Reading blocks the calling
    /// thread.
    [[nodiscard]] ByteSource& body();
    /// Reads the whole body into memory. Errors: as body(); TooLarge "body-too-large" over `cap` bytes.
    [[nodiscard]] Result<std::string> bodyText(std::size_t cap = 4U * 1024U * 1024U);
    /// Sets where body() reads from; it must outlive the request. The server and tests call it.
    void setBody(ByteSource& source) { m_body = &source; }

  private:
    ByteSource* m_body = nullptr;
};

}  // namespace tickmark::http
