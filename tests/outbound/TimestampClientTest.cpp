// Asking a real responder on loopback, with good and bad manners.
#include "tickmark/outbound/TimestampClient.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "responder/Responder.h"
#include "support/Outcome.h"
#include "tickmark/crypto/Crl.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/crypto/Timestamp.h"

using namespace tickmark;
using namespace tickmark::outbound;
using namespace tickmark::test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(timestamp_client)

namespace {

const Digest imprint = crypto::Sha256::of("evidence");

// Made once: keys take time.
const TimeHouse& house() {
    static const TimeHouse one = TimeHouse::open({});
    return one;
}

TimestampAuthority at(const Responder& responder, const std::string& scheme = "http") {
    TimestampAuthority authority;
    authority.url = scheme + (scheme == "http" ? "://127.0.0.1:" : "://localhost:") +
                    std::to_string(responder.port()) + "/tsr";
    authority.limits = {5s, 0};
    return authority;
}

// Asks a responder of this manner; the token, when everything is in order.
Result<Bytes> tokenFrom(Manner manner) {
    const Responder responder(house(), manner, 0, false);
    const auto request = must(crypto::makeTimestampRequest(imprint));
    TM_TRY(const Bytes answer, requestTimestamp(at(responder), request.der));
    return crypto::tokenFromResponse(answer, request);
}

crypto::TimestampReport checked(const Bytes& token) {
    return crypto::checkTimestamp(token, imprint, {{house().root.certificate()}, {}}, {house().crl});
}

class TextFile {
  public:
    explicit TextFile(const std::string& text)
        : m_path(std::filesystem::temp_directory_path() /
                 ("tickmark-outbound-" + toHex(crypto::randomBytes(8)))) {
        std::ofstream(m_path) << text;
    }
    ~TextFile() { std::filesystem::remove(m_path); }
    TextFile(const TextFile&) = delete;
    TextFile& operator=(const TextFile&) = delete;
    [[nodiscard]] std::string path() const { return m_path.string(); }

