#include "tickmark/http/server/Form.h"

#include "http/server/Percent.h"

namespace tickmark::http {
namespace {

Error tooLarge(std::string message) {
    return {ErrorKind::TooLarge, "form-too-large", std::move(message), "form", {}, "Send less at once."};
}

}  // namespace

Result<std::vector<NameValue>> parseUrlEncoded(std::string_view text, const FormLimits& limits) {
    if (text.size() > limits.bytes) {
        return tooLarge("The form is larger than " + std::to_string(limits.bytes) + " bytes.");
    }
    auto pairs = decodePairs("form", text, limits.fields);
    if (!pairs) {
        Error error = std::move(pairs).error();
        error.type = error.kind == ErrorKind::TooLarge ? "form-too-large" : "form";
        return error;
    }
    for (const NameValue& pair : *pairs) {
        if (pair.value.size() <= limits.valueBytes) continue;
        Error error = tooLarge("The value is longer than " + std::to_string(limits.valueBytes) + " bytes.");
        error.field = pair.name;
        return error;
    }
    return pairs;
}

Result<std::vector<NameValue>> readUrlEncodedForm(Request& request, const FormLimits& limits) {
    if (request.mediaType() != "application/x-www-form-urlencoded") {
        return invalid("media-type", "Content-Type", "The body is not a form.",
                       "Send it as application/x-www-form-urlencoded.");
    }
    TM_TRY(const std::string text, request.bodyText(limits.bytes));
    return parseUrlEncoded(text, limits);
}

}  // namespace tickmark::http
