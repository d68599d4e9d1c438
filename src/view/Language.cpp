#include "tickmark/view/Language.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "tickmark/embedded/languageCatalogs.h"
#include "tickmark/view/Words.h"
#include "view/Catalog.h"

namespace tickmark::view {
namespace {

constexpr std::array all{Language::English, Language::German};

// Handlers run on one thread from the request to its answer, and words are chosen far below them.
Language& current() noexcept {
    thread_local Language language = Language::English;
    return language;
}

const Catalog& german() {
    static const Catalog catalog(embedded::languageCatalogs().front().text);
    return catalog;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// "de-AT;q=0.8" → its weight; 1 when it names none.
double weightOf(std::string_view range) {
    const std::size_t at = range.find("q=");
    if (at == std::string_view::npos) return 1;
    return std::strtod(std::string(range.substr(at + 2)).c_str(), nullptr);
}

}  // namespace

std::span<const Language> languages() noexcept { return all; }

std::string_view codeOf(Language language) noexcept { return language == Language::German ? "de" : "en"; }

std::string_view nameOf(Language language) noexcept {
    return language == Language::German ? "Deutsch" : "English";
}

std::optional<Language> languageFrom(std::string_view code) noexcept {
    for (const Language language : all) {
        if (codeOf(language) == code) return language;
    }
    return std::nullopt;
}

Language preferredLanguage(std::string_view acceptLanguage) {
    constexpr std::size_t mostBytes = 200;
    Language best = Language::English;
    double weight = 0;
    std::string_view rest = acceptLanguage.substr(0, mostBytes);
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const std::string_view range = trimmed(rest.substr(0, comma));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        const auto language = languageFrom(range.substr(0, range.find_first_of("-;")));
        if (!language || weightOf(range) <= weight) continue;
        best = *language;
        weight = weightOf(range);
    }
    return best;
}

LanguageScope::LanguageScope(Language language) noexcept : m_before(current()) { current() = language; }
LanguageScope::~LanguageScope() { current() = m_before; }

Language currentLanguage() noexcept { return current(); }

std::string said(std::string_view english) {
    return current() == Language::German ? german().translated(english) : std::string(english);
}

std::string said(std::string_view pattern, std::initializer_list<std::string_view> gaps) {
    return Catalog::filled(current() == Language::German ? german().exact(pattern) : pattern,
                           {gaps.begin(), gaps.size()});
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
    return said(count == 1 ? one : many, {countText(count)});
}

}  // namespace tickmark::view
