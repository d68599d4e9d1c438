// Named forgeries of a good bundle, each with the code that must refuse it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bundle/SealingHouse.h"

namespace tickmark::bundle::test {

/// Where mutants are made: two bundles of one organisation, and one of another.
struct Forge {
    Forge();
    SealingHouse house{};
    SealingHouse other{};
    std::string good{};     ///< the bundle that is forged
    std::string second{};   ///< a genuine later bundle of the same organisation
    std::string foreign{};  ///< a genuine bundle of another organisation

    [[nodiscard]] Parts parts() const;
    [[nodiscard]] Parts partsOf(const std::string& bytes) const;
    /// The offset of an entry's local header or central record in `good`.
    [[nodiscard]] std::size_t localOf(std::string_view name) const;
    [[nodiscard]] std::size_t centralOf(std::string_view name) const;
    /// A signature in the form of our profile, made with a certificate that our own signing would refuse.
    [[nodiscard]] std::string signBesidesRules(const crypto::SigningKey& key,
                                               const std::string& content) const;
};

struct Mutant {
    std::string name{};
    std::string code{};
    std::function<std::string(Forge&)> make{};
};

/// Bytes are changed in the zip itself.
[[nodiscard]] std::vector<Mutant> zipMutants();
/// The content is changed and zipped again; who forges may sign with the organisation's own key.
[[nodiscard]] std::vector<Mutant> contentMutants();

}  // namespace tickmark::bundle::test
