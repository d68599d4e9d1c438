#include "tickmark/http/Forms.h"

#include <algorithm>

#include "http/gate/Credentials.h"

namespace tickmark::http {
namespace {

Error unproved() {
    Error error = forbidden("The form does not belong to your session, so nothing was changed.");
    error.type = "csrf";
    error.field = "csrf";
    error.fix = "Load the page again and send the form from there.";
    return error;
}

Result<void> prove(Request& request, std::string_view given) {
    auto* caller = std::any_cast<Caller>(&request.context);
    if (caller == nullptr || caller->csrfProved) return {};
    if (!sameSecret(caller->csrf, given)) return unproved();
    caller->csrfProved = true;
    return {};
}

}  // namespace

Result<std::vector<NameValue>> readCheckedForm(Request& request, const FormLimits& limits) {
    TM_TRY(std::vector<NameValue> fields, readUrlEncodedForm(request, limits));
    TM_CHECK(prove(request, valueOf(fields, "csrf")));
    std::erase_if(fields, [](const NameValue& field) { return field.name == "csrf"; });
    return fields;
}

Result<std::unique_ptr<MultipartForm>> openCheckedForm(Request& request, FormLimits limits) {
    TM_TRY(std::unique_ptr<MultipartForm> form, MultipartForm::open(request, limits));
    TM_TRY(const bool more, form->next());
    if (!more || form->name() != "csrf" || form->isFile()) return unproved();
    TM_TRY(const std::string given, form->text());
    TM_CHECK(prove(request, given));
    return form;
}

}  // namespace tickmark::http
