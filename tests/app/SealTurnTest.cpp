// Two sealings at once: each is entered before the next decides which earlier bundles it names.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "app/House.h"
#include "app/SealLock.h"
#include "app/SealWork.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;
namespace fs = std::filesystem;

namespace {

app::BundleDraft whole(const std::string& supersedes = {}, const std::string& since = {}) {
    app::BundleDraft draft;
    draft.audit = "IA-1";
    draft.supersedes = supersedes;
    draft.since = since;
    return draft;
}

std::string bytesOf(const House& house, const domain::Bundle& bundle) {
    std::ostringstream text;
    text << std::ifstream(house.context().directory.bundles() / bundle.fileName, std::ios::binary).rdbuf();
    return text.str();
}

/// What the log says was sealed before this bundle: tlog/history.json, which is not packed.
bool historyNames(const House& house, const domain::Bundle& bundle, const domain::Bundle& earlier) {
    const std::string bytes = bytesOf(house, bundle);
    const auto at = bytes.find("tlog/history.json");
    return at != std::string::npos && bytes.find("\"" + earlier.ref.text() + "\"", at) != std::string::npos;
}

std::size_t filesOf(const House& house) {
    const fs::directory_iterator files(house.context().directory.bundles());
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(seal_turn, House)

BOOST_AUTO_TEST_CASE(a_sealing_waits_for_the_one_at_work_and_then_names_it) {
    issued();
    std::future<Result<domain::Bundle>> other;
    std::atomic<bool> waited{false};
    const auto prepared = must(app::prepareSeal(context(), as("la-01"), whole()));
    const auto second = [&]() -> Result<domain::Bundle> {
        TM_TRY(const auto mine, app::prepareSeal(context(), as("la-01"), whole()));
        return app::runSeal(context(), mine, [&](app::SealPhase phase, std::uint64_t, std::uint64_t) {
            if (phase == app::SealPhase::Waiting) waited = true;
            return true;
        });
    };
    const auto first =
        must(app::runSeal(context(), prepared, [&](app::SealPhase phase, std::uint64_t, std::uint64_t) {
            if (phase == app::SealPhase::Waiting) return true;
            if (!other.valid()) other = std::async(std::launch::async, second);
            while (!waited) std::this_thread::yield();
            return true;
        }));
    const auto later = must(other.get());
    BOOST_TEST(waited);
    BOOST_TEST(historyNames(*this, later, first));
    BOOST_TEST(!historyNames(*this, first, later));
}

BOOST_AUTO_TEST_CASE(two_that_would_take_the_same_place_end_with_one) {
    issued();
    const auto old = must(app::sealBundle(context(), as("la-01"), whole()));
    const auto one = must(app::prepareSeal(context(), as("la-01"), whole(old.ref.text())));
    const auto two = must(app::prepareSeal(context(), as("la-01"), whole(old.ref.text())));
    const auto sealed = must(app::runSeal(context(), one, {}));
    BOOST_CHECK(sealed.state == domain::BundleState::Sealed);
    int steps = 0;
    const auto refused =
        app::runSeal(context(), two, [&](app::SealPhase phase, std::uint64_t, std::uint64_t) {
            if (phase != app::SealPhase::Waiting) ++steps;
            return true;
        });
    BOOST_CHECK(refusedAs(refused, ErrorKind::Refused, "overtaken"));
    BOOST_TEST(steps == 0);  // before its first byte
    BOOST_TEST(filesOf(*this) == 2U);
    BOOST_TEST(lastEvent().kind == "bundle.seal-failed");
}

BOOST_AUTO_TEST_CASE(a_delta_whose_bundle_was_revoked_meanwhile_is_refused) {
    issued();
    const auto old = must(app::sealBundle(context(), as("la-01"), whole()));
    issued();
    const auto prepared = must(app::prepareSeal(context(), as("la-01"), whole({}, old.ref.text())));
    must(app::revokeBundle(context(), as("la-01"), old.ref, old.rev, "sealed too early"));
    BOOST_CHECK(refusedAs(app::runSeal(context(), prepared, {}), ErrorKind::Refused, "overtaken"));
    BOOST_TEST(filesOf(*this) == 1U);
}

BOOST_AUTO_TEST_CASE(who_waits_for_the_turn_can_be_cancelled) {
    issued();
    const auto prepared = must(app::prepareSeal(context(), as("la-01"), whole()));
    const auto held = must(app::SealLock::tryAlone(context().directory.keys()));
    BOOST_REQUIRE(held.held());
    int asked = 0;
    const auto refused = app::runSeal(
        context(), prepared, [&](app::SealPhase, std::uint64_t, std::uint64_t) { return ++asked < 4; });
    BOOST_CHECK(refusedAs(refused, ErrorKind::Refused, "cancelled"));
    BOOST_TEST(asked == 4);
    BOOST_TEST(filesOf(*this) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
