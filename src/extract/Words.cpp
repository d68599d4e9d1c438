#include "extract/Words.h"

#include <utility>

#include "tickmark/foundation/Text.h"

namespace tickmark::extract {
void Words::blank() {
    if (!m_text.empty() && m_text.back() != ' ' && m_text.back() != '\n') put(" ");
}

void Words::put(std::string_view letter) {
    if (m_isCut) return;
    if (m_text.size() + letter.size() > m_limit) {
        m_isCut = true;
        return;
    }
    m_text += letter;
}

void Words::newLine() {
    if (m_text.empty() || m_text.back() == '\n') return;
    if (m_text.back() == ' ') m_text.pop_back();
    put("\n");
}

void Words::add(std::string_view utf8) {
    while (!utf8.empty() && !m_isCut) {
        const std::size_t length = utf8Length(utf8);
        const char first = utf8.front();
        if (first == '\n') {
            newLine();
        } else if (length == 0 || static_cast<unsigned char>(first) <= ' ' || first == '\x7f') {
            blank();
        } else {
            put(utf8.substr(0, length));
        }
        utf8.remove_prefix(length == 0 ? 1 : length);
    }
}

DocumentText Words::take() {
    while (!m_text.empty() && (m_text.back() == ' ' || m_text.back() == '\n')) m_text.pop_back();
    return {std::move(m_text), m_isCut};
}

}  // namespace tickmark::extract
