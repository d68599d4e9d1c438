#include "tickmark/app/Lists.h"

#include <algorithm>

#include "tickmark/domain/Visibility.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {

storage::Scope scopeOf(const Context& context, const domain::Actor& actor) {
    return {domain::reachOf(actor.role), actor.id, context.today()};
}

}  // namespace tickmark::app
