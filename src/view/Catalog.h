// The texts of one language.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tickmark::view {

/// Built from the compiled catalog: text, NUL, translation, NUL, and so on.
class Catalog {
  public:
    explicit Catalog(std::string_view compiled);
    [[nodiscard]] std::string translated(std::string_view english) const;
    /// The translation of a text or pattern as it stands; itself when the catalog does not have it.
    [[nodiscard]] std::string_view exact(std::string_view english) const;
    /// A pattern with its gaps filled: "{2}" by the second of `gaps`, each "{}" by the next one.
    [[nodiscard]] static std::string filled(std::string_view pattern, std::span<const std::string_view> gaps);

  private:
    struct Pattern {
        std::vector<std::string_view> fixed{};  ///< what stands before, between and behind the gaps
        std::string_view translation{};
        std::size_t weight = 0;  ///< characters that are fixed
    };
    /// What fills the gaps of the pattern when the text has its form.
    [[nodiscard]] static bool fits(const Pattern& pattern, std::string_view text,
                                   std::vector<std::string_view>& gaps);

    /// "the lead auditor, the auditor or the process owner": every word of the list by itself; nothing when
    /// one of them is not in the catalog.
    [[nodiscard]] std::string listed(std::string_view english) const;
    /// By a pattern with at least so many fixed characters, else nothing.
    [[nodiscard]] std::string byPattern(std::string_view english, std::size_t least) const;
    [[nodiscard]] std::string inGap(std::string_view english) const;
    /// Each sentence by itself; nothing when there is but one, or one is not known and `everyOne` has to be.
    [[nodiscard]] std::string bySentence(std::string_view english, bool everyOne) const;
    /// By any of these ways, else nothing.
    [[nodiscard]] std::string whole(std::string_view english) const;

    std::unordered_map<std::string_view, std::string_view> m_exact{};
    std::vector<Pattern> m_patterns{};  ///< the most fixed characters first
};

}  // namespace tickmark::view
