#include "http/ApiFixture.h"

#include <filesystem>
#include <map>
#include <stdexcept>

#include "tickmark/app/Accounts.h"
#include "tickmark/app/Initialise.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::test {
namespace {

template <class T>
T need(Result<T> result) {
    if (!result) throw std::runtime_error(describe(result.error()));
    return *std::move(result);
}

void createAccounts(app::Context& context) {
    const domain::Actor admin = need(app::actorForCommand(context, "admin"));
    using domain::Role;
    const std::pair<const char*, Role> people[] = {
        {"lea", Role::LeadAuditor},   {"lou", Role::LeadAuditor},           {"aud", Role::Auditor},
        {"pia", Role::ProcessOwner},  {"otto", Role::ActionOwner},          {"ida", Role::ImprovementManager},
        {"tom", Role::TopManagement}, {"xavi", Role::CertificationAuditor},
    };
    for (const auto& [account, role] : people) {
        app::NewAccount input;
        input.account = account;
        input.name = std::string("Person ") + account;
        input.role = role;
        input.password = Secret(Site::passwordOf(account));
        need(app::createAccount(context, admin, std::move(input)));
    }
    need(app::setPassword(context, admin, "admin", Secret(), Secret(Site::passwordOf("admin"))));
}

/// A data directory with the accounts, made once for each day that a clock shows: keys and passwords take
/// long.
const std::filesystem::path& furnished(const std::shared_ptr<const Clock>& clock) {
    struct Model {
        tickmark::test::TemporaryFolder folder{};
        std::filesystem::path root{};
    };
    static std::map<std::int32_t, Model> models;
    const auto [at, isNew] = models.try_emplace(Date::of(clock->now()).days);
    Model& model = at->second;
    if (!isNew) return model.root;
    app::InitialiseInput input;
    input.root = model.folder.path() / "data";
    input.organisation = "Test organisation";
    need(app::initialise(input, *clock));
    createAccounts(*need(app::openContext(input.root, app::OpenMode::ReadWrite, clock)));
    model.root = input.root;
    return model.root;
}

}  // namespace

std::string Reply::header(std::string_view name) const {
    const std::string wanted = "\r\n" + lower(name) + ": ";
    const std::size_t at = lower(head).find(wanted);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + wanted.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

std::string Reply::problem() const {
    const std::string type = text("type");
    return type.starts_with("/problems/") ? type.substr(10) : type;
}

Reply must(int status, Reply reply) {
    if (reply.status == status) return reply;
    throw std::runtime_error("wanted " + std::to_string(status) + ", got " + reply.head + reply.body);
}

Reply Client::send(const Ask& ask) const {
    std::string text = ask.method + " " + ask.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    if (!cookie.empty()) text += "Cookie: tickmark=" + cookie + "\r\n";
    if (!csrf.empty() && ask.method != "GET") text += "X-CSRF-Token: " + csrf + "\r\n";
    if (!token.empty()) text += "Authorization: Bearer " + token + "\r\n";
    if (!ask.match.empty()) text += "If-Match: " + ask.match + "\r\n";
    if (ask.method != "GET" && ask.method != "DELETE") {
        text +=
            "Content-Type: " + ask.type + "\r\nContent-Length: " + std::to_string(ask.body.size()) + "\r\n";
    }
    text += ask.headers + "\r\n";
    RawClient raw(port);
    raw.send(text);
    if (!ask.body.empty()) raw.send(ask.body);
    Answer answer = raw.read(ask.method == "HEAD");
    Reply reply{answer.status, std::move(answer.head), std::move(answer.body), {}};
    if (ask.method != "HEAD" && reply.header("Content-Type").find("json") != std::string::npos) {
        auto json = codec::parseJson(reply.body);
        if (!json) throw std::runtime_error("an answer is no JSON: " + reply.body);
        reply.json = *std::move(json);
    }
    return reply;
}

Site::Site(std::shared_ptr<const Clock> clock, std::uint64_t uploadCap) {
    const std::filesystem::path root = folder.path() / "data";
    std::filesystem::copy(furnished(clock), root, std::filesystem::copy_options::recursive);
    context = need(app::openContext(root, app::OpenMode::ReadWrite, clock));
    if (uploadCap > 0) context->settings.uploadCap = uploadCap;
    web.context = context.get();
    ServerOptions options;
    options.port = 0;
    options.threads = 16;
    server = need(startWebServer(web, std::move(options)));
}

Site::~Site() { server->stop(); }

std::string Site::passwordOf(const std::string& account) { return "correct-horse-" + account + "-2026"; }

const Client& Site::as(const std::string& account) {
    if (const auto known = m_clients.find(account); known != m_clients.end()) return known->second;
    const Reply reply =
        must(200, nobody().post("/api/v1/session", R"({"account":")" + account + R"(","password":")" +
                                                       passwordOf(account) + R"("})"));
    Client client{server->port(), {}, reply.text("csrf_token"), {}};
    const std::string line = reply.header("Set-Cookie");
    client.cookie = line.substr(9, line.find(';') - 9);
    return m_clients.emplace(account, std::move(client)).first->second;
}

std::string Site::newAudit() {
    const Client& lea = as("lea");
    const Reply made =
        must(201, lea.post("/api/v1/audits", R"({"title":"Service desk audit","auditee":"Service desk",
        "catalog":"iso20000-1","team":[{"account":"lea","lead":true},{"account":"aud"}]})"));
    const std::string at = "/api/v1/audits/" + made.text("ref");
    must(200, lea.post(at + "/events", R"({"event":"start-fieldwork"})", made.tag()));
    return made.text("ref");
}

std::string Site::newImprovement(const std::string& finding) {
    const std::string at = "/api/v1/findings/" + finding;
    const Client& ida = as("ida");
    return must(201, ida.post(at + "/improvement", "{}", ida.get(at).tag())).text("ref");
}

std::string Site::newEvidence(const std::string& audit, const std::string& bytes) {
    return must(201, as("lea").upload("audit=" + audit + "&file_name=log.csv&title=Incident%20log", bytes))
        .text("ref");
}

std::string Site::newFinding(const std::string& audit) {
    const std::string evidence = newEvidence(audit, "bytes of " + audit);
    return must(201, as("lea").post("/api/v1/findings",
                                    R"({"audit":")" + audit +
                                        R"(","title":"Incidents are closed without confirmation",
        "clauses":["8.6.1"],"requirement":"Incidents shall be confirmed.","objective_evidence":"3 of 20 were not.",
        "nature":"The tool closes them.","owner":"pia","close_due":"2030-01-31","evidence":[")" +
                                        evidence + R"(/v1"]})"))
        .text("ref");
}

std::string Site::newIssuedFinding(const std::string& audit) {
    const std::string ref = newFinding(audit);
    must(200, as("lea").post("/api/v1/findings/" + ref + "/events", R"({"event":"issue"})", "\"1\""));
    return ref;
}

std::string Site::newAction(const std::string& finding) {
    return must(201, as("pia").post("/api/v1/actions",
                                    R"({"finding":")" + finding +
                                        R"(","kind":"corrective","title":"Ask the caller before closing",
        "owner":"otto","due":"2030-01-10"})"))
        .text("ref");
}

std::string Site::newRequest(const std::string& audit) {
    return must(201, as("lea").post("/api/v1/requests", R"({"audit":")" + audit +
                                                            R"(","text":"The incident log of October",
        "items":["CSV export"],"assignee":"pia","due":"2030-01-05"})"))
        .text("ref");
}

}  // namespace tickmark::http::test
