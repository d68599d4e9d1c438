// FIPS 180-4 example vectors, in one piece and in odd ones.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tickmark/crypto/Checksum.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using namespace tickmark::crypto;

namespace {

struct Vector {
    std::string message;
    const char* digest = "";
};

std::vector<Vector> nistVectors() {
    return {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmno"
         "pqrstn"
         "opqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
        {std::string(1'000'000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sha256)

BOOST_AUTO_TEST_CASE(the_published_vectors_come_out) {
    for (const Vector& vector : nistVectors()) BOOST_TEST(Sha256::of(vector.message).hex() == vector.digest);
}

BOOST_AUTO_TEST_CASE(a_stream_in_odd_pieces_gives_the_same_digest) {
    for (const Vector& vector : nistVectors()) {
        for (const std::size_t step :
             {std::size_t{1}, std::size_t{63}, std::size_t{64}, std::size_t{65}, std::size_t{4097}}) {
            Sha256 hash;
            const ByteView bytes = viewOf(vector.message);
            for (std::size_t at = 0; at < bytes.size(); at += step) {
                hash.update(bytes.subspan(at, std::min(step, bytes.size() - at)));
            }
            BOOST_TEST(hash.finish().hex() == vector.digest);
        }
    }
}

BOOST_AUTO_TEST_CASE(reset_starts_anew_after_a_finished_and_after_a_broken_off_stream) {
    Sha256 hash;
    hash.update(viewOf("something else"));
    hash.reset();
    hash.update(viewOf("abc"));
    BOOST_TEST(hash.finish().hex() == nistVectors()[1].digest);
    hash.reset();
    BOOST_TEST(hash.finish().hex() == nistVectors()[0].digest);
}

BOOST_AUTO_TEST_CASE(a_moved_hash_goes_on_where_it_was) {
    Sha256 first;
    first.update(viewOf("a"));
    Sha256 second(std::move(first));
    second.update(viewOf("bc"));
    BOOST_TEST(second.finish().hex() == nistVectors()[1].digest);
}

BOOST_AUTO_TEST_CASE(many_threads_hash_at_once) {
    std::array<bool, 8> right{};
    std::vector<std::thread> threads;
    for (bool& mine : right) {
        threads.emplace_back([&mine] {
            mine = true;
            for (int i = 0; i < 500; ++i) mine = mine && Sha256::of("abc").hex() == nistVectors()[1].digest;
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const bool one : right) BOOST_TEST(one);
}

BOOST_AUTO_TEST_CASE(random_bytes_have_the_length_asked_for_and_differ) {
    BOOST_TEST(randomBytes(0).empty());
    BOOST_TEST(randomBytes(33).size() == 33U);
    BOOST_TEST((randomBytes(32) != randomBytes(32)));
}

BOOST_AUTO_TEST_CASE(equality_in_constant_time_is_equality) {
    BOOST_TEST(equalInConstantTime(viewOf("abc"), viewOf("abc")));
    BOOST_TEST(equalInConstantTime(viewOf(""), viewOf("")));
    BOOST_TEST(!equalInConstantTime(viewOf("abc"), viewOf("abd")));
    BOOST_TEST(!equalInConstantTime(viewOf("abc"), viewOf("ab")));
}

BOOST_AUTO_TEST_CASE(a_checksum_has_the_size_of_its_kind) {
    BOOST_TEST(checksumSize(ChecksumKind::Sha1) == 20U);
    BOOST_TEST(checksumSize(ChecksumKind::Sha256) == 32U);
}

BOOST_AUTO_TEST_SUITE_END()
