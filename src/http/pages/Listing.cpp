#include "http/pages/Listing.h"

#include <algorithm>

#include "http/pages/Page.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/view/Words.h"

namespace tickmark::http::pages {

std::string nextAddress(const Request& request, std::string_view list, const std::string& cursor) {
    std::string address(list);
    address += '?';
    for (const NameValue& pair : request.query) {
        if (pair.name == "after" || pair.value.empty()) continue;
        address.append(encoded(pair.name)).append("=").append(encoded(pair.value)).append("&");
    }
    return address + "after=" + encoded(cursor);
}

void putAsked(view::Model& model, const Request& request, const std::vector<std::string_view>& names) {
    for (const std::string_view name : names) {
        std::string upper(name);
        for (char& c : upper) {
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
        }
        model.set(upper, std::string(request.queryValue(name)));
    }
}

void putCount(view::Model& model, std::int64_t count, std::string_view one, std::string_view many) {
    model.add("HAS_COUNT")
        .set("COUNT", view::countText(count) + " " + view::said(count == 1 ? one : many))
        .set("NUMBER_OF", std::to_string(count));
}

std::string periodText(const std::optional<Date>& from, const std::optional<Date>& to) {
    if (from && to) return *from == *to ? from->iso() : view::said("{} to {}", {from->iso(), to->iso()});
    if (from) return view::said("from {}", {from->iso()});
    return to ? view::said("until {}", {to->iso()}) : "";
}

std::optional<Date> dayOf(std::string_view iso) {
    auto day = Date::parse(iso);
    return day ? std::optional<Date>(*day) : std::nullopt;
}

std::string isoOf(const std::optional<Date>& day) { return day ? day->iso() : std::string(); }

std::string excerpt(std::string_view text, std::size_t characters) {
    const std::string_view line = text.substr(0, text.find('\n'));
    std::size_t seen = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const bool starts = (static_cast<unsigned char>(line[at]) & 0xC0U) != 0x80U;
        if (starts && seen++ == characters) return std::string(trim(line.substr(0, at))) + " …";
    }
    return std::string(line) + (line.size() < text.size() ? " …" : "");
}

std::vector<std::string> linesOf(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = trim(text.substr(at, end - at));
        if (!line.empty()) lines.emplace_back(line);
        at = end + 1;
    }
    return lines;
}

std::string joinedLines(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

bool readsLog(domain::Role role) noexcept {
    using domain::Role;
    constexpr domain::RoleSet readers{Role::LeadAuditor, Role::Auditor, Role::ImprovementManager,
                                      Role::TopManagement, Role::Administrator};
    return readers.has(role);
}

void putPosition(view::Model& model, domain::Role role, std::int64_t position) {
    const std::string number = std::to_string(position);
    model.set("POSITION", number).set("LOG_HREF", "/log/" + number);
    model.show(readsLog(role) ? "LOG_LINK" : "LOG_PLAIN");
}

}  // namespace tickmark::http::pages
