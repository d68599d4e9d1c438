// Whether an auditor's text goes beyond what was seen. ISO/IEC 17021-1:2015 clause 9.4.5.3: the auditor
// refrains from suggesting the cause of a nonconformity or its solution. Words are only a sign of it, so they
// warn and never refuse.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Finding.h"

namespace tickmark::domain {

enum class SuggestionKind { Cause, Solution };
[[nodiscard]] std::string_view toText(SuggestionKind value) noexcept;  ///< "cause", "solution"

/// One place in one text that reads like a cause or a solution.
struct WordWarning {
    std::string field{};   ///< "nature", "objective_evidence" or "reason"
    std::string phrase{};  ///< as it stands in the text
    SuggestionKind kind = SuggestionKind::Cause;
    std::string message{};  ///< what it reads like and what to write instead
    bool operator==(const WordWarning&) const = default;
};

/// What kind of text is read. A comment on a response asks its writer for something, so the plain words of
/// asking ("should", "need to") do not count there.
enum class AuditorText { Finding, Comment };

/// The rule set: whole words and phrases, whatever their case; a phrase that ends in * takes any ending. What
/// stands between quotation marks is somebody else's word and is not looked at. Each phrase warns once for
/// each text, in the order of the text. docs/auditor-words.md lists every phrase.
[[nodiscard]] std::vector<WordWarning> warningsIn(std::string_view field, std::string_view text,
                                                  AuditorText kind);

/// Nature and objective evidence of a nonconformity; nothing for other classes, whose purpose may be a hint.
[[nodiscard]] std::vector<WordWarning> warningsOf(const Finding& finding);

/// The rule set itself, for the document and its test: phrase, kind, whether it counts in comments.
struct WordRule {
    std::string_view phrase{};
    SuggestionKind kind = SuggestionKind::Cause;
    bool inComments = true;
};
[[nodiscard]] const std::vector<WordRule>& wordRules();

}  // namespace tickmark::domain
