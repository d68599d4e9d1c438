#include "tickmark/outbound/MailClient.h"

#include <Poco/Exception.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/MailMessage.h>
#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Timestamp.h>
#include <Poco/URI.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <sstream>
#include <utility>

#include "outbound/Deadline.h"

namespace tickmark::outbound {
namespace {

constexpr std::uint16_t plainPort = 25;
constexpr std::uint16_t securePort = 465;
constexpr std::size_t longestAddress = 254;
constexpr std::size_t longestLocalPart = 64;

struct Target {
    bool secure = false;
    std::string host{};
    std::uint16_t port = plainPort;
};

Error badUrl() {
    return invalid("url", "smtp_url", "The address of the mail server is not one.",
                   "Write it like smtps://mail.example or smtp://mail.example:587, without a user name.");
}

Result<Target> targetOf(const std::string& url) {
    const bool isPlain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (!isPlain || url.size() > 2'000) return badUrl();
    try {
        const Poco::URI uri(url);
        Target target;
        target.secure = uri.getScheme() == "smtps";
        if (!target.secure && uri.getScheme() != "smtp") return badUrl();
        const bool more = !uri.getUserInfo().empty() || !uri.getRawQuery().empty() ||
                          !uri.getFragment().empty() || (!uri.getPath().empty() && uri.getPath() != "/");
        if (uri.getHost().empty() || more) return badUrl();
        target.host = uri.getHost();
        const auto usual = target.secure ? securePort : plainPort;
        target.port = uri.getPort() == 0 ? usual : uri.getPort();
        return target;
    } catch (const Poco::Exception&) {
        return badUrl();
    }
}

bool isThisMachine(const std::string& host) {
    Poco::Net::IPAddress address;
    return host == "localhost" || (Poco::Net::IPAddress::tryParse(host, address) && address.isLoopback());
}

// Strict: otherwise Poco does not compare the name when it is this machine's own.
Poco::Net::Context::Ptr tlsContext(const MailServer& server) {
    Poco::Net::initializeSSL();
    Poco::Net::Context::Params rules;
    rules.caLocation = server.caFile;
    rules.loadDefaultCAs = server.caFile.empty();
    rules.verificationMode = Poco::Net::Context::VERIFY_STRICT;
    Poco::Net::Context::Ptr context = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, rules);
    context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
    context->enableExtendedCertificateVerification(true);
    return context;
}

/// A session over a connected socket whose encryption can begin later. Poco's own class for that connects by
/// itself, without a limit in time.
class Session : public Poco::Net::SMTPClientSession {
  public:
    explicit Session(const Poco::Net::StreamSocket& socket) : SMTPClientSession(socket) {}

    void greet() { SMTPClientSession::login("localhost", m_abilities); }
    [[nodiscard]] bool can(const std::string& ability) const {
        return m_abilities.find(ability) != std::string::npos;
    }
    /// False when the server says no.
    bool encrypt(const std::string& host, const Poco::Net::Context::Ptr& context) {
        std::string reply;
        if (!isPositiveCompletion(sendCommand("STARTTLS", reply))) return false;
        // The new socket's buffer is empty: what somebody slipped in before the encryption is dropped.
        socket() = Poco::Net::SecureStreamSocket::attach(socket(), host, context);
        return true;
    }
    void signIn(const std::string& user, const std::string& password) {
        if (can("PLAIN"))
            loginUsingPlain(user, password);
        else
            loginUsingLogin(user, password);
    }

    void address(const std::string& from, const std::string& to) {
        command("MAIL FROM:<" + from + ">");
        command("RCPT TO:<" + to + ">");
    }

  private:
    void command(const std::string& line) {
        std::string reply;
        const int status = sendCommand(line, reply);
        if (!isPositiveCompletion(status)) throw Poco::Net::SMTPException("refused", reply, status);
    }

    std::string m_abilities{};
};

std::unique_ptr<Poco::Net::MailMessage> messageOf(const Mail& mail) {
    auto message = std::make_unique<Poco::Net::MailMessage>();
    message->setSender(mail.from);
    message->addRecipient(Poco::Net::MailRecipient(Poco::Net::MailRecipient::PRIMARY_RECIPIENT, mail.to));
    message->setSubject(Poco::Net::MailMessage::encodeWord(mail.subject, "UTF-8"));
    message->setDate(Poco::Timestamp(mail.date.micros));
    message->set("Message-ID", mail.messageId);
    // RFC 3834: nobody's out-of-office note answers it.
    message->set("Auto-Submitted", "auto-generated");
    message->setContentType("text/plain; charset=UTF-8");
    std::string text;
    for (const char c : mail.text) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    message->setContent(text, Poco::Net::MailMessage::ENCODING_QUOTED_PRINTABLE);
    return message;
}

/// How far the exchange got; decides what a failure means.
enum class Stage { Connecting, SigningIn, Addressing, Sending, Taken };

class Delivery {
  public:
    Delivery(const MailServer& server, Target target, const Mail& mail)
        : m_server(server),
          m_target(std::move(target)),
          m_mail(mail),
          m_end(std::chrono::steady_clock::now() + server.deadline) {}

    Result<void> run() {
        const PipeSignalGuard guard;
        auto done = attempt();
        // Whatever happens at the good-bye, the mail is with the server.
        if (!done && m_stage == Stage::Taken) return {};
        return done;
    }

