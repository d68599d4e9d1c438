// `tickmark check` and the heads that witnesses cosigned.
#include <boost/test/unit_test.hpp>
#include <set>

#include "app/House.h"
#include "storage/RawDatabase.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/app/Witnesses.h"
#include "tickmark/crypto/Ed25519.h"
#include "tickmark/ledger/Cosignature.h"
#include "tickmark/ledger/Witness.h"

using namespace tickmark;
using test::House;
using test::must;

namespace {

/// A house whose log was cosigned once, with what a forger behind the database may do.
class Watched : public House {
  public:
    Watched() {
        issued();
        const auto verifier =
            ledger::VerifierKey::of("witness.example", m_key.publicKey(), ledger::KeyUse::Cosignature);
        must(app::addWitness(context(), as("ad-01"), "witness.example", verifier.text()));
        cosign();
        issued();
    }

    void cosign() {
        const auto asked = must(app::witnessRequest(context(), as("ad-01"), "witness.example", {}));
        const auto request = must(ledger::WitnessRequest::parse(asked.text));
        m_note = request.checkpoint;
        const std::string line =
            must(ledger::cosign(m_note, "witness.example", m_key, Timestamp{1'700'000'000'000'000}));
        must(app::takeCosignatures(context(), as("ad-01"), line));
    }

    void execute(const std::string& sql) {
        storage::sample::RawDatabase(root() / "tickmark.db").execute(sql);
    }

    /// The stored head replaced by another, signed by the log and by the witness.
    void replaceHead(const ledger::Checkpoint& head, const crypto::Ed25519Key& logKey) {
        const std::string note = ledger::signCheckpoint(head, logKey);
        const std::string line =
            must(ledger::cosign(note, "witness.example", m_key, Timestamp{1'700'000'000'000'000}));
        execute("UPDATE cosigned SET note = '" + must(ledger::withSignatureLine(note, line)) +
                "', size = " + std::to_string(head.size));
    }

    [[nodiscard]] std::set<std::string> codes() const {
        std::set<std::string> found;
        for (const auto& problem : must(app::check(context(), false)).problems) found.insert(problem.code);
        return found;
    }
    [[nodiscard]] const std::string& note() const { return m_note; }

  private:
    crypto::Ed25519Key m_key = crypto::Ed25519Key::generate();
    std::string m_note{};
};

using Codes = std::set<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(check_cosigned, Watched)

BOOST_AUTO_TEST_CASE(a_head_that_a_witness_cosigned_is_found_sound) { BOOST_CHECK(codes() == Codes{}); }

BOOST_AUTO_TEST_CASE(it_stays_sound_when_the_witness_is_removed) {
    must(app::removeWitness(context(), as("ad-01"), "witness.example"));
    BOOST_CHECK(codes() == Codes{});
}

BOOST_AUTO_TEST_CASE(a_changed_time_of_the_cosignature_is_found) {
    execute("UPDATE cosigned SET at = at + 1000000");
    BOOST_CHECK(codes() == Codes{"cosigned-signature"});
}

BOOST_AUTO_TEST_CASE(a_head_without_the_witnesss_line_is_found) {
    execute("UPDATE cosigned SET note = '" + note() + "'");
    BOOST_CHECK(codes() == Codes{"cosigned-signature"});
}

BOOST_AUTO_TEST_CASE(a_key_that_is_not_the_witnesss_is_found) {
    const auto other = ledger::VerifierKey::of("witness.example", crypto::Ed25519Key::generate().publicKey(),
                                               ledger::KeyUse::Cosignature);
    execute("UPDATE witness SET verifier_key = '" + other.text() + "'");
    BOOST_CHECK(codes() == Codes{"cosigned-signature"});
    execute("UPDATE witness SET verifier_key = 'none'");
    BOOST_CHECK(codes() == Codes{"cosigned-key"});
}

BOOST_AUTO_TEST_CASE(another_size_than_the_signed_one_is_found) {
    execute("UPDATE cosigned SET size = size - 1");
    BOOST_CHECK((codes() == Codes{"cosigned-note", "cosigned-missing"}));
}

BOOST_AUTO_TEST_CASE(a_head_that_another_log_signed_is_found) {
    ledger::Checkpoint head = must(ledger::readCheckpoint(note()));
    replaceHead(head, crypto::Ed25519Key::generate());
    BOOST_CHECK(codes() == Codes{"cosigned-note"});
}

BOOST_AUTO_TEST_CASE(a_past_that_differs_from_what_the_witness_saw_is_found) {
    ledger::Checkpoint head = must(ledger::readCheckpoint(note()));
    std::string hex = head.root.hex();
    hex.front() = hex.front() == '0' ? '1' : '0';
    head.root = must(Digest::parse(hex));
    replaceHead(head, context().keys->ledger);
    BOOST_CHECK(codes() == Codes{"cosigned-root"});
    head.size = static_cast<std::uint64_t>(entries()) + 5;
    replaceHead(head, context().keys->ledger);
    BOOST_CHECK((codes() == Codes{"cosigned-root", "cosigned-missing"}));
}

BOOST_AUTO_TEST_CASE(a_cosignature_that_is_gone_is_missed) {
    cosign();
    execute("DELETE FROM cosigned WHERE size = (SELECT max(size) FROM cosigned)");
    BOOST_CHECK(codes() == Codes{"cosigned-missing"});
    execute("DELETE FROM cosigned");
    BOOST_CHECK(codes() == Codes{"cosigned-missing"});
}

BOOST_AUTO_TEST_SUITE_END()
