#include "tickmark/ledger/Event.h"

#include <boost/test/unit_test.hpp>

using namespace tickmark;
using ledger::Event;

namespace {

constexpr std::string_view digestText = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

Event fullEvent() {
    Event event;
    event.at = Timestamp::parse("2022-11-18T09:30:00.000001Z").value();
    event.actor = "lead";
    event.role = "LA";
    event.via = "session";
    event.kind = "finding.issue";
    event.subject = "finding";
    event.ref = "F-0092";
    event.rev = 3;
    event.record = Digest::parse(digestText).value();
    event.facts.set("to", "issued").set("from", "draft").set("reason", "na\xC3\xAFve \"quoted\"");
    return event;
}

const std::string goldenLeaf =
    R"({"actor":"lead","at":"2022-11-18T09:30:00.000001Z","facts":{"from":"draft","reason":"naïve \"quoted\"",)"
    R"("to":"issued"},"kind":"finding.issue","record":)"
    R"("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","ref":"F-0092","rev":3,"role":"LA",)"
    R"("subject":"finding","v":1,"via":"session"})";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(events)

BOOST_AUTO_TEST_CASE(a_leaf_is_one_line_of_canonical_json) { BOOST_TEST(fullEvent().leaf() == goldenLeaf); }

BOOST_AUTO_TEST_CASE(absent_parts_are_left_out_of_the_leaf) {
    Event event;
    event.at = Timestamp{0};
    event.actor = "system";
    event.kind = "key.create";
    BOOST_TEST(event.leaf() ==
               R"({"actor":"system","at":"1970-01-01T00:00:00.000000Z","kind":"key.create","v":1})");
    event.facts = codec::Json::object();
    BOOST_TEST(event.leaf().find("facts") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_leaf_is_read_back_with_every_part) {
    const auto event = Event::parse(goldenLeaf);
    BOOST_REQUIRE(event.ok());
    BOOST_TEST(event->at.iso() == "2022-11-18T09:30:00.000001Z");
    BOOST_TEST(event->actor == "lead");
    BOOST_TEST(event->role == "LA");
    BOOST_TEST(event->via == "session");
    BOOST_TEST(event->kind == "finding.issue");
    BOOST_TEST(event->subject == "finding");
    BOOST_TEST(event->ref == "F-0092");
    BOOST_TEST(event->rev == 3);
    BOOST_REQUIRE(event->record.has_value());
    BOOST_TEST(event->record->hex() == digestText);
    BOOST_TEST(event->facts.textAt("to") == "issued");
    BOOST_TEST(event->leaf() == goldenLeaf);
}

BOOST_AUTO_TEST_CASE(a_leaf_without_optional_parts_is_read_back) {
    const std::string leaf = R"({"actor":"a","at":"2022-11-18T09:30:00.000000Z","kind":"k","v":1})";
    const auto event = Event::parse(leaf);
    BOOST_REQUIRE(event.ok());
    BOOST_TEST(!event->record.has_value());
    BOOST_TEST(event->facts.isNull());
    BOOST_TEST(event->leaf() == leaf);
}

BOOST_AUTO_TEST_CASE(anything_but_the_one_spelling_is_refused) {
    const std::vector<std::string> wrong{
        "",
        "null",
        "[]",
        "{}",
        goldenLeaf + "\n",
        " " + goldenLeaf,
        goldenLeaf.substr(0, goldenLeaf.size() - 1),
        replaced(goldenLeaf, "\"v\":1", "\"v\":2"),
        replaced(goldenLeaf, "\"v\":1,", ""),
        replaced(goldenLeaf, "\"rev\":3", "\"rev\":\"3\""),
        replaced(goldenLeaf, "\"rev\":3", "\"rev\":0"),
        replaced(goldenLeaf, "\"rev\":3", "\"rev\":3.5"),
        replaced(goldenLeaf, "\"actor\":\"lead\",", ""),
        replaced(goldenLeaf, "\"actor\":\"lead\"", "\"actor\":7"),
        replaced(goldenLeaf, ".000001Z", ".1Z"),
        replaced(goldenLeaf, "2022-11-18T09", "2022-11-31T09"),
        replaced(goldenLeaf, "0011", "00zz"),
        replaced(goldenLeaf, "\"subject\":\"finding\"", "\"subject\":\"\""),
        replaced(goldenLeaf, "\"v\":1", "\"v\":1,\"x\":1"),
        replaced(goldenLeaf, "{\"actor\":\"lead\",", "{\"actor\":\"lead\",\"actor\":\"lead\","),
        replaced(goldenLeaf, R"({"from":"draft",)", R"({ "from":"draft",)"),
        R"({"actor":"a","at":"2022-11-18T09:30:00.000000Z","facts":[],"kind":"k","v":1})",
        R"({"actor":"a","at":"2022-11-18T09:30:00.000000Z","facts":{},"kind":"k","v":1})",
    };
    for (const std::string& leaf : wrong) {
        const auto event = Event::parse(leaf);
        BOOST_TEST_CONTEXT(leaf) {
            BOOST_REQUIRE(!event.ok());
            BOOST_TEST((event.error().kind == ErrorKind::Invalid));
            BOOST_TEST(event.error().type == "event");
        }
    }
}

BOOST_AUTO_TEST_CASE(an_event_takes_who_and_how_from_the_actor) {
    const domain::Actor actor{{7}, "owner", domain::Role::ProcessOwner, "token:ci"};
    const Event event = ledger::eventBy(actor, Timestamp::fromSeconds(5), "evidence.receive");
    BOOST_TEST(event.actor == "owner");
    BOOST_TEST(event.role == "PO");
    BOOST_TEST(event.via == "token:ci");
    BOOST_TEST(event.kind == "evidence.receive");
    BOOST_TEST(event.at.seconds() == 5);
    BOOST_TEST(Event::parse(event.leaf()).ok());
}

BOOST_AUTO_TEST_SUITE_END()
