// The words between the tags of HTML and XML, read by libxml2 without network, document types or entities of
// their own.
#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>

#include <algorithm>
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
    return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 4> unseen{"script", "style", "template", "noscript"};
constexpr std::array<std::string_view, 10> inRunningText{"a",    "b",    "i",  "em",   "strong",
                                                         "span", "code", "td", "font", "u"};

/// Takes in what the node itself says; whether what lies in it is read too.
bool enter(const xmlNode* node, Words& words) {
    if (node->type == XML_TEXT_NODE) words.add(viewOf(node->content));
    if (node->type != XML_ELEMENT_NODE) return node->type == XML_HTML_DOCUMENT_NODE;
    const std::string_view name = viewOf(node->name);
    if (!isOneOf(name, inRunningText)) words.newLine();
    if (name == "td") words.add(" ");
    return !isOneOf(name, unseen);
}

/// What follows the node and all that lies in it, within `root`; nothing at the end.
const xmlNode* after(const xmlNode* node, const xmlNode* root) {
    while (node != root && node->next == nullptr) node = node->parent;
    return node == root ? nullptr : node->next;
}

/// Walks the tree without recursion: a page may be nested deeper than a stack.
void walk(const xmlNode* root, Words& words) {
    const xmlNode* node = root;
    while (node != nullptr && !words.isFull()) {
        const bool enters = enter(node, words) && node->children != nullptr;
        node = enters ? node->children : after(node, root);
    }
}

using XmlReader = std::unique_ptr<xmlTextReader, void (*)(xmlTextReader*)>;

/// Counts how deep the reader stands in elements whose text is wanted.
class MarkupWalk {
  public:
    MarkupWalk(const MarkupRule& rule, Words& words)
        : m_rule(rule), m_words(words), m_inside(rule.textElement.empty() ? 1 : 0) {}

    void take(xmlTextReader* reader) {
        const int type = ::xmlTextReaderNodeType(reader);
        const std::string_view name = viewOf(::xmlTextReaderConstLocalName(reader));
        if (type == XML_READER_TYPE_ELEMENT) {
            begin(name, ::xmlTextReaderIsEmptyElement(reader) != 0);
        } else if (type == XML_READER_TYPE_END_ELEMENT) {
            end(name);
        } else if (m_inside > 0 && isText(type)) {
            m_words.add(viewOf(::xmlTextReaderConstValue(reader)));
        }
    }

  private:
    static bool isText(int type) {
        return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
               type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE;
    }
    [[nodiscard]] bool isWanted(std::string_view name) const {
        return !m_rule.textElement.empty() && name == m_rule.textElement;
    }
    void begin(std::string_view name, bool isEmpty) {
        if (isWanted(name) && !isEmpty) ++m_inside;
        if (m_rule.isBlank(name)) m_words.add(" ");
    }
    void end(std::string_view name) {
        if (isWanted(name)) --m_inside;
        if (m_rule.endsLine(name)) m_words.newLine();
    }

    const MarkupRule& m_rule;
    Words& m_words;
    int m_inside;
};

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
    const XmlReader reader(
        ::xmlReaderForMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, quietly),
        ::xmlFreeTextReader);
    if (!reader) return brokenDocument("XML");
    MarkupWalk markup(rule, words);
    int more = ::xmlTextReaderRead(reader.get());
    for (; more == 1 && !words.isFull(); more = ::xmlTextReaderRead(reader.get())) markup.take(reader.get());
    if (more < 0) return brokenDocument("XML");
    return {};
}

Result<void> readXml(std::string_view bytes, Words& words) { return readMarkup(bytes, MarkupRule{}, words); }

}  // namespace tickmark::extract
