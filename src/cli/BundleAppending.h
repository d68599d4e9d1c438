// What `bundle sign` and `bundle timestamp` share: files to trust, an authority to ask, how it is told.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "cli/Command.h"
#include "cli/Progress.h"
#include "tickmark/bundle/Appending.h"
#include "tickmark/crypto/Trust.h"

namespace tickmark::cli {

/// The longest key, certificate or list that is read.
inline constexpr std::uint64_t signingFileCap = 1024 * 1024;

/// Where a time-stamp authority is and by which root it is believed, for commands that need no server.
struct AuthorityOptions {
    std::string url{};
    std::filesystem::path anchor{};
    std::filesystem::path tlsRoots{};
};

void describeAuthority(CLI::App* command, AuthorityOptions& authority);

/// Revocation lists, PEM or DER. Errors name the file.
[[nodiscard]] Result<std::vector<Bytes>> listsOf(const std::vector<std::filesystem::path>& files);
/// The certificates of all these PEM files; `first` may be empty.
[[nodiscard]] Result<crypto::TrustAnchors> allAnchors(const std::filesystem::path& first,
                                                      const std::vector<std::filesystem::path>& more);
/// Empty when no authority is named.
[[nodiscard]] Result<bundle::AskTimestamp> authorityOf(const AuthorityOptions& options);

void printMade(Program& program, const std::filesystem::path& output, const bundle::AppendedBundle& made);
/// `bar` must outlive it.
[[nodiscard]] std::function<bool(std::uint64_t, std::uint64_t)> shownBy(Progress& bar);

// One function per file adds each command.
void addBundleSign(CLI::App& group, Program& program);
void addBundleTimestamp(CLI::App& group, Program& program);
void addBundleTakeBack(CLI::App& group, Program& program);

}  // namespace tickmark::cli
