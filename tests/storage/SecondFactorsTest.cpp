// Rows of second factors: each step once, recovery codes once, what goes with an account's second factor.
#include "Sample.h"
#include "tickmark/storage/SecondFactors.h"

using namespace tickmark;
using namespace tickmark::storage;
using namespace tickmark::storage::sample;

namespace {

struct Rows {
    Folder folder{};
    std::unique_ptr<Database> database = openIn(folder);
    domain::PartyId party{};

    template <class Deed>
    void write(Deed deed) {
        const auto done = database->write(deed);
        BOOST_REQUIRE_MESSAGE(done.ok(), (done.ok() ? std::string() : describe(done.error())));
    }

    Rows() {
        auto someone = sample::party("anna", domain::Role::LeadAuditor);
        store(*database, someone);
        party = someone.id;
        write([&](WriteSession& session) {
            return saveSecondFactor(session, {party, Secret("SECRET"), {1}, Timestamp{2}, 10});
        });
    }
    [[nodiscard]] bool spend(std::int64_t step) const {
        return need(database->write([&](WriteSession& session) { return spendStep(session, party, step); }));
    }
    [[nodiscard]] bool spend(const Digest& code) const {
        return need(
            database->write([&](WriteSession& session) { return spendRecoveryCode(session, party, code); }));
    }
    [[nodiscard]] std::optional<SecondFactorRow> row() const {
        return need(database->read([&](ReadSession& session) { return secondFactorOf(session, party); }));
    }
};

Digest digest(std::uint8_t byte) {
    std::array<std::uint8_t, Digest::size> bytes{};
    bytes.fill(byte);
    return Digest(bytes);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(storage_second_factors, Rows)

BOOST_AUTO_TEST_CASE(a_step_is_spent_once_and_never_backwards) {
    BOOST_TEST(!spend(10));
    BOOST_TEST(!spend(9));
    BOOST_TEST(spend(11));
    BOOST_TEST(!spend(11));
    BOOST_TEST(row()->lastStep == 11);
}

BOOST_AUTO_TEST_CASE(a_row_comes_back_as_it_was_saved) {
    BOOST_TEST(row()->secret.reveal() == "SECRET");
    BOOST_TEST((row()->begun == Timestamp{1}));
    BOOST_TEST((row()->confirmed == Timestamp{2}));
    write([&](WriteSession& session) {
        return saveSecondFactor(session, {party, Secret("OTHER"), {3}, {}, 0});
    });
    BOOST_TEST(row()->secret.reveal() == "OTHER");
    BOOST_TEST(!row()->confirmed);
}

BOOST_AUTO_TEST_CASE(removing_it_forgets_codes_and_sign_ins_that_wait) {
    write([&](WriteSession& session) { return saveRecoveryCodes(session, party, {digest(1), digest(2)}); });
    write([&](WriteSession& session) { return savePendingSignIn(session, {digest(3), party, {4}}); });
    BOOST_TEST(spend(digest(1)));
    BOOST_TEST(!spend(digest(1)));
    write([&](WriteSession& session) { return removeSecondFactor(session, party, event("test.removed")); });
    BOOST_TEST(!row());
    const auto left = need(database->read([&](ReadSession& session) -> Result<std::int64_t> {
        TM_TRY(const auto pending, findPendingSignIn(session, digest(3)));
        TM_TRY(const std::int64_t codes, countRecoveryCodes(session, party));
        return codes + (pending ? 1 : 0);
    }));
    BOOST_TEST(left == 0);
}

BOOST_AUTO_TEST_SUITE_END()
