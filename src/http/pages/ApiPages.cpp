// The interface for programs as pages: how to begin, one page for each group of operations, and the schemas.
// The words of the description stay English in every language; what stands around them is said.
#include <algorithm>
#include <array>

#include "http/pages/ApiDescription.h"
#include "http/pages/Page.h"

namespace tickmark::http::pages {
namespace {

constexpr std::string_view home = "/help/api";

struct ScopeWord {
    const char* code = "";
    const char* word = "";
};
constexpr std::array<ScopeWord, 4> scopes{{
    {"read", "Read what you may see"},
    {"write", "Change what you may change"},
    {"evidence", "Hand over files and read their receipts, nothing else"},
    {"admin", "Keep accounts"},
}};

std::string schemaAddress(const std::string& name) { return "/help/api/schemas#" + encoded(name); }

/// Who may call it, in words: "the lead auditor or the auditor".
std::string callersOf(const std::string& roles) {
    if (roles == "public") return view::said("Anybody, without signing in.");
    if (roles == "all") return view::said("Everybody who has an account.");
    std::vector<std::string> names;
    for (std::size_t at = 0; at < roles.size();) {
        const std::size_t end = std::min(roles.find(' ', at), roles.size());
        if (const auto role = domain::roleFromCode(std::string_view(roles).substr(at, end - at)); role)
            names.push_back(view::said(domain::roleName(*role)));
        at = end + 1;
    }
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

void putType(view::Model& model, const ApiType& type) {
    for (const ApiTypePart& piece : type) {
        view::Model& shown = model.add("TYPE");
        if (piece.schema)
            shown.add("SCHEMA_LINK").set("HREF", schemaAddress(piece.text)).set("NAME", piece.text);
        else
            shown.add("WORDS").set("TEXT", piece.text);
    }
}

void putFields(view::Model& model, std::string_view section, const std::vector<ApiField>& fields) {
    if (fields.empty()) return;
    view::Model& table = model.include(section, "parts/api-fields.html");
    table.showIf(!fields.front().place.empty(), "PLACED");
    for (const ApiField& field : fields) {
        view::Model& row = table.add("FIELD");
        row.set("NAME", field.name).set("NOTE", field.note).showIf(field.required, "REQUIRED");
        if (!field.place.empty()) row.add("AT").set("PLACE", field.place);
        putType(row, field.type);
        if (field.values.empty()) continue;
        view::Model& values = row.add("VALUES");
        for (const std::string& value : field.values) values.add("VALUE").set("CODE", value);
    }
}

void putContent(view::Model& model, std::string_view section, const ApiContent& content) {
    view::Model& shown = model.add(section);
    shown.setIf("CODE", content.code).setIf("NOTE", content.note).setIf("MEDIA", content.media);
    putType(shown, content.type);
    putFields(shown, "API_FIELDS", content.fields);
}

void putOperation(view::Model& model, const ApiOperation& operation) {
    view::Model& shown = model.add("OPERATION");
    shown.set("ANCHOR", operation.anchor).set("METHOD", operation.method).set("PATH", operation.path);
    shown.set("SUMMARY", operation.summary).setIf("NOTE", operation.note);
    shown.set("WHO", callersOf(operation.roles));
    if (!operation.parameters.empty())
        putFields(shown.add("HAS_PARAMETERS"), "API_FIELDS", operation.parameters);
    if (!operation.bodies.empty()) {
        view::Model& part = shown.add("HAS_BODY");
        for (const ApiContent& body : operation.bodies) putContent(part, "BODY_CONTENT", body);
    }
    for (const ApiContent& answer : operation.answers) putContent(shown, "ANSWER", answer);
    if (operation.refusals.empty()) return;
    std::string codes;
    for (const std::string& code : operation.refusals) codes += (codes.empty() ? "" : ", ") + code;
    shown.add("REFUSED").set("CODES", codes);
}

/// A line that leads to an operation of a group.
void putEntry(view::Model& model, const std::string& page, const ApiOperation& operation) {
    model.add("ENTRY")
        .set("ENTRY_HREF", page + "#" + operation.anchor)
        .set("SUMMARY", operation.summary)
        .set("METHOD", operation.method)
        .set("PATH", operation.path);
}

/// Where this server is reached, for the examples.
std::string serverAddress(WebApp& web, const Request& request) {
    std::string address = web.context->settings.publicUrl;
    while (address.ends_with('/')) address.pop_back();
    if (!address.empty()) return address;
    return (request.secure ? "https://" : "http://") + std::string(request.header("host"));
}

Result<Response> showIndex(WebApp& web, Request& request, const PathParameters&) {
    Frame frame;
    frame.title = view::said("Interface for programs");
    frame.section = "/help";
    frame.trail = {{"/help", "Help"}};
    frame.trailEnd = frame.title;
    return page(web, request, frame, "pages/api.html", [&](view::Model& model) {
        const ApiDescription& api = apiDescription();
        model.set("VERSION", api.version).set("NOTE", api.note);
        const ApiExamples calls = apiExamples(serverAddress(web, request));
        model.set("FIRST_CALL", calls.read).set("CHANGE_CALL", calls.change);
        for (const ScopeWord& scope : scopes)
            model.add("SCOPE").set("CODE", scope.code).say("WORD", scope.word);
        model.showIf(callerIf(request) != nullptr, "MAY_MAKE_TOKEN");
        model.set("SCHEMA_COUNT", view::countText(static_cast<std::int64_t>(api.schemas.size())));
        for (const ApiGroup& group : api.groups) {
            const std::string address = std::string(home) + "/" + encoded(group.name);
            view::Model& shown = model.add("GROUP");
            shown.set("HREF", address).set("NAME", group.name).set("GROUP_NOTE", group.note);
            for (const ApiOperation& operation : group.operations) putEntry(shown, address, operation);
        }
    });
}

Result<Response> showGroup(WebApp& web, Request& request, const PathParameters& parameters) {
    const std::string name(parameters.at("group"));
    const ApiGroup* group = apiGroup(name);
    if (group == nullptr) return notFound("group " + name + " of the interface for programs");
    Frame frame;
    frame.title = view::said("Interface for programs: {}", {group->name});
    frame.section = "/help";
    frame.trail = {{"/help", "Help"}, {std::string(home), "Interface for programs"}};
    frame.trailEnd = group->name;
    return page(web, request, frame, "pages/api-group.html", [&](view::Model& model) {
        model.set("NAME", group->name).set("GROUP_NOTE", group->note);
        for (const ApiOperation& operation : group->operations) {
            putEntry(model, {}, operation);
            putOperation(model, operation);
        }
    });
}

Result<Response> showSchemas(WebApp& web, Request& request, const PathParameters&) {
    Frame frame;
    frame.title = view::said("Interface for programs: what is sent and answered");
    frame.section = "/help";
    frame.trail = {{"/help", "Help"}, {std::string(home), "Interface for programs"}};
    frame.trailEnd = view::said("Schemas");
    return page(web, request, frame, "pages/api-schemas.html", [&](view::Model& model) {
        for (const ApiSchema& schema : apiDescription().schemas) {
            model.add("ENTRY").set("NAME", schema.name).set("ENTRY_HREF", "#" + encoded(schema.name));
            view::Model& shown = model.add("SCHEMA");
            shown.set("NAME", schema.name).setIf("NOTE", schema.note);
            if (schema.fields.empty())
                putType(shown.add("BARE"), schema.type);
            else
                putFields(shown, "API_FIELDS", schema.fields);
        }
    });
}

}  // namespace

Result<void> addApiPages(Router& router, WebApp& web) {
    const std::string first(home);
    TM_CHECK(addPage(router, web, first, "page.api", "public", showIndex));
    TM_CHECK(addPage(router, web, first + "/schemas", "page.api-schemas", "public", showSchemas));
    return addPage(router, web, first + "/{group}", "page.api-group", "public", showGroup);
}

}  // namespace tickmark::http::pages
