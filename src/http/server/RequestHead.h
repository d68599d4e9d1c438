// From the raw bytes of a request head to a Request: our strict checks first, then Poco's parser.
//
// Poco 1.11 takes much that makes two readers disagree about where a request ends (two Content-Lengths, bare
// line feeds, folded fields, "=?" words that decode to CR LF). So the head is read whole under our own
// deadline, each line is checked here, and only a head that passed is given to Poco::Net::HTTPRequest. What
// Poco found must be what the checks saw: two readers, one meaning, or the request is refused.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Result.h"
#include "tickmark/http/server/Request.h"
#include "tickmark/http/server/Server.h"

namespace tickmark::http {

/// A refusal of the transport: an error with the status that names it.
struct Refusal {
    int status = 400;
    Error error{};
};

/// Looks for the end of a head while bytes come in.
class HeadScan {
  public:
    enum class State { Incomplete, Complete, Malformed, TooLarge };
    /// `input` is everything received so far of this head; bytes once seen are not looked at again.
    [[nodiscard]] State look(std::string_view input, std::size_t maximum);
    /// Length of the head with its empty line, once Complete.
    [[nodiscard]] std::size_t length() const noexcept { return m_seen; }

  private:
    std::size_t m_seen = 0;
};

/// What the head says about the connection rather than about the request.
struct HeadFacts {
    bool keepAlive = true;
    bool expectContinue = false;
};

/// Fills `request` (method, target, path, query, fields, contentLength) and `facts` from a complete head.
/// Returns the refusal when a rule is broken; the connection must then be closed.
[[nodiscard]] std::optional<Refusal> readHead(std::string_view head, const ServerLimits& limits, bool secure,
                                              Request& request, HeadFacts& facts);

}  // namespace tickmark::http
