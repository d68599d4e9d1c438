// What is stored of a person's preferences, for the use cases that read them inside their own transaction.
#pragma once

#include "tickmark/app/Preferences.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// Words that this version does not know any more fall back to what everybody begins with.
[[nodiscard]] Result<Preferences> storedPreferences(storage::ReadSession& session, domain::PartyId party);

}  // namespace tickmark::app
