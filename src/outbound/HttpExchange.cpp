#include "outbound/HttpExchange.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPBasicCredentials.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/MediaType.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/URI.h>

#include <algorithm>
#include <array>
#include <memory>

#include "outbound/Deadline.h"

namespace tickmark::outbound {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds firstWait{250};
constexpr int mostHeaders = 100;

Error badUrl(const std::string& url, std::string problem) {
    return invalid("url", "url", "The address \"" + url.substr(0, 200) + "\" " + std::move(problem) + ".",
                   "Write it like https://tsa.example/tsr.");
}

Result<Poco::URI> parseUrl(const std::string& url) {
    const bool isPlain = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (!isPlain || url.size() > 2'000) return badUrl(url, "has characters that do not belong into one");
    try {
        Poco::URI uri(url);
        if (uri.getScheme() != "http" && uri.getScheme() != "https")
            return badUrl(url, "begins neither with http:// nor with https://");
        if (uri.getHost().empty()) return badUrl(url, "names no host");
        if (!uri.getUserInfo().empty()) {
            return invalid("url", "url",
                           "The address of " + uri.getHost() + " holds a user name or password.",
                           "Configure user and password apart from the address.");
        }
        if (uri.getPath().empty()) uri.setPath("/");
        return uri;
    } catch (const Poco::Exception&) {
        return badUrl(url, "is not one");
    }
}

bool isThisMachine(const std::string& host) {
    Poco::Net::IPAddress address;
    return host == "localhost" || (Poco::Net::IPAddress::tryParse(host, address) && address.isLoopback());
}

// What came of one attempt.
struct Attempt {
    Result<Bytes> answer;
    bool mayRetry = false;
};

// One attempt after the other, until one decides.
class Exchange {
  public:
    Exchange(const HttpQuestion& question, const FetchLimits& limits, Poco::URI uri)
        : m_question(question),
          m_limits(limits),
          m_uri(std::move(uri)),
          m_end(std::chrono::steady_clock::now() + limits.deadline) {}

    Result<Bytes> run() {
        const PipeSignalGuard guard;
        milliseconds wait = firstWait;
        for (int left = std::max(m_limits.retries, 0);; --left, wait *= 2) {
            Attempt attempt = attemptOnce();
            if (!attempt.mayRetry || left == 0) return std::move(attempt.answer);
            if (wait >= timeLeft(m_end)) return std::move(attempt.answer);
            std::this_thread::sleep_for(wait);
        }
    }

  private:
    [[nodiscard]] std::string type(const char* suffix) const { return m_question.errorPrefix + "-" + suffix; }
    [[nodiscard]] std::string who() const { return "The " + m_question.whom + " " + m_uri.getHost(); }

    [[nodiscard]] Attempt unreachable() const {
        return {environment(type("unreachable"), who() + " cannot be reached.",
                            "Check the address and the network; it can be done later."),
                true};
    }
    [[nodiscard]] Attempt late() const {
        return {environment(
                    type("timeout"),
                    who() + " did not answer within " + std::to_string(m_limits.deadline.count()) + " ms.",
                    "Try later, or allow more time."),
                false};
    }
    [[nodiscard]] Attempt untrusted() const {
        return {environment(type("tls"), who() + " shows no certificate that is trusted for this name.",
                            "Check the address and the file of trusted roots."),
                false};
    }
    [[nodiscard]] Attempt refusal(const char* suffix, const std::string& what, bool mayRetry = false) const {
        return {refused(type(suffix), who() + " " + what + ".", "Check the address."), mayRetry};
    }

    Attempt attemptOnce() const {
        try {
            return connectAndAsk();
        } catch (const Poco::Net::SSLConnectionUnexpectedlyClosedException&) {
            return unreachable();
        } catch (const Poco::Net::SSLException&) {
            return timeLeft(m_end).count() == 0 ? late() : untrusted();
        } catch (const Poco::TimeoutException&) {
            return late();
        } catch (const Poco::Exception&) {
            return timeLeft(m_end).count() == 0 ? late() : unreachable();
        }
    }

    Attempt connectAndAsk() const {
        const Poco::Net::SocketAddress address(m_uri.getHost(), m_uri.getPort());
        const milliseconds left = timeLeft(m_end);
        if (left.count() == 0) return late();
        Poco::Net::StreamSocket socket;
        socket.connect(address, Poco::Timespan(left.count() * 1'000));
        const SocketWatch watch(socket.impl()->sockfd(), m_end);
        Attempt attempt = unreachable();
        try {
            attempt = ask(*sessionOver(socket));
        } catch (const Poco::Exception&) {
            if (watch.hasFired()) return late();
            throw;
        }
        // A cut that came from the watch is not the other side's.
        if (watch.hasFired() && !attempt.answer) return late();
        return attempt;
    }

    std::unique_ptr<Poco::Net::HTTPClientSession> sessionOver(const Poco::Net::StreamSocket& socket) const {
        const Poco::Timespan patience(std::max<std::int64_t>(timeLeft(m_end).count(), 1) * 1'000);
        Poco::Net::StreamSocket plain(socket);
        plain.setReceiveTimeout(patience);
        plain.setSendTimeout(patience);
        if (m_uri.getScheme() == "http") return std::make_unique<Poco::Net::HTTPClientSession>(plain);
        // Poco's HTTPSClientSession refuses a socket that is connected already; a plain session over the
        // secure socket does the same.
        const auto secure = Poco::Net::SecureStreamSocket::attach(plain, m_uri.getHost(), tlsContext());
        return std::make_unique<Poco::Net::HTTPClientSession>(secure);
    }

    // Strict: otherwise Poco does not compare the name when it is this machine's own.
    [[nodiscard]] Poco::Net::Context::Ptr tlsContext() const {
        Poco::Net::Context::Params rules;
        rules.caLocation = m_question.caFile;
        rules.loadDefaultCAs = m_question.caFile.empty();
        rules.verificationMode = Poco::Net::Context::VERIFY_STRICT;
        Poco::Net::Context::Ptr context = new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, rules);
        context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
        context->enableExtendedCertificateVerification(true);
        return context;
    }

    Attempt ask(Poco::Net::HTTPClientSession& session) const {
        Poco::Net::HTTPRequest request(m_question.method, m_uri.getPathAndQuery(),
                                       Poco::Net::HTTPMessage::HTTP_1_1);
        request.setHost(m_uri.getHost(), m_uri.getPort());
        request.setKeepAlive(false);
        request.set("User-Agent", "Tickmark");
        if (!m_question.wantedType.empty()) request.set("Accept", m_question.wantedType);
        if (m_question.user) {
            Poco::Net::HTTPBasicCredentials(*m_question.user, m_question.password.reveal())
                .authenticate(request);
        }
        if (!m_question.sentType.empty()) {
            request.setContentType(m_question.sentType);
            request.setContentLength64(static_cast<Poco::Int64>(m_question.body.size()));
        }
        std::ostream& out = session.sendRequest(request);
        out << textOf(m_question.body) << std::flush;
        Poco::Net::HTTPResponse response;
        response.setFieldLimit(mostHeaders);
        std::istream& in = session.receiveResponse(response);
        return judge(response, in);
    }

    Attempt judge(const Poco::Net::HTTPResponse& response, std::istream& in) const {
        const int status = static_cast<int>(response.getStatus());
        if (status >= 300 && status < 400)
            return refusal("redirect", "sends to another address, which is not followed");
        if (status != 200)
            return refusal("http", "answers with the HTTP status " + std::to_string(status), status >= 500);
        if (!m_question.wantedType.empty() && !Poco::Net::MediaType(response.getContentType())
                                                   .matches(Poco::Net::MediaType(m_question.wantedType))) {
            return refusal("content", "does not answer with " + m_question.wantedType);
        }
        return receive(response, in);
    }

    Attempt receive(const Poco::Net::HTTPResponse& response, std::istream& in) const {
        Attempt tooLarge{Error{ErrorKind::TooLarge, type("size"),
                               who() + " sends more than " + std::to_string(m_question.cap) + " bytes."},
                         false};
        const bool isDeclared = response.hasContentLength();
        if (isDeclared && response.getContentLength64() > static_cast<Poco::Int64>(m_question.cap))
            return tooLarge;
        Bytes bytes;
        std::array<char, 8'192> buffer{};
        while (in.good()) {
            in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
            const ByteView part =
                viewOf(std::string_view(buffer.data(), static_cast<std::size_t>(in.gcount())));
            if (bytes.size() + part.size() > m_question.cap) return tooLarge;
            bytes.insert(bytes.end(), part.begin(), part.end());
        }
        // Poco takes a connection that broke off for the end of the body.
        if (isDeclared && static_cast<Poco::Int64>(bytes.size()) != response.getContentLength64())
            return unreachable();
        return {std::move(bytes), false};
    }

    const HttpQuestion& m_question;
    FetchLimits m_limits;
    Poco::URI m_uri;
    SteadyTime m_end;
};

}  // namespace

Result<Bytes> exchange(const HttpQuestion& question, const FetchLimits& limits) {
    TM_TRY(const Poco::URI uri, parseUrl(question.url));
    if (question.user && uri.getScheme() != "https" && !isThisMachine(uri.getHost())) {
        return badUrl(question.url, "would send a password in the clear");
    }
    if (uri.getScheme() == "https") Poco::Net::initializeSSL();
    return Exchange(question, limits, uri).run();
}

}  // namespace tickmark::outbound
