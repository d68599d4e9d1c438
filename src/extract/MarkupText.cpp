// The words between the tags of HTML and XML, read by libxml2 without network, document types or entities of
// their own.
#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>

#include <array>
#include <climits>
#include <memory>

#include "extract/Markup.h"
#include "extract/Readers.h"

namespace tickmark::extract {
namespace {

constexpr int quietly = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;

std::string_view viewOf(const xmlChar* text) {
    // libxml2's characters are bytes of UTF-8.
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);  // NOLINT
}

template <std::size_t N>
bool isOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
    for (const std::string_view each : names) {
        if (each == name) return true;
    }
    return false;
}

constexpr std::array<std::string_view, 4> unseen{"script", "style", "template", "noscript"};
constexpr std::array<std::string_view, 10> inRunningText{"a",    "b",    "i",  "em",   "strong",
                                                         "span", "code", "td", "font", "u"};

/// Walks the tree without recursion: a page may be nested deeper than a stack.
void walk(const xmlNode* root, Words& words) {
    const xmlNode* node = root;
    while (node != nullptr && !words.isFull()) {
        if (node->type == XML_TEXT_NODE) words.add(viewOf(node->content));
        const bool isElement = node->type == XML_ELEMENT_NODE;
        const std::string_view name = isElement ? viewOf(node->name) : std::string_view();
        if (isElement && !isOneOf(name, inRunningText)) words.newLine();
        if (name == "td") words.add(" ");
        const bool enters = isElement ? !isOneOf(name, unseen) : node->type == XML_HTML_DOCUMENT_NODE;
        if (enters && node->children != nullptr) {
            node = node->children;
            continue;
        }
        while (node != root && node->next == nullptr) node = node->parent;
        if (node == root) return;
        node = node->next;
    }
}

bool fits(std::string_view bytes) { return bytes.size() <= static_cast<std::size_t>(INT_MAX); }

}  // namespace

Result<void> readHtml(std::string_view bytes, Words& words) {
    if (!fits(bytes)) return brokenDocument("HTML");
    const std::unique_ptr<xmlDoc, void (*)(xmlDoc*)> tree(
        ::htmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                         HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET),
        ::xmlFreeDoc);
    if (!tree) return brokenDocument("HTML");
    if (const xmlNode* root = ::xmlDocGetRootElement(tree.get())) walk(root, words);
    return {};
}

Result<void> readMarkup(std::string_view bytes, const MarkupRule& rule, Words& words) {
    if (!fits(bytes)) return brokenDocument("XML");
    const std::unique_ptr<xmlTextReader, void (*)(xmlTextReader*)> reader(
        ::xmlReaderForMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, quietly),
        ::xmlFreeTextReader);
    if (!reader) return brokenDocument("XML");
    int inside = rule.textElement.empty() ? 1 : 0;
    int more = ::xmlTextReaderRead(reader.get());
    for (; more == 1 && !words.isFull(); more = ::xmlTextReaderRead(reader.get())) {
        const int type = ::xmlTextReaderNodeType(reader.get());
        const std::string_view name = viewOf(::xmlTextReaderConstLocalName(reader.get()));
        const bool isText = !rule.textElement.empty() && name == rule.textElement;
        if (type == XML_READER_TYPE_ELEMENT) {
            if (isText && ::xmlTextReaderIsEmptyElement(reader.get()) == 0) ++inside;
            if (rule.isBlank(name)) words.add(" ");
        } else if (type == XML_READER_TYPE_END_ELEMENT) {
            if (isText) --inside;
            if (rule.endsLine(name)) words.newLine();
        } else if (inside > 0 && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
                                  type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)) {
            words.add(viewOf(::xmlTextReaderConstValue(reader.get())));
        }
    }
    if (more < 0) return brokenDocument("XML");
    return {};
}

Result<void> readXml(std::string_view bytes, Words& words) { return readMarkup(bytes, MarkupRule{}, words); }

}  // namespace tickmark::extract
