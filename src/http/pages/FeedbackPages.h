// Who works with feedback and service reviews in pages. Included first: the templates that show steps
// must know the words of their machines.
#pragma once

#include "tickmark/app/ServiceReviews.h"

namespace tickmark::http::pages {

inline constexpr const char* feedbackReaders = "LA AU PO AO IM TM";
inline constexpr const char* feedbackKeepers = "PO IM";

}  // namespace tickmark::http::pages
