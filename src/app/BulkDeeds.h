// One item of an order for many, carried out by the use case of its single step.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tickmark/app/Bulk.h"

namespace tickmark::app {

/// How a thing stands after its step.
struct Changed {
    std::string state{};
    std::int64_t rev = 0;
};

/// Whether the machine of that kind knows the event; lessons know "retract".
[[nodiscard]] bool isEventOf(BulkKind kind, std::string_view event) noexcept;

/// The order's kind takes its deed, and the order is complete. Errors: those of the single step.
[[nodiscard]] Result<Changed> changeOne(Context& context, const domain::Actor& actor, const BulkOrder& order,
                                        const BulkItem& item);

}  // namespace tickmark::app
