// The clamd client against a listener that says what each test wants. The real clamd:
// tests/suites/malware.py.
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>

#include "support/Outcome.h"
#include "tickmark/outbound/ClamdClient.h"

using namespace tickmark;
using test::must;

namespace {

/// What the other side of one connection does.
struct Manner {
    std::string reply{};          ///< as it stands; its zero byte is the test's own matter
    std::size_t closesAfter = 0;  ///< bytes taken before it answers and closes; 0: the whole stream
    bool isSilent = false;        ///< answers only when the client gave up
};

/// Takes one connection on loopback and keeps what came.
class Listener {
  public:
    explicit Listener(Manner manner)
        : m_listener(Poco::Net::SocketAddress("127.0.0.1", 0)), m_manner(std::move(manner)) {
        m_thread = std::thread([this] { serve(); });
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { wait(); }
    void wait() {
        if (m_thread.joinable()) m_thread.join();
    }
    [[nodiscard]] std::string address() const {
        return "127.0.0.1:" + std::to_string(m_listener.address().port());
    }
    /// After wait().
    [[nodiscard]] const std::string& taken() const { return m_taken; }

  private:
    [[nodiscard]] bool isWhole() const {
        if (m_manner.closesAfter > 0) return m_taken.size() >= m_manner.closesAfter;
        if (m_taken == std::string("zVERSION", 9)) return true;
        return m_taken.size() >= 14 && m_taken.ends_with(std::string(4, '\0'));
    }
    void serve() {
        try {
            Poco::Net::StreamSocket socket = m_listener.acceptConnection();
            std::string buffer(65536, '\0');
            while (m_manner.isSilent || !isWhole()) {
                const int count = socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
                if (count <= 0) return;
                m_taken.append(buffer.data(), static_cast<std::size_t>(count));
            }
            const std::string& reply = m_manner.reply;
            if (!reply.empty()) socket.sendBytes(reply.data(), static_cast<int>(reply.size()));
            socket.shutdownSend();
        } catch (const Poco::Exception&) {
            m_taken += "(broken)";
        }
    }

    Poco::Net::ServerSocket m_listener;
    Manner m_manner;
    std::string m_taken{};
    std::thread m_thread{};
};

std::string ended(std::string text) { return text + '\0'; }

bool yes() { return true; }

outbound::ByteFeed bytes(std::string text) {
    return [text = std::move(text), at = std::size_t{0}](std::span<std::uint8_t> room) mutable {
        const std::size_t count = std::min(room.size(), text.size() - at);
        std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), count, room.begin());
        at += count;
        return Result<std::size_t>(count);
    };
}

Result<outbound::MalwareVerdict> scan(const Manner& manner, const std::string& text = "words") {
    const Listener listener(manner);
    return outbound::scanStream({listener.address()}, bytes(text), yes);
}

