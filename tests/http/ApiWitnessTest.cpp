// Witnesses over the API: added, asked, their answers taken in, removed.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"
#include "tickmark/crypto/Ed25519.h"
#include "tickmark/ledger/Cosignature.h"
#include "tickmark/ledger/Witness.h"

namespace tickmark::http::test {
namespace {

constexpr const char* all = "/api/v1/ledger/witnesses";

/// Somebody outside with a key of its own.
struct Outsider {
    std::string name = "watch.example/w1";
    std::string path = "watch.example%2Fw1";
    crypto::Ed25519Key key = crypto::Ed25519Key::generate();

    [[nodiscard]] std::string added() const {
        const auto verifier = ledger::VerifierKey::of(name, key.publicKey(), ledger::KeyUse::Cosignature);
        return codec::canonicalJson(codec::Json::object().set("name", name).set("key", verifier.text()));
    }
    [[nodiscard]] std::string answer(const std::string& request) const {
        const auto read = ledger::WitnessRequest::parse(request);
        const auto line = ledger::cosign(read->checkpoint, name, key, Timestamp{1'700'000'000'000'000});
        return codec::canonicalJson(codec::Json::object().set("answer", *line));
    }
};

constexpr const char* requests = "/api/v1/ledger/requests";

std::string ask(const std::string& more = {}) {
    return R"({"witness":"watch.example/w1")" + (more.empty() ? "" : "," + more) + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_witnesses)

BOOST_AUTO_TEST_CASE(a_witness_is_added_asked_believed_and_removed) {
    Site site;
    static_cast<void>(site.newAudit());
    const Outsider outsider;
    const Client& admin = site.as("admin");
    BOOST_TEST(must(201, admin.post(all, outsider.added())).text("name") == outsider.name);
    BOOST_TEST(must(409, admin.post(all, outsider.added())).problem() == "duplicate");
    const Reply asked = must(200, admin.post(requests, ask()));
    BOOST_TEST(asked.json.integerAt("old") == 0);
    const Reply taken =
        must(200, admin.post("/api/v1/ledger/cosignatures", outsider.answer(asked.text("request"))));
    BOOST_TEST(taken.json.find("items")->items()->front().textAt("witness") == outsider.name);
    const Reply listed = must(200, site.nobody().get(all));
    const codec::Json& row = listed.json.find("items")->items()->front();
    BOOST_TEST(row.integerAt("size") == asked.json.integerAt("size"));
    BOOST_TEST(row.textAt("cosigned_at").substr(0, 10) == "2023-11-14");
    // The next request begins where this one ended, unless the caller knows better.
    BOOST_TEST(must(200, admin.post(requests, ask())).json.integerAt("old") == asked.json.integerAt("size"));
    BOOST_TEST(must(200, admin.post(requests, ask(R"("since":1)"))).json.integerAt("old") == 1);
    must(204, admin.send({"DELETE", std::string(all) + "?name=" + outsider.path}));
    BOOST_TEST(must(200, site.nobody().get(all)).json.find("items")->items()->empty());
}

BOOST_AUTO_TEST_CASE(what_does_not_fit_is_refused_by_name) {
    Site site;
    static_cast<void>(site.newAudit());
    const Outsider outsider;
    const Outsider stranger;
    const Client& admin = site.as("admin");
    BOOST_TEST(must(400, admin.post(all, R"({"name":"w","key":"no key"})")).problem() == "verifier-key");
    std::string other = outsider.added();
    other.replace(other.find("\"name\":\"watch"), 13, "\"name\":\"witch");
    BOOST_TEST(must(400, admin.post(all, other)).problem() == "witness-name");
    must(201, admin.post(all, outsider.added()));
    BOOST_TEST(must(400, admin.post(requests, ask(R"("since":-1)"))).problem() == "body");
    BOOST_TEST(must(400, admin.post(requests, ask(R"("since":99999)"))).problem() == "size");
    BOOST_TEST(must(400, admin.post(requests, ask(R"("until":1)"))).status == 400);
    const Reply asked = must(200, admin.post(requests, ask()));
    const Reply refused = admin.post("/api/v1/ledger/cosignatures", stranger.answer(asked.text("request")));
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(refused.problem() == "unknown-witness");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
