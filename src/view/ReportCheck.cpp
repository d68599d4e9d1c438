// Judges templates of the report before they are used.
#include <algorithm>
#include <ranges>
#include <set>

#include "tickmark/foundation/Text.h"
#include "tickmark/view/ReportFields.h"
#include "tickmark/view/ReportTemplates.h"
#include "view/Engine.h"
#include "view/ReportMarkers.h"
#include "view/ReportReferences.h"

namespace tickmark::view {
namespace {

using Kind = ReportFieldKind;

constexpr std::size_t mostIncludes = 200;

/// One open section: its name in the template, and the list it opened or nothing.
struct OpenSection {
    std::string name{};
    const ReportField* list = nullptr;
    std::string file{};
    std::size_t line = 0;
};

std::string pathIn(std::string_view list, std::string_view name) {
    std::string path(list);
    if (!path.empty()) path += '.';
    return path + lower(name);
}

bool beginsWithPragma(std::string_view text) { return text.starts_with(escapingPragma); }

/// Walks the root and what it includes, in the order of the output.
class Judge {
  public:
    explicit Judge(const ReportTemplates& templates) : m_templates(&templates) {}

    std::vector<TemplateMistake> take() {
        visit("report.html");
        for (const auto& [file, text] : *m_templates) {
            if (!file.ends_with(".html")) continue;
            if (!beginsWithPragma(text)) {
                complain(file, 1, "AUTOESCAPE",
                         "The file does not begin with " + std::string(escapingPragma) +
                             ", which makes the text of findings harmless. Write it at the very beginning.");
            }
            findReferences(file, text, m_mistakes);
        }
        std::stable_sort(m_mistakes.begin(), m_mistakes.end(), [](const auto& a, const auto& b) {
            return a.file != b.file ? a.file < b.file : a.line < b.line;
        });
        return std::move(m_mistakes);
    }

  private:
    void visit(const std::string& file) {
        const auto found = m_templates->find(file);
        if (found == m_templates->end()) return;
        m_files.push_back(file);
        const std::size_t before = m_open.size();
        bool first = true;
        for (const Marker& marker : markersIn(found->second)) {
            judge(file, marker, first);
            first = false;
        }
        while (m_open.size() > before) {
            const OpenSection open = m_open.back();
            m_open.pop_back();
            complain(file, open.line, open.name,
                     "The section {{#" + open.name + "}} is never closed. Close it with {{/" + open.name +
                         "}} in the same file.");
        }
        m_files.pop_back();
    }

    void judge(const std::string& file, const Marker& marker, bool first) {
        switch (marker.kind) {
            case MarkerKind::Text:
                return text(file, marker);
            case MarkerKind::Open:
                return open(file, marker);
            case MarkerKind::Close:
                return close(file, marker);
            case MarkerKind::Include:
                return include(file, marker);
            case MarkerKind::Comment:
                return;
            case MarkerKind::Pragma:
                if (!first || marker.begin != 0) {
                    complain(file, marker.line, "AUTOESCAPE",
                             "A pragma stands only at the very beginning of the file, once.");
                }
                return;
            case MarkerKind::Delimiters:
                return complain(file, marker.line, "{{=", "The braces of the markers cannot be changed.");
            case MarkerKind::Broken:
                return complain(file, marker.line, marker.name,
                                "This is no marker: after {{ comes a name of capital letters, and }}.");
        }
    }

    /// The field of that name, in the innermost open list first.
    const ReportField* fieldNamed(std::string_view name) const {
        // NOLINTNEXTLINE(modernize-loop-convert): clang 14 does not read the library's reverse_view
        for (auto open = m_open.rbegin(); open != m_open.rend(); ++open) {
            if (open->list == nullptr) continue;
            if (const ReportField* field = reportField(pathIn(open->list->path, name))) return field;
        }
        return reportField(pathIn({}, name));
    }

    std::string unknown(const std::string& name) const {
        std::string places;
        for (const ReportField& field : reportFields()) {
            if (templateName(field.path) != name) continue;
            places += (places.empty() ? "" : ", ") + std::string(field.path);
        }
        if (places.empty()) return "The data model has no field " + name + ". See docs/report-templates.md.";
        return "The field " + name + " is not known at this place. It is there as " + places +
               "; open the list around it first.";
    }

    void text(const std::string& file, const Marker& marker) {
        if (!marker.modifiers.empty() && marker.modifiers != ":p") {
            complain(file, marker.line, marker.name,
                     "The modifier " + marker.modifiers +
                         " is not allowed: texts are escaped by the place where they stand. Only :p is, "
                         "which keeps line breaks.");
        }
        if (marker.name == "BI_SPACE" || marker.name == "BI_NEWLINE") return;
        const ReportField* field = fieldNamed(marker.name);
        if (field == nullptr) return complain(file, marker.line, marker.name, unknown(marker.name));
        if (field->kind != Kind::Text) {
            complain(file, marker.line, marker.name,
                     std::string(field->path) + " is a " + std::string(wordOf(field->kind)) +
                         ", not a text. Open it as the section {{#" + marker.name + "}}.");
        }
    }

