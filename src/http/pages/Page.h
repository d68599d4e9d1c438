// What every page handler uses: the frame around a page, forms, errors.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/http/Forms.h"
#include "tickmark/http/WebApp.h"
#include "tickmark/http/server/Problem.h"
#include "tickmark/view/Language.h"
#include "tickmark/view/Page.h"
#include "tickmark/view/TimeZone.h"
#include "tickmark/view/Words.h"

namespace tickmark::http::pages {

/// Language and time zone of the person (or browser) that asks, for as long as the request is answered: what
/// the person chose, else Accept-Language and UTC.
class PersonScope {
  public:
    explicit PersonScope(const Request& request);

  private:
    view::LanguageScope m_language;
    view::TimeZoneScope m_zone;
};

/// The section of the page for signing in, which needs no link to itself.
inline constexpr std::string_view signInSection = "/login";

/// The frame of one page.
struct Frame {
    std::string title{};
    std::string section{};  ///< address of the navigation's entry that is current, e.g. "/findings"
    std::vector<std::pair<std::string, std::string>> trail{};  ///< address and label, outermost first
    std::string trailEnd{};
    const Error* error = nullptr;  ///< shown on top
    std::string notice{};
    int status = 200;
};

/// Renders `body` inside the layout. The body has CSRF, and the section ASK_CODE for a person whose second
/// factor is asked for.
[[nodiscard]] Response page(WebApp& web, Request& request, const Frame& frame, std::string_view body,
                            const std::function<void(view::Model&)>& fill);
/// An error as a page of its own.
[[nodiscard]] Response errorPage(WebApp& web, Request& request, const Error& error, int status);
[[nodiscard]] Response errorPage(WebApp& web, Request& request, const Error& error);

/// The status part: {{>STATUS}}.
void putStatus(view::Model& model, std::string_view name, std::string_view thing, std::string_view code);
/// Texts DUE, HINT and HINT_TONE.
void putDue(view::Model& model, const std::optional<Date>& due, Date today);
/// One option of a select; chosen when `on`.
void putOption(view::Model& model, std::string_view section, std::string_view codeName, std::string code,
               std::string word, bool on);
/// Options PERSON with ACCOUNT and WORD of everyone that may be named.
void putPeople(WebApp& web, const Request& request, view::Model& model, const std::string& chosen,
               const std::function<bool(domain::Role)>& fits);

/// The name shown for an account's number, or "nobody".
[[nodiscard]] std::string nameOf(const std::vector<domain::Party>& parties, domain::PartyId id);
[[nodiscard]] std::string accountOf(const std::vector<domain::Party>& parties, domain::PartyId id);

/// Fields of a posted form.
class Form {
  public:
    explicit Form(std::vector<NameValue> fields) : m_fields(std::move(fields)) {}
    [[nodiscard]] std::string text(std::string_view name) const {
        return std::string(valueOf(m_fields, name));
    }
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
    [[nodiscard]] std::int64_t revision() const;
    /// Empty stays empty. Errors: Invalid "date" naming the field.
    [[nodiscard]] Result<std::optional<Date>> date(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> words(std::string_view name) const;

  private:
    std::vector<NameValue> m_fields;
};
[[nodiscard]] Result<Form> readForm(Request& request);

/// Percent-encodes a path segment or query value.
[[nodiscard]] std::string encoded(std::string_view text);

/// A handler that may refuse; a refusal becomes an error page.
using PageHandler = std::function<Result<Response>(WebApp&, Request&, const PathParameters&)>;

/// Adds a row that says more than the two below (caps, uploads); sets its handler.
[[nodiscard]] Result<void> addRow(Router& router, WebApp& web, Route route, PageHandler handler);
/// Adds rows. `roles` as the gate reads them ("all", "LA AU").
[[nodiscard]] Result<void> addPage(Router& router, WebApp& web, std::string pattern, std::string name,
                                   std::string roles, PageHandler handler);
[[nodiscard]] Result<void> addForm(Router& router, WebApp& web, std::string pattern, std::string name,
                                   std::string roles, PageHandler handler);

// Each area of pages adds its own rows.
[[nodiscard]] Result<void> addSignInPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addHomePages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addDuePages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addIdeaPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addFeedbackPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addServiceReviewPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addSearchPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addObjectivePages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addPolicyPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addLessonPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addFindingPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addFindingForms(Router& router, WebApp& web);
[[nodiscard]] Result<void> addResponseForms(Router& router, WebApp& web);
[[nodiscard]] Result<void> addActionPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addAuditPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addAuditReportPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addRequestPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addEvidencePages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addBundlePages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addLogPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addAccountPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addTrendPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addMatchingPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addKpiPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addReviewPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addBulkPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addApiPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addFilterPages(Router& router, WebApp& web);

}  // namespace tickmark::http::pages
