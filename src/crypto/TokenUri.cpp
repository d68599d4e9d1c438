#include "crypto/TokenUri.h"

#include <array>
#include <vector>

namespace tickmark::crypto {

namespace {

Error badUri(std::string message) {
    return invalid("token-uri", "key", std::move(message),
                   "Write it like pkcs11:token=Audit;object=lead-auditor.");
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

int valueOfDigit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

Result<std::string> decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? valueOfDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? valueOfDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0) return badUri("The address of the key has a \"%\" without two digits.");
        plain += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return plain;
}

struct KnownAttribute {
    std::string_view name;
    std::string TokenUri::*member = nullptr;
};
constexpr std::array<KnownAttribute, 5> knownAttributes{{
    {"token", &TokenUri::token},
    {"manufacturer", &TokenUri::manufacturer},
    {"model", &TokenUri::model},
    {"serial", &TokenUri::serial},
    {"object", &TokenUri::object},
}};

Result<void> readAttribute(std::string_view name, const std::string& value, TokenUri& uri) {
    for (const KnownAttribute& known : knownAttributes) {
        if (name != known.name) continue;
        uri.*known.member = value;
        return {};
    }
    if (name == "id") {
        uri.id = bytesOf(value);
        return {};
    }
    if (name == "type" && value == "private") return {};
    return badUri("The address of the key has the attribute \"" + std::string(name.substr(0, 40)) +
                  "\", which is not used here.");
}

}  // namespace

Result<TokenUri> parseTokenUri(std::string_view uri) {
    constexpr std::string_view scheme = "pkcs11:";
    constexpr std::size_t longest = 1'000;
    if (!uri.starts_with(scheme) || uri.size() > longest)
        return badUri("The address of a key in a token begins with \"pkcs11:\".");
    uri.remove_prefix(scheme.size());
    if (uri.find("pin-value") != std::string_view::npos || uri.find("pin-source") != std::string_view::npos) {
        return badUri("The address of the key holds a PIN, which would stay in command histories and logs.");
    }
    TokenUri parsed;
    for (const std::string_view part : split(uri, ';')) {
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            return badUri("The address of the key has a part without \"=\".");
        TM_TRY(const std::string value, decoded(part.substr(equals + 1)));
        TM_CHECK(readAttribute(part.substr(0, equals), value, parsed));
    }
    return parsed;
}

}  // namespace tickmark::crypto
