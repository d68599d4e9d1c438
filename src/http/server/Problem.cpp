#include "tickmark/http/server/Problem.h"

#include <array>
#include <string>

#include "tickmark/codec/Json.h"

namespace tickmark::http {
namespace {

struct StatusText {
    int status = 0;
    std::string_view phrase{};
};

constexpr auto statusTexts = std::to_array<StatusText>({
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {423, "Locked"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {460, "Checksum Mismatch"},  // tus 1.0.0
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
});

void setIfPresent(codec::Json& object, std::string_view name, const std::string& text) {
    if (!text.empty()) object.set(name, text);
}

codec::Json membersOf(const Error& error) {
    codec::Json object = codec::Json::object();
    setIfPresent(object, "detail", error.message);
    setIfPresent(object, "field", error.field);
    setIfPresent(object, "rule", error.rule);
    setIfPresent(object, "fix", error.fix);
    if (!error.parts.empty()) {
        codec::Json list = codec::Json::array();
        for (const Error& part : error.parts) {
            codec::Json item = membersOf(part);
            setIfPresent(item, "type", part.type);
            list.push(std::move(item));
        }
        object.set("errors", std::move(list));
    }
    return object;
}

/// What a stranger may read of an error: nothing of a bug but that there was one.
Error shownPart(const Error& error) {
    if (error.kind != ErrorKind::Internal) return error;
    return {ErrorKind::Internal,
            "internal",
            "Something went wrong inside Tickmark; the request was not carried out as a whole.",
            {},
            {},
            "Try again; if it stays, give the administrator the number in \"request\"."};
}

}  // namespace

int statusOf(const Error& error) {
    switch (error.kind) {
        case ErrorKind::Invalid:
            return 400;
        case ErrorKind::Refused:
        case ErrorKind::Undecided:
            return 422;
        case ErrorKind::Forbidden:
            return 403;
        case ErrorKind::Unauthenticated:
            return 401;
        case ErrorKind::NotFound:
            return 404;
        case ErrorKind::Stale:
        case ErrorKind::Conflict:
            return 409;
        case ErrorKind::TooLarge:
            return 413;
        case ErrorKind::Throttled:
            return 429;
        case ErrorKind::Environment:
            return error.type == "disk-full" ? 507 : 503;
        case ErrorKind::Damaged:
        case ErrorKind::Internal:
            return 500;
    }
    return 500;
}

std::string_view reasonPhrase(int status) {
    for (const StatusText& row : statusTexts) {
        if (row.status == status) return row.phrase;
    }
    return "Unknown";
}

void sayWhenAgain(Response& response, const Error& error) {
    if (error.waitSeconds > 0) response.set("Retry-After", std::to_string(error.waitSeconds));
}

Response problem(const Error& error, std::string_view requestId) {
    return problem(error, statusOf(error), requestId);
}

Response problem(const Error& error, int status, std::string_view requestId) {
    const Error shown = shownPart(error);
    codec::Json document = membersOf(shown);
    document.set("type", "/problems/" + (shown.type.empty() ? std::string("error") : shown.type));
    document.set("title", std::string(reasonPhrase(status)));
    document.set("status", status);
    if (!requestId.empty()) document.set("request", requestId);
    Response response;
    response.status = status;
    response.add("Content-Type", "application/problem+json").add("Cache-Control", "no-store");
    sayWhenAgain(response, shown);
    response.body = codec::prettyJson(document);
    return response;
}

}  // namespace tickmark::http
