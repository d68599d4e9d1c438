#include "storage/SearchText.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "tickmark/foundation/Text.h"
#include "tickmark/storage/SearchIndex.h"

namespace tickmark::storage {
namespace {

constexpr std::size_t maximumWords = 16;
constexpr std::size_t maximumBytes = 64;

bool separates(char letter) { return static_cast<unsigned char>(letter) <= ' ' || letter == '\x7f'; }

bool hasContent(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char letter) {
        const bool digit = letter >= '0' && letter <= '9';
        const bool ascii = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
        return digit || ascii || static_cast<unsigned char>(letter) >= 0x80;
    });
}

std::vector<std::string_view> wordsOf(std::string_view typed) {
    std::vector<std::string_view> words;
    std::size_t begin = 0;
    while (begin < typed.size() && words.size() < maximumWords) {
        std::size_t end = begin;
        while (end < typed.size() && !separates(typed[end])) ++end;
        const std::string_view word = typed.substr(begin, std::min(end - begin, maximumBytes));
        if (hasContent(word)) words.push_back(word);
        begin = end + 1;
    }
    return words;
}

bool isLetter(char letter) { return hasContent(std::string_view(&letter, 1)); }

/// The typed words' letters in lower case; a sign inside one ("8.2.6") makes several of it, as in the index.
std::vector<std::string> patternsOf(std::string_view typed) {
    std::vector<std::string> patterns;
    for (const std::string_view word : wordsOf(typed)) {
        std::string pattern;
        for (const char letter : word) {
            if (isLetter(letter)) {
                pattern += letter;
            } else if (!pattern.empty()) {
                patterns.push_back(lower(std::exchange(pattern, {})));
            }
        }
        if (!pattern.empty()) patterns.push_back(lower(pattern));
    }
    return patterns;
}

struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Every word of the text that matches.
std::vector<Span> matchesIn(std::string_view text, const std::vector<std::string>& patterns) {
    std::vector<Span> found;
    for (std::size_t at = 0; at < text.size();) {
        if (!isLetter(text[at])) {
            ++at;
            continue;
        }
        Span word{at, at};
        while (word.end < text.size() && isLetter(text[word.end])) ++word.end;
        const std::string letters = lower(text.substr(word.begin, word.end - word.begin));
        for (const std::string& pattern : patterns) {
            const bool matches =
                &pattern == &patterns.back() ? letters.starts_with(pattern) : letters == pattern;
            if (matches) {
                found.push_back(word);
                break;
            }
        }
        at = word.end;
    }
    return found;
}

std::string marked(std::string_view text, const std::vector<Span>& matches) {
    std::string out;
    std::size_t at = 0;
    for (const Span& match : matches) {
        out += text.substr(at, match.begin - at);
        out += matchBegins;
        out += text.substr(match.begin, match.end - match.begin);
        out += matchEnds;
        at = match.end;
    }
    out += text.substr(at);
    return out;
}

}  // namespace

std::string markedText(std::string_view text, std::string_view typed) {
    return marked(text, matchesIn(text, patternsOf(typed)));
}

std::string markedPassage(std::string_view text, std::string_view typed, std::size_t bytes) {
    const auto patterns = patternsOf(typed);
    const auto matches = matchesIn(text, patterns);
    std::size_t begin =
        matches.empty() || matches.front().begin < bytes / 3 ? 0 : matches.front().begin - bytes / 3;
    while (begin > 0 && begin < text.size() && text[begin - 1] != ' ') ++begin;
    std::size_t end = std::min(text.size(), begin + bytes);
    while (end < text.size() && end > begin && text[end] != ' ') --end;
    const std::string_view part = text.substr(begin, end - begin);
    return (begin > 0 ? "…" : "") + marked(part, matchesIn(part, patterns)) + (end < text.size() ? "…" : "");
}

std::string searchExpression(std::string_view typed) {
    std::string expression;
    for (const std::string_view word : wordsOf(typed)) {
        if (!expression.empty()) expression += " AND ";
        expression += '"';
        for (const char letter : word) {
            if (letter == '"') expression += '"';
            expression += letter;
        }
        expression += '"';
    }
    if (!expression.empty()) expression += '*';
    return expression;
}

}  // namespace tickmark::storage
