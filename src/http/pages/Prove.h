// Shared by the pages of bundles, of the log and of verifying: what somebody outside can prove.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/pages/Page.h"
#include "tickmark/bundle/Verifier.h"
#include "tickmark/foundation/Digest.h"

namespace tickmark::http::pages {

/// Sixty-four digits in sixteen groups of four, section `section` with TEXT, to read aloud.
void putGroups(view::Model& model, std::string_view section, const Digest& digest);

/// The status part with words of its own, for things that have no state machine.
void putWord(view::Model& model, std::string_view name, std::string tone, std::string glyph,
             std::string word);

/// Where the page of a ledger entry's thing lies, or empty when there is none that this role may open.
[[nodiscard]] std::string addressOfThing(domain::Role role, std::string_view subject, const std::string& ref);

/// What stands around a report of the verifier.
struct ReportFrame {
    std::string heading{};
    std::string file{};     ///< the file's name as people know it
    std::string checked{};  ///< one sentence on when, where and against what it was checked
    std::string backHref{};
    std::string backLabel{};
};
/// The page pages/verification.html. Always answered with 200: a failed bundle is a good answer.
[[nodiscard]] Response reportPage(WebApp& web, Request& request, const Frame& frame,
                                  const ReportFrame& around, const bundle::Report& report);

/// Rows that addBundlePages and addLogPages bring along.
[[nodiscard]] Result<void> addPreparationPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addSealingPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addVerifyPages(Router& router, WebApp& web);
[[nodiscard]] Result<void> addTrustPages(Router& router, WebApp& web);

}  // namespace tickmark::http::pages