  private:
    std::filesystem::path m_path;
};

template <class Action>
std::chrono::milliseconds duration(const Action& action) {
    const auto start = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_good_responder_gives_a_trusted_timestamp) {
    const auto report = checked(must(tokenFrom(Manner::Good)));
    for (const auto& problem : report.problems) BOOST_TEST_MESSAGE(problem.message);
    BOOST_TEST(report.problems.empty());
    BOOST_TEST(report.trusted());
}

BOOST_AUTO_TEST_CASE(the_request_is_sent_as_the_standard_asks) {
    const Responder responder(house(), Manner::Good, 0, false);
    const auto request = must(crypto::makeTimestampRequest(imprint));
    auto authority = at(responder);
    authority.url += "?policy=a%20b";
    authority.user = "audit";
    authority.password = Secret("s3cret");
    must(requestTimestamp(authority, request.der));
    const std::string sent = responder.lastRequest();
    BOOST_TEST(sent.starts_with("POST /tsr?policy=a%20b HTTP/1.1\r\n"), sent);
    BOOST_TEST(holds(sent, "Content-Type: application/timestamp-query\r\n"));
    BOOST_TEST(holds(sent, "Host: 127.0.0.1:" + std::to_string(responder.port()) + "\r\n"));
    BOOST_TEST(holds(sent, "Authorization: Basic " + toBase64(viewOf("audit:s3cret"))));
    BOOST_TEST(sent.ends_with(textOf(request.der)));
}

BOOST_AUTO_TEST_CASE(wrong_answers_are_refused) {
    BOOST_TEST(refusedAs(tokenFrom(Manner::Refuse), ErrorKind::Refused, "timestamp-refused"));
    for (const Manner manner : {Manner::WrongNonce, Manner::WrongImprint, Manner::Garbage})
        BOOST_TEST(refusedAs(tokenFrom(manner), ErrorKind::Invalid, "timestamp-response"));
    BOOST_TEST(checked(must(tokenFrom(Manner::BadEku))).has(crypto::SignatureFlaw::KeyUsage));
    BOOST_TEST(checked(must(tokenFrom(Manner::Expired))).has(crypto::SignatureFlaw::Validity));
    BOOST_TEST(refusedAs(tokenFrom(Manner::Redirect), ErrorKind::Refused, "timestamp-redirect"));
    BOOST_TEST(refusedAs(tokenFrom(Manner::WrongType), ErrorKind::Refused, "timestamp-content"));
    BOOST_TEST(refusedAs(tokenFrom(Manner::Big), ErrorKind::TooLarge, "timestamp-size"));
    const auto forbidden = tokenFrom(Manner::ClientError);
    BOOST_TEST(refusedAs(forbidden, ErrorKind::Refused, "timestamp-http"));
    BOOST_TEST(holds(forbidden.error().message, "403"));
}

BOOST_AUTO_TEST_CASE(only_what_may_pass_by_itself_is_tried_again) {
    const auto request = must(crypto::makeTimestampRequest(imprint));
    const auto connectionsFor = [&](Manner manner, int retries, bool works) {
        const Responder responder(house(), manner, 0, false);
        auto authority = at(responder);
        authority.limits.retries = retries;
        const auto answer = requestTimestamp(authority, request.der);
        BOOST_TEST(answer.ok() == works);
        return responder.connections();
    };
    BOOST_TEST(connectionsFor(Manner::Flaky, 2, true) == 3);
    BOOST_TEST(connectionsFor(Manner::Flaky, 1, false) == 2);
    BOOST_TEST(connectionsFor(Manner::BreakOff, 2, true) == 3);
    BOOST_TEST(connectionsFor(Manner::ServerError, 2, false) == 3);
    BOOST_TEST(connectionsFor(Manner::ClientError, 2, false) == 1);
    BOOST_TEST(connectionsFor(Manner::Redirect, 2, false) == 1);
}

BOOST_AUTO_TEST_CASE(a_server_that_never_answers_or_drips_is_left_at_the_deadline) {
    const auto request = must(crypto::makeTimestampRequest(imprint));
    for (const Manner manner : {Manner::Slow, Manner::Drip}) {
        const Responder responder(house(), manner, 0, false);
        auto authority = at(responder);
        authority.limits = {400ms, 3};
        const auto took = duration([&] {
            BOOST_TEST(refusedAs(requestTimestamp(authority, request.der), ErrorKind::Environment,
                                 "timestamp-timeout"));
        });
        BOOST_TEST((took >= 400ms && took < 3s), took.count());
        BOOST_TEST(responder.connections() == 1);
    }
}

BOOST_AUTO_TEST_CASE(a_server_that_is_not_there_is_unreachable_and_retries_end_in_time) {
    TimestampAuthority authority;
    {
        const Responder gone(house(), Manner::Good, 0, false);
        authority = at(gone);
    }
    authority.limits = {900ms, 50};
    const auto took = duration([&] {
        BOOST_TEST(refusedAs(requestTimestamp(authority, bytesOf("x")), ErrorKind::Environment,
                             "timestamp-unreachable"));
    });
    BOOST_TEST((took >= 700ms && took < 3s), took.count());
    authority.url = "http://no-such-host.invalid/";
    authority.limits = {5s, 0};
    BOOST_TEST(refusedAs(requestTimestamp(authority, bytesOf("x")), ErrorKind::Environment,
                         "timestamp-unreachable"));
}

BOOST_AUTO_TEST_CASE(tls_is_verified) {
    const Responder responder(house(), Manner::Good, 0, true);
    const auto request = must(crypto::makeTimestampRequest(imprint));
    const TextFile right(responder.tlsRootPem());
    const TextFile wrong(house().root.certificate().pem());
    auto authority = at(responder, "https");
    authority.caFile = right.path();
    BOOST_TEST(
        checked(must(crypto::tokenFromResponse(must(requestTimestamp(authority, request.der)), request)))
            .trusted());
    authority.caFile = wrong.path();
    BOOST_TEST(refusedAs(requestTimestamp(authority, request.der), ErrorKind::Environment, "timestamp-tls"));
    authority.caFile.clear();
    BOOST_TEST(refusedAs(requestTimestamp(authority, request.der), ErrorKind::Environment, "timestamp-tls"));
    // The certificate is for localhost, not for this address.
    authority.caFile = right.path();
    authority.url = "https://127.0.0.1:" + std::to_string(responder.port()) + "/";
    BOOST_TEST(refusedAs(requestTimestamp(authority, request.der), ErrorKind::Environment, "timestamp-tls"));
}

BOOST_AUTO_TEST_CASE(a_server_that_never_answers_the_tls_greeting_is_left_at_the_deadline) {
    const Responder plain(house(), Manner::Slow, 0, false);
    auto authority = at(plain, "https");
    authority.limits = {400ms, 2};
    const auto took = duration([&] {
        BOOST_TEST(refusedAs(requestTimestamp(authority, bytesOf("x")), ErrorKind::Environment,
                             "timestamp-timeout"));
    });
    BOOST_TEST(took < 3s, took.count());
}

BOOST_AUTO_TEST_CASE(addresses_that_are_none_are_refused) {
    for (const char* url : {"", "tsa.example", "ftp://tsa.example/", "http://", "http:///x", "http://a b/",
                            "https://tsa.example/\r\nX: y", "http://user:s3cret@tsa.example/"}) {
        TimestampAuthority authority;
        authority.url = url;
        const auto result = requestTimestamp(authority, bytesOf("x"));
        BOOST_TEST(refusedAs(result, ErrorKind::Invalid, "url"), url);
        BOOST_TEST(!holds(result.error().message, "s3cret"));
    }
    TimestampAuthority clear;
    clear.url = "http://tsa.example/";
    clear.user = "audit";
    BOOST_TEST(refusedAs(requestTimestamp(clear, bytesOf("x")), ErrorKind::Invalid, "url"));
}

BOOST_AUTO_TEST_CASE(revocation_lists_are_fetched_within_their_cap) {
    const Responder responder(house(), Manner::Good, 0, false);
    const std::string base = "http://127.0.0.1:" + std::to_string(responder.port());
    const Bytes list = must(fetchCrl(base + "/root.crl"));
    BOOST_TEST(crypto::checkCrl(list, house().root.certificate()).ok());
    BOOST_TEST(refusedAs(fetchCrl(base + "/big.crl"), ErrorKind::TooLarge, "crl-size"));
    BOOST_TEST(refusedAs(fetchCrl(base + "/other"), ErrorKind::Refused, "crl-http"));
}

BOOST_AUTO_TEST_SUITE_END()
