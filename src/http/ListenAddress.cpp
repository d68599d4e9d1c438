#include "http/ListenAddress.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>

namespace tickmark::http {
namespace {

Error unusable(std::string_view text) {
    return invalid("listen-address", "listen", "\"" + std::string(text) + "\" is no address to listen on.",
                   "Write a numeric address and a port, e.g. 127.0.0.1:8080 or [::1]:8080.");
}

}  // namespace

Result<ListenAddress> ListenAddress::parse(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return unusable(text);
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    ListenAddress listen;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), listen.port);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return unusable(text);
    const bool bracketed = host.starts_with('[') && host.ends_with(']') && host.size() > 2;
    if (bracketed) host = host.substr(1, host.size() - 2);
    listen.address = host == "localhost" ? "127.0.0.1" : std::string(host);
    in_addr four{};
    in6_addr six{};
    const bool numeric = bracketed ? ::inet_pton(AF_INET6, listen.address.c_str(), &six) == 1
                                   : ::inet_pton(AF_INET, listen.address.c_str(), &four) == 1;
    if (!numeric) return unusable(text);
    return listen;
}

bool ListenAddress::isLoopback() const {
    in_addr four{};
    if (::inet_pton(AF_INET, address.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24U) == 127;
    in6_addr six{};
    return ::inet_pton(AF_INET6, address.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six) != 0;
}

std::string ListenAddress::host() const {
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

}  // namespace tickmark::http
