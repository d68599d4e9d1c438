#include "tickmark/crypto/FingerprintWords.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "tickmark/embedded/fingerprintList.h"

namespace tickmark::crypto {

namespace {

constexpr std::size_t wordsPerLine = 4;

using WordList = std::array<std::string_view, 256>;

WordList readList() {
    WordList list{};
    std::string_view text = embedded::fingerprintList().front().text;
    for (std::string_view& word : list) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos || end == 0)
            throw std::logic_error("the list of fingerprint words is damaged");
        word = text.substr(0, end);
        text.remove_prefix(end + 1);
    }
    if (!text.empty() || !std::is_sorted(list.begin(), list.end()))
        throw std::logic_error("the list of fingerprint words is damaged");
    return list;
}

bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The words of a text in lower case; everything that is no letter separates.
std::vector<std::string> wordsIn(std::string_view text) {
    std::vector<std::string> words;
    bool inWord = false;
    for (const char c : text) {
        if (isLetter(c)) {
            if (!inWord) words.emplace_back();
            words.back() += static_cast<char>(c | 0x20);
        }
        inWord = isLetter(c);
    }
    return words;
}

Error badWords(std::string message, std::string fix) {
    return invalid("fingerprint-words", "fingerprint", std::move(message), std::move(fix));
}

}  // namespace

const std::array<std::string_view, 256>& fingerprintWordList() {
    static const WordList list = readList();
    return list;
}

std::string fingerprintWords(const Digest& fingerprint) {
    std::string text;
    std::size_t count = 0;
    for (const std::uint8_t byte : fingerprint.bytes()) {
        if (count > 0) text += count % wordsPerLine == 0 ? '\n' : ' ';
        text += fingerprintWordList()[byte];  // NOLINT(*-constant-array-index): a byte is below 256
        ++count;
    }
    return text;
}

Result<Digest> fingerprintFromWords(std::string_view text) {
    constexpr std::size_t longestText = 2'000;
    if (text.size() > longestText)
        return badWords("A fingerprint in words has less than 2,000 characters.", "Copy only the words.");
    const std::vector<std::string> words = wordsIn(text);
    if (words.size() != Digest::size) {
        return badWords("A fingerprint has 32 words; here are " + std::to_string(words.size()) + ".",
                        "Compare line by line, four words each.");
    }
    const WordList& list = fingerprintWordList();
    std::array<std::uint8_t, Digest::size> bytes{};
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto found = std::lower_bound(list.begin(), list.end(), words[i]);
        if (found == list.end() || *found != words[i]) {
            return badWords("\"" + words[i].substr(0, 20) + "\", word " + std::to_string(i + 1) +
                                ", is not one of the words that fingerprints are made of.",
                            "Read it again.");
        }
        bytes.at(i) = static_cast<std::uint8_t>(found - list.begin());
    }
    return Digest(bytes);
}

}  // namespace tickmark::crypto
