#include "view/ReportReferences.h"

#include <algorithm>
#include <array>

#include "tickmark/foundation/Text.h"

namespace tickmark::view {
namespace {

constexpr std::array<std::string_view, 14> refusedTags{"script", "iframe", "frame", "object", "embed",
                                                       "applet", "base",   "link",  "meta",   "form",
                                                       "style",  "html",   "head",  "body"};
constexpr std::array<std::string_view, 12> leadingAttributes{"src",        "href", "xlink:href", "action",
                                                             "srcset",     "data", "poster",     "background",
                                                             "formaction", "cite", "longdesc",   "ping"};

bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

std::size_t lineAt(std::string_view text, std::size_t at) {
    return 1 + static_cast<std::size_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

template <class List>
bool holds(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Reads one tag; `at` stands behind its name.
class TagReader {
  public:
    TagReader(const std::string& file, std::string_view text, std::vector<TemplateMistake>& mistakes)
        : m_file(&file), m_text(text), m_mistakes(&mistakes) {}

    std::size_t read(std::size_t at) {
        const std::size_t begin = at;
        const std::string tag = word(at);
        if (holds(refusedTags, tag)) {
            complain(begin, "<" + tag + ">",
                     tag == "style" ? "Styles belong into report.css."
                                    : "A report holds no <" + tag +
                                          ">: the program writes the frame of the "
                                          "document, and nothing in it runs or loads anything.");
        }
        while (at < m_text.size() && m_text[at] != '>') attribute(at);
        return at;
    }

  private:
    std::string word(std::size_t& at) const {
        const std::size_t begin = at;
        while (at < m_text.size() && !isBlank(m_text[at]) && m_text[at] != '>' && m_text[at] != '=' &&
               m_text[at] != '/') {
            ++at;
        }
        return lower(m_text.substr(begin, at - begin));
    }

    void attribute(std::size_t& at) {
        const std::size_t begin = at;
        const std::string name = word(at);
        if (at == begin) {
            ++at;
            return;
        }
        if (at >= m_text.size() || m_text[at] != '=') return;
        ++at;
        judge(begin, name, value(at));
    }

    std::string value(std::size_t& at) const {
        if (at < m_text.size() && (m_text[at] == '"' || m_text[at] == '\'')) {
            const auto end = std::min(m_text.find(m_text[at], at + 1), m_text.size());
            std::string quoted(m_text.substr(at + 1, end - at - 1));
            at = std::min(end + 1, m_text.size());
            return quoted;
        }
        const std::size_t begin = at;
        while (at < m_text.size() && !isBlank(m_text[at]) && m_text[at] != '>') ++at;
        return std::string(m_text.substr(begin, at - begin));
    }

    void judge(std::size_t at, const std::string& name, const std::string& value) {
        if (name.starts_with("on")) {
            complain(at, name, "A report holds no script, and this attribute would be one.");
        } else if (name == "style") {
            complain(at, name, "Styles belong into report.css; the page refuses them in attributes.");
        } else if (holds(leadingAttributes, name) && !trim(value).starts_with('#')) {
            complain(
                at, name,
                "This refers to something outside the report, which is never loaded. Refer to a place in "
                "the report (#place); draw a logo as SVG in the template.");
        }
    }

    void complain(std::size_t at, std::string field, std::string message) {
        m_mistakes->push_back({*m_file, lineAt(m_text, at), std::move(field), std::move(message)});
    }

    const std::string* m_file;
    std::string_view m_text;
    std::vector<TemplateMistake>* m_mistakes;
};

bool isHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// One letter for each letter of the text, so that lines stay; an escaped letter stands at its escape's end.
std::string unescaped(std::string_view css) {
    std::string out;
    for (std::size_t at = 0; at < css.size(); ++at) {
        if (css[at] != '\\') {
            out += css[at];
            continue;
        }
        std::size_t end = at + 1;
        while (end < css.size() && end < at + 7 && isHex(css[end])) ++end;
        if (end == at + 1) continue;  // the letter itself follows
        const auto code = std::stoul(std::string(css.substr(at + 1, end - at - 1)), nullptr, 16);
        out += code < 0x80 ? static_cast<char>(code) : '?';
        if (end < css.size() && isBlank(css[end])) ++end;
        at = end - 1;
    }
    return out;
}

}  // namespace

void findReferences(const std::string& file, std::string_view html, std::vector<TemplateMistake>& mistakes) {
    TagReader reader(file, html, mistakes);
    for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
        at = reader.read(at + 1);
    }
}

void findStyleReferences(const std::string& file, std::string_view css,
                         std::vector<TemplateMistake>& mistakes) {
    const std::string text = lower(unescaped(css));
    struct Refused {
        std::string_view words;
        std::string_view message;
    };
    constexpr std::array<Refused, 4> refused{{
        {"url(", "This would load something from outside the report, which is never done."},
        {"@import", "A report has one style sheet; write the rules of the other into it."},
        {"image-set(", "This would load something from outside the report, which is never done."},
        {"<", "A style sheet holds no tags."},
    }};
    for (const Refused& one : refused) {
        for (auto at = text.find(one.words); at != std::string::npos; at = text.find(one.words, at + 1)) {
            mistakes.push_back({file, lineAt(text, at), std::string(one.words), std::string(one.message)});
        }
    }
}

}  // namespace tickmark::view