  private:
    Result<void> attempt() {
        try {
            return deliver();
        } catch (const Poco::Net::SMTPException& failure) {
            // Poco reads a connection that ended as an answer without a status.
            constexpr int firstNegative = 400;
            return failure.code() < firstNegative ? broken() : refusal(failure.code());
        } catch (const Poco::Net::SSLConnectionUnexpectedlyClosedException&) {
            return broken();
        } catch (const Poco::Net::SSLException&) {
            return m_stage == Stage::Sending || timeLeft(m_end).count() == 0 ? broken() : untrusted();
        } catch (const Poco::Exception&) {
            return broken();
        }
    }

    Result<void> deliver() {
        const bool here = isThisMachine(m_target.host);
        Poco::Net::StreamSocket socket;
        socket.connect(Poco::Net::SocketAddress(m_target.host, m_target.port),
                       Poco::Timespan(timeLeft(m_end).count() * 1'000));
        const SocketWatch watch(socket.impl()->sockfd(), m_end);
        if (m_target.secure)
            socket = Poco::Net::SecureStreamSocket::attach(socket, m_target.host, tlsContext(m_server));
        Session session(socket);
        session.setTimeout(Poco::Timespan(std::max<std::int64_t>(timeLeft(m_end).count(), 1) * 1'000));
        session.greet();
        bool encrypted = m_target.secure;
        if (!encrypted && session.can("STARTTLS")) {
            encrypted = session.encrypt(m_target.host, tlsContext(m_server));
            if (encrypted) session.greet();
        }
        if (!encrypted && !here) return noTls();
        m_stage = Stage::SigningIn;
        if (!m_server.user.empty()) session.signIn(m_server.user, m_server.password.reveal());
        send(session);
        return {};
    }

    void send(Session& session) {
        std::stringstream message;
        messageOf(m_mail)->write(message);
        m_stage = Stage::Addressing;
        session.address(m_mail.from, m_mail.to);
        session.sendData();
        // From here on a broken connection does not tell whether the server has it.
        m_stage = Stage::Sending;
        session.sendMessage(message);
        m_stage = Stage::Taken;
        session.close();
    }

    [[nodiscard]] Error noTls() const {
        return refused("mail-no-tls",
                       "The mail server " + m_target.host + " does not encrypt; nothing was sent to it.",
                       "Write smtps:// in smtp_url, or use a server that offers STARTTLS.");
    }

    [[nodiscard]] Error untrusted() const {
        return environment(
            "mail-tls",
            "The mail server " + m_target.host + " shows no certificate that is trusted for this name.",
            "Check smtp_url and smtp_ca in tickmark.conf.");
    }

    [[nodiscard]] Error refusal(int status) const {
        const std::string number = status > 0 ? " with the status " + std::to_string(status) : "";
        if (m_stage == Stage::SigningIn) {
            return refused("mail-sign-in",
                           "The mail server " + m_target.host + " refuses the sign-in" + number + ".",
                           "Check smtp_user and smtp_password_file in tickmark.conf.");
        }
        return refused("mail-refused",
                       "The mail server " + m_target.host + " refuses the mail" + number + ".",
                       "Check the address, and digest_from in tickmark.conf.");
    }

    [[nodiscard]] Error broken() const {
        if (m_stage == Stage::Sending) {
            return Error{ErrorKind::Undecided,
                         "mail-unsure",
                         "The connection to the mail server " + m_target.host +
                             " broke after the text was sent; it may have taken the mail.",
                         {},
                         {},
                         "Look into the mailbox or the mail server's log.",
                         {}};
        }
        if (timeLeft(m_end).count() == 0) {
            return environment("mail-timeout",
                               "The mail server " + m_target.host + " did not answer in time.", "Try later.");
        }
        return environment("mail-unreachable", "The mail server " + m_target.host + " cannot be reached.",
                           "Check smtp_url in tickmark.conf and the network; it is tried again later.");
    }

    const MailServer& m_server;
    Target m_target;
    const Mail& m_mail;
    SteadyTime m_end;
    Stage m_stage = Stage::Connecting;
};

bool isLocalPart(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~.";
    if (text.empty() || text.size() > longestLocalPart || text.front() == '.' || text.back() == '.' ||
        text.find("..") != std::string_view::npos)
        return false;
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || marks.find(c) != std::string_view::npos;
    });
}

bool isLabel(std::string_view text) {
    if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; });
}

bool isDomain(std::string_view text) {
    for (;;) {
        const auto dot = text.find('.');
        if (!isLabel(text.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        text.remove_prefix(dot + 1);
    }
}

bool isHeaderText(const std::string& text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

}  // namespace

bool isMailAddress(std::string_view text) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || text.size() > longestAddress) return false;
    return isLocalPart(text.substr(0, at)) && isDomain(text.substr(at + 1));
}

Result<void> checkMailUrl(const std::string& url) {
    TM_TRY([[maybe_unused]] const Target target, targetOf(url));
    return {};
}

Result<void> sendMail(const MailServer& server, const Mail& mail) {
    TM_TRY(Target target, targetOf(server.url));
    if (!isMailAddress(mail.from) || !isMailAddress(mail.to) || !isHeaderText(mail.subject) ||
        !isHeaderText(mail.messageId)) {
        return invalid("mail-address", "to", "The mail is not addressed to a mail address from one.",
                       "Write addresses like name@example.org.");
    }
    return Delivery(server, std::move(target), mail).run();
}

}  // namespace tickmark::outbound
