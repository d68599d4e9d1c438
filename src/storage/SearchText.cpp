#include "storage/SearchText.h"

#include <algorithm>
#include <vector>

namespace tickmark::storage {
namespace {

constexpr std::size_t maximumWords = 16;
constexpr std::size_t maximumBytes = 64;

bool separates(char letter) { return static_cast<unsigned char>(letter) <= ' ' || letter == '\x7f'; }

bool hasContent(std::string_view word) {
    for (const char letter : word) {
        const bool digit = letter >= '0' && letter <= '9';
        const bool ascii = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
        if (digit || ascii || static_cast<unsigned char>(letter) >= 0x80) return true;
    }
    return false;
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

}  // namespace

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
