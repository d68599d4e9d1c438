// Tone, glyph and word of every state, and how numbers and times read.
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>
#include <vector>

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Bundle.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Programme.h"
#include "tickmark/view/Page.h"
#include "tickmark/view/Words.h"

using namespace tickmark;
using view::statusOf;

namespace {

const std::set<std::string_view> tones{"neutral", "info", "good", "warn", "bad"};

/// Every state of a machine by its code; ends at the first number without a text.
template <class State>
std::vector<std::string> codesOf(State first) {
    std::vector<std::string> codes;
    for (int i = static_cast<int>(first); !domain::toText(static_cast<State>(i)).empty(); ++i) {
        codes.emplace_back(domain::toText(static_cast<State>(i)));
    }
    return codes;
}

void isShown(std::string_view thing, const std::vector<std::string>& codes) {
    std::string sprite;
    for (const auto& [name, text] : view::allTemplates()) {
        if (name == "parts/sprite.html") sprite = text;
    }
    BOOST_TEST(codes.size() > 2U);
    std::set<std::string_view> words;
    for (const std::string& code : codes) {
        BOOST_TEST_CONTEXT(thing << " " << code) {
            const view::Status status = statusOf(thing, code);
            BOOST_TEST(tones.contains(status.tone));
            BOOST_TEST(sprite.find("id=\"" + std::string(status.glyph) + "\"") != std::string::npos);
            BOOST_TEST(status.word != code);
            BOOST_TEST(words.insert(status.word).second);
        }
    }
}

Date day(const char* iso) { return *Date::parse(iso); }

}  // namespace

BOOST_AUTO_TEST_SUITE(view_words)

BOOST_AUTO_TEST_CASE(every_state_has_tone_glyph_and_a_word_of_its_own) {
    isShown("finding", codesOf(domain::FindingState::Draft));
    isShown("action", codesOf(domain::ActionState::Planned));
    isShown("evidence", codesOf(domain::EvidenceState::Received));
    isShown("request", codesOf(domain::RequestState::Draft));
    isShown("audit", codesOf(domain::AuditState::Planned));
    isShown("bundle", codesOf(domain::BundleState::Draft));
    isShown("check-row", codesOf(domain::CheckResult::Conforming));
    isShown("programme", codesOf(domain::ProgrammePhase::Planned));
    std::vector<std::string> classes;
    for (const auto& one : domain::defaultFindingClasses()) classes.emplace_back(one.code);
    isShown("class", classes);
}

BOOST_AUTO_TEST_CASE(a_state_nobody_knows_shows_its_code_without_a_tone) {
    const view::Status status = statusOf("finding", "from-the-future");
    BOOST_TEST(status.word == "from-the-future");
    BOOST_TEST(status.tone == "neutral");
}

BOOST_AUTO_TEST_CASE(good_and_bad_are_told_apart_without_colour) {
    BOOST_TEST(statusOf("action", "effective").glyph != statusOf("action", "not_effective").glyph);
    BOOST_TEST(statusOf("evidence", "accepted").glyph != statusOf("evidence", "rejected").glyph);
    BOOST_TEST(statusOf("class", "major").glyph != statusOf("class", "minor").glyph);
}

BOOST_AUTO_TEST_CASE(a_size_reads_in_the_unit_that_fits) {
    BOOST_TEST(view::sizeText(0) == "0 bytes");
    BOOST_TEST(view::sizeText(1) == "1 byte");
    BOOST_TEST(view::sizeText(1023) == "1023 bytes");
    BOOST_TEST(view::sizeText(1024) == "1.0 KiB");
    BOOST_TEST(view::sizeText(1024 * 1024 - 1) == "1.0 MiB");
    BOOST_TEST(view::sizeText(2'097'152) == "2.0 MiB");
    BOOST_TEST(view::sizeText(20ULL << 30U) == "20.0 GiB");
    BOOST_TEST(view::sizeText(UINT64_MAX) == "16777216.0 TiB");
}

BOOST_AUTO_TEST_CASE(a_date_says_how_far_away_it_is) {
    const Date today = day("2022-11-22");
    BOOST_TEST(view::dueHint({}, today).empty());
    BOOST_TEST(view::dueHint(today, today) == "today");
    BOOST_TEST(view::dueHint(day("2022-11-18"), today) == "4 days late");
    BOOST_TEST(view::dueHint(day("2022-11-21"), today) == "1 day late");
    BOOST_TEST(view::dueHint(day("2022-11-23"), today) == "in 1 day");
    BOOST_TEST(view::dueHint(day("2022-11-28"), today) == "in 6 days");
    BOOST_TEST(view::dueHint(day("1022-11-22"), today) == "365,243 days late");
}

BOOST_AUTO_TEST_CASE(a_time_names_its_zone) {
    BOOST_TEST(view::timeText(*Timestamp::parse("2022-10-14T09:12:33Z")) == "2022-10-14 09:12 UTC");
}

BOOST_AUTO_TEST_CASE(thousands_are_separated) {
    BOOST_TEST(view::countText(0) == "0");
    BOOST_TEST(view::countText(999) == "999");
    BOOST_TEST(view::countText(1000) == "1,000");
    BOOST_TEST(view::countText(1234567) == "1,234,567");
    BOOST_TEST(view::countText(-999) == "-999");
    BOOST_TEST(view::countText(-1000) == "-1,000");
}

BOOST_AUTO_TEST_SUITE_END()
