// How mutants change a bundle.
#pragma once

#include "bundle/EntryNames.h"
#include "bundle/Mutants.h"

namespace tickmark::bundle::test {

using Change = std::function<void(Parts&, Forge&)>;
using Make = std::function<std::string(Forge&)>;

/// Changes the parts and zips them; the lists and the signature stay.
[[nodiscard]] Make outsider(Change change);
/// Changes the parts, makes all lists anew and signs with the organisation's own key.
[[nodiscard]] Make insider(Change change);
/// As insider(), but the log's entry commits to the changed payload, as a careless product would write it.
[[nodiscard]] Make product(Change change);
/// Enters the parts into the log as a bundle of that reference, and seals them.
void reseal(Parts& parts, SealingHouse& house, const std::string& ref);
/// Replaces the first occurrence; throws when there is none.
void replaceIn(std::string& text, std::string_view from, std::string_view to);

/// Puts any token beside a signature, whether it belongs there or not.
[[nodiscard]] std::string withToken(std::string_view cms, const Bytes& token);

/// The organisation's and the certification body's roots.
[[nodiscard]] inline AnchorArguments bothAnchors() { return {{"anchor.pem", "certifier.pem"}}; }
/// And the time-stamp authority's.
[[nodiscard]] inline AnchorArguments fullTrust() {
    AnchorArguments brought = bothAnchors();
    brought.timestampAnchors = {"tsa.pem"};
    return brought;
}
[[nodiscard]] inline AnchorArguments requiring(AnchorArguments brought, std::vector<std::string> required) {
    brought.required = std::move(required);
    return brought;
}

}  // namespace tickmark::bundle::test
