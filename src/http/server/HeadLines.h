// The lines of a request head, checked byte by byte (RFC 9112 sections 3 and 5).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/server/RequestHead.h"

namespace tickmark::http {

/// The request line's parts; views into the head.
struct RequestLine {
    std::string_view method{};
    std::string_view target{};
    std::string_view version{};
};

/// One field line; views into the head.
struct FieldLine {
    std::string_view name{};
    std::string_view value{};
};

/// A head cut into lines that keep every rule.
struct HeadLines {
    RequestLine request{};
    std::vector<FieldLine> fields{};
};

/// Cuts and checks. `head` ends with the empty line and holds no bare CR or LF (HeadScan saw to that).
[[nodiscard]] std::optional<Refusal> cutHead(std::string_view head, const ServerLimits& limits,
                                             HeadLines& lines);

[[nodiscard]] Refusal malformed(std::string rule);

}  // namespace tickmark::http
