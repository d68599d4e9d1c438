// A file handed over with a plain form, for browsers without scripts.
#pragma once

#include "http/pages/Page.h"

namespace tickmark::http::pages {

/// POST /evidence/hand-over. The form's file stands last; nothing is kept unless the whole form arrived.
[[nodiscard]] Result<void> addHandOver(Router& router, WebApp& web);

}  // namespace tickmark::http::pages
