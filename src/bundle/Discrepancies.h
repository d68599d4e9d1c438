// Files that do not agree with the lists that should cover them, each file told once with all its lists.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bundle/Inspection.h"

namespace tickmark::bundle {

class Discrepancies {
  public:
    enum class Kind { NotListed, NotThere, MustNotBeListed, Unreadable, DigestDiffers };

    explicit Discrepancies(Outcome& outcome) : m_outcome(outcome) {}
    void add(Kind kind, const std::string& name, std::string_view list);
    /// Fails E30 and E31 for what was added.
    void tell();

  private:
    static void fail(Outcome& outcome, Kind kind, const std::string& name, const std::string& lists);
    Outcome& m_outcome;
    std::map<std::pair<std::string, Kind>, std::vector<std::string>> m_found{};
};

/// Holds one list against the files that it must cover: `covers` says which. Returns whether all agree.
[[nodiscard]] bool compareList(const Inspection& inspection, std::string_view listName,
                               const DigestList& listed,
                               const std::function<bool(std::string_view, const ReadFile&)>& covers,
                               Discrepancies& discrepancies);

}  // namespace tickmark::bundle
