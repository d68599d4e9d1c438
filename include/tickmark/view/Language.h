// The languages of the pages. English is the language of the sources; every other one is a catalog of texts
// (lang/*.po, GNU gettext) that the build puts into the program. What is signed, logged, exported or answered
// by the API stays English.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tickmark::view {

enum class Language { English, German };

[[nodiscard]] std::span<const Language> languages() noexcept;
[[nodiscard]] std::string_view codeOf(Language language) noexcept;  ///< "en", "de" (BCP 47)
[[nodiscard]] std::string_view nameOf(Language language) noexcept;  ///< in itself: "Deutsch"
[[nodiscard]] std::optional<Language> languageFrom(std::string_view code) noexcept;
/// The known language that an Accept-Language header prefers (RFC 9110 section 12.5.4); English when it names
/// none that is known.
[[nodiscard]] Language preferredLanguage(std::string_view acceptLanguage);

/// The language of what this thread says until the scope ends. Scopes nest.
class LanguageScope {
  public:
    explicit LanguageScope(Language language) noexcept;
    ~LanguageScope();
    LanguageScope(const LanguageScope&) = delete;
    LanguageScope& operator=(const LanguageScope&) = delete;
    LanguageScope(LanguageScope&&) = delete;
    LanguageScope& operator=(LanguageScope&&) = delete;

  private:
    Language m_before;
};
[[nodiscard]] Language currentLanguage() noexcept;

/// An English text of the program in this thread's language: looked up as it stands, or else as one of the
/// catalog's patterns ("There is no KPI {}.") with what stands in its gaps. A text that the catalog does not
/// have comes back as it is. For texts of the program only: what people wrote is never translated.
[[nodiscard]] std::string said(std::string_view english);

/// A pattern of the program in this thread's language, its gaps "{}" filled in order: said("{} of {}", {"3",
/// "5"}). What fills a gap is not translated.
[[nodiscard]] std::string said(std::string_view pattern, std::initializer_list<std::string_view> gaps);
/// `count` with the pattern of its number: counted(2, "{} file", "{} files") is "2 files".
[[nodiscard]] std::string counted(std::int64_t count, std::string_view one, std::string_view many);

}  // namespace tickmark::view
