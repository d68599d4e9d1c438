// Sends one plain mail through a configured server (RFC 5321, RFC 3207, RFC 4954).
#pragma once

#include <chrono>
#include <string>

#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::outbound {

/// A mail server as configured. "smtps://host" speaks TLS from the first byte (port 465 unless named),
/// "smtp://host" begins in the open (port 25 unless named) and must offer STARTTLS, unless the host is this
/// machine.
struct MailServer {
    std::string url{};
    std::string user{};  ///< empty: no sign-in; otherwise over TLS or to this machine only
    Secret password{};
    std::string caFile{};                        ///< PEM of the roots; empty means the system's
    std::chrono::milliseconds deadline{20'000};  ///< for the whole exchange
};

/// UTF-8 text to one person. Addresses must be mail addresses in ASCII (isMailAddress).
struct Mail {
    std::string from{};
    std::string to{};
    std::string subject{};
    std::string text{};  ///< lines end with LF
    std::string
        messageId{};  ///< "<…@…>": the same mail carries the same, so that a mailbox may know it again
    Timestamp date{};
};

/// One address as RFC 5321 writes it without quotes or comments, in ASCII, up to 254 characters.
[[nodiscard]] bool isMailAddress(std::string_view text);
/// Errors: Invalid "url" field "smtp_url".
[[nodiscard]] Result<void> checkMailUrl(const std::string& url);

/// Hands the mail to the server. Errors, after which it certainly was not taken: Invalid "url",
/// "mail-address"; Environment "mail-unreachable", "mail-timeout", "mail-tls"; Refused "mail-refused" (with
/// the server's status), "mail-sign-in", "mail-no-tls". Undecided "mail-unsure": the connection broke after
/// the text was sent, so the server may have taken it.
[[nodiscard]] Result<void> sendMail(const MailServer& server, const Mail& mail);

}  // namespace tickmark::outbound
