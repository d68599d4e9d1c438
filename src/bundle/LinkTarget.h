// Where a relative link inside the bundle leads (RFC 3986 section 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tickmark::bundle {

/// The entry that `href`, found in the entry `from`, names; percent-encoded bytes are decoded. Nothing when
/// it leads out of the bundle: another scheme or host, an absolute path, only a fragment, or above the
/// bundle's top.
[[nodiscard]] std::optional<std::string> linkTarget(std::string_view from, std::string_view href);

}  // namespace tickmark::bundle
