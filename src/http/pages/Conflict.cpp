#include "http/pages/Conflict.h"

#include "tickmark/app/Accounts.h"

namespace tickmark::http::pages {

void putConflict(view::Model& model, const std::vector<Difference>& fields) {
    view::Model& part = model.include("CONFLICT", "parts/conflict.html");
    view::Model* rows = nullptr;
    for (const Difference& one : fields) {
        if (one.theirs == one.yours) continue;
        if (rows == nullptr) rows = &part.add("HAS_DIFFERENCES");
        rows->add("DIFFERENCE").say("FIELD", one.field).set("THEIRS", one.theirs).set("YOURS", one.yours);
    }
    part.showIf(rows == nullptr, "SAME");
}

Error besideForm(Error stale) {
    stale.fix = "Your text is kept. Compare it with what stands now, then save again.";
    return stale;
}

std::string personWord(WebApp& web, const Request& request, const std::string& account) {
    if (account.empty()) return view::said("nobody");
    const auto parties = app::assignableParties(*web.context, callerOf(request).actor);
    if (!parties) return account;
    for (const domain::Party& party : *parties) {
        if (party.account == account) return party.name + " (" + party.account + ")";
    }
    return account;
}

}  // namespace tickmark::http::pages
