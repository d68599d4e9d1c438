// What is recorded of a bundle's file once its signatures are known.
#pragma once

#include "tickmark/app/Context.h"
#include "tickmark/bundle/Verifier.h"
#include "tickmark/domain/Bundle.h"

namespace tickmark::app {

/// Whether an announced approval must be in the file already, or may be signed later.
enum class Approval { MustBeThere, MayFollow };
/// Verifies with everything that this installation trusts: its root, its log key, the anchors of
/// tickmark.conf, the present revocation list.
[[nodiscard]] Result<bundle::Report> verifyHere(
    Context& context, const std::filesystem::path& file, Approval approval,
    const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});
/// The authority's revocation list, fetched now; none when it cannot be had.
[[nodiscard]] std::vector<Bytes> authorityLists(const Context& context);
/// Signatures and level of the file into the row.
void note(domain::Bundle& bundle, const bundle::Report& report);
/// Damaged "bundle-not-verified" with a part for each problem.
[[nodiscard]] Error notVerified(const bundle::Report& report, std::string message, std::string fix);

}  // namespace tickmark::app
