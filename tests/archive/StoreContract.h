// What every implementation of archive::Store must do: inside a suite, TICKMARK_STORE_CONTRACT(MyFixture).
//
// Fixture: default constructible; store() gives an empty archive::Store; visible() gives the names of
// everything that lies in it, temporary files included, sorted; damage(digest, offset) flips one stored bit;
// shorten(digest) takes the last byte away.
#pragma once

#include <array>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "support/FailingStream.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::test {

constexpr std::uint64_t kib = 1024;
constexpr std::uint64_t mib = 1024 * kib;
constexpr std::array<std::uint64_t, 11> contractSizes{
    0, 1, 64 * kib - 1, 64 * kib, 64 * kib + 1, mib - 1, mib, mib + 1, 5 * mib - 1, 5 * mib, 5 * mib + 1};

template <class Fixture>
class StoreContract {
  public:
    static void bytes_come_back_as_they_went_in() {
        Fixture fixture;
        for (const std::uint64_t size : contractSizes) {
            BOOST_TEST_CONTEXT("size " << size) {
                const Bytes content = pattern(size);
                MemorySource source(content);
                const auto stored = fixture.store().put(source, exactly(content));
                BOOST_TEST_REQUIRE(stored.ok());
                BOOST_TEST((stored->digest == crypto::Sha256::of(content)));
                BOOST_TEST(stored->size == size);
                BOOST_TEST(!stored->alreadyThere);
                const auto reader = fixture.store().open(stored->digest);
                BOOST_TEST_REQUIRE(reader.ok());
                BOOST_TEST((*reader)->size() == size);
                BOOST_TEST((takeAll(**reader) == content));
                BOOST_TEST(fixture.store().prove(stored->digest).ok());
                BOOST_TEST(fixture.store().sizeOf(stored->digest).value() == size);
            }
        }
        BOOST_TEST(fixture.visible().size() == contractSizes.size());
    }

    static void a_source_that_gives_little_at_a_time_is_stored_whole() {
        Fixture fixture;
        for (const std::size_t step : {std::size_t{1}, std::size_t{1000}, std::size_t{65537}}) {
            const std::uint64_t size = step == 1 ? 70 * kib : 3 * mib + 17;
            PatternSource source(size, step, step);
            PatternSource same(size, step);
            const auto stored = fixture.store().put(source, {});
            BOOST_TEST_REQUIRE(stored.ok());
            BOOST_TEST((stored->digest == crypto::Sha256::of(takeAll(same))));
        }
    }

    static void what_differs_from_what_was_declared_is_refused_and_leaves_nothing() {
        for (const std::uint64_t size : contractSizes) {
            BOOST_TEST_CONTEXT("size " << size) {
                Fixture fixture;
                refuses(fixture, size, {size + 1, {}, UINT64_MAX, {}}, ErrorKind::Invalid, "truncated");
                if (size > 0) {
                    refuses(fixture, size, {size - 1, {}, UINT64_MAX, {}}, ErrorKind::Invalid, "too-long");
                    refuses(fixture, size, {{}, {}, size - 1, {}}, ErrorKind::TooLarge, "over-cap");
                }
                refuses(fixture, size, {{}, crypto::Sha256::of("other"), UINT64_MAX, {}}, ErrorKind::Invalid,
                        "digest-mismatch");
            }
        }
    }

    static void a_file_of_exactly_the_cap_is_taken() {
        Fixture fixture;
        for (const std::uint64_t size : {std::uint64_t{0}, mib, 2 * mib + 1}) {
            PatternSource source(size);
            BOOST_TEST(fixture.store().put(source, {size, {}, size, {}}).ok());
        }
    }

    static void a_declared_length_over_the_cap_is_refused_before_reading() {
        Fixture fixture;
        PatternSource source(10);
        const auto stored = fixture.store().put(source, {11, {}, 10, {}});
        BOOST_TEST(!stored.ok());
        BOOST_TEST(stored.error().type == "over-cap");
        BOOST_TEST(source.rest() == 10U);
    }

