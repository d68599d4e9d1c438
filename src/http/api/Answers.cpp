#include "http/api/Answers.h"

namespace tickmark::http::api {

using codec::Json;

Response documentAnswer(const Json& document) { return jsonResponse(codec::canonicalJson(document)); }

Response documentAnswer(const Json& document, std::int64_t rev) {
    return documentAnswer(document).add("ETag", entityTag(rev));
}

Response changeAnswer(const std::string& ref, std::string_view state, std::int64_t rev) {
    Json document = Json::object();
    document.set("ref", ref).set("rev", rev).set("state", state);
    return documentAnswer(document, rev);
}

Response creationAnswer(std::string_view base, const std::string& ref, std::string_view state,
                        std::int64_t rev) {
    Response response = changeAnswer(ref, state, rev);
    response.status = 201;
    response.add("Location", std::string(base) + "/" + ref);
    return response;
}

void setDate(Json& object, std::string_view name, const std::optional<Date>& date) {
    if (date) object.set(name, date->iso());
}

void setText(Json& object, std::string_view name, const std::string& text) {
    if (!text.empty()) object.set(name, text);
}

}  // namespace tickmark::http::api
