// Collects every broken rule of one input.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

// The lengths of texts, in code points.
constexpr TextRule titleRule{1, 200, false};
constexpr TextRule lineRule{0, 200, false};
constexpr TextRule codeRule{1, 64, false};
constexpr TextRule wordsRule{0, 20'000, true};  ///< a part of a finding, a plan, a note
constexpr TextRule neededWordsRule{1, 20'000, true};

/// "actions[2].title"
[[nodiscard]] std::string itemField(std::string_view list, std::size_t index, std::string_view member = {});

class FieldReport {
  public:
    /// Cleans the text in place and notes what is wrong with it.
    void text(std::string_view field, std::string& value, const TextRule& rule);
    /// A list of texts, each by `rule`, none twice, at most `most` of them.
    void texts(std::string_view field, std::vector<std::string>& values, const TextRule& rule,
               std::size_t most, bool unique);
    /// Notes a clause's code with a space, a comma or a semicolon in it: these stand between codes in forms,
    /// CSV cells and lists.
    void undivided(std::string_view field, const std::string& code);
    /// A reference as checkReference takes it; an empty one is left to the use case that assigns it.
    void reference(std::string_view field, const std::string& value);
    void atMost(std::string_view field, std::size_t count, std::size_t most);
    void atLeast(std::string_view field, std::int64_t value, std::int64_t least);
    /// Notes when both days are given and the later one comes first; reported at `laterField`.
    void order(std::string_view laterField, const std::optional<Date>& earlier,
               const std::optional<Date>& later, std::string_view earlierField);
    /// Days of records lie in the years 1900 to 2999.
    void day(std::string_view field, const std::optional<Date>& value);
    /// Notes a problem in words; `rule` is what must hold, `fix` what to do.
    void complain(std::string_view field, std::string message, std::string rule, std::string fix);
    void add(std::string_view field, Error error);

    /// Invalid "validation" with one part per problem, or success.
    [[nodiscard]] Result<void> finish();

  private:
    std::vector<Error> m_problems{};
};

}  // namespace tickmark::domain
