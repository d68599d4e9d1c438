#include "bundle/Markup.h"

namespace tickmark::bundle {

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20U && c != '\n' && c != '\t') {
                    out += "\xEF\xBF\xBD";
                } else {
                    out += c;
                }
        }
    }
    return out;
}

Markup& Markup::open(std::string_view element, std::string_view attributes) {
    m_out.append("<").append(element).append(attributes).append(">");
    return *this;
}

Markup& Markup::close(std::string_view element) {
    m_out.append("</").append(element).append(">\n");
    return *this;
}

Markup& Markup::element(std::string_view name, std::string_view text, std::string_view attributes) {
    open(name, attributes);
    m_out += escaped(text);
    return close(name);
}

Markup& Markup::paragraphs(std::string_view text) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        if (!line.empty()) element("p", line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return *this;
}

Markup& Markup::fact(std::string_view term, std::string_view value) {
    return value.empty() ? *this : element("dt", term).element("dd", value);
}

Markup& Markup::raw(std::string_view markup) {
    m_out += markup;
    return *this;
}

}  // namespace tickmark::bundle
