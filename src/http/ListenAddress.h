// Where the server listens, as people write it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tickmark/foundation/Result.h"

namespace tickmark::http {

struct ListenAddress {
    std::string address{};  ///< numeric, without brackets
    std::uint16_t port = 0;

    /// "127.0.0.1:8080", "[::1]:8080", "localhost:8080". Errors: Invalid "listen-address".
    [[nodiscard]] static Result<ListenAddress> parse(std::string_view text);
    [[nodiscard]] bool isLoopback() const;
    /// As it stands in a URL: "127.0.0.1", "[::1]".
    [[nodiscard]] std::string host() const;
};

}  // namespace tickmark::http