    static void an_endless_source_is_not_read_far_beyond_its_declared_length() {
        Fixture fixture;
        PatternSource source(UINT64_MAX);
        const auto stored = fixture.store().put(source, {3 * mib, {}, UINT64_MAX, {}});
        BOOST_TEST(!stored.ok());
        BOOST_TEST(UINT64_MAX - source.rest() == 3 * mib + 1);
    }

    static void a_source_that_fails_leaves_nothing_wherever_it_fails() {
        Fixture fixture;
        constexpr std::uint64_t size = 3 * mib + 5;
        std::vector<std::uint64_t> places{0, 1, 2, 63, 64, 65, size - 1, size};
        for (std::uint64_t at = 4 * kib; at < size; at += 97 * kib) places.push_back(at);
        for (std::uint64_t at = mib; at < size; at += mib) places.insert(places.end(), {at - 1, at, at + 1});
        for (const std::uint64_t place : places) {
            BOOST_TEST_CONTEXT("fails after " << place) {
                PatternSource inner(size);
                FailingSource source(inner, place);
                const auto stored = fixture.store().put(source, {});
                BOOST_TEST_REQUIRE(!stored.ok());
                BOOST_TEST(stored.error().type == "injected-fault");
                BOOST_TEST(fixture.visible().empty());
            }
        }
    }

