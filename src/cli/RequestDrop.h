// A folder dropped at once: its files answer the requests whose codes their names carry.
#pragma once

#include <string>
#include <vector>

#include "cli/Command.h"
#include "tickmark/app/EvidenceUse.h"

namespace tickmark::cli {

/// A text and no fs::path: that keeps each of its parts once more, which shows with many files.
struct LocalFile {
    std::string path{};
    std::uint64_t size = 0;
};

/// What a receipt says, for machines and for people.
[[nodiscard]] codec::Json receiptJson(const app::Receipt& receipt);
[[nodiscard]] std::string receiptText(const app::Receipt& receipt);

struct RequestDrop {
    std::string audit{};               ///< whose open requests are answered
    bool showOnly = false;             ///< print the matching and take nothing
    bool skipUnmatched = false;        ///< take the others when some files answer nothing
    std::vector<std::string> names{};  ///< of the files, with the folders below the one named
    app::EvidenceInput input{};        ///< what holds for all files
    bool quiet = false;
};
/// Every file is matched before the first is taken; unless `skipUnmatched`, nothing is taken while a file
/// answers no request, and what is not taken is named.
[[nodiscard]] Outcome answerRequests(Program& program, const RequestDrop& drop, app::Context& context,
                                     const domain::Actor& actor, const std::vector<LocalFile>& files);

}  // namespace tickmark::cli
