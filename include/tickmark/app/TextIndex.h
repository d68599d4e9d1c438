// Keeps the full text of evidence, actions and improvement items abreast of the ledger.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "tickmark/app/Context.h"
#include "tickmark/storage/SearchIndex.h"

namespace tickmark::app {

/// The number of the reader of documents; raised when it learns to read more, so that files are read again.
inline constexpr std::int64_t documentReader = 1;

struct IndexPass {
    std::uint64_t events = 0;     ///< of the ledger, followed
    std::uint64_t documents = 0;  ///< written to the index
    std::uint64_t read = 0;       ///< evidence files opened for their words
};

/// Follows the ledger from where the last pass ended to its end, in steps that are each committed whole: a
/// crash repeats a step and loses nothing. Evidence is read by `reader` (empty: tickmark-extract beside this
/// program), a process without files, network or children for each file; a file that it cannot read is
/// remembered with the reason and found by its name and title. Withdrawn evidence is forgotten. Not for two
/// callers at once; `goOn` is asked between files. Errors: those of the database.
[[nodiscard]] Result<IndexPass> indexText(Context& context, const std::filesystem::path& reader,
                                          const std::function<bool()>& goOn);

/// Where tickmark-extract lies when it was installed with this program.
[[nodiscard]] std::filesystem::path documentReaderProgram();

/// The words of one document, by the program. `outcome` is "read", "cut" or the type of the refusal.
struct ReadDocument {
    std::string outcome{};
    std::string note{};
    std::string text{};
};
[[nodiscard]] ReadDocument readDocument(ByteSource& source, const std::string& mediaType,
                                        const std::filesystem::path& reader);

}  // namespace tickmark::app
