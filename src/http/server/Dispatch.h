// From a sound request to its answer: route, caps, hooks, handler, exceptions.
#pragma once

#include "http/server/Core.h"
#include "http/server/RequestHead.h"
#include "tickmark/http/server/Response.h"
#include "tickmark/http/server/Router.h"

namespace tickmark::http {

/// Answers the request. Never throws; what a handler throws becomes a 500 problem and a log entry.
[[nodiscard]] Response dispatch(Core& core, Request& request);

/// The answer to a head that broke a rule; no handler and no hook sees it.
[[nodiscard]] Response refuseHead(const Refusal& refusal, std::string_view requestId);

/// The answer when all threads that may wait for bodies do so.
[[nodiscard]] Response refuseBusy(Core& core, Request& request);

}  // namespace tickmark::http
