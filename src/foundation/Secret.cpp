#include "tickmark/foundation/Secret.h"

namespace tickmark {

Secret& Secret::operator=(const Secret& other) {
    Secret copy(other);
    m_text.swap(copy.m_text);
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    m_text.swap(other.m_text);
    return *this;
}

Secret::~Secret() {
    // A short text that was moved away still stands in the string's own buffer, beyond its size.
    m_text.resize(m_text.capacity());
    volatile char* bytes = m_text.data();
    for (std::size_t i = 0; i < m_text.size(); ++i) bytes[i] = '\0';
}

}  // namespace tickmark
