// What is known of a bundle while it is verified, and what was found wrong.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "bundle/BagInfo.h"
#include "bundle/DigestList.h"
#include "bundle/EntryOrder.h"
#include "bundle/ZipLayout.h"
#include "tickmark/bundle/Verifier.h"

namespace tickmark::bundle {

/// Collects outcomes by code. A code is "not checked" until begin() is called for it, then "passed" unless it
/// fails or is left open.
class Outcome {
  public:
    Outcome();
    void begin(std::string_view code);
    void fail(std::string_view code, std::string_view place, std::string message);
    /// Leaves the question open; the reason stands in the report.
    void leave(std::string_view code, std::string reason);
    /// As leave(), and lists it among the problems.
    void leaveWithProblem(std::string_view code, std::string_view place, std::string message);
    /// What a passed check counted: "214 files".
    void summarise(std::string_view code, std::string summary);
    /// Says whether an open question of this code weighs on the verdict; by default it does.
    void setWeight(std::string_view code, bool weighs);
    [[nodiscard]] CheckStatus status(std::string_view code) const;
    /// Checks and problems in the order of the codes.
    void writeTo(Report& report) const;

  private:
    struct State {
        CheckStatus status = CheckStatus::NotChecked;
        bool weighs = true;
        std::string reason{};
        std::string summary{};
        std::vector<Problem> problems{};
        std::size_t failures = 0;  ///< among the problems
        std::size_t further = 0;
    };
    void list(std::string_view code, std::string_view place, std::string message, bool open);
    std::map<std::string, State, std::less<>> m_states{};
};

/// One file as it was read.
struct ReadFile {
    Digest digest{};
    std::uint64_t size = 0;
    bool hashed = false;    ///< false when the content could not be read in full
    std::string text{};     ///< only of files with a limit, and within it
    std::size_t place = 0;  ///< which entry of the layout it is
};

/// What was found out about one group below META-INF.
struct GroupState {
    bool covers = false;  ///< its manifest lists exactly what stands before it, with the right digests
    /// Archive groups: when a trusted authority says that it saw the manifest.
    std::optional<Timestamp> trustedTime{};
    std::string authority{};
};

struct Inspection {
    const FileBytes* file = nullptr;
    const VerifyOptions* options = nullptr;
    ZipLayout layout{};
    EntryOrder order{};
    std::vector<GroupState> groups{};  ///< one for each group of the order
    /// Timestamps inside signatures.
    struct Tokens {
        std::size_t found = 0;
        std::size_t trusted = 0;
    } tokens{};
    std::map<std::string, ReadFile, std::less<>> files{};
    Outcome outcome{};
    Report report{};
    std::optional<BagInfo> bagInfo{};
    std::optional<codec::Json> manifest{};

    /// The text of a file, or an empty one.
    [[nodiscard]] std::string_view text(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return files.find(name) != files.end(); }
    /// How many values one JSON file may hold: a few for each entry, so that no small bundle fills the
    /// memory.
    [[nodiscard]] std::size_t itemLimit() const noexcept { return 2'000'000 + 100 * files.size(); }
};

// Each looks at one part and reports into the inspection; they run in this order.
[[nodiscard]] Result<void> checkContainer(Inspection& inspection);  ///< E10, E20; reads every file
void checkDigests(Inspection& inspection);                          ///< E30, E31
void checkArchiveTimestamps(Inspection& inspection);                ///< E60
void checkSignatures(Inspection& inspection);                       ///< E40, E50, E51, I52, E60
void checkBagContent(Inspection& inspection);                       ///< E80
void checkOscal(Inspection& inspection);                            ///< E80
void checkMeasurements(Inspection& inspection);                     ///< E85
void checkCompleteness(Inspection& inspection);                     ///< E90
void checkLedger(Inspection& inspection);                           ///< E70
void checkSignatories(Inspection& inspection);                      ///< E90; what is announced and required
/// The sentences of the four statements, from everything that was found.
void writeStatements(Inspection& inspection);

}  // namespace tickmark::bundle
