#include "tickmark/ledger/Checkpoint.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "ledger/SignedNote.h"
#include "tickmark/ledger/Tree.h"

using namespace tickmark;
using namespace tickmark::ledger;

namespace {

// The example of the signed note's first implementation (golang.org/x/mod/sumdb/note).
const std::string publishedKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string publishedText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
const std::string publishedSignature =
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

const std::string logName = "audit.example/log";

struct Signer {
    crypto::Ed25519Key key = crypto::Ed25519Key::generate();
    [[nodiscard]] VerifierKey verifier(const std::string& name = logName) const {
        return VerifierKey::of(name, key.publicKey());
    }
    /// A note with a text of any form, signed as it is.
    [[nodiscard]] std::string note(const std::string& text, const std::string& name = logName) const {
        const auto bytes = key.sign(viewOf(text));
        return text + '\n' + signatureLine({name, verifier(name).keyId, Bytes(bytes.begin(), bytes.end())});
    }
};

const std::string rootText = toBase64(leafHash("x").bytes());

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    BOOST_REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

void checkForm(const Signer& signer, const std::string& text) {
    const auto result = openCheckpoint(signer.note(text), signer.verifier());
    BOOST_REQUIRE_MESSAGE(!result, "this was accepted: " << text);
    BOOST_TEST(result.error().type == "checkpoint");
    BOOST_CHECK(result.error().kind == ErrorKind::Invalid);
    BOOST_TEST(!readCheckpoint(signer.note(text)).ok());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checkpoint)

BOOST_AUTO_TEST_CASE(the_published_key_is_read_and_written) {
    const auto key = VerifierKey::parse(publishedKey);
    BOOST_REQUIRE(key);
    BOOST_TEST(key->name == "PeterNeumann");
    BOOST_TEST(key->keyId == 0xc74f20a3U);
    BOOST_TEST(key->text() == publishedKey);
}

BOOST_AUTO_TEST_CASE(the_published_note_carries_the_published_signature) {
    const auto key = VerifierKey::parse(publishedKey);
    BOOST_REQUIRE(key);
    const std::string whole = publishedText + "\n" + publishedSignature;
    const auto note = splitNote(whole);
    BOOST_REQUIRE(note);
    BOOST_TEST(note->text == publishedText);
    BOOST_REQUIRE(note->signatures.size() == 1U);
    const NoteSignature& line = note->signatures[0];
    BOOST_TEST(line.name == key->name);
    BOOST_TEST(line.keyId == key->keyId);
    BOOST_TEST(crypto::ed25519Verifies(key->key, viewOf(note->text), line.signature));
    BOOST_TEST(signatureLine(line) == publishedSignature);
    const std::string changed = replaced(publishedText, "answer", "Answer");
    BOOST_TEST(!crypto::ed25519Verifies(key->key, viewOf(changed), line.signature));
}

BOOST_AUTO_TEST_CASE(no_part_and_no_change_of_the_published_key_is_a_key) {
    for (std::size_t from = 0; from <= publishedKey.size(); ++from) {
        for (std::size_t length = 0; from + length <= publishedKey.size(); ++length) {
            if (length == publishedKey.size()) continue;
            const auto part = VerifierKey::parse(std::string_view(publishedKey).substr(from, length));
            BOOST_TEST(!part.ok());
        }
    }
    for (std::size_t at = 0; at < publishedKey.size(); ++at) {
        std::string changed = publishedKey;
        ++changed[at];
        BOOST_TEST(!VerifierKey::parse(changed).ok());
    }
    // A key of another length and one of another type, each with an id that fits.
    BOOST_TEST(
        !VerifierKey::parse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")
             .ok());
    BOOST_TEST(
        !VerifierKey::parse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").ok());
    BOOST_TEST(!VerifierKey::parse(publishedKey + "\n").ok());
    BOOST_TEST(!VerifierKey::parse(replaced(publishedKey, "c74f20a3", "C74F20A3")).ok());
}

BOOST_AUTO_TEST_CASE(key_names_hold_no_space_and_no_plus) {
    for (const char* name : {"audit.example/log", "Prüfung", "a"}) BOOST_TEST(isKeyName(name));
    for (const char* name : {"", "a b", "a+b", "a\tb", "a\nb",
                             "a\xC2\xA0"
                             "b",
                             "a\xE3\x80\x80", "\xE2\x80\xA8", "\xFF", "a\x7F"}) {
        BOOST_TEST(!isKeyName(name));
    }
    BOOST_TEST(isKeyName("a!b"));  // the first character after the space
    BOOST_TEST(isKeyName(std::string(200, 'a')));
    BOOST_TEST(!isKeyName(std::string(201, 'a')));
}

BOOST_AUTO_TEST_CASE(a_signed_head_is_opened_again) {
    const Signer signer;
    for (const std::uint64_t size :
         {std::uint64_t{0}, std::uint64_t{1}, static_cast<std::uint64_t>(INT64_MAX)}) {
        const Checkpoint head{logName, size, leafHash(std::to_string(size))};
        const std::string note = signCheckpoint(head, signer.key);
        const auto opened = openCheckpoint(note, signer.verifier());
        BOOST_REQUIRE(opened);
        BOOST_TEST((*opened == head));
        const auto unchecked = readCheckpoint(note);
        BOOST_REQUIRE(unchecked);
        BOOST_TEST((*unchecked == head));
        const auto parsedKey = VerifierKey::parse(signer.verifier().text());
        BOOST_REQUIRE(parsedKey);
        BOOST_TEST(openCheckpoint(note, *parsedKey).ok());
    }
}

BOOST_AUTO_TEST_CASE(the_note_has_the_lines_the_format_asks_for) {
    const Signer signer;
    const std::string note = signCheckpoint({logName, 42, leafHash("x")}, signer.key);
    BOOST_TEST(note.starts_with(logName + "\n42\n" + rootText + "\n\n— " + logName + ' '));
    BOOST_TEST(note.ends_with('\n'));
}

BOOST_AUTO_TEST_CASE(a_head_that_no_log_can_have_is_not_signed) {
    const Signer signer;
    const std::uint64_t tooLarge = static_cast<std::uint64_t>(INT64_MAX) + 1;
    BOOST_CHECK_THROW((void)signCheckpoint({"two words", 1, leafHash("x")}, signer.key), std::logic_error);
    BOOST_CHECK_THROW((void)signCheckpoint({logName, tooLarge, leafHash("x")}, signer.key), std::logic_error);
}

BOOST_AUTO_TEST_CASE(every_changed_byte_of_a_note_is_noticed) {
    const Signer signer;
    const Checkpoint head{logName, 42, leafHash("x")};
    const std::string note = signCheckpoint(head, signer.key);
    for (std::size_t at = 0; at < note.size(); ++at) {
        for (const int bit : {1, 2, 4, 8, 16, 32, 64, 128}) {
            std::string changed = note;
            changed[at] = static_cast<char>(changed[at] ^ bit);
            BOOST_TEST(!openCheckpoint(changed, signer.verifier()).ok(), "byte " << at << " bit " << bit);
        }
        BOOST_TEST(!openCheckpoint(note.substr(0, at), signer.verifier()).ok());
    }
}

BOOST_AUTO_TEST_CASE(a_signature_by_another_key_does_not_count) {
    const Signer log;
    const Signer stranger;
    const Checkpoint head{logName, 42, leafHash("x")};
    for (const auto& note :
         {signCheckpoint(head, stranger.key), log.note(logName + "\n42\n" + rootText + "\n", "other")}) {
        const auto result = openCheckpoint(note, log.verifier());
        BOOST_REQUIRE(!result);
        BOOST_CHECK(result.error().kind == ErrorKind::Damaged);
        BOOST_TEST(result.error().type == "checkpoint-signature");
        BOOST_TEST(readCheckpoint(note).ok());
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_key_id_makes_a_good_signature_a_strangers) {
    const Signer signer;
    const std::string text = logName + "\n42\n" + rootText + "\n";
    const auto bytes = signer.key.sign(viewOf(text));
    const std::string note =
        text + '\n' +
        signatureLine({logName, signer.verifier().keyId ^ 1U, Bytes(bytes.begin(), bytes.end())});
    const auto result = openCheckpoint(note, signer.verifier());
    BOOST_REQUIRE(!result);
    BOOST_TEST(result.error().type == "checkpoint-signature");
}

BOOST_AUTO_TEST_CASE(signatures_of_witnesses_are_passed_over) {
    const Signer log;
    const Signer witness;
    const std::string note = signCheckpoint({logName, 42, leafHash("x")}, log.key);
    const std::string other = signatureLine({"witness.example", witness.verifier().keyId, Bytes(72, 7)});
    BOOST_TEST(openCheckpoint(note + other, log.verifier()).ok());
    const auto gap = note.find("\n\n") + 2;
    BOOST_TEST(openCheckpoint(note.substr(0, gap) + other + note.substr(gap), log.verifier()).ok());
}

BOOST_AUTO_TEST_CASE(one_wrong_signature_by_the_known_key_spoils_the_note) {
    const Signer log;
    const std::string note = signCheckpoint({logName, 42, leafHash("x")}, log.key);
    const std::string wrong = signatureLine({logName, log.verifier().keyId, Bytes(64, 7)});
    const auto result = openCheckpoint(note + wrong, log.verifier());
    BOOST_REQUIRE(!result);
    BOOST_CHECK(result.error().kind == ErrorKind::Damaged);
}

BOOST_AUTO_TEST_CASE(sizes_are_plain_decimal_numbers_of_63_bits) {
    const Signer signer;
    for (const char* size : {"", "01", "00", "-1", "+1", " 1", "1 ", "0x1", "1e3", "9223372036854775808",
                             "18446744073709551616", "1.0"}) {
        checkForm(signer, logName + "\n" + size + "\n" + rootText + "\n");
    }
}

BOOST_AUTO_TEST_CASE(a_head_has_exactly_three_lines) {
    const Signer signer;
    checkForm(signer, logName + "\n1\n" + rootText + "\nextra\n");
    checkForm(signer, logName + "\n1\n" + rootText + "\n\n");
    checkForm(signer, logName + "\n1\n");
    checkForm(signer, "\n1\n" + rootText + "\n");
    checkForm(signer, logName + "\n1\n" + rootText.substr(4) + "\n");
    checkForm(signer, logName + "\n1\n" + rootText + "=\n");
    checkForm(signer, logName + "\n1\n" + replaced(rootText, "=", "") + "\n");
    checkForm(signer, "\n" + logName + "\n1\n" + rootText + "\n");
}

BOOST_AUTO_TEST_CASE(a_key_opens_only_heads_of_its_own_log) {
    const Signer signer;
    const std::string note = signer.note("other.example\n1\n" + rootText + "\n");
    const auto result = openCheckpoint(note, signer.verifier());
    BOOST_REQUIRE(!result);
    BOOST_TEST(result.error().type == "checkpoint");
}

BOOST_AUTO_TEST_CASE(notes_of_another_form_are_refused) {
    const Signer signer;
    const std::string note = signCheckpoint({logName, 42, leafHash("x")}, signer.key);
    const std::vector<std::string> wrong{"",
                                         "\n\n",
                                         note.substr(0, note.size() - 1),
                                         note + "\n",
                                         note + "stray\n",
                                         note + "— nameonly\n",
                                         note + "— name !!!!\n",
                                         note + "— name AAAA\n",
                                         "\xEF\xBB\xBF" + note,
                                         replaced(note, "\n\n", "\n"),
                                         replaced(note, "\n", "\r\n"),
                                         replaced(note, "— ", "- "),
                                         std::string(1, '\0') + note,
                                         std::string(2 * 1024 * 1024, 'a') + note};
    for (const std::string& text : wrong)
        BOOST_TEST(!openCheckpoint(text, signer.verifier()).ok(), text.substr(0, 200));
    std::string crowded = note;
    for (int i = 0; i < 100; ++i) crowded += signatureLine({"witness", 1, Bytes(64, 1)});
    BOOST_TEST(!openCheckpoint(crowded, signer.verifier()).ok());
}

BOOST_AUTO_TEST_CASE(a_signature_line_holds_more_than_a_key_id) {
    const auto line = [](const std::string& bytes) {
        return std::string("\xE2\x80\x94 ") + logName + ' ' + toBase64(viewOf(bytes));
    };
    BOOST_TEST(!parseSignatureLine(line("abcd")).ok());
    const auto shortest = parseSignatureLine(line("abcde"));
    BOOST_REQUIRE(shortest);
    BOOST_TEST(shortest->keyId == 0x61626364U);
    BOOST_TEST(shortest->signature.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_note_is_plain_text_of_at_most_a_mebibyte) {
    const std::string end = "\n\n" + publishedSignature;
    const std::string longest = std::string(1024U * 1024U - end.size(), 'a') + end;
    BOOST_TEST(splitNote(longest).ok());
    BOOST_TEST(!splitNote("a" + longest).ok());
    for (const char* bad : {"a\tb", "a\x1F", "a\r", "\xFF", "a\xC3"}) BOOST_TEST(!splitNote(bad + end).ok());
    BOOST_TEST(splitNote("a b" + end).ok());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tlog_proof)

BOOST_AUTO_TEST_CASE(a_proof_is_read_as_it_was_written) {
    const Signer signer;
    const std::string head = signCheckpoint({logName, 42, leafHash("x")}, signer.key);
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{6}, std::size_t{63}}) {
        TlogProof proof{17, {}, head};
        for (std::size_t i = 0; i < length; ++i) proof.path.push_back(leafHash(std::to_string(i)));
        const auto again = TlogProof::parse(proof.text());
        BOOST_REQUIRE(again);
        BOOST_TEST(again->index == 17U);
        BOOST_TEST((again->path == proof.path));
        BOOST_TEST(again->checkpoint == head);
        BOOST_TEST(openCheckpoint(again->checkpoint, signer.verifier()).ok());
        BOOST_TEST(again->text() == proof.text());
    }
}

BOOST_AUTO_TEST_CASE(the_file_has_the_lines_the_format_asks_for) {
    const Signer signer;
    const std::string head = signCheckpoint({logName, 2, leafHash("x")}, signer.key);
    const TlogProof proof{1, {leafHash("x")}, head};
    BOOST_TEST(proof.text() == "c2sp.org/tlog-proof@v1\nindex 1\n" + rootText + "\n\n" + head);
}

BOOST_AUTO_TEST_CASE(extra_data_is_passed_over) {
    const Signer signer;
    const TlogProof proof{1, {leafHash("x")}, signCheckpoint({logName, 2, leafHash("x")}, signer.key)};
    const auto read = TlogProof::parse(replaced(proof.text(), "index", "extra AAAA\nindex"));
    BOOST_REQUIRE(read);
    BOOST_TEST(read->index == 1U);
    BOOST_TEST(!TlogProof::parse(replaced(proof.text(), "index", "extra !\nindex")).ok());
    BOOST_TEST(!TlogProof::parse(replaced(proof.text(), "index", "extra AAAA\nextra AAAA\nindex")).ok());
}

BOOST_AUTO_TEST_CASE(files_of_another_form_are_refused) {
    const Signer signer;
    TlogProof proof{1, {leafHash("x")}, signCheckpoint({logName, 2, leafHash("x")}, signer.key)};
    const std::string text = proof.text();
    for (const auto& wrong :
         {std::string(), replaced(text, "@v1", "@v2"), replaced(text, "index 1", "index 01"),
          replaced(text, "index 1", "index -1"), replaced(text, "index 1", "index 9223372036854775808"),
          replaced(text, "index 1\n", ""), replaced(text, "index 1", "index"),
          replaced(text, rootText, rootText + "A"), replaced(text, "\n\n", "\n"),
          text.substr(0, text.size() - 1), text + "\n", "\n" + text, replaced(text, "\n", "\r\n")}) {
        const auto result = TlogProof::parse(wrong);
        BOOST_REQUIRE_MESSAGE(!result, "this was accepted: " << wrong);
        BOOST_TEST(result.error().type == "tlog-proof");
    }
    proof.path.assign(64, leafHash("x"));
    BOOST_TEST(!TlogProof::parse(proof.text()).ok());
}

BOOST_AUTO_TEST_SUITE_END()
