#include "http/ServerFixture.h"

#include <Poco/Exception.h>
#include <Poco/Timespan.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <thread>

#include "tickmark/http/server/Form.h"
#include "tickmark/http/server/Problem.h"

namespace tickmark::http::test {
namespace {

/// Yields `length` bytes of a pattern; ends `missing` bytes early.
class PatternSource final : public ByteSource {
  public:
    explicit PatternSource(std::uint64_t length) : m_left(length) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), m_left));
        for (std::size_t i = 0; i < count; ++i) buffer[i] = static_cast<std::uint8_t>((m_at + i) % 251U);
        m_at += count;
        m_left -= count;
        return count;
    }

  private:
    std::uint64_t m_at = 0;
    std::uint64_t m_left = 0;
};

std::uint64_t numberOf(std::string_view text) {
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

Response echo(Request& request, const PathParameters& /*parameters*/) {
    auto body = request.bodyText();
    return body ? textResponse(*std::move(body)) : problem(body.error(), request.id);
}

Response describeRequest(Request& request, const PathParameters& parameters) {
    std::string text = request.method + " " + request.path;
    for (const NameValue& pair : request.query) text += " q:" + pair.name + "=" + pair.value;
    for (const NameValue& pair : parameters.all()) text += " p:" + pair.name + "=" + pair.value;
    text += " cookie:" + std::string(request.cookie("sid").value_or("none"));
    text += request.secure ? " secure" : " plain";
    return textResponse(text + " from " + request.remoteAddress);
}

Response readForm(Request& request, const PathParameters& /*parameters*/) {
    auto form = MultipartForm::open(request);
    if (!form) return problem(form.error(), request.id);
    std::string text;
    for (;;) {
        const auto more = (*form)->next();
        if (!more) return problem(more.error(), request.id);
        if (!*more) return textResponse(text + "end");
        const std::string label =
            (*form)->name() + ((*form)->isFile() ? "(" + (*form)->fileName() + ")" : "");
        MemorySink sink;
        const auto count = copyAll((*form)->content(), sink);
        if (!count) return problem(count.error(), request.id);
        text += label + "=" + std::string(textOf(sink.bytes())) + ";";
    }
}

void addRoute(Router& router, std::string method, std::string pattern, Handler handler,
              std::uint64_t cap = 1U << 20U) {
    Route route;
    route.name = method + pattern;
    route.method = std::move(method);
    route.pattern = std::move(pattern);
    route.handler = std::move(handler);
    route.bodyCap = cap;
    if (const auto added = router.add(std::move(route)); !added)
        throw std::logic_error(added.error().message);
}

Response storeBody(TestServer& self, Request& request) {
    MemorySink sink;
    const auto count = copyAll(request.body(), sink);
    const std::scoped_lock lock(self.mutex);
    self.lastError = count ? "" : count.error().type;
    return count ? textResponse(std::to_string(*count)) : problem(count.error(), request.id);
}

Router testRouter(TestServer& self) {
    Router router;
    addRoute(router, "GET", "/hello", [](Request&, const PathParameters&) { return textResponse("hello"); });
    addRoute(router, "GET", "/things/{id}", describeRequest);
    addRoute(router, "GET", "/files/{rest...}", describeRequest);
    addRoute(router, "POST", "/echo", echo);
    addRoute(
        router, "POST", "/store",
        [&self](Request& request, const PathParameters&) { return storeBody(self, request); }, 1U << 30U);
    addRoute(router, "POST", "/form", readForm);
    addRoute(
        router, "POST", "/denied",
        [](Request& request, const PathParameters&) {
            return problem({ErrorKind::Unauthenticated, "sign-in", "Sign in first."}, request.id);
        },
        1U << 30U);
    addRoute(router, "GET", "/secret", [&self](Request&, const PathParameters&) {
        ++self.secretCalls;
        return textResponse("secret");
    });
    addRoute(router, "GET", "/large/{size}", [](Request&, const PathParameters& parameters) {
        const std::uint64_t size = numberOf(parameters.at("size"));
        return streamResponse(std::make_unique<PatternSource>(size), size, "application/octet-stream");
    });
    addRoute(router, "GET", "/big",
             [](Request&, const PathParameters&) { return textResponse(std::string(8U << 20U, 'b')); });
    addRoute(router, "GET", "/short", [](Request&, const PathParameters&) {
        return streamResponse(std::make_unique<PatternSource>(10), 1000, "application/octet-stream");
    });
    addRoute(router, "GET", "/throws", [](Request&, const PathParameters&) -> Response {
        throw std::runtime_error("inner secret text");
    });
    addRoute(router, "GET", "/splits", [](Request&, const PathParameters&) {
        return textResponse("x").add("X-Bad", "a\r\nSet-Cookie: b=c");
    });
    addRoute(router, "GET", "/empty", [](Request&, const PathParameters&) { return noContent(); });
    addRoute(router, "GET", "/same", [](Request&, const PathParameters&) {
        Response response = textResponse("never sent", 304);
        response.add("ETag", "\"1\"");
        return response;
    });
    addRoute(router, "GET", "/slow", [](Request&, const PathParameters&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        return textResponse("late");
    });
    return router;
}

}  // namespace

RawClient::RawClient(std::uint16_t port) : m_socket(Poco::Net::SocketAddress("127.0.0.1", port)) {
    m_socket.setReceiveTimeout(Poco::Timespan(15, 0));
}

void RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const int count = m_socket.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

bool RawClient::fill() {
    std::array<char, 65536> chunk{};
    try {
        const int count = m_socket.receiveBytes(chunk.data(), static_cast<int>(chunk.size()));
        if (count <= 0) return false;
        m_buffer.append(chunk.data(), static_cast<std::size_t>(count));
        return true;
    } catch (const Poco::Exception&) {
        return false;
    }
}

Answer RawClient::read(bool headOnly) {
    Answer answer;
    std::size_t end = std::string::npos;
    while ((end = m_buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!fill()) return answer;
    }
    answer.head = m_buffer.substr(0, end + 4);
    m_buffer.erase(0, end + 4);
    answer.status = static_cast<int>(numberOf(std::string_view(answer.head).substr(9, 3)));
    const std::size_t at = answer.head.find("Content-Length: ");
    if (headOnly || at == std::string::npos) return answer;
    const std::uint64_t length = numberOf(std::string_view(answer.head).substr(at + 16, 12));
    while (m_buffer.size() < length && fill()) {
    }
    answer.body = m_buffer.substr(0, length);
    m_buffer.erase(0, answer.body.size());
    return answer;
}

bool RawClient::ends() {
    if (!m_buffer.empty()) return false;
    std::array<char, 1> one{};
    try {
        return m_socket.receiveBytes(one.data(), 1) == 0;
    } catch (const Poco::TimeoutException&) {
        return false;
    } catch (const Poco::Exception&) {
        return true;
    }
}

TestServer::TestServer(ServerOptions options) {
    options.port = 0;
    options.hooks.after = [this](Request&, Response& response) {
        ++afterCalls;
        response.set("X-After", "yes");
    };
    options.hooks.log = [this](std::string_view, std::string_view text) {
        const std::scoped_lock lock(mutex);
        logged.emplace_back(text);
    };
    auto started = Server::start(std::move(options), testRouter(*this));
    if (!started) throw std::runtime_error(describe(started.error()));
    server = *std::move(started);
}

std::string get(std::string_view path, std::string_view extra) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(extra) + "\r\n";
}

std::string post(std::string_view path, std::string_view body, std::string_view extra) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(extra) + "\r\n" + std::string(body);
}

}  // namespace tickmark::http::test
