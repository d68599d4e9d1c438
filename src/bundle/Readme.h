// README-VERIFY.txt: how to check the bundle without Tickmark.
#pragma once

#include <string>

namespace tickmark::bundle {

struct ReadmeFacts {
    std::string bundleRef{};
    std::string organisation{};
    std::string rootFingerprint{};  ///< hex of keys/root.pem, or empty
    std::string ledgerKey{};
};

[[nodiscard]] std::string readmeText(const ReadmeFacts& facts);

}  // namespace tickmark::bundle
