// PKCS#11 URIs (RFC 7512): which token and which object.
#pragma once

#include <string>
#include <string_view>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::crypto {

/// The attributes of the path; empty ones do not restrict.
struct TokenUri {
    std::string token{};
    std::string manufacturer{};
    std::string model{};
    std::string serial{};
    std::string object{};
    Bytes id{};
};

/// Errors: Invalid "token-uri".
[[nodiscard]] Result<TokenUri> parseTokenUri(std::string_view uri);

}  // namespace tickmark::crypto
