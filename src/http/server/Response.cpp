#include "tickmark/http/server/Response.h"

#include <algorithm>

#include "http/server/Characters.h"
#include "http/server/Percent.h"

namespace tickmark::http {
namespace {

Response typed(std::string_view mediaType, std::string body, int status) {
    Response response;
    response.status = status;
    response.headers.push_back({"Content-Type", std::string(mediaType)});
    response.body = std::move(body);
    return response;
}

}  // namespace

Response& Response::set(std::string_view name, std::string_view value) & {
    std::erase_if(headers, [name](const NameValue& field) { return sameName(field.name, name); });
    return add(name, value);
}

Response& Response::add(std::string_view name, std::string_view value) & {
    headers.push_back({std::string(name), std::string(value)});
    return *this;
}

std::string_view Response::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [name](const NameValue& field) { return sameName(field.name, name); });
    return found == headers.end() ? std::string_view{} : std::string_view(found->value);
}

Response jsonResponse(std::string json, int status) {
    return typed("application/json", std::move(json), status);
}

Response htmlResponse(std::string html, int status) {
    return typed("text/html; charset=utf-8", std::move(html), status);
}

Response textResponse(std::string text, int status) {
    return typed("text/plain; charset=utf-8", std::move(text), status);
}

Response redirectResponse(std::string_view location, int status) {
    Response response;
    response.status = status;
    response.add("Location", location);
    return response;
}

Response noContent() {
    Response response;
    response.status = 204;
    return response;
}

Response streamResponse(std::unique_ptr<ByteSource> source, std::uint64_t length,
                        std::string_view mediaType) {
    Response response = typed(mediaType, {}, 200);
    response.stream = std::move(source);
    response.streamLength = length;
    return response;
}

std::string contentDisposition(std::string_view disposition, std::string_view fileName) {
    std::string fallback;
    bool plain = true;
    for (const char c : fileName) {
        const auto byte = static_cast<unsigned char>(c);
        const bool safe = byte >= 0x20U && byte < 0x7FU && c != '"' && c != '\\' && c != '%';
        plain = plain && safe;
        // One underscore for each character outside ASCII: continuation bytes add none.
        if ((byte & 0xC0U) != 0x80U) fallback += safe ? c : '_';
    }
    std::string value = std::string(disposition) + "; filename=\"" + fallback + "\"";
    if (!plain) value += "; filename*=UTF-8''" + percentEncode(fileName);
    return value;
}

}  // namespace tickmark::http