    static void the_same_content_is_stored_once() {
        Fixture fixture;
        for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{100}, 2 * mib}) {
            const Bytes content = pattern(size);
            MemorySource first(content);
            MemorySource second(content);
            const auto before = fixture.visible().size();
            BOOST_TEST(!fixture.store().put(first, {}).value().alreadyThere);
            BOOST_TEST(fixture.store().put(second, {}).value().alreadyThere);
            BOOST_TEST(fixture.visible().size() == before + 1);
        }
    }

    static void different_contents_do_not_touch_each_other() {
        Fixture fixture;
        const Bytes one = pattern(1000, 1);
        const Bytes two = pattern(1000, 2);
        const Digest first = putBytes(fixture, one);
        const Digest second = putBytes(fixture, two);
        BOOST_TEST((first != second));
        BOOST_TEST((takeAll(*fixture.store().open(first).value()) == one));
        BOOST_TEST((takeAll(*fixture.store().open(second).value()) == two));
    }

    static void content_that_is_there_but_damaged_is_refused_and_not_overwritten() {
        Fixture fixture;
        const Bytes content = pattern(5000);
        const Digest digest = putBytes(fixture, content);
        fixture.damage(digest, 17);
        MemorySource again(content);
        const auto refusedFlip = fixture.store().put(again, {});
        BOOST_TEST_REQUIRE(!refusedFlip.ok());
        BOOST_TEST((refusedFlip.error().kind == ErrorKind::Damaged));
        fixture.shorten(digest);
        MemorySource third(content);
        const auto refusedShort = fixture.store().put(third, {});
        BOOST_TEST_REQUIRE(!refusedShort.ok());
        BOOST_TEST(refusedShort.error().type == "object-damaged");
        BOOST_TEST(fixture.store().sizeOf(digest).value() == 4999U);
        BOOST_TEST(fixture.visible().size() == 1U);
    }

    static void a_flipped_bit_is_found_at_the_end_of_reading() {
        Fixture fixture;
        const std::uint64_t size = 300 * kib;
        const Digest digest = putBytes(fixture, pattern(size));
        for (const std::uint64_t offset : {std::uint64_t{0}, size / 2, size - 1}) {
            fixture.damage(digest, offset);
            BOOST_TEST(fixture.store().prove(digest).error().type == "object-damaged");
            const auto reader = fixture.store().open(digest).value();
            Bytes buffer(size);
            std::size_t taken = 0;
            Result<std::size_t> step = std::size_t{0};
            while ((step = reader->read(std::span(buffer).subspan(0, 64 * kib))).ok() && *step > 0)
                taken += *step;
            BOOST_TEST(taken == size);
            BOOST_TEST_REQUIRE(!step.ok());
            BOOST_TEST((step.error().kind == ErrorKind::Damaged));
            fixture.damage(digest, offset);  // the same bit again: whole
            BOOST_TEST(fixture.store().prove(digest).ok());
        }
    }

    static void a_shortened_object_is_found_on_reading() {
        Fixture fixture;
        const Digest digest = putBytes(fixture, pattern(100));
        fixture.shorten(digest);
        BOOST_TEST(fixture.store().prove(digest).error().type == "object-damaged");
    }

    static void what_is_not_there_is_missing() {
        Fixture fixture;
        const Digest digest = crypto::Sha256::of("never stored");
        for (const Error& error :
             {fixture.store().open(digest).error(), fixture.store().prove(digest).error(),
              fixture.store().sizeOf(digest).error()}) {
            BOOST_TEST((error.kind == ErrorKind::NotFound));
            BOOST_TEST(error.type == "object-missing");
        }
    }

    static void progress_is_told_from_the_calling_thread_and_ends_with_the_size() {
        Fixture fixture;
        std::vector<std::uint64_t> told;
        bool sameThread = true;
        const auto caller = std::this_thread::get_id();
        PatternSource source(5 * mib + 3);
        const auto note = [&](std::uint64_t bytes) {
            sameThread = sameThread && std::this_thread::get_id() == caller;
            told.push_back(bytes);
        };
        BOOST_TEST(fixture.store().put(source, {{}, {}, UINT64_MAX, note}).ok());
        BOOST_TEST(sameThread);
        const std::vector<std::uint64_t> wanted{mib, 2 * mib, 3 * mib, 4 * mib, 5 * mib, 5 * mib + 3};
        BOOST_TEST(told == wanted, boost::test_tools::per_element());
    }

    static void a_batch_comes_back_in_order() {
        Fixture fixture;
        std::vector<Bytes> contents;
        for (std::size_t i = 0; i < 700; ++i) contents.push_back(pattern((i * 37) % 9000, i));
        contents[100] = pattern(3 * mib + 1, 100);  // larger than one step
        contents[200] = pattern(mib, 200);
        contents[201] = pattern(mib - 1, 201);
        contents[300] = contents[299];  // twice in the same batch
        putBytes(fixture, contents[5]);
        auto items = batchOf(contents);
        const auto stored = fixture.store().putBatch(items);
        BOOST_TEST_REQUIRE(stored.ok());
        BOOST_TEST_REQUIRE(stored->size() == contents.size());
        for (std::size_t i = 0; i < contents.size(); ++i) {
            BOOST_TEST_CONTEXT("item " << i) {
                BOOST_TEST(((*stored)[i].digest == crypto::Sha256::of(contents[i])));
                BOOST_TEST((*stored)[i].size == contents[i].size());
                BOOST_TEST((takeAll(*fixture.store().open((*stored)[i].digest).value()) == contents[i]));
            }
        }
        BOOST_TEST((*stored)[5].alreadyThere);
        BOOST_TEST((*stored)[300].alreadyThere);
        BOOST_TEST(!(*stored)[6].alreadyThere);
    }

    static void an_empty_batch_stores_nothing() {
        Fixture fixture;
        std::vector<archive::Store::BatchItem> none;
        BOOST_TEST(fixture.store().putBatch(none).value().empty());
        BOOST_TEST(fixture.visible().empty());
    }

    static void two_batches_are_staged_beside_each_other_and_published_in_any_order() {
        Fixture fixture;
        std::vector<Bytes> contents;
        for (std::size_t i = 0; i < 400; ++i) contents.push_back(pattern(5000, i));
        auto firstItems = batchOf(contents);
        std::vector<Bytes> others;
        for (std::size_t i = 0; i < 400; ++i) others.push_back(pattern(5000, 200 + i));  // half of them again
        auto secondItems = batchOf(others);
        auto first = fixture.store().stageBatch(firstItems);
        auto second = fixture.store().stageBatch(secondItems);
        BOOST_TEST_REQUIRE((first.ok() && second.ok()));
        BOOST_TEST(!fixture.store().sizeOf(crypto::Sha256::of(contents[0])).ok());
        BOOST_TEST(fixture.store().publishBatch(*std::move(second)).value().size() == 400U);
        BOOST_TEST(!fixture.store().sizeOf(crypto::Sha256::of(contents[0])).ok());
        BOOST_TEST(fixture.store().sizeOf(crypto::Sha256::of(others[0])).ok());
        const auto stored = fixture.store().publishBatch(*std::move(first));
        BOOST_TEST_REQUIRE(stored.ok());
        BOOST_TEST(!stored->front().alreadyThere);
        BOOST_TEST(stored->back().alreadyThere);
        BOOST_TEST(fixture.visible().size() == 600U);
    }

    static void batches_may_be_published_at_once() {
        Fixture fixture;
        std::atomic<int> failed{0};
        {
            std::vector<std::jthread> threads;
            for (std::uint64_t thread = 0; thread < 4; ++thread) {
                threads.emplace_back([&, thread] {
                    for (std::uint64_t round = 0; round < 4; ++round) {
                        std::vector<Bytes> contents;
                        for (std::size_t i = 0; i < 60; ++i) {
                            contents.push_back(pattern(700, 1000 * (thread * 4 + round) + i));
                        }
                        auto items = batchOf(contents);
                        if (!fixture.store().putBatch(items)) ++failed;
                    }
                });
            }
        }
        BOOST_TEST(failed == 0);
        BOOST_TEST(fixture.visible().size() == 4U * 4U * 60U);
    }

    static void a_staged_batch_that_is_dropped_leaves_nothing() {
        Fixture fixture;
        const std::vector<Bytes> contents{pattern(10, 1), pattern(2 * mib, 2), pattern(9000, 3)};
        auto items = batchOf(contents);
        BOOST_TEST(fixture.store().stageBatch(items).ok());
        BOOST_TEST(fixture.visible().empty());
    }

    static void each_item_is_looked_at_once_as_it_begins() {
        Fixture fixture;
        std::vector<Bytes> contents;
        for (std::size_t i = 0; i < 500; ++i) contents.push_back(pattern(6000, i));
        contents[77] = pattern(3 * mib, 77);
        auto items = batchOf(contents);
        std::vector<Bytes> seen(contents.size());
        std::vector<int> times(contents.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            items[i].look = [&, i](ByteView beginning) {
                seen[i].assign(beginning.begin(), beginning.end());
                ++times[i];
            };
        }
        BOOST_TEST(fixture.store().putBatch(items).ok());
        for (std::size_t i = 0; i < items.size(); ++i) {
            BOOST_TEST_CONTEXT("item " << i) {
                contents[i].resize(std::min<std::size_t>(contents[i].size(), mib));
                BOOST_TEST((seen[i] == contents[i]));
                BOOST_TEST(times[i] == 1);
            }
        }
    }

    static void one_bad_item_makes_nothing_of_its_batch_visible() {
        std::vector<Bytes> contents;
        for (std::size_t i = 0; i < 400; ++i) contents.push_back(pattern(9000, i));
        contents[250] = pattern(2 * mib, 250);
        for (const std::size_t bad : {std::size_t{0}, std::size_t{1}, std::size_t{250}, std::size_t{399}}) {
            BOOST_TEST_CONTEXT("bad item " << bad) {
                Fixture fixture;
                putBytes(fixture, contents[7]);
                const auto before = fixture.visible();
                auto items = batchOf(contents);
                items[bad].expected.digest = crypto::Sha256::of("other");
                const auto mismatch = fixture.store().putBatch(items);
                BOOST_TEST_REQUIRE(!mismatch.ok());
                BOOST_TEST(mismatch.error().type == "digest-mismatch");
                BOOST_TEST(mismatch.error().field == "items[" + std::to_string(bad) + "]");
                BOOST_TEST(fixture.visible() == before, boost::test_tools::per_element());
                items = batchOf(contents);
                items[bad].open = []() -> Result<std::unique_ptr<ByteSource>> { return injectedFault(); };
                BOOST_TEST(fixture.store().putBatch(items).error().type == "injected-fault");
                BOOST_TEST(fixture.visible() == before, boost::test_tools::per_element());
            }
        }
    }

    static void a_batch_that_meets_a_damaged_object_takes_back_what_it_named() {
        Fixture fixture;
        std::vector<Bytes> contents;
        for (std::size_t i = 0; i < 50; ++i) contents.push_back(pattern(500, i));
        const Digest damaged = putBytes(fixture, contents[49]);
        fixture.damage(damaged, 3);
        auto items = batchOf(contents);
        BOOST_TEST(fixture.store().putBatch(items).error().type == "object-damaged");
        BOOST_TEST(fixture.visible().size() == 1U);
    }

    static void eight_threads_may_put_the_same_content_at_once() {
        Fixture fixture;
        const Bytes content = pattern(2 * mib + 9);
        constexpr int rounds = 5;
        std::atomic<int> failed{0};
        std::atomic<int> fresh{0};
        for (int round = 0; round < rounds; ++round) {
            const Bytes mine = pattern(2 * mib + 9, static_cast<std::uint64_t>(round));
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i) {
                threads.emplace_back([&] {
                    MemorySource source(mine);
                    const auto stored = fixture.store().put(source, exactly(mine));
                    if (!stored)
                        ++failed;
                    else if (!stored->alreadyThere)
                        ++fresh;
                });
            }
        }
        BOOST_TEST(failed == 0);
        BOOST_TEST(fresh == rounds);
        BOOST_TEST(fixture.visible().size() == static_cast<std::size_t>(rounds));
    }

    static void batches_and_single_puts_may_run_at_once() {
        Fixture fixture;
        std::vector<Bytes> contents;
        for (std::size_t i = 0; i < 120; ++i) contents.push_back(pattern(700, i));
        std::atomic<int> failed{0};
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 3; ++i) {
                threads.emplace_back([&] {
                    auto items = batchOf(contents);
                    if (!fixture.store().putBatch(items)) ++failed;
                });
                threads.emplace_back([&] {
                    for (std::size_t each = 0; each < contents.size(); each += 7) {
                        MemorySource source(contents[each]);
                        if (!fixture.store().put(source, {})) ++failed;
                    }
                });
            }
        }
        BOOST_TEST(failed == 0);
        BOOST_TEST(fixture.visible().size() == contents.size());
    }

    static void the_list_is_sorted_and_complete() {
        Fixture fixture;
        std::vector<archive::ListedObject> wanted;
        for (std::size_t i = 0; i < 300; ++i) wanted.push_back({putBytes(fixture, pattern(i, i)), i});
        std::sort(wanted.begin(), wanted.end(),
                  [](const auto& a, const auto& b) { return a.digest < b.digest; });
        std::vector<archive::ListedObject> listed;
        std::vector<std::string> foreign;
        BOOST_TEST(fixture.store()
                       .list([&](const archive::ListedObject& each) { listed.push_back(each); },
                             [&](const std::string& name) { foreign.push_back(name); })
                       .ok());
        BOOST_TEST(foreign.empty());
        BOOST_TEST_REQUIRE(listed.size() == wanted.size());
        for (std::size_t i = 0; i < listed.size(); ++i) {
            BOOST_TEST((listed[i].digest == wanted[i].digest));
            BOOST_TEST(listed[i].size == wanted[i].size);
        }
    }

  private:
    static Bytes pattern(std::uint64_t size, std::uint64_t seed = 1) {
        PatternSource source(size, seed);
        return takeAll(source);
    }

    static archive::PutExpectation exactly(const Bytes& content) {
        return {content.size(), crypto::Sha256::of(content), content.size(), {}};
    }

    static Digest putBytes(Fixture& fixture, const Bytes& content) {
        MemorySource source(content);
        return fixture.store().put(source, {}).value().digest;
    }

    static std::vector<archive::Store::BatchItem> batchOf(const std::vector<Bytes>& contents) {
        std::vector<archive::Store::BatchItem> items;
        for (const Bytes& content : contents) {
            items.push_back({[&content]() -> Result<std::unique_ptr<ByteSource>> {
                                 return std::unique_ptr<ByteSource>(std::make_unique<MemorySource>(content));
                             },
                             exactly(content)});
        }
        return items;
    }

    static void refuses(Fixture& fixture, std::uint64_t size, const archive::PutExpectation& expected,
                        ErrorKind kind, const std::string& type) {
        PatternSource source(size);
        const auto stored = fixture.store().put(source, expected);
        BOOST_TEST_REQUIRE(!stored.ok());
        BOOST_TEST((stored.error().kind == kind));
        BOOST_TEST(stored.error().type == type);
        BOOST_TEST(!stored.error().fix.empty());
        BOOST_TEST(fixture.visible().empty());
    }
};

}  // namespace tickmark::test

