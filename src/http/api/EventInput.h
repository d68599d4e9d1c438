// The body that moves a thing to its next state.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "http/api/Input.h"

namespace tickmark::http::api {

/// An event of one machine, with the words that came along.
template <class Event>
struct StepBody {
    Event event{};
    std::string reason{};
    std::int64_t rev = 0;  ///< from If-Match
};

/// Reads {"event","reason"}, what `more` reads beside them, and If-Match. Errors: as readJson and revisionOf;
/// Invalid "body".
template <class Event>
[[nodiscard]] Result<StepBody<Event>> readStep(Request& request,
                                               std::optional<Event> (*from)(std::string_view) noexcept,
                                               const std::function<void(codec::JsonReader&)>& more = {}) {
    StepBody<Event> step;
    TM_TRY(step.rev, revisionOf(request));
    TM_TRY(const codec::Json body, readJson(request));
    codec::JsonReader reader(body);
    const std::string word = reader.text("event");
    step.reason = reader.textOr("reason", "");
    if (more) more(reader);
    const auto event = from(word);
    if (!event && !word.empty()) {
        reader.complain(invalid("unknown-word", "event", "There is no event \"" + word + "\".",
                                "The steps that are possible now stand in \"steps\" of the thing itself."));
    }
    TM_CHECK(reader.finish());
    if (!event) return invalid("unknown-word", "event", "The event is empty.", "Name one of \"steps\".");
    step.event = *event;
    return step;
}

}  // namespace tickmark::http::api
