// The mail client against a server that says what each test wants. A real server: tests/suites/reminders.py.
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "support/Outcome.h"
#include "tickmark/outbound/MailClient.h"

using namespace tickmark;
using test::must;

namespace {

/// Takes one connection on loopback; `reply` answers each line that is no text of a mail. Empty: says
/// nothing;
/// "-": ends the connection.
class Counter {
  public:
    using Reply = std::function<std::string(const std::string&)>;
    explicit Counter(Reply reply)
        : m_listener(Poco::Net::SocketAddress("127.0.0.1", 0)), m_reply(std::move(reply)) {
        m_thread = std::thread([this] { serve(); });
    }
    Counter(const Counter&) = delete;
    Counter& operator=(const Counter&) = delete;
    ~Counter() { wait(); }

    void wait() {
        if (m_thread.joinable()) m_thread.join();
    }
    [[nodiscard]] std::string url() const {
        return "smtp://127.0.0.1:" + std::to_string(m_listener.address().port());
    }
    /// After wait().
    [[nodiscard]] const std::vector<std::string>& lines() const { return m_lines; }

  private:
    void serve() {
        try {
            Poco::Net::DialogSocket socket(m_listener.acceptConnection());
            if (!say(socket, m_reply("(hello)"))) return;
            bool text = false;
            for (std::string line; socket.receiveMessage(line);) {
                m_lines.push_back(line);
                if (text && line != ".") continue;
                text = line == "DATA";
                if (!say(socket, m_reply(line))) return;
            }
        } catch (const Poco::Exception&) {
            m_lines.emplace_back("(broken)");
        }
    }
    static bool say(Poco::Net::DialogSocket& socket, const std::string& reply) {
        if (reply == "-") return false;
        if (!reply.empty()) socket.sendMessage(reply);
        return true;
    }

    Poco::Net::ServerSocket m_listener;
    Reply m_reply;
    std::vector<std::string> m_lines{};
    std::thread m_thread{};
};

std::string friendly(const std::string& line) {
    if (line == "(hello)") return "220 here";
    if (line == "DATA") return "354 go on";
    return line == "QUIT" ? "221 bye" : "250 OK";
}

outbound::Mail mail() {
    outbound::Mail mail;
    mail.from = "tickmark@example.org";
    mail.to = "owner@example.org";
    mail.subject = "Due";
    mail.text = "First line\n.\n.second\n";
    mail.messageId = "<1@example.org>";
    return mail;
}

Result<void> send(const Counter& counter, const outbound::Mail& what = mail(), int seconds = 20) {
    outbound::MailServer server;
    server.url = counter.url();
    server.deadline = std::chrono::seconds(seconds);
    return outbound::sendMail(server, what);
}

std::string typeOf(const Result<void>& result) { return result ? "sent" : result.error().type; }

}  // namespace

BOOST_AUTO_TEST_SUITE(mail_client)

BOOST_AUTO_TEST_CASE(a_mail_is_handed_over_with_its_dots_doubled) {
    Counter counter(friendly);
    BOOST_TEST(typeOf(send(counter)) == "sent");
    counter.wait();
    const auto& lines = counter.lines();
    const auto has = [&](const std::string& line) {
        return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    BOOST_TEST(has("MAIL FROM:<tickmark@example.org>"));
    BOOST_TEST(has("RCPT TO:<owner@example.org>"));
    BOOST_TEST(has("Message-ID: <1@example.org>"));
    BOOST_TEST(has(".."));
    BOOST_TEST(has("..second"));
    BOOST_TEST(lines.back() == "QUIT");
}

BOOST_AUTO_TEST_CASE(a_good_bye_that_fails_does_not_undo_the_mail) {
    Counter counter([](const std::string& line) { return line == "QUIT" ? "-" : friendly(line); });
    BOOST_TEST(typeOf(send(counter)) == "sent");
}

BOOST_AUTO_TEST_CASE(each_place_where_it_can_break_has_its_meaning) {
    const auto ending = [](const std::string& at, const std::string& reply) {
        Counter counter(
            [=](const std::string& line) { return line.starts_with(at) ? reply : friendly(line); });
        return typeOf(send(counter));
    };
    BOOST_TEST(ending("(hello)", "-") == "mail-unreachable");
    BOOST_TEST(ending("(hello)", "421 busy") == "mail-refused");
    BOOST_TEST(ending("EHLO", "-") == "mail-unreachable");
    BOOST_TEST(ending("MAIL", "550 not you") == "mail-refused");
    BOOST_TEST(ending("MAIL", "-") == "mail-unreachable");
    BOOST_TEST(ending("RCPT", "450 later") == "mail-refused");
    BOOST_TEST(ending("DATA", "451 later") == "mail-refused");
    BOOST_TEST(ending("DATA", "-") == "mail-unreachable");
    BOOST_TEST(ending(".", "554 not this") == "mail-refused");
    BOOST_TEST(ending(".", "-") == "mail-unsure");
}

BOOST_AUTO_TEST_CASE(a_silent_server_is_left_when_the_time_is_over) {
    Counter silent([](const std::string&) { return std::string(); });
    BOOST_TEST(typeOf(send(silent, mail(), 1)) == "mail-timeout");
    Counter late([](const std::string& line) { return line == "." ? std::string() : friendly(line); });
    BOOST_TEST(typeOf(send(late, mail(), 1)) == "mail-unsure");
}

BOOST_AUTO_TEST_CASE(nothing_that_could_forge_a_header_is_sent) {
    for (int which = 0; which < 4; ++which) {
        outbound::Mail bad = mail();
        std::string& field = which == 0   ? bad.from
                             : which == 1 ? bad.to
                             : which == 2 ? bad.subject
                                          : bad.messageId;
        field += "\r\nBcc: other@example.org";
        outbound::MailServer server;
        server.url = "smtp://127.0.0.1:1";
        BOOST_TEST(typeOf(outbound::sendMail(server, bad)) == "mail-address");
    }
}

BOOST_AUTO_TEST_CASE(addresses_and_servers_are_taken_or_refused) {
    for (const char* good :
         {"a@b.org", "first.last+tag@sub.example.org", "x@localhost", "o'neill@example.org"})
        BOOST_TEST(outbound::isMailAddress(good), good);
    for (const char* bad :
         {"", "a", "@", "a@", "@b", "a@b@c ", "a..b@c.org", "a@b_c.org", "a b@c.org", "\"a\"@b.org"})
        BOOST_TEST(!outbound::isMailAddress(bad), bad);
    BOOST_TEST(!outbound::isMailAddress(std::string(65, 'a') + "@b.org"));
    for (const char* good : {"smtp://mail.example", "smtp://mail.example:587", "smtps://mail.example/"})
        BOOST_TEST(outbound::checkMailUrl(good).ok(), good);
    for (const char* bad : {"", "mail.example", "http://mail.example", "smtp://", "smtp://u:p@mail.example",
                            "smtp://mail.example/x", "smtp://mail.example?x=1", "smtp://mail example"})
        BOOST_TEST(!outbound::checkMailUrl(bad).ok(), bad);
}

BOOST_AUTO_TEST_SUITE_END()
