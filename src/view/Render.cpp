// The one place that knows the template engine.
#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

#include <string>

#include "tickmark/crypto/Sha256.h"
#include "tickmark/embedded/assets.h"
#include "tickmark/embedded/germanTemplates.h"
#include "tickmark/embedded/templates.h"
#include "tickmark/view/Language.h"
#include "tickmark/view/Page.h"
#include "view/Engine.h"

namespace tickmark::view {
namespace {

ctemplate::TemplateString viewed(std::string_view text) { return {text.data(), text.size()}; }

/// Fills the engine's global cache once; it is only read afterwards.
bool fillCache() {
    bool all = true;
    for (const auto files : {embedded::templates(), embedded::germanTemplates()}) {
        for (const EmbeddedFile& file : files) {
            all = ctemplate::StringToTemplateCache(viewed(file.name), viewed(file.text),
                                                   ctemplate::STRIP_WHITESPACE) &&
                  all;
        }
    }
    return all;
}

/// The template in this thread's language: "pages/home.html" or "de/pages/home.html".
std::string fileOf(std::string_view templateName) {
    const Language language = currentLanguage();
    const std::string name(templateName);
    return language == Language::English ? name : std::string(codeOf(language)) + "/" + name;
}

void fill(ctemplate::TemplateDictionary& dictionary, const Model& model) {
    for (const auto& [name, text] : model.texts()) dictionary.SetValue(viewed(name), viewed(text));
    for (const Model::Child& child : model.children()) {
        if (child.templateName.empty()) {
            fill(*dictionary.AddSectionDictionary(viewed(child.name)), child.model.front());
        } else {
            ctemplate::TemplateDictionary* included = dictionary.AddIncludeDictionary(viewed(child.name));
            included->SetFilename(fileOf(child.templateName));
            fill(*included, child.model.front());
        }
    }
}

std::string_view mediaTypeOf(std::string_view name) {
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".svg")) return "image/svg+xml";
    if (name.ends_with(".txt")) return "text/plain; charset=utf-8";
    return "application/octet-stream";
}

}  // namespace

Result<std::string> render(std::string_view templateName, const Model& model) {
    static const bool filled = fillCache();
    if (!filled) return internal("A template of the program is malformed.");
    ctemplate::TemplateDictionary dictionary("page");
    fill(dictionary, model);
    std::string out;
    const bool done =
        ctemplate::ExpandTemplate(fileOf(templateName), ctemplate::STRIP_WHITESPACE, &dictionary, &out);
    if (!done) return internal("The template " + std::string(templateName) + " cannot be rendered.");
    return out;
}

Result<std::string> renderOwn(std::string_view name, std::string_view text, const Model& model) {
    ctemplate::TemplateCache cache;
    bool all = cache.StringToTemplateCache(viewed(name), viewed(text), ctemplate::STRIP_WHITESPACE);
    for (const EmbeddedFile& file : embedded::templates()) {
        if (!all || !file.name.starts_with("parts/")) continue;
        all = cache.StringToTemplateCache(viewed(file.name), viewed(file.text), ctemplate::STRIP_WHITESPACE);
    }
    ctemplate::TemplateDictionary dictionary("report");
    fill(dictionary, model);
    std::string out;
    const bool done = all && cache.ExpandWithData(std::string(name), ctemplate::STRIP_WHITESPACE, &dictionary,
                                                  nullptr, &out);
    if (!done) return internal("The template " + std::string(name) + " cannot be rendered.");
    return out;
}

std::vector<std::pair<std::string_view, std::string_view>> allTemplates() {
    std::vector<std::pair<std::string_view, std::string_view>> all;
    for (const EmbeddedFile& file : embedded::templates()) all.emplace_back(file.name, file.text);
    return all;
}

Asset asset(std::string_view name) {
    struct Known {
        std::string_view name;
        std::string_view text;
        std::string tag;
    };
    static const std::vector<Known> all = [] {
        std::vector<Known> list;
        for (const EmbeddedFile& file : embedded::assets()) {
            list.push_back({file.name, file.text, crypto::Sha256::of(file.text).hex().substr(0, 16)});
        }
        return list;
    }();
    for (const Known& known : all) {
        if (known.name == name) return {known.text, mediaTypeOf(name), known.tag};
    }
    return {};
}

}  // namespace tickmark::view