/// One test case for each rule of the contract, in the current suite.
#define TICKMARK_CONTRACT_CASE(Fixture, rule) \
    BOOST_AUTO_TEST_CASE(rule) { tickmark::test::StoreContract<Fixture>::rule(); }
#define TICKMARK_STORE_CONTRACT(Fixture)                                                                 \
    TICKMARK_CONTRACT_CASE(Fixture, bytes_come_back_as_they_went_in)                                     \
    TICKMARK_CONTRACT_CASE(Fixture, a_source_that_gives_little_at_a_time_is_stored_whole)                \
    TICKMARK_CONTRACT_CASE(Fixture, what_differs_from_what_was_declared_is_refused_and_leaves_nothing)   \
    TICKMARK_CONTRACT_CASE(Fixture, a_file_of_exactly_the_cap_is_taken)                                  \
    TICKMARK_CONTRACT_CASE(Fixture, a_declared_length_over_the_cap_is_refused_before_reading)            \
    TICKMARK_CONTRACT_CASE(Fixture, an_endless_source_is_not_read_far_beyond_its_declared_length)        \
    TICKMARK_CONTRACT_CASE(Fixture, a_source_that_fails_leaves_nothing_wherever_it_fails)                \
    TICKMARK_CONTRACT_CASE(Fixture, the_same_content_is_stored_once)                                     \
    TICKMARK_CONTRACT_CASE(Fixture, different_contents_do_not_touch_each_other)                          \
    TICKMARK_CONTRACT_CASE(Fixture, content_that_is_there_but_damaged_is_refused_and_not_overwritten)    \
    TICKMARK_CONTRACT_CASE(Fixture, a_flipped_bit_is_found_at_the_end_of_reading)                        \
    TICKMARK_CONTRACT_CASE(Fixture, a_shortened_object_is_found_on_reading)                              \
    TICKMARK_CONTRACT_CASE(Fixture, what_is_not_there_is_missing)                                        \
    TICKMARK_CONTRACT_CASE(Fixture, progress_is_told_from_the_calling_thread_and_ends_with_the_size)     \
    TICKMARK_CONTRACT_CASE(Fixture, a_batch_comes_back_in_order)                                         \
    TICKMARK_CONTRACT_CASE(Fixture, an_empty_batch_stores_nothing)                                       \
    TICKMARK_CONTRACT_CASE(Fixture, two_batches_are_staged_beside_each_other_and_published_in_any_order) \
    TICKMARK_CONTRACT_CASE(Fixture, batches_may_be_published_at_once)                                    \
    TICKMARK_CONTRACT_CASE(Fixture, a_staged_batch_that_is_dropped_leaves_nothing)                       \
    TICKMARK_CONTRACT_CASE(Fixture, each_item_is_looked_at_once_as_it_begins)                            \
    TICKMARK_CONTRACT_CASE(Fixture, one_bad_item_makes_nothing_of_its_batch_visible)                     \
    TICKMARK_CONTRACT_CASE(Fixture, a_batch_that_meets_a_damaged_object_takes_back_what_it_named)        \
    TICKMARK_CONTRACT_CASE(Fixture, eight_threads_may_put_the_same_content_at_once)                      \
    TICKMARK_CONTRACT_CASE(Fixture, batches_and_single_puts_may_run_at_once)                             \
    TICKMARK_CONTRACT_CASE(Fixture, the_list_is_sorted_and_complete)
