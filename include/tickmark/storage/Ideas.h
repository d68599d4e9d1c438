// Ideas that people added to the bank.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::storage {

struct IdeaRow {
    std::string ref{};  ///< "OI-0001"; given by addIdea()
    std::string process{};
    std::string title{};
    std::string description{};
    std::string kpi{};
    std::string unit{};
    std::string direction{};
    std::string rule{};
    domain::PartyId by{};
    Timestamp added{};
};

/// Gives the row the next reference and sets it in the event, whose other fields the caller fills.
[[nodiscard]] Result<LedgerPosition> addIdea(WriteSession& session, IdeaRow& row, ledger::Event event);
/// It is no longer listed; its reference is never given again. Errors: NotFound.
[[nodiscard]] Result<LedgerPosition> withdrawIdea(WriteSession& session, std::string_view ref, Timestamp at,
                                                  const ledger::Event& event);
/// By reference, without withdrawn ones.
[[nodiscard]] Result<std::vector<IdeaRow>> listIdeas(ReadSession& session);

}  // namespace tickmark::storage
