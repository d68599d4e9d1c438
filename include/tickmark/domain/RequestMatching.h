// Which of the auditor's requests a dropped file answers, by the request's code in the file's name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tickmark::domain {

/// One file with the open requests whose codes its name carries.
struct FileMatch {
    std::string file{};
    std::vector<std::string> requests{};   ///< in the order of the name, each once; empty: none fits
    std::vector<std::string> strangers{};  ///< codes in the name that are no open request here
    bool operator==(const FileMatch&) const = default;
};

struct Matching {
    std::vector<FileMatch> files{};                            ///< every file given, in its order
    std::vector<std::string> unanswered{};                     ///< open requests that no file names
    [[nodiscard]] std::vector<std::string> unmatched() const;  ///< files that answer nothing
};

/// Reads codes like "ER-0014" anywhere in a file's name or in the folders named with it: whatever the case,
/// with a dash, underscore, blank or nothing between letters and digits, with or without leading zeros, and
/// not inside a longer word or number. `open` are the references of the open requests, all of one form.
[[nodiscard]] Matching matchFiles(const std::vector<std::string>& files,
                                  const std::vector<std::string>& open);

}  // namespace tickmark::domain
