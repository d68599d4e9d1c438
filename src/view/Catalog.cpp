#include "view/Catalog.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tickmark::view {
namespace {

constexpr std::string_view gap = "{}";
// A pattern with fewer characters of its own fits too much; such ones are said with their gaps.
constexpr std::size_t looseAs = 6;

std::string_view cut(std::string_view& rest) {
    const std::size_t end = rest.find('\0');
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

}  // namespace

Catalog::Catalog(std::string_view compiled) {
    while (!compiled.empty()) {
        const std::string_view text = cut(compiled);
        const std::string_view translation = cut(compiled);
        m_exact.emplace(text, translation);
        if (text.find(gap) == std::string_view::npos) continue;
        Pattern pattern{{}, translation, 0};
        for (std::size_t at = 0;;) {
            const std::size_t next = text.find(gap, at);
            const std::string_view fixed = text.substr(at, next - at);
            pattern.fixed.push_back(fixed);
            pattern.weight += fixed.size();
            if (next == std::string_view::npos) break;
            at = next + gap.size();
        }
        m_patterns.push_back(std::move(pattern));
    }
    std::stable_sort(m_patterns.begin(), m_patterns.end(),
                     [](const Pattern& a, const Pattern& b) { return a.weight > b.weight; });
}

bool Catalog::fits(const Pattern& pattern, std::string_view text, std::vector<std::string_view>& gaps) {
    const std::string_view first = pattern.fixed.front();
    const std::string_view last = pattern.fixed.back();
    if (text.size() < pattern.weight || !text.starts_with(first) || !text.ends_with(last)) return false;
    gaps.clear();
    const std::size_t end = text.size() - last.size();
    std::size_t at = first.size();
    for (std::size_t i = 1; i + 1 < pattern.fixed.size(); ++i) {
        const std::size_t next = text.find(pattern.fixed[i], at);
        if (next == std::string_view::npos || next + pattern.fixed[i].size() > end) return false;
        gaps.push_back(text.substr(at, next - at));
        at = next + pattern.fixed[i].size();
    }
    if (at > end) return false;
    gaps.push_back(text.substr(at, end - at));
    return true;
}

std::string_view Catalog::exact(std::string_view english) const {
    const auto known = m_exact.find(english);
    return known == m_exact.end() ? english : known->second;
}

std::string Catalog::filled(std::string_view pattern, std::span<const std::string_view> gaps) {
    std::string out;
    std::size_t next = 0;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        const std::size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
        out += pattern.substr(0, open);
        if (close == std::string_view::npos) break;
        std::size_t number = 0;
        std::from_chars(pattern.data() + open + 1, pattern.data() + close, number);
        const std::size_t place = number == 0 ? next++ : number - 1;
        if (place < gaps.size()) out += gaps[place];
        pattern.remove_prefix(close + 1);
    }
    return out;
}

std::string Catalog::listed(std::string_view english) const {
    constexpr std::array<std::string_view, 3> joints{", ", " or ", " and "};
    std::string out;
    while (!english.empty()) {
        std::string_view joint;
        std::size_t end = english.size();
        for (const std::string_view one : joints) {
            const std::size_t at = english.find(one);
            if (at < end) {
                end = at;
                joint = one;
            }
        }
        std::string_view word = english.substr(0, end);
        if (word.starts_with("the ")) word.remove_prefix(4);
        const auto known = m_exact.find(word);
        if (known == m_exact.end()) return {};
        out.append(known->second).append(joint == ", " ? joint : exact(joint));
        english.remove_prefix(std::min(english.size(), end + joint.size()));
    }
    return out;
}

std::string Catalog::inGap(std::string_view english) const {
    // A gap often holds what people wrote, so only texts that are plainly the program's are taken for it.
    constexpr std::size_t plainly = 10;
    std::string known = listed(english);
    if (known.empty()) known = byPattern(english, plainly);
    return known.empty() ? std::string(english) : known;
}

std::string Catalog::byPattern(std::string_view english, std::size_t least) const {
    std::vector<std::string_view> gaps;
    for (const Pattern& pattern : m_patterns) {
        if (pattern.weight < least) break;
        if (!fits(pattern, english, gaps)) continue;
        std::vector<std::string> words;
        words.reserve(gaps.size());
        for (const std::string_view gap : gaps) words.push_back(inGap(gap));
        std::copy(words.begin(), words.end(), gaps.begin());
        return filled(pattern.translation, gaps);
    }
    return {};
}

std::string Catalog::whole(std::string_view english) const {
    if (const auto known = m_exact.find(english); known != m_exact.end()) return std::string(known->second);
    std::string text = byPattern(english, looseAs);
    if (text.empty()) text = listed(english);
    // A guard's reason is written without the full stop that a list of reasons gives it.
    if (!text.empty() || !english.ends_with('.')) return text;
    text = whole(english.substr(0, english.size() - 1));
    return text.empty() ? text : text + ".";
}

std::string Catalog::bySentence(std::string_view english, bool everyOne) const {
    constexpr std::string_view between = ". ";
    if (english.find(between) == std::string_view::npos) return {};
    std::string text;
    while (!english.empty()) {
        const std::size_t end = english.find(between);
        const std::string_view sentence = english.substr(0, end == std::string_view::npos ? end : end + 1);
        const std::string known = whole(sentence);
        if (known.empty() && everyOne) return {};
        text.append(text.empty() ? "" : " ").append(known.empty() ? sentence : std::string_view(known));
        english.remove_prefix(std::min(english.size(), sentence.size() + 1));
    }
    return text;
}

std::string Catalog::translated(std::string_view english) const {
    if (english.empty()) return {};
    if (const auto known = m_exact.find(english); known != m_exact.end()) return std::string(known->second);
    // Sentences that the program put together come before a pattern that would take them for one.
    std::string text = bySentence(english, true);
    if (text.empty()) text = whole(english);
    if (text.empty()) text = bySentence(english, false);
    return text.empty() ? std::string(english) : text;
}

}  // namespace tickmark::view
