#include "responder/Responder.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>
#include <utility>

#include "responder/TimestampIssuer.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::test {

namespace {

using crypto::CertificatePurpose;
using crypto::LocalAuthority;
using crypto::SigningKey;
using Poco::Net::StreamSocket;

constexpr std::int64_t day = 86'400;

template <class T>
T sure(Result<T> result) {
    if (!result) throw std::runtime_error(describe(result.error()));
    return *std::move(result);
}

std::string fileText(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

LocalAuthority rootIn(const std::string& folder, Timestamp now) {
    if (folder.empty()) return sure(LocalAuthority::create("Time Office", now.plusSeconds(-3 * day)));
    const std::filesystem::path place(folder);
    if (std::filesystem::exists(place / "root.key")) {
        return sure(LocalAuthority::fromPem(fileText(place / "root.key"), fileText(place / "root.pem"), {}));
    }
    auto root = sure(LocalAuthority::create("Time Office", now.plusSeconds(-3 * day)));
    std::filesystem::create_directories(place);
    std::ofstream(place / "root.key") << root.keyPem({});
    std::ofstream(place / "root.pem") << root.certificate().pem();
    return root;
}

constexpr std::array<std::pair<const char*, Manner>, 16> mannerNames{{
    {"good", Manner::Good},
    {"refuse", Manner::Refuse},
    {"wrong-nonce", Manner::WrongNonce},
    {"wrong-imprint", Manner::WrongImprint},
    {"slow", Manner::Slow},
    {"drip", Manner::Drip},
    {"garbage", Manner::Garbage},
    {"bad-eku", Manner::BadEku},
    {"expired", Manner::Expired},
    {"redirect", Manner::Redirect},
    {"server-error", Manner::ServerError},
    {"flaky", Manner::Flaky},
    {"break-off", Manner::BreakOff},
    {"client-error", Manner::ClientError},
    {"wrong-type", Manner::WrongType},
    {"big", Manner::Big},
}};

// A whole request, as far as it came.
struct Request {
    std::string head{};
    std::string body{};
};

Request readRequest(StreamSocket& socket) {
    std::string text;
    std::array<char, 4'096> buffer{};
    std::size_t headEnd = std::string::npos;
    std::size_t wanted = std::string::npos;
    while (text.size() < wanted) {
        const int count = socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
        if (count <= 0) break;
        text.append(buffer.data(), static_cast<std::size_t>(count));
        if (headEnd != std::string::npos) continue;
        headEnd = text.find("\r\n\r\n");
        if (headEnd == std::string::npos) continue;
        headEnd += 4;
        const std::size_t at = text.find("Content-Length: ");
        wanted = headEnd + (at < headEnd ? std::stoul(text.substr(at + 16)) : 0);
    }
    if (headEnd == std::string::npos) return {text, {}};
    return {text.substr(0, headEnd), text.substr(headEnd)};
}

void send(StreamSocket& socket, std::string_view text) {
    while (!text.empty()) {
        const int count = socket.sendBytes(text.data(), static_cast<int>(text.size()), MSG_NOSIGNAL);
        if (count <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::string answer(const std::string& status, const std::string& type, std::string_view body,
                   const std::string& more = {}) {
    return "HTTP/1.1 " + status + "\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" + more +
           "\r\n" + std::string(body);
}

constexpr const char* replyType = "application/timestamp-reply";

}  // namespace

Result<Manner> mannerNamed(const std::string& name) {
    for (const auto& [known, manner] : mannerNames) {
        if (name == known) return manner;
    }
    return invalid("mode", "mode", "There is no mode \"" + name + "\".");
}

TimeHouse TimeHouse::open(const std::string& folder) {
    const Timestamp now = SystemClock().now();
    LocalAuthority root = rootIn(folder, now);
    const Timestamp early = now.plusSeconds(-2 * day);
    SigningKey clock =
        sure(root.issue(CertificatePurpose::TimeStamping, "Time-stamp clock", now.plusSeconds(-60), 365));
    SigningKey old = sure(root.issue(CertificatePurpose::TimeStamping, "Clock of yesterday", early, 1));
    SigningKey wrong = sure(root.issue(CertificatePurpose::Seal, "No clock", now.plusSeconds(-60), 365));
    Bytes crl = sure(root.makeCrl({}, now.plusSeconds(-30), 30, now.seconds()));
    if (!folder.empty()) {
        const std::filesystem::path place(folder);
        std::ofstream(place / "tsa.pem") << clock.certificate().pem();
        std::ofstream(place / "root.crl", std::ios::binary) << textOf(crl);
    }
    return {std::move(root), std::move(clock), std::move(old), std::move(wrong), std::move(crl)};
}

struct Responder::State {
    TimeHouse house;
    Manner manner;
    LocalAuthority tlsRoot =
        sure(LocalAuthority::create("Web Office", SystemClock().now().plusSeconds(-day)));
    Poco::Net::Context::Ptr tls{};
    Poco::Net::ServerSocket listener{};
    std::atomic<bool> isEnding{false};
    std::atomic<int> connections{0};
    mutable std::mutex mutex{};
    std::string lastRequest{};
    std::vector<std::jthread> workers{};
    std::thread acceptor{};

    State(TimeHouse made, Manner chosen, unsigned short port, bool withTls)
        : house(std::move(made)), manner(chosen) {
        if (withTls) tls = tlsContext();
        listener.bind(Poco::Net::SocketAddress("127.0.0.1", port), true, false);
        listener.listen(16);
        acceptor = std::thread([this] { acceptAll(); });
    }

    Poco::Net::Context::Ptr tlsContext() const {
        Poco::Net::initializeSSL();
        const SigningKey key = sure(tlsRoot.issue(CertificatePurpose::TlsServer, "localhost",
                                                  SystemClock().now().plusSeconds(-60), 30, {"localhost"}));
        const auto place =
            std::filesystem::temp_directory_path() / ("tickmark-responder-" + toHex(crypto::randomBytes(8)));
        std::ofstream(place) << key.keyPem({}) << key.certificate().pem();
        Poco::Net::Context::Params rules;
        rules.privateKeyFile = rules.certificateFile = place.string();
        rules.verificationMode = Poco::Net::Context::VERIFY_NONE;
        Poco::Net::Context::Ptr context = new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, rules);
        std::filesystem::remove(place);
        return context;
    }

    void acceptAll() {
        while (!isEnding) {
            if (!listener.poll(Poco::Timespan(0, 50'000), Poco::Net::Socket::SELECT_READ)) continue;
            StreamSocket socket = listener.acceptConnection();
            ++connections;
            workers.emplace_back([this, socket]() mutable { serve(socket); });
        }
    }

    void serve(StreamSocket socket) {
        try {
            socket.setReceiveTimeout(Poco::Timespan(10, 0));
            if (tls) socket = Poco::Net::SecureStreamSocket::attach(socket, tls);
            const Request request = readRequest(socket);
            {
                const std::scoped_lock lock(mutex);
                lastRequest = request.head + request.body;
            }
            respond(socket, request);
            socket.shutdownSend();
        } catch (const std::exception&) {
            // The other side went away, which some tests want.
        }
    }

    void waitForEnd() const {
        while (!isEnding) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }

    void drip(StreamSocket& socket) const {
        send(socket, "HTTP/1.1 200 OK\r\nX-Endless: ");
        while (!isEnding) {
            send(socket, "x");
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }

    void respond(StreamSocket& socket, const Request& request) {
        if (request.head.starts_with("GET /root.crl ")) {
            return send(socket, answer("200 OK", "application/pkix-crl", textOf(house.crl)));
        }
        if (request.head.starts_with("GET /big.crl ")) {
            // Without a length, so that only counting finds out.
            send(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            return send(socket, std::string(std::size_t{2} << 20U, 'x'));
        }
        if (!request.head.starts_with("POST "))
            return send(socket, answer("404 Not Found", "text/plain", "no"));
        if (manner == Manner::Slow) return waitForEnd();
        if (manner == Manner::Drip) return drip(socket);
        if (manner == Manner::BreakOff && connections <= 2) {
            return send(socket, std::string("HTTP/1.1 200 OK\r\nContent-Type: ") + replyType +
                                    "\r\nContent-Length: 5000\r\n\r\nhalf");
        }
        send(socket, httpAnswer(viewOf(request.body)));
    }

    std::string httpAnswer(ByteView request) const {
        switch (manner) {
            case Manner::Redirect:
                return answer(
                    "302 Found", "text/plain", "",
                    "Location: http://127.0.0.1:" + std::to_string(listener.address().port()) + "/\r\n");
            case Manner::ServerError:
                return answer("503 Service Unavailable", "text/plain", "later");
            case Manner::Flaky:
                if (connections <= 2) return answer("503 Service Unavailable", "text/plain", "later");
                break;
            case Manner::ClientError:
                return answer("403 Forbidden", "text/plain", "no");
            case Manner::WrongType:
                return answer("200 OK", "text/html", textOf(reply(request)));
            case Manner::Big:
                return answer("200 OK", replyType, std::string(std::size_t{2} << 20U, 'x'));
            case Manner::Garbage:
                return answer("200 OK", replyType, "this is no timestamp");
            case Manner::Good:
            case Manner::Refuse:
            case Manner::WrongNonce:
            case Manner::WrongImprint:
            case Manner::BadEku:
            case Manner::Expired:
            case Manner::Slow:
            case Manner::Drip:
            case Manner::BreakOff:
                break;
        }
        return answer("200 OK", replyType, textOf(reply(request)));
    }

    // The TimeStampResp.
    Bytes reply(ByteView request) const {
        using namespace crypto::test;
        const Timestamp now = SystemClock().now();
        if (manner == Manner::Refuse) return refusalOf("The clock is being set", TS_INFO_TIME_NOT_AVAILABLE);
        TokenRecipe recipe;
        recipe.at = now;
        recipe.imprint = imprintOf(request);
        recipe.nonce = nonceOf(request);
        recipe.signers = {house.clock};
        if (manner == Manner::WrongNonce) {
            recipe.nonce.back() ^= 1U;
        } else if (manner == Manner::WrongImprint) {
            recipe.imprint = crypto::Sha256::of("something else");
        } else if (manner == Manner::BadEku) {
            recipe.signers = {house.wrongClock};
        } else if (manner == Manner::Expired) {
            recipe.signers = {house.expiredClock};
        } else {
            return answerTo(request, Issuing{house.clock, now});
        }
        return grantingResponse(makeToken(recipe));
    }
};

Responder::Responder(TimeHouse house, Manner manner, unsigned short port, bool withTls)
    : m_state(std::make_unique<State>(std::move(house), manner, port, withTls)) {}

Responder::~Responder() {
    m_state->isEnding = true;
    m_state->acceptor.join();
}

unsigned short Responder::port() const { return m_state->listener.address().port(); }
int Responder::connections() const { return m_state->connections; }
const TimeHouse& Responder::house() const { return m_state->house; }
std::string Responder::tlsRootPem() const { return m_state->tlsRoot.certificate().pem(); }
std::string Responder::lastRequest() const {
    const std::scoped_lock lock(m_state->mutex);
    return m_state->lastRequest;
}

}  // namespace tickmark::test
