#include "bundle/OscalNames.h"

#include <algorithm>
#include <array>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "tickmark/foundation/Text.h"

namespace tickmark::bundle::oscal {
namespace {

// The name space of this program's identifiers: drawn once, never changed.
constexpr const char* root = "9548e54c-c1e8-4653-9e72-cbd07cd9651e";

bool isLetter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(char c) noexcept { return c >= '0' && c <= '9'; }
bool isTokenByte(char c) noexcept { return isLetter(c) || isDigit(c) || c == '_' || c == '-' || c == '.'; }

// White space beyond ASCII, as the pattern of OSCAL's strings understands it (ECMA-262 section 12.2), in
// UTF-8.
constexpr std::array<std::string_view, 9> wideSpaces{"\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\xA8",
                                                     "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F",
                                                     "\xE3\x80\x80", "\xEF\xBB\xBF", "\xC2\x85"};

/// Bytes of the white space that the text begins with: 0 for none.
std::size_t spaceAt(std::string_view text) noexcept {
    if (static_cast<unsigned char>(text.front()) <= 0x20U) return 1;
    // U+2000 to U+200A are E2 80 80 to E2 80 8A.
    if (text.size() >= 3 && text.starts_with("\xE2\x80") && static_cast<unsigned char>(text[2]) <= 0x8AU) {
        return 3;
    }
    const auto found = std::find_if(wideSpaces.begin(), wideSpaces.end(),
                                    [&](std::string_view space) { return text.starts_with(space); });
    return found == wideSpaces.end() ? 0 : found->size();
}

}  // namespace

std::string Identifiers::of(std::string_view kind, std::string_view name) const {
    std::string whole = m_organisation;
    whole.append("\n").append(kind).append("\n").append(name);
    const boost::uuids::name_generator_sha1 generator(boost::uuids::string_generator()(root));
    return boost::uuids::to_string(generator(whole));
}

std::string tokenOf(std::string_view text) {
    const bool fits = !text.empty() && (isLetter(text.front()) || text.front() == '_') &&
                      std::all_of(text.begin(), text.end(), isTokenByte);
    if (fits) return std::string(text);
    std::string token = "c-";
    for (const char c : text) token += isTokenByte(c) ? c : '-';
    return token;
}

std::string lineOf(std::string_view text) {
    std::string line;
    bool gap = false;
    while (!text.empty()) {
        if (const std::size_t space = spaceAt(text); space != 0) {
            gap = true;
            text.remove_prefix(space);
            continue;
        }
        if (gap && !line.empty()) line += ' ';
        gap = false;
        line += text.front();
        text.remove_prefix(1);
    }
    return line;
}

std::string textOr(std::string_view text, std::string_view other) {
    return std::string(trim(text).empty() ? other : text);
}

std::string momentOf(const Date& day) { return day.iso() + "T00:00:00Z"; }

Props& Props::add(std::string_view name, std::string_view value) {
    const std::string line = lineOf(value);
    if (line.empty()) return *this;
    codec::Json item = codec::Json::object();
    item.set("name", name).set("ns", nameSpace).set("value", line);
    m_list.push(std::move(item));
    return *this;
}

}  // namespace tickmark::bundle::oscal
