// Pages from templates: a model of texts and sections, rendered with escaping by context.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/view/Language.h"

namespace tickmark::view {

/// What a template is filled with. Names are upper case, as they stand in the template: {{TITLE}},
/// {{#ROWS}}…{{/ROWS}}. Texts are escaped by the place where they stand (HTML, attribute, URL); nothing is
/// ever inserted raw.
class Model {
  public:
    /// Sets a text.
    Model& set(std::string_view name, std::string value);
    /// Sets a text and shows the section HAS_<name>, unless the text is empty.
    Model& setIf(std::string_view name, std::string value);
    /// As set and setIf, for words of the program: they stand in this thread's language (Language.h). What
    /// people wrote is set, never said.
    Model& say(std::string_view name, std::string_view english);
    Model& sayIf(std::string_view name, std::string_view english);
    /// Shows a section once, with this model's own texts.
    Model& show(std::string_view section);
    Model& showIf(bool condition, std::string_view section);
    /// Adds one round of a repeated section and returns its model, which stays valid as long as this one.
    Model& add(std::string_view section);
    /// Texts NAME, NAME_ISO and NAME_HOVER of a `<time>`: the moment in the person's zone, UTC on hover.
    Model& setTime(std::string_view name, Timestamp moment);
    /// The same for what is signed or stands in the log: UTC in sight, the person's zone on hover.
    Model& setLogged(std::string_view name, Timestamp moment);
    /// Fills an include {{>NAME}} with another template and returns its model.
    Model& include(std::string_view name, std::string_view templateName);

    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& texts() const noexcept {
        return m_texts;
    }
    struct Child {
        std::string name{};
        std::string templateName{};  ///< empty for a section
        std::deque<Model> model{};   ///< exactly one
    };
    [[nodiscard]] const std::deque<Child>& children() const noexcept { return m_children; }

  private:
    std::map<std::string, std::string, std::less<>> m_texts{};
    std::deque<Child> m_children{};
};

/// Renders an embedded template ("pages/finding.html"). Thread-safe. Errors: Internal "template" when there
/// is none of that name or it is malformed.
[[nodiscard]] Result<std::string> render(std::string_view templateName, const Model& model);

/// Every embedded template by name with its text, for the test that holds the escaping rules.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> allTemplates();

/// An asset (style, script, picture) with its media type; empty text when there is none of that name.
struct Asset {
    std::string_view text{};
    std::string_view mediaType{};
    std::string_view tag{};  ///< sixteen hexadecimal digits of its SHA-256, for caches
};
[[nodiscard]] Asset asset(std::string_view name);

}  // namespace tickmark::view
