// Reading the tree's nodes from a connection; shared by the writer, proofs and checks.
#pragma once

#include "storage/Connection.h"
#include "tickmark/ledger/Tree.h"

namespace tickmark::storage {

/// Level 0 from the events, the rest from the nodes. Valid as long as the connection.
[[nodiscard]] ledger::NodeReader readNodesOf(Connection& connection);

}  // namespace tickmark::storage