std::string refusal(const Manner& manner, const std::string& text = "words") {
    const auto verdict = scan(manner, text);
    return verdict ? std::string("a verdict") : verdict.error().type;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(clamd_client)

BOOST_AUTO_TEST_CASE(bytes_are_sent_in_chunks_behind_their_lengths) {
    Listener listener({ended("stream: OK")});
    const auto verdict = must(outbound::scanStream({listener.address()}, bytes("words"), yes));
    listener.wait();
    BOOST_CHECK(verdict.isClean);
    const std::string expected =
        ended("zINSTREAM") + std::string("\0\0\0\5", 4) + "words" + std::string(4, '\0');
    BOOST_CHECK(listener.taken() == expected);
}

BOOST_AUTO_TEST_CASE(what_is_found_has_its_name) {
    const auto verdict = must(scan({ended("stream: Eicar-Test-Signature FOUND")}));
    BOOST_CHECK(!verdict.isClean);
    BOOST_CHECK_EQUAL(verdict.malware, "Eicar-Test-Signature");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_verdict_is_never_clean) {
    for (const std::string reply :
         {"stream: ok", "stream: OK ", "OK", "file: OK", "stream: OKAY", "stream:  FOUND",
          "stream: a b FOUND", "UNKNOWN COMMAND", "220 mail.example ESMTP", "", "stream: \x01 FOUND"}) {
        BOOST_TEST_CONTEXT(reply) BOOST_CHECK_EQUAL(refusal({ended(reply)}), "scanner-broken");
    }
    BOOST_CHECK_EQUAL(refusal({"stream: OK"}), "scanner-broken");
    BOOST_CHECK_EQUAL(refusal({""}), "scanner-broken");
    BOOST_CHECK_EQUAL(refusal({std::string(10'000, 'x')}), "scanner-broken");
}

BOOST_AUTO_TEST_CASE(what_clamd_did_not_look_into_has_no_verdict) {
    BOOST_CHECK_EQUAL(refusal({ended("INSTREAM size limit exceeded. ERROR")}), "scanner-limit");
    BOOST_CHECK_EQUAL(refusal({ended("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND")}),
                      "scanner-limit");
    BOOST_CHECK_EQUAL(refusal({ended("stream: Heuristics.Encrypted.Zip FOUND")}), "scanner-limit");
    BOOST_CHECK_EQUAL(refusal({ended("stream: Can't allocate memory ERROR")}), "scanner-error");
}

BOOST_AUTO_TEST_CASE(a_verdict_on_a_part_counts_for_nothing) {
    const std::string large(8'000'000, 'x');
    const std::string type = refusal({ended("stream: OK"), 1000}, large);
    BOOST_CHECK_EQUAL(type, "scanner-broken");
}

BOOST_AUTO_TEST_CASE(silence_ends_with_the_deadline_and_with_a_stop) {
    {
        const Listener listener({{}, 0, true});
        const outbound::Clamd hasty{listener.address(), std::chrono::milliseconds(300)};
        const auto verdict = outbound::scanStream(hasty, bytes("words"), yes);
        BOOST_REQUIRE(!verdict);
        BOOST_CHECK_EQUAL(verdict.error().type, "scanner-timeout");
    }
    const Listener listener({{}, 0, true});
    int asked = 0;
    const auto verdict =
        outbound::scanStream({listener.address()}, bytes("words"), [&asked] { return ++asked < 4; });
    BOOST_REQUIRE(!verdict);
    BOOST_CHECK_EQUAL(verdict.error().type, "stopped");
}

BOOST_AUTO_TEST_CASE(a_source_that_fails_gives_no_verdict) {
    const Listener listener({ended("stream: OK")});
    const outbound::ByteFeed broken = [](std::span<std::uint8_t>) -> Result<std::size_t> {
        return refused("object-damaged", "The bytes are damaged.");
    };
    const auto verdict = outbound::scanStream({listener.address()}, broken, yes);
    BOOST_REQUIRE(!verdict);
    BOOST_CHECK_EQUAL(verdict.error().type, "object-damaged");
}

BOOST_AUTO_TEST_CASE(nobody_there_is_an_outage) {
    std::string address;
    {
        const Poco::Net::ServerSocket gone(Poco::Net::SocketAddress("127.0.0.1", 0));
        address = "127.0.0.1:" + std::to_string(gone.address().port());
    }
    for (const std::string& where : {address, std::string("unix:/nonexistent/clamd.ctl")}) {
        const auto verdict = outbound::scanStream({where}, bytes("words"), yes);
        BOOST_REQUIRE(!verdict);
        BOOST_CHECK_EQUAL(verdict.error().type, "scanner-unreachable");
    }
}

BOOST_AUTO_TEST_CASE(the_version_is_that_of_clamd_or_none) {
    const auto version = [](const std::string& reply) {
        const Listener listener({reply});
        return outbound::clamdVersion({listener.address()}, yes);
    };
    BOOST_CHECK_EQUAL(must(version(ended("ClamAV 1.4.3/27500/Mon Nov 23 09:00:00 2026"))),
                      "ClamAV 1.4.3/27500/Mon Nov 23 09:00:00 2026");
    BOOST_CHECK(!version(ended("220 mail.example")));
    BOOST_CHECK(!version(ended("ClamAV \x1b[2J")));
}

BOOST_AUTO_TEST_CASE(only_addresses_of_this_machine_are_taken) {
    for (const char* good : {"unix:/run/clamav/clamd.ctl", "127.0.0.1:3310", "[::1]:3310"})
        BOOST_TEST_CONTEXT(good) BOOST_CHECK(outbound::checkClamdAddress(good).ok());
    for (const char* bad : {"", "unix:", "unix:relative", "192.0.2.1:3310", "localhost:3310", "127.0.0.1",
                            "127.0.0.1:0", "127.0.0.1:99999", "127.0.0.1:http", "/run/clamav/clamd.ctl"})
        BOOST_TEST_CONTEXT(bad) BOOST_CHECK(!outbound::checkClamdAddress(bad).ok());
    BOOST_CHECK(!outbound::checkClamdAddress("unix:/" + std::string(200, 'x')).ok());
}

BOOST_AUTO_TEST_SUITE_END()
