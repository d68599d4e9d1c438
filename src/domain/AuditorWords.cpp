#include "tickmark/domain/AuditorWords.h"

#include <algorithm>
#include <optional>

#include "tickmark/foundation/Text.h"

namespace tickmark::domain {
namespace {

/// Lower case, quoted parts blanked with dots (which no phrase crosses), line ends as blanks; the length
/// stays, so that places in it are places in the text.
std::string readable(std::string_view text) {
    constexpr std::string_view opening = "\xE2\x80\x9C";  // left double quotation mark
    constexpr std::string_view closing = "\xE2\x80\x9D";
    std::string out = lower(text);
    for (std::size_t at = 0; at < out.size(); ++at) {
        const bool plain = out[at] == '"';
        const bool curly = text.substr(at, opening.size()) == opening;
        if (!plain && !curly) {
            if (out[at] == '\n' || out[at] == '\t') out[at] = ' ';
            continue;
        }
        const std::size_t end = plain ? text.find('"', at + 1) : text.find(closing, at);
        if (end == std::string_view::npos) break;  // a quotation without an end hides nothing
        const std::size_t past = std::min(end + (plain ? 1 : closing.size()), out.size());
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(at),
                  out.begin() + static_cast<std::ptrdiff_t>(past), '.');
        at = past - 1;
    }
    return out;
}

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Where the phrase stands as whole words, and how long its words are there.
struct Place {
    std::size_t at = 0;
    std::size_t length = 0;
};
std::optional<Place> placeOf(const std::string& text, std::string_view phrase) {
    const bool open = phrase.ends_with('*');
    if (open) phrase.remove_suffix(1);
    for (std::size_t at = text.find(phrase); at != std::string::npos; at = text.find(phrase, at + 1)) {
        std::size_t end = at + phrase.size();
        const bool begins = at == 0 || !isLetter(text[at - 1]);
        while (open && end < text.size() && isLetter(text[end])) ++end;
        if (begins && (end == text.size() || !isLetter(text[end]))) return Place{at, end - at};
    }
    return std::nullopt;
}

std::string messageOf(const std::string& phrase, SuggestionKind kind) {
    if (kind == SuggestionKind::Cause) {
        return "\"" + phrase +
               "\" reads like a cause. Write what was seen and which requirement it misses; finding the "
               "cause "
               "is the auditee's part.";
    }
    return "\"" + phrase +
           "\" reads like a solution. Write what was seen and which requirement it misses; choosing the "
           "action is the auditee's part.";
}

}  // namespace

std::string_view toText(SuggestionKind value) noexcept {
    return value == SuggestionKind::Cause ? "cause" : "solution";
}

const std::vector<WordRule>& wordRules() {
    using enum SuggestionKind;
    static const std::vector<WordRule> rules{
        {"because", Cause},
        {"due to", Cause},
        {"owing to", Cause},
        {"caused by", Cause},
        {"root cause", Cause, false},
        {"the cause", Cause, false},
        {"as a result of", Cause},
        {"resulted from", Cause},
        {"results from", Cause},
        {"stems from", Cause},
        {"stemmed from", Cause},
        {"attributable to", Cause},
        {"the reason is", Cause},
        {"the reason for", Cause},
        {"lack of training", Cause},
        {"lack of awareness", Cause},
        {"lack of resources", Cause},
        {"lack of time", Cause},
        {"human error", Cause},
        {"by mistake", Cause},
        {"forgot*", Cause},
        {"careless*", Cause},
        {"negligen*", Cause},
        {"probably", Cause},
        {"recommend*", Solution},
        {"we suggest", Solution},
        {"suggested to", Solution},
        {"it is advis*", Solution},
        {"advised to", Solution},
        {"we propose", Solution},
        {"the solution", Solution},
        {"can be solved by", Solution},
        {"could be solved by", Solution},
        {"can be fixed by", Solution},
        {"could be fixed by", Solution},
        {"to fix this", Solution},
        {"to correct this", Solution},
        {"to prevent this", Solution},
        {"it would be better", Solution},
        {"consider introducing", Solution},
        {"consider using", Solution},
        {"should", Solution, false},
        {"ought to", Solution, false},
        {"need to", Solution, false},
        {"needs to", Solution, false},
        {"has to be", Solution, false},
        {"have to be", Solution, false},
    };
    return rules;
}

std::vector<WordWarning> warningsIn(std::string_view field, std::string_view text, AuditorText kind) {
    struct Found {
        Place place{};
        const WordRule* rule = nullptr;
    };
    const std::string plain = readable(text);
    std::vector<Found> found;
    for (const WordRule& rule : wordRules()) {
        if (kind == AuditorText::Comment && !rule.inComments) continue;
        if (const auto place = placeOf(plain, rule.phrase)) found.push_back({*place, &rule});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Found& a, const Found& b) { return a.place.at < b.place.at; });
    std::vector<WordWarning> warnings;
    for (const Found& one : found) {
        const std::string phrase(text.substr(one.place.at, one.place.length));
        warnings.push_back({std::string(field), phrase, one.rule->kind, messageOf(phrase, one.rule->kind)});
    }
    return warnings;
}

std::vector<WordWarning> warningsOf(const Finding& finding) {
    const FindingClass* scheme = findingClass(finding.classCode);
    if (scheme != nullptr && scheme->kind != FindingKind::Nonconformity) return {};
    auto warnings = warningsIn("nature", finding.nature, AuditorText::Finding);
    auto more = warningsIn("objective_evidence", finding.objectiveEvidence, AuditorText::Finding);
    warnings.insert(warnings.end(), more.begin(), more.end());
    return warnings;
}

}  // namespace tickmark::domain