    void open(const std::string& file, const Marker& marker) {
        OpenSection section{marker.name, nullptr, file, marker.line};
        if (!isSection(marker.name, section.list)) {
            complain(file, marker.line, marker.name, noSection(marker.name));
        }
        m_open.push_back(std::move(section));
    }

    /// Names of sections: a list, a flag, HAS_ and NO_ of a text or list, NOT_ of a flag, and what stands
    /// between the items of the list that is open.
    bool isSection(const std::string& name, const ReportField*& list) const {
        const std::string_view view(name);
        if (view.ends_with("_separator")) {
            const auto plain = view.substr(0, view.size() - std::string_view("_separator").size());
            return !m_open.empty() && m_open.back().list != nullptr && m_open.back().name == plain;
        }
        if (const ReportField* field = fieldNamed(name)) {
            if (field->kind == Kind::List) list = field;
            return field->kind == Kind::Flag || (field->kind == Kind::List && !isOpen(field));
        }
        const auto of = [&](std::string_view front) {
            return view.starts_with(front) ? fieldNamed(view.substr(front.size())) : nullptr;
        };
        if (const ReportField* field = of("HAS_")) return isTextOrList(*field);
        if (const ReportField* field = of("NO_")) return isTextOrList(*field);
        const ReportField* flag = of("NOT_");
        return flag != nullptr && flag->kind == Kind::Flag;
    }

    static bool isTextOrList(const ReportField& field) {
        return field.kind == Kind::Text || field.kind == Kind::List;
    }
    bool isOpen(const ReportField* list) const {
        return std::any_of(m_open.begin(), m_open.end(),
                           [&](const OpenSection& open) { return open.list == list; });
    }

    std::string noSection(const std::string& name) const {
        const ReportField* field = fieldNamed(name);
        if (field != nullptr && field->kind == Kind::List) return "This list is open already around it.";
        if (field != nullptr) {
            return std::string(field->path) + " is a text, not a section. Write {{" + name +
                   "}}, or {{#HAS_" + name + "}} for what stands only when there is one.";
        }
        return unknown(name);
    }

    void close(const std::string& file, const Marker& marker) {
        if (!m_open.empty() && m_open.back().name == marker.name && m_open.back().file == file) {
            m_open.pop_back();
            return;
        }
        const bool any = !m_open.empty() && m_open.back().file == file;
        complain(file, marker.line, marker.name,
                 any ? "{{/" + marker.name +
                           "}} closes a section that is not the innermost open one; that is {{#" +
                           m_open.back().name + "}} of line " + std::to_string(m_open.back().line) + "."
                     : "{{/" + marker.name + "}} closes a section that is not open in this file.");
    }

    void include(const std::string& file, const Marker& marker) {
        if (!marker.modifiers.empty()) {
            complain(file, marker.line, marker.name, "An include takes no modifier.");
        }
        if (marker.name == chartInclude) {
            const bool inCharts = !m_open.empty() && isOpen(reportField("charts"));
            if (!inCharts) complain(file, marker.line, marker.name, "The picture stands inside {{#CHARTS}}.");
            return;
        }
        const std::string part = partFile(marker.name);
        if (!m_templates->contains(part)) {
            return complain(file, marker.line, marker.name,
                            "There is no file " + part + " beside report.html.");
        }
        if (std::find(m_files.begin(), m_files.end(), part) != m_files.end()) {
            return complain(file, marker.line, marker.name, part + " would include itself.");
        }
        if (++m_includes > mostIncludes) {
            return complain(file, marker.line, marker.name, "The parts include one another too often.");
        }
        visit(part);
    }

    void complain(const std::string& file, std::size_t line, std::string field, std::string message) {
        // A part that is included twice says it once.
        if (!m_said.insert(file + ":" + std::to_string(line) + ":" + field + ":" + message).second) return;
        m_mistakes.push_back({file, line, std::move(field), std::move(message)});
    }

    const ReportTemplates* m_templates;
    std::vector<OpenSection> m_open{};
    std::vector<std::string> m_files{};
    std::vector<TemplateMistake> m_mistakes{};
    std::set<std::string> m_said{};
    std::size_t m_includes = 0;
};

}  // namespace

std::vector<TemplateMistake> checkReportTemplates(const ReportTemplates& templates) {
    std::vector<TemplateMistake> mistakes;
    for (const char* file : {"report.html", "report.css"}) {
        if (templates.contains(file)) continue;
        mistakes.push_back({file, 0, {}, "The file is missing."});
    }
    if (!mistakes.empty()) return mistakes;
    mistakes = Judge(templates).take();
    findStyleReferences("report.css", templates.find("report.css")->second, mistakes);
    if (!mistakes.empty()) return mistakes;
    if (const auto tried = renderJudged(templates, sampleReport(), {}); !tried) {
        mistakes.push_back({"report.html",
                            0,
                            {},
                            "The templates do not read as HTML: a tag or attribute is not closed, or a field "
                            "stands where no text can stand."});
    }
    return mistakes;
}

}  // namespace tickmark::view
