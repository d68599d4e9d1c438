// Sealing in the background: watched, cancelled, ended with the program.
#include <boost/test/unit_test.hpp>
#include <chrono>

#include "app/House.h"
#include "app/SealLock.h"
#include "tickmark/app/Sealing.h"
#include "tickmark/storage/Bundles.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;
namespace fs = std::filesystem;

namespace {

constexpr std::chrono::minutes forever{2};

app::BundleDraft whole() {
    app::BundleDraft draft;
    draft.audit = "IA-1";
    draft.title = "First bundle";
    return draft;
}

std::size_t filesOf(const House& house) {
    const fs::directory_iterator files(house.context().directory.bundles());
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

/// While one is held, every sealing waits before its first byte.
app::SealLock holdUp(const House& house) {
    return must(app::SealLock::tryAlone(house.context().directory.bundles()));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(seal_desk, House)

BOOST_AUTO_TEST_CASE(a_sealing_goes_on_behind_the_answer_and_ends_with_a_sealed_bundle) {
    closed();
    const auto begun = must(app::beginSealing(context(), as("la-01"), whole()));
    const auto ended = context().sealDesk->await(begun.ref, forever);
    BOOST_REQUIRE(ended.has_value());
    BOOST_TEST(toText(ended->phase) == "done");
    BOOST_TEST(ended->endedAt.has_value());
    BOOST_CHECK(must(app::showBundle(context(), as("la-01"), begun.ref)).bundle.state ==
                domain::BundleState::Sealed);
    BOOST_CHECK(must(app::showSealing(context(), as("tm-01"), begun.ref)).over());
    BOOST_CHECK(
        refusedAs(app::cancelSealing(context(), as("la-01"), begun.ref), ErrorKind::Refused, "sealing-over"));
}

BOOST_AUTO_TEST_CASE(what_can_be_refused_at_once_is_refused_before_anything_begins) {
    recorded();
    BOOST_CHECK(refusedAs(app::beginSealing(context(), as("la-01"), whole()), ErrorKind::Refused, "guard"));
    BOOST_CHECK(
        refusedAs(app::beginSealing(context(), as("au-01"), whole()), ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_CASE(a_cancelled_sealing_leaves_no_file_and_the_log_says_so) {
    closed();
    domain::BundleRef ref;
    {
        const auto held = holdUp(*this);
        BOOST_REQUIRE(held.held());
        ref = must(app::beginSealing(context(), as("la-01"), whole())).ref;
        BOOST_CHECK(
            refusedAs(app::cancelSealing(context(), as("au-01"), ref), ErrorKind::Forbidden, "forbidden"));
        BOOST_CHECK(!must(app::cancelSealing(context(), as("la-01"), ref)).over());
    }
    const auto ended = context().sealDesk->await(ref, forever);
    BOOST_REQUIRE(ended.has_value());
    BOOST_TEST(toText(ended->phase) == "cancelled");
    BOOST_TEST(filesOf(*this) == 0U);
    BOOST_TEST(lastEvent().kind == "bundle.seal-failed");
    BOOST_CHECK(must(app::showBundle(context(), as("la-01"), ref)).bundle.state ==
                domain::BundleState::Draft);
}

BOOST_AUTO_TEST_CASE(a_sealing_is_cancelled_at_every_step_of_its_progress) {
    closed();
    int steps = 0;
    must(app::sealBundle(context(), as("la-01"), whole(), [&](std::uint64_t, std::uint64_t) {
        ++steps;
        return true;
    }));
    BOOST_REQUIRE(steps > 3);
    for (int last = 0; last < steps; ++last) {
        BOOST_TEST_CONTEXT("cancelled at step " << last) {
            int step = 0;
            const auto refused = app::sealBundle(context(), as("la-01"), whole(),
                                                 [&](std::uint64_t, std::uint64_t) { return step++ < last; });
            BOOST_CHECK(refusedAs(refused, ErrorKind::Refused, "cancelled"));
            BOOST_TEST(filesOf(*this) == 1U);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_program_that_ends_cancels_what_waits_and_leaves_drafts) {
    closed();
    domain::BundleRef ref;
    {
        auto held = std::make_unique<app::SealLock>(holdUp(*this));
        ref = must(app::beginSealing(context(), as("la-01"), whole())).ref;
        context().sealDesk->cancel(ref);
        must(app::beginSealing(context(), as("la-01"), whole()));
        held.reset();
    }
    close();
    open();
    BOOST_CHECK(refusedAs(app::showSealing(context(), as("la-01"), ref), ErrorKind::Refused, "sealing-lost"));
    storage::BundleFilter filter;
    filter.states = {domain::BundleState::Sealed};
    const auto sealed = must(context().database->read([&](storage::ReadSession& session) {
        return storage::listBundles(session, storage::everything(), filter, {});
    }));
    BOOST_TEST(filesOf(*this) == sealed.rows.size());
}

BOOST_AUTO_TEST_CASE(no_more_than_ten_wait) {
    closed();
    const auto held = holdUp(*this);
    // The first is at work as soon as the thread has taken it; ten more may wait.
    int taken = 0;
    auto next = app::beginSealing(context(), as("la-01"), whole());
    while (next && taken < 20) {
        ++taken;
        next = app::beginSealing(context(), as("la-01"), whole());
    }
    BOOST_CHECK(taken == 10 || taken == 11);
    BOOST_CHECK(refusedAs(next, ErrorKind::Refused, "busy"));
    const auto bundles = must(app::everyBundle(context(), as("la-01")));
    for (const auto& bundle : bundles) context().sealDesk->cancel(bundle.ref);
}

BOOST_AUTO_TEST_SUITE_END()
