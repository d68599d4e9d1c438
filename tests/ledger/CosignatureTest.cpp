#include "tickmark/ledger/Cosignature.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "ledger/LogStory.h"
#include "ledger/SignedNote.h"
#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::ledger;
using test::LogStory;
using test::must;
using test::refusedAs;

namespace {

const std::string witnessName = "witness.example/audits";
const Timestamp noon = Timestamp::fromSeconds(1'764'000'000);

struct Witnessed {
    LogStory log{};
    crypto::Ed25519Key key = crypto::Ed25519Key::generate();
    std::string note{};
    std::string line{};

    Witnessed() {
        note = log.growTo(7).note(7);
        line = must(cosign(note, witnessName, key, noon));
    }
    [[nodiscard]] VerifierKey verifier(const std::string& name = witnessName) const {
        return VerifierKey::of(name, key.publicKey(), KeyUse::Cosignature);
    }
};

/// A line by the witness's key over a time that `cosign` itself would not take.
std::string lineAt(const Witnessed& made, std::uint64_t seconds) {
    const std::string body = made.note.substr(0, made.note.find("\n\n") + 1);
    const std::string message = "cosignature/v1\ntime " + std::to_string(seconds) + '\n' + body;
    const auto signature = made.key.sign(viewOf(message));
    Bytes bytes;
    for (unsigned shift = 64; shift > 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>((seconds >> (shift - 8U)) & 0xFFU));
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return signatureLine({witnessName, made.verifier().keyId, std::move(bytes)});
}

std::string decodedPart(const std::string& line) {
    const auto bytes = must(
        fromBase64(std::string_view(line).substr(line.rfind(' ') + 1, line.size() - line.rfind(' ') - 2)));
    return std::string(textOf(bytes));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cosignature)

BOOST_AUTO_TEST_CASE(a_cosignature_is_found_below_the_note_and_tells_its_time) {
    const Witnessed made;
    const std::string note = must(withSignatureLine(made.note, made.line));
    const CosignatureFact fact = must(findCosignature(note, made.verifier()));
    BOOST_TEST(fact.witness == witnessName);
    BOOST_CHECK(fact.at == noon);
    BOOST_TEST(must(openCheckpoint(note, made.log.key())).size == 7U);
}

BOOST_AUTO_TEST_CASE(the_signature_holds_key_id_time_and_ed25519_over_the_stated_message) {
    const Witnessed made;
    const std::string raw = decodedPart(made.line);
    BOOST_REQUIRE(raw.size() == 4U + 8U + 64U);
    std::uint64_t seconds = 0;
    for (std::size_t i = 4; i < 12; ++i) seconds = (seconds << 8U) | static_cast<std::uint8_t>(raw[i]);
    BOOST_TEST(seconds == 1'764'000'000U);
    const std::string body = made.note.substr(0, made.note.find("\n\n") + 1);
    const std::string message = "cosignature/v1\ntime 1764000000\n" + body;
    BOOST_TEST(crypto::ed25519Verifies(made.key.publicKey(), viewOf(message),
                                       viewOf(std::string_view(raw).substr(12))));
}

BOOST_AUTO_TEST_CASE(a_note_without_this_witness_has_no_cosignature) {
    const Witnessed made;
    BOOST_TEST(refusedAs(findCosignature(made.note, made.verifier()), ErrorKind::NotFound, "cosignature"));
    const std::string note = must(withSignatureLine(made.note, made.line));
    const Witnessed other;
    BOOST_TEST(refusedAs(findCosignature(note, other.verifier()), ErrorKind::NotFound, "cosignature"));
    BOOST_TEST(
        refusedAs(findCosignature(note, made.verifier("another.name")), ErrorKind::NotFound, "cosignature"));
}

BOOST_AUTO_TEST_CASE(a_cosignature_of_another_head_does_not_fit) {
    Witnessed made;
    const std::string other = made.log.growTo(8).note(8);
    const std::string note = must(withSignatureLine(other, made.line));
    BOOST_TEST(refusedAs(findCosignature(note, made.verifier()), ErrorKind::Damaged, "cosignature"));
}

BOOST_AUTO_TEST_CASE(every_changed_bit_of_time_or_signature_is_noticed) {
    const Witnessed made;
    const std::string raw = decodedPart(made.line);
    const std::string front = made.line.substr(0, made.line.rfind(' ') + 1);
    for (std::size_t bit = 32; bit < raw.size() * 8; ++bit) {
        std::string changed = raw;
        changed[bit / 8] = static_cast<char>(static_cast<std::uint8_t>(changed[bit / 8]) ^ (1U << (bit % 8)));
        const std::string line = front + toBase64(viewOf(changed)) + '\n';
        const auto found = findCosignature(must(withSignatureLine(made.note, line)), made.verifier());
        BOOST_TEST(refusedAs(found, ErrorKind::Damaged, "cosignature"));
    }
}

BOOST_AUTO_TEST_CASE(one_bad_line_by_the_witness_spoils_the_good_one) {
    const Witnessed made;
    const std::string later = must(cosign(made.note, witnessName, made.key, noon.plusSeconds(9)));
    std::string note = must(withSignatureLine(must(withSignatureLine(made.note, made.line)), later));
    BOOST_CHECK(must(findCosignature(note, made.verifier())).at == noon.plusSeconds(9));
    Witnessed other;
    const std::string unfit =
        must(cosign(other.log.growTo(9).note(9), witnessName, made.key, noon.plusSeconds(20)));
    note = must(withSignatureLine(note, unfit));
    BOOST_TEST(refusedAs(findCosignature(note, made.verifier()), ErrorKind::Damaged, "cosignature"));
}

BOOST_AUTO_TEST_CASE(of_two_cosignatures_the_newest_counts_in_either_order) {
    const Witnessed made;
    const std::string later = must(cosign(made.note, witnessName, made.key, noon.plusSeconds(9)));
    const auto timeBelow = [&made](const std::string& upper, const std::string& lower) {
        const std::string note = must(withSignatureLine(must(withSignatureLine(made.note, upper)), lower));
        return must(findCosignature(note, made.verifier())).at;
    };
    BOOST_CHECK(timeBelow(made.line, later) == noon.plusSeconds(9));
    BOOST_CHECK(timeBelow(later, made.line) == noon.plusSeconds(9));
}

BOOST_AUTO_TEST_CASE(the_time_of_a_cosignature_lies_after_1970_and_has_four_digits_of_the_year) {
    const Witnessed made;
    constexpr std::uint64_t lastSecond = 253'402'300'799;
    for (const std::uint64_t good : {std::uint64_t{1}, lastSecond}) {
        const std::string note = must(withSignatureLine(made.note, lineAt(made, good)));
        BOOST_CHECK(must(findCosignature(note, made.verifier())).at ==
                    Timestamp::fromSeconds(static_cast<std::int64_t>(good)));
    }
    for (const std::uint64_t bad : {std::uint64_t{0}, lastSecond + 1, UINT64_MAX}) {
        const std::string note = must(withSignatureLine(made.note, lineAt(made, bad)));
        BOOST_TEST(refusedAs(findCosignature(note, made.verifier()), ErrorKind::Damaged, "cosignature"));
    }
    BOOST_TEST(must(cosign(made.note, witnessName, made.key, Timestamp::fromSeconds(1))) == lineAt(made, 1));
}

BOOST_AUTO_TEST_CASE(a_witness_key_is_no_log_key_and_the_reverse) {
    const Witnessed made;
    const std::string text = made.verifier().text();
    BOOST_TEST(must(VerifierKey::parse(text, KeyUse::Cosignature)).text() == text);
    BOOST_TEST(refusedAs(VerifierKey::parse(text), ErrorKind::Invalid, "verifier-key"));
    BOOST_TEST(refusedAs(VerifierKey::parse(made.log.key().text(), KeyUse::Cosignature), ErrorKind::Invalid,
                         "verifier-key"));
    BOOST_TEST(VerifierKey::of(witnessName, made.key.publicKey()).keyId != made.verifier().keyId);
}

BOOST_AUTO_TEST_CASE(a_logs_own_signature_under_the_witness_name_is_no_cosignature) {
    const Witnessed made;
    const std::string note = signCheckpoint({witnessName, 1, leafHash("x")}, made.key);
    BOOST_TEST(refusedAs(findCosignature(note, made.verifier()), ErrorKind::NotFound, "cosignature"));
}

BOOST_AUTO_TEST_CASE(what_is_no_checkpoint_is_not_cosigned) {
    const Witnessed made;
    BOOST_TEST(refusedAs(cosign("a text\n", witnessName, made.key, noon), ErrorKind::Invalid, "checkpoint"));
    std::string signedText = made.note;
    signedText.replace(signedText.find("\n7\n"), 3, "\nseven\n");
    BOOST_TEST(refusedAs(cosign(signedText, witnessName, made.key, noon), ErrorKind::Invalid, "checkpoint"));
    BOOST_CHECK_THROW((void)cosign(made.note, "white space", made.key, noon), std::logic_error);
    BOOST_CHECK_THROW((void)cosign(made.note, witnessName, made.key, Timestamp{}), std::logic_error);
}

BOOST_AUTO_TEST_CASE(an_answer_is_taken_as_lines_or_as_a_whole_note) {
    const Witnessed made;
    BOOST_TEST(must(signatureLines(made.line)) == std::vector<std::string>{made.line},
               boost::test_tools::per_element());
    const std::string note = must(withSignatureLine(made.note, made.line));
    const auto lines = must(signatureLines(note));
    BOOST_REQUIRE(lines.size() == 2U);
    BOOST_TEST(lines[1] == made.line);
    BOOST_TEST(must(withSignatureLine(note, made.line)) == note);
    for (const std::string& bad : {std::string(), std::string("no line\n"),
                                   made.line.substr(0, made.line.size() - 1), made.line + "x\n"})
        BOOST_TEST(refusedAs(signatureLines(bad), ErrorKind::Invalid, "cosignature"));
}

BOOST_AUTO_TEST_CASE(only_one_signature_line_can_be_added_at_a_time) {
    const Witnessed made;
    for (const std::string& bad : {made.line + made.line, std::string("text\n\n") + made.line,
                                   std::string("\n") + made.line, std::string("x")})
        BOOST_TEST(!withSignatureLine(made.note, bad).ok());
}

BOOST_AUTO_TEST_SUITE_END()
