#include "tickmark/foundation/Secret.h"

namespace tickmark {

Secret::~Secret() {
    volatile char* bytes = m_text.data();
    for (std::size_t i = 0; i < m_text.size(); ++i) bytes[i] = '\0';
}

}  // namespace tickmark
