// The description of the interface for programs (schemas/openapi.json), taken apart for its pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tickmark::http::pages {

/// A piece of a type in words: "array of " or, with `schema`, the name of a schema that it leads to.
struct ApiTypePart {
    std::string text{};
    bool schema = false;
};
using ApiType = std::vector<ApiTypePart>;

/// A parameter of an operation or a member of an object; members of members are named "rows[].ref".
struct ApiField {
    std::string name{};
    std::string place{};  ///< path, query or header; empty for members
    ApiType type{};
    bool required = false;
    std::string note{};  ///< meaning, limits, default, example
    std::vector<std::string> values{};
};

/// What is sent or answered: a media type, the type of its content and the members of an object written
/// there.
struct ApiContent {
    std::string code{};  ///< status; empty for what is sent
    std::string note{};
    std::string media{};
    ApiType type{};
    std::vector<ApiField> fields{};
};

struct ApiOperation {
    std::string anchor{};
    std::string method{};  ///< upper case
    std::string path{};
    std::string summary{};
    std::string note{};   ///< empty where it only repeats the summary
    std::string roles{};  ///< as the gate reads them: "public", "all", "LA AU"
    std::vector<ApiField> parameters{};
    std::vector<ApiContent> bodies{};
    std::vector<ApiContent> answers{};
    std::vector<std::string> refusals{};  ///< statuses that answer a Problem
};

struct ApiGroup {
    std::string name{};
    std::string note{};
    std::vector<ApiOperation> operations{};  ///< by path, then reading before changing
};

struct ApiSchema {
    std::string name{};
    std::string note{};
    ApiType type{};
    std::vector<ApiField> fields{};
};

struct ApiDescription {
    std::string version{};
    std::string note{};
    std::vector<ApiGroup> groups{};    ///< in the order of the file's tags
    std::vector<ApiSchema> schemas{};  ///< by name
};

/// The program's own description, read once. A description that cannot be read is a mistake of the build and
/// throws std::logic_error.
[[nodiscard]] const ApiDescription& apiDescription();

/// Two calls to copy into a shell: one that reads and one that changes. `server` is "https://host".
struct ApiExamples {
    std::string read{};
    std::string change{};
};
[[nodiscard]] ApiExamples apiExamples(const std::string& server);

/// The group of that name, or nullptr.
[[nodiscard]] const ApiGroup* apiGroup(std::string_view name);

}  // namespace tickmark::http::pages
