#include "domain/LessonWords.h"

#include <algorithm>
#include <array>

#include "tickmark/foundation/Text.h"

namespace tickmark::domain {
namespace {

constexpr std::size_t shortest = 4;
constexpr std::array<std::string_view, 36> empty{
    "about", "after", "also",   "been", "before", "between", "each",   "every", "from",
    "have",  "into",  "more",   "most", "must",   "never",   "nobody", "only",  "other",
    "over",  "same",  "should", "some", "such",   "than",    "that",   "their", "them",
    "then",  "there", "they",   "this", "were",   "what",    "when",   "which", "with"};

bool belongs(char letter) noexcept {
    const bool digit = letter >= '0' && letter <= '9';
    const bool ascii = letter >= 'a' && letter <= 'z';
    return digit || ascii || static_cast<unsigned char>(letter) >= 0x80;
}

}  // namespace

std::set<std::string> tellingWords(std::string_view text) {
    std::set<std::string> words;
    std::string word;
    const auto keep = [&] {
        if (codePoints(word) >= shortest && std::find(empty.begin(), empty.end(), word) == empty.end())
            words.insert(word);
        word.clear();
    };
    for (const char letter : lower(text)) {
        if (belongs(letter))
            word += letter;
        else
            keep();
    }
    keep();
    return words;
}

}  // namespace tickmark::domain
