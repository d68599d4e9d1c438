// Who works with feedback and service reviews over the API. Included first: the templates that describe steps
// must know the words of their machines.
#pragma once

#include "tickmark/app/ServiceReviews.h"

namespace tickmark::http::api {

inline constexpr const char* feedbackReaders = "LA AU PO AO IM TM";
inline constexpr const char* feedbackKeepers = "PO IM";

}  // namespace tickmark::http::api
