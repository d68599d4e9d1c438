// The two BagIt manifests (RFC 8493 section 2.1.3) and the ASiC manifest: names with their digests, in one
// canonical form each.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// Names with the SHA-256 of their content.
using DigestList = std::map<std::string, Digest, std::less<>>;

/// "HEX  NAME" lines in ascending order of names.
[[nodiscard]] std::string bagManifest(const DigestList& files);
/// Strict inverse: exactly what bagManifest() writes. Errors: Invalid "bag-manifest" with the line.
[[nodiscard]] Result<DigestList> parseBagManifest(std::string_view text);

/// What an ASiC manifest or archive manifest refers to (EN 319 162-1 annex A.4): META-INF/signatureNNN.p7s,
/// or META-INF/timestampNNN.tst.
struct ManifestOf {
    bool archive = false;
    unsigned number = 1;
};

/// The manifest over the files, in the canonical form of schemas/bundle-format.md.
[[nodiscard]] std::string asicManifest(const DigestList& files, const ManifestOf& of = {});
/// Strict inverse: exactly what asicManifest() writes; no XML parser takes part. Errors: Invalid
/// "asic-manifest" with the line.
[[nodiscard]] Result<DigestList> parseAsicManifest(std::string_view text, const ManifestOf& of = {});

}  // namespace tickmark::bundle
