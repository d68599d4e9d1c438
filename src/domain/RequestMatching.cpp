#include "tickmark/domain/RequestMatching.h"

#include <algorithm>

#include "tickmark/foundation/Text.h"

namespace tickmark::domain {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0; }

/// "er-0014" as letters and number: "er", "14".
struct Code {
    std::string letters{};
    std::string number{};
    bool operator==(const Code&) const = default;
};

Code codeOf(std::string_view ref) {
    const std::string text = lower(ref);
    const std::size_t digits = std::min(text.find_first_of("0123456789"), text.size());
    Code code;
    for (std::size_t at = 0; at < digits; ++at) {
        if (isLetter(text[at])) code.letters += text[at];
    }
    const std::size_t first = std::min(text.find_first_not_of('0', digits), text.size());
    code.number = text.substr(first);
    return code;
}

/// Every place where the letters are followed by a number.
std::vector<Code> codesIn(std::string_view name, const std::string& letters) {
    const std::string text = lower(name);
    std::vector<Code> codes;
    for (std::size_t at = text.find(letters); at != std::string::npos; at = text.find(letters, at + 1)) {
        const bool begins = at == 0 || (!isLetter(text[at - 1]) && !isDigit(text[at - 1]));
        std::size_t from = at + letters.size();
        if (from < text.size() && (text[from] == '-' || text[from] == '_' || text[from] == ' ')) ++from;
        std::size_t end = from;
        while (end < text.size() && isDigit(text[end])) ++end;
        if (!begins || end == from || (end < text.size() && isLetter(text[end]))) continue;
        codes.push_back(codeOf(letters + text.substr(from, end - from)));
    }
    return codes;
}

void addOnce(std::vector<std::string>& list, const std::string& text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

FileMatch matchOf(const std::string& file, const std::vector<std::string>& open, const std::string& letters) {
    FileMatch match;
    match.file = file;
    for (const Code& code : codesIn(file, letters)) {
        const auto found = std::find_if(open.begin(), open.end(),
                                        [&](const std::string& ref) { return codeOf(ref) == code; });
        if (found != open.end())
            addOnce(match.requests, *found);
        else
            addOnce(match.strangers, code.letters + "-" + code.number);
    }
    return match;
}

}  // namespace

std::vector<std::string> Matching::unmatched() const {
    std::vector<std::string> names;
    for (const FileMatch& match : files) {
        if (match.requests.empty()) names.push_back(match.file);
    }
    return names;
}

Matching matchFiles(const std::vector<std::string>& files, const std::vector<std::string>& open) {
    const std::string letters = open.empty() ? "er" : codeOf(open.front()).letters;
    Matching matching;
    matching.unanswered = open;
    for (const std::string& file : files) {
        matching.files.push_back(matchOf(file, open, letters));
        for (const std::string& ref : matching.files.back().requests) std::erase(matching.unanswered, ref);
    }
    return matching;
}

}  // namespace tickmark::domain
