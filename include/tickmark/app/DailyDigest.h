// The daily digest by mail: at most one a day and person, nothing twice.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/DueList.h"
#include "tickmark/outbound/MailClient.h"

namespace tickmark::app {

/// What became of one person's digest of today.
enum class DigestFate {
    Sent,     ///< now
    Earlier,  ///< today already, or it cannot be ruled out
    Nothing,  ///< nothing is due, so nobody writes
    Waits,    ///< it could not be sent; it is tried again later today
    GivenUp,  ///< it could not be sent as often as it is tried on one day
    Unsure,   ///< the connection broke when the server may have had it; not tried again today
    Shown     ///< dry run: what would be sent
};
[[nodiscard]] std::string_view toText(
    DigestFate fate) noexcept;  ///< "sent", "earlier", "nothing", "waits", …

struct DigestOutcome {
    std::string account{};
    std::string address{};
    DigestFate fate = DigestFate::Nothing;
    std::string subject{};
    std::string text{};   ///< dry run only
    std::string error{};  ///< why it was not sent
};

/// Sends one mail. The default asks the server of tickmark.conf.
using SendMail = std::function<Result<void>(const outbound::Mail&)>;

struct DigestRun {
    bool now = false;     ///< do not wait for digest_hour; the rule of one a day stands
    bool dryRun = false;  ///< send nothing, record nothing
    SendMail send{};
    std::function<bool()> goOn{};  ///< asked before each mail
};

/// One pass over everybody who gave an address and may sign in. Before a mail goes out it is recorded as
/// begun, afterwards as sent: after a crash in between it counts as sent. What certainly was not taken by the
/// server is tried again in a later pass, at most four times a day and not within a quarter of an hour.
/// Before digest_hour (UTC) nobody is written to and the list is empty. Errors: Refused "no-mail-server" when
/// smtp_url or digest_from is not set; Environment.
[[nodiscard]] Result<std::vector<DigestOutcome>> sendDigests(Context& context, const DigestRun& run);

/// The mail of one list: what is past its date and what is due within seven days; nothing when there is none.
[[nodiscard]] std::optional<outbound::Mail> digestOf(const Context& context, const domain::Party& party,
                                                     const DueList& list);

}  // namespace tickmark::app
