#include "crypto/OpenSslError.h"

#include <openssl/err.h>

namespace tickmark::crypto {

ErrorScope::ErrorScope() { ERR_clear_error(); }
ErrorScope::~ErrorScope() { ERR_clear_error(); }

std::string drainReasons() {
    std::string reasons;
    for (auto code = ERR_get_error(); code != 0; code = ERR_get_error()) {
        const char* reason = ERR_reason_error_string(code);
        if (reason == nullptr) continue;
        if (!reasons.empty()) reasons += "; ";
        reasons += reason;
    }
    return reasons;
}

Error withReasons(Error error) {
    error.rule = drainReasons();
    return error;
}

}  // namespace tickmark::crypto
