#include "domain/TellingWords.h"

#include <algorithm>
#include <array>

#include "tickmark/foundation/Text.h"

namespace tickmark::domain {
namespace {

bool isCommon(const std::string& word) {
    constexpr std::array<std::string_view, 24> common{
        "that",  "this",   "with",  "from",  "were",  "have",   "been",    "does",
        "when",  "which",  "there", "their", "they",  "into",   "because", "without",
        "after", "before", "while", "could", "would", "should", "other",   "also"};
    return std::find(common.begin(), common.end(), word) != common.end();
}

std::string stemOf(std::string word) {
    for (const std::string_view ending : {"ing", "ed", "es", "s"}) {
        if (!word.ends_with(ending) || word.size() < ending.size() + 4) continue;
        word.resize(word.size() - ending.size());
        break;
    }
    if (word.ends_with('e') && word.size() > 4) word.pop_back();
    return word;
}

}  // namespace

std::map<std::string, std::string> tellingWords(std::string_view text) {
    std::map<std::string, std::string> words;
    std::string word;
    const auto keep = [&] {
        if (word.size() >= 4 && !isCommon(word)) words.emplace(stemOf(word), word);
        word.clear();
    };
    for (const char c : lower(text)) {
        const bool part =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0;
        if (part)
            word += c;
        else
            keep();
    }
    keep();
    return words;
}

}  // namespace tickmark::domain
