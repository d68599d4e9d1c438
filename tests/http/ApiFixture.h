// A served data directory with people of every role and a small audit, and a client that signs in.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "archive/TemporaryFolder.h"
#include "http/ServerFixture.h"
#include "tickmark/codec/Json.h"
#include "tickmark/http/WebApp.h"

namespace tickmark::http::test {

/// An answer with its body read as JSON when it is JSON.
struct Reply {
    int status = 0;
    std::string head{};
    std::string body{};
    codec::Json json{};
    [[nodiscard]] std::string header(std::string_view name) const;
    [[nodiscard]] std::string text(std::string_view name) const { return std::string(json.textAt(name)); }
    /// The slug of the problem's type.
    [[nodiscard]] std::string problem() const;
    /// The revision in ETag.
    [[nodiscard]] std::string tag() const { return header("ETag"); }
};

/// One request, spelled out.
struct Ask {
    std::string method = "GET";
    std::string target{};
    std::string body{};
    std::string type = "application/json";
    std::string headers{};  ///< further lines, each ending with CR LF
    std::string match{};    ///< If-Match, e.g. "\"3\""
};

/// Somebody with a browser, a program with a token, or nobody.
struct Client {
    std::uint16_t port = 0;
    std::string cookie{};
    std::string csrf{};
    std::string token{};
    [[nodiscard]] Reply send(const Ask& ask) const;
    [[nodiscard]] Reply get(const std::string& target) const { return send({"GET", target}); }
    [[nodiscard]] Reply post(const std::string& target, const std::string& body,
                             const std::string& match = {}) const {
        return send({"POST", target, body, "application/json", {}, match});
    }
    [[nodiscard]] Reply put(const std::string& target, const std::string& body,
                            const std::string& match = {}) const {
        return send({"PUT", target, body, "application/json", {}, match});
    }
    /// Hands over a file by one raw body.
    [[nodiscard]] Reply upload(const std::string& query, const std::string& bytes,
                               const std::string& headers = {}) const {
        return send({"POST", "/api/v1/evidence?" + query, bytes, "application/octet-stream", headers});
    }
};

/// A data directory of its own, served. Accounts: lea and lou (LA; lou is on no team), aud (AU), pia (PO),
/// otto (AO), ida (IM), tom (TM), xavi (XA), admin (AD); every password is passwordOf(account).
class Site {
  public:
    explicit Site(std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>(),
                  std::uint64_t uploadCap = 0);
    ~Site();

    [[nodiscard]] static std::string passwordOf(const std::string& account);
    /// Signed in over HTTP, once per account.
    [[nodiscard]] const Client& as(const std::string& account);
    [[nodiscard]] Client nobody() const { return Client{server->port(), {}, {}, {}}; }

    // ---- things, made as a client would make them; each throws when the answer is not what it should be
    [[nodiscard]] std::string newAudit();
    /// A draft with a clause, three parts and one evidence version, owned by pia.
    [[nodiscard]] std::string newFinding(const std::string& audit);
    [[nodiscard]] std::string newIssuedFinding(const std::string& audit);
    [[nodiscard]] std::string newAction(const std::string& finding);
    [[nodiscard]] std::string newRequest(const std::string& audit);
    /// An improvement item that answers the finding, made by ida.
    [[nodiscard]] std::string newImprovement(const std::string& finding);
    /// Reference of the evidence; its first version.
    [[nodiscard]] std::string newEvidence(const std::string& audit, const std::string& bytes);

    tickmark::test::TemporaryFolder folder{};
    std::unique_ptr<app::Context> context{};
    WebApp web{};
    std::unique_ptr<Server> server{};

  private:
    std::map<std::string, Client> m_clients{};
};

/// Throws with the answer's text unless it has that status.
Reply must(int status, Reply reply);

}  // namespace tickmark::http::test
