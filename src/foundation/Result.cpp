#include "tickmark/foundation/Result.h"

namespace tickmark {

Error invalid(std::string type, std::string field, std::string message, std::string fix) {
    return {
        ErrorKind::Invalid, std::move(type), std::move(message), std::move(field), {}, std::move(fix), {}};
}

Error refused(std::string type, std::string message, std::string fix) {
    return {ErrorKind::Refused, std::move(type), std::move(message), {}, {}, std::move(fix), {}};
}

Error forbidden(std::string message) {
    return {ErrorKind::Forbidden, "forbidden", std::move(message), {}, {}, {}, {}};
}

Error notFound(std::string what) {
    return {ErrorKind::NotFound,
            "not-found",
            "There is no " + std::move(what) + " that you may see.",
            {},
            {},
            {},
            {}};
}

Error environment(std::string type, std::string message, std::string fix) {
    return {ErrorKind::Environment, std::move(type), std::move(message), {}, {}, std::move(fix), {}};
}

Error internal(std::string message) {
    return {ErrorKind::Internal, "internal", std::move(message), {}, {}, {}, {}};
}

namespace {

std::string sentence(const std::string& text) { return text.back() == '.' ? text : text + "."; }

}  // namespace

std::string describe(const Error& error) {
    std::string text;
    if (!error.field.empty()) text += error.field + ": ";
    text += error.message;
    if (!error.rule.empty()) text += " Rule: " + sentence(error.rule);
    if (!error.fix.empty()) text += " " + error.fix;
    for (const Error& part : error.parts) text += "\n  " + describe(part);
    return text;
}

}  // namespace tickmark
