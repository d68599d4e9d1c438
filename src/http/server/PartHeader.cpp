#include "http/server/PartHeader.h"

#include <algorithm>
#include <vector>

#include "http/server/Characters.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/http/server/Request.h"

namespace tickmark::http {
namespace {

Error badPart(std::string message) {
    return invalid("form", "form", std::move(message), "Send the form as a browser does (RFC 7578).");
}

/// Takes one quoted or bare value off the front; nothing when a quote stays open or text follows the quote.
std::optional<std::string> takeValue(std::string_view& rest) {
    std::string_view value;
    if (rest.starts_with('"')) {
        const std::size_t end = rest.find('"', 1);
        if (end == std::string_view::npos) return std::nullopt;
        value = rest.substr(1, end - 1);
        rest.remove_prefix(end + 1);
    } else {
        value = trim(rest.substr(0, rest.find(';')));
        rest.remove_prefix(std::min(rest.find(';'), rest.size()));
        if (!isToken(value)) return std::nullopt;
    }
    rest = trim(rest);
    if (!rest.empty() && !rest.starts_with(';')) return std::nullopt;
    return std::string(value);
}

/// `; a=b; c="d"` as pairs with lower-case names; nothing when malformed.
std::optional<std::vector<NameValue>> parametersOf(std::string_view rest) {
    std::vector<NameValue> list;
    for (rest = trim(rest); !rest.empty(); rest = trim(rest)) {
        if (!rest.starts_with(';')) return std::nullopt;
        rest = trim(rest.substr(1));
        if (rest.empty()) break;
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        std::string name = lower(trim(rest.substr(0, equals)));
        rest = trim(rest.substr(equals + 1));
        auto value = takeValue(rest);
        if (!value || find(list, name)) return std::nullopt;
        list.push_back({std::move(name), *std::move(value)});
    }
    return list;
}

void replaceAll(std::string& text, std::string_view from, char to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) {
        text.replace(at, from.size(), 1, to);
    }
}

std::string decoded(std::string_view value) {
    std::string text(value);
    replaceAll(text, "%22", '"');
    replaceAll(text, "%0D", '\r');
    replaceAll(text, "%0A", '\n');
    return text;
}

bool isBoundaryCharacter(char c) {
    return isDigit(c) || isAlpha(c) || std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

}  // namespace

Result<PartHeader> parsePartHeader(std::string_view disposition) {
    const std::size_t end = std::min(disposition.find(';'), disposition.size());
    const auto parameters = parametersOf(disposition.substr(end));
    if (!sameName(trim(disposition.substr(0, end)), "form-data") || !parameters) {
        return badPart("A part of the form has a malformed Content-Disposition.");
    }
    const auto name = find(*parameters, "name");
    if (!name) return badPart("A part of the form has no name.");
    if (find(*parameters, "filename*")) return badPart("A part of the form names its file by filename*.");
    PartHeader header;
    header.name = decoded(*name);
    if (const auto fileName = find(*parameters, "filename")) header.fileName = decoded(*fileName);
    return header;
}

Result<std::string> boundaryOf(std::string_view contentType) {
    const std::size_t end = std::min(contentType.find(';'), contentType.size());
    if (!sameName(trim(contentType.substr(0, end)), "multipart/form-data")) {
        return invalid("media-type", "Content-Type", "The body is not a multipart form.",
                       "Send it as multipart/form-data.");
    }
    const auto parameters = parametersOf(contentType.substr(end));
    const std::string boundary = parameters ? std::string(valueOf(*parameters, "boundary")) : std::string();
    const bool sound = !boundary.empty() && boundary.size() <= 70 && boundary.back() != ' ' &&
                       std::all_of(boundary.begin(), boundary.end(), isBoundaryCharacter);
    if (!sound) {
        return invalid("boundary", "Content-Type", "The boundary of the multipart form is not usable.",
                       "Use 1 to 70 of the characters that RFC 2046 section 5.1.1 allows.");
    }
    return boundary;
}

}  // namespace tickmark::http
