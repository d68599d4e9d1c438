// The ledger's tables: events, the tree's nodes, signed checkpoints.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Digest.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/ledger/Tree.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// Positions count from 0; the ledger is as long as its last position plus one.
using LedgerPosition = std::uint64_t;

/// Appends an event that changes no entity (sign-in, download, export, key). Returns its position.
[[nodiscard]] Result<LedgerPosition> append(WriteSession& session, const ledger::Event& event);

/// The position that the next event of this session will get.
[[nodiscard]] LedgerPosition nextPosition(const WriteSession& session);

/// The newest committed head as this snapshot sees it. The note is empty only for an empty ledger.
struct LedgerHead {
    std::uint64_t size = 0;
    Digest root{};
    std::string note{};
    Timestamp at{};  ///< when it was signed
};
[[nodiscard]] Result<LedgerHead> ledgerHead(ReadSession& session);

/// Keeps this head for good (a bundle or backup refers to it); keeping the same size twice is fine.
[[nodiscard]] Result<void> keepCheckpoint(WriteSession& session, const LedgerHead& head);
/// Every kept head, smallest first.
[[nodiscard]] Result<std::vector<LedgerHead>> keptCheckpoints(ReadSession& session);

struct EventRow {
    LedgerPosition position = 0;
    std::string leaf{};  ///< exact leaf bytes; ledger::Event::parse reads them
};

/// The exact leaf. Errors: NotFound.
[[nodiscard]] Result<std::string> leafAt(ReadSession& session, LedgerPosition position);
/// When the ledger began; nothing while it is empty.
[[nodiscard]] Result<std::optional<Timestamp>> firstEventAt(ReadSession& session);
/// All events about one thing (e.g. "finding", "F-0092"), oldest first, at most `limit`.
[[nodiscard]] Result<std::vector<EventRow>> eventsOf(ReadSession& session, std::string_view subject,
                                                     std::string_view ref, std::size_t limit = 1000);
/// The first event of that kind about that thing. Errors: NotFound.
[[nodiscard]] Result<EventRow> eventOf(ReadSession& session, std::string_view subject, std::string_view ref,
                                       std::string_view kind);

struct EventFilter {
    std::optional<LedgerPosition> from{};  ///< first position wanted
    std::optional<LedgerPosition> to{};    ///< first position not wanted
    std::string ref{};
    std::string kind{};
    std::string actor{};
};
/// Newest first. Events carry no visible scope: only callers with Reach::Everything or the administrator list
/// them.
[[nodiscard]] Result<Page<EventRow>> listEvents(ReadSession& session, const EventFilter& filter,
                                                const PageRequest& page);

/// Reads complete subtrees for proofs; valid as long as the session.
[[nodiscard]] ledger::NodeReader nodeReader(ReadSession& session);

}  // namespace tickmark::storage
