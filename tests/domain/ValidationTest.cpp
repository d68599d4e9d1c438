#include "tickmark/domain/Validation.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace tickmark;
using namespace tickmark::domain;

namespace {

const std::string tooLong(20'001, 'x');

/// Exactly this one field is refused, with words, a rule and a way out.
template <class Entity, class Change>
void refuses(Entity good, Change change, const std::string& field) {
    BOOST_TEST_CONTEXT(field) {
        BOOST_REQUIRE(validate(good).ok());
        change(good);
        const auto result = validate(good);
        BOOST_REQUIRE(!result.ok());
        BOOST_TEST((result.error().kind == ErrorKind::Invalid));
        BOOST_TEST(result.error().type == "validation");
        BOOST_REQUIRE(result.error().parts.size() == 1U);
        const Error& part = result.error().parts.front();
        BOOST_TEST(part.field == field);
        BOOST_TEST(!part.message.empty());
        BOOST_TEST(!part.fix.empty());
    }
}

template <class Entity, class Change>
void takes(Entity entity, Change change) {
    change(entity);
    const auto result = validate(entity);
    BOOST_TEST(result.ok(), (result.ok() ? std::string{} : describe(result.error())));
}

Party party() {
    return {{}, "process-owner", "Process owner, Incident management", Role::ProcessOwner, {}, {}, false, {},
            0};
}
Audit audit() {
    Audit audit;
    audit.title = "Internal audit";
    return audit;
}
Finding finding() {
    Finding finding;
    finding.title = "Priorities are not confirmed";
    return finding;
}
Action action() {
    Action action;
    action.title = "Write the rule down";
    return action;
}
EffectivenessCheck check() {
    EffectivenessCheck check;
    check.criterion = "below 5 %";
    return check;
}
EvidenceVersion version() {
    EvidenceVersion version;
    version.originalName = "incidents.csv";
    return version;
}
EvidenceRequest request() {
    EvidenceRequest request;
    request.text = "The incident log of October";
    return request;
}
Catalog catalog() {
    Catalog catalog;
    catalog.code = "iso20000-1";
    catalog.title = "ISO/IEC 20000-1:2018";
    catalog.clauses = {
        {"8", "", "Operation"}, {"8.6", "8", "Resolution"}, {"8.6.1", "8.6", "Incident management"}};
    return catalog;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(validation)

BOOST_AUTO_TEST_CASE(texts_are_cleaned_in_place) {
    Finding item = finding();
    item.title = "  Priorities \t";
    item.nature = "one\r\ntwo ";
    BOOST_REQUIRE(validate(item).ok());
    BOOST_TEST(item.title == "Priorities");
    BOOST_TEST(item.nature == "one\ntwo");
}

BOOST_AUTO_TEST_CASE(every_broken_rule_is_reported_at_once) {
    Finding item;
    item.classCode = "severe";
    item.round = 0;
    item.repeatOf = "9";
    const auto result = validate(item);
    BOOST_REQUIRE(!result.ok());
    std::vector<std::string> fields;
    for (const Error& part : result.error().parts) fields.push_back(part.field);
    const std::vector<std::string> expected{"class", "title", "repeat_of", "round"};
    BOOST_TEST(fields == expected, boost::test_tools::per_element());
    BOOST_TEST(result.error().message == "4 fields break a rule.");
}

BOOST_AUTO_TEST_CASE(account_names_are_short_lower_case_and_not_the_programs) {
    for (const char* name :
         {"ab", "a1", "9lives", "first.last", "a-b.c", "abcdefghijklmnopqrstuvwxyz01234567890123"}) {
        takes(party(), [&](Party& p) { p.account = name; });
    }
    for (const char* name : {"", "a", "A1", "two words", "..", "-a", "a_b", "a/b", "\xC3\xA4\xC3\xB6",
                             "system", "abcdefghijklmnopqrstuvwxyz012345678901234"}) {
        refuses(
            party(), [&](Party& p) { p.account = name; }, "account");
    }
}

BOOST_AUTO_TEST_CASE(party_fields) {
    refuses(
        party(), [](Party& p) { p.name = "  "; }, "name");
    refuses(
        party(), [](Party& p) { p.name = std::string(201, 'x'); }, "name");
    refuses(
        party(), [](Party& p) { p.name = "two\nlines"; }, "name");
    refuses(
        party(), [](Party& p) { p.validUntil = Date::of(1899, 12, 31); }, "valid_until");
    takes(party(), [](Party& p) { p.name = std::string(200, 'x'); });
}

BOOST_AUTO_TEST_CASE(audit_fields) {
    refuses(
        audit(), [](Audit& a) { a.ref = AuditRef("2022"); }, "ref");
    refuses(
        audit(), [](Audit& a) { a.title.clear(); }, "title");
    refuses(
        audit(), [](Audit& a) { a.programme = std::string(201, 'x'); }, "programme");
    refuses(
        audit(), [](Audit& a) { a.auditee = "a\tb"; }, "auditee");
    refuses(
        audit(), [](Audit& a) { a.catalog = "iso 20000"; }, "catalog");
    refuses(
        audit(), [](Audit& a) { a.criteria = tooLong; }, "criteria");
    refuses(
        audit(), [](Audit& a) { a.scope = tooLong; }, "scope");
    refuses(
        audit(),
        [](Audit& a) {
            a.sites = {"Here", ""};
        },
        "sites[1]");
    refuses(
        audit(),
        [](Audit& a) {
            a.sites = {"Here", "There", "Here "};
        },
        "sites[2]");
    refuses(
        audit(), [](Audit& a) { a.from = Date::of(3000, 1, 1); }, "from");
    refuses(
        audit(), [](Audit& a) { a.to = Date::of(1066, 1, 1); }, "to");
    refuses(
        audit(), [](Audit& a) { a.from = Date::of(2022, 11, 2), a.to = Date::of(2022, 11, 1); }, "to");
    takes(audit(), [](Audit& a) { a.from = a.to = Date::of(2022, 11, 2); });
    refuses(
        audit(), [](Audit& a) { a.plan = "\x01"; }, "plan");
    refuses(
        audit(), [](Audit& a) { a.conclusion = "\xC3"; }, "conclusion");
    refuses(
        audit(),
        [](Audit& a) {
            a.team = {{{}, true, ""}};
        },
        "team[0].party");
    refuses(
        audit(),
        [](Audit& a) {
            a.team = {{{1}, true, ""}, {{1}, false, ""}};
        },
        "team[1].party");
    refuses(
        audit(),
        [](Audit& a) {
            a.team = {{{1}, true, tooLong}};
        },
        "team[0].impartiality");
    refuses(
        audit(),
        [](Audit& a) {
            a.checklist = {{"8", "", "", {}}};
        },
        "checklist[0].question");
    refuses(
        audit(),
        [](Audit& a) {
            a.checklist = {{std::string(65, '8'), "q", "", {}}};
        },
        "checklist[0].clause");
    refuses(
        audit(),
        [](Audit& a) {
            a.checklist = {{"8", "q", tooLong, {}}};
        },
        "checklist[0].note");
    refuses(
        audit(),
        [](Audit& a) {
            a.checklist = {{"8", "q", "", {tooLong, "", 0}}};
        },
        "checklist[0].sample.population");
    refuses(
        audit(),
        [](Audit& a) {
            a.checklist = {{"8", "q", "", {"", tooLong, 0}}};
        },
        "checklist[0].sample.method");
    refuses(
        audit(),
        [](Audit& a) {
            a.checklist = {{"8", "q", "", {"", "", -1}}};
        },
        "checklist[0].sample.size");
    refuses(
        audit(),
        [](Audit& a) {
            a.shares = {{{}, Date::of(2022, 1, 1)}};
        },
        "shares[0].party");
    refuses(
        audit(),
        [](Audit& a) {
            a.shares = {{{1}, Date::of(1822, 1, 1)}};
        },
        "shares[0].until");
}

BOOST_AUTO_TEST_CASE(finding_fields) {
    refuses(
        finding(), [](Finding& f) { f.ref = FindingRef("F 1"); }, "ref");
    refuses(
        finding(), [](Finding& f) { f.classCode = "Major"; }, "class");
    refuses(
        finding(), [](Finding& f) { f.title = std::string(201, 'x'); }, "title");
    takes(finding(), [](Finding& f) {
        f.title.clear();
        for (int i = 0; i < 200; ++i) f.title += "\xC3\xA4";
    });
    refuses(
        finding(),
        [](Finding& f) {
            f.clauses = {"8.6.1", "8.6.1"};
        },
        "clauses[1]");
    refuses(
        finding(), [](Finding& f) { f.clauses = {""}; }, "clauses[0]");
    refuses(
        finding(),
        [](Finding& f) {
            f.clauses = {"8.6.1", "8.7, 8.8"};
        },
        "clauses[1]");
    refuses(
        finding(),
        [](Finding& f) {
            f.clauses.clear();
            for (int i = 0; i < 101; ++i) f.clauses.push_back(std::to_string(i));
        },
        "clauses");
    refuses(
        finding(), [](Finding& f) { f.requirement = tooLong; }, "requirement");
    refuses(
        finding(), [](Finding& f) { f.objectiveEvidence = tooLong; }, "objective_evidence");
    refuses(
        finding(), [](Finding& f) { f.nature = tooLong; }, "nature");
    refuses(
        finding(), [](Finding& f) { f.extent = tooLong; }, "extent");
    refuses(
        finding(), [](Finding& f) { f.risk = "\xE2\x80\xAE"; }, "risk");
    takes(finding(), [](Finding& f) { f.requirement = std::string(20'000, 'x'); });
    refuses(
        finding(), [](Finding& f) { f.process = "a\nb"; }, "process");
    refuses(
        finding(), [](Finding& f) { f.service = std::string(201, 'x'); }, "service");
    refuses(
        finding(), [](Finding& f) { f.repeatOf = "92"; }, "repeat_of");
    refuses(
        finding(), [](Finding& f) { f.sourceRef = std::string(201, 'x'); }, "source_ref");
    refuses(
        finding(), [](Finding& f) { f.responseDue = Date::of(1000, 1, 1); }, "response_due");
    refuses(
        finding(), [](Finding& f) { f.closeDue = Date::of(9999, 1, 1); }, "close_due");
    refuses(
        finding(),
        [](Finding& f) { f.responseDue = Date::of(2022, 2, 2), f.closeDue = Date::of(2022, 2, 1); },
        "close_due");
    refuses(
        finding(), [](Finding& f) { f.round = 0; }, "round");
    refuses(
        finding(),
        [](Finding& f) {
            f.classHistory = {{"x", "minor", "r", {}, {}}};
        },
        "class_history[0].from");
    refuses(
        finding(),
        [](Finding& f) {
            f.classHistory = {{"major", "x", "r", {}, {}}};
        },
        "class_history[0].to");
    refuses(
        finding(),
        [](Finding& f) {
            f.classHistory = {{"major", "minor", "", {}, {}}};
        },
        "class_history[0].reason");
}

BOOST_AUTO_TEST_CASE(response_fields) {
    takes(Response{}, [](Response&) {});
    refuses(
        Response{}, [](Response& r) { r.round = 0; }, "round");
    refuses(
        Response{}, [](Response& r) { r.correction = tooLong; }, "correction");
    refuses(
        Response{}, [](Response& r) { r.extent = tooLong; }, "extent");
    const auto place = [](auto change) {
        return [change](Response& r) {
            r.extentPlaces = {
                {ExtentKind::Process, "Night shift", "incidents", 40, 400, 2, "E-0001/v1", "AC-1"}};
            change(r.extentPlaces.front());
        };
    };
    takes(Response{}, place([](ExtentPlace&) {}));
    refuses(Response{}, place([](ExtentPlace& p) { p.place = " "; }), "extent_places[0].place");
    refuses(Response{}, place([](ExtentPlace& p) { p.lookedAt.clear(); }), "extent_places[0].looked_at");
    refuses(Response{}, place([](ExtentPlace& p) { p.sample = 401; }), "extent_places[0].sample");
    refuses(Response{}, place([](ExtentPlace& p) { p.found = 41; }), "extent_places[0].found");
    refuses(Response{}, place([](ExtentPlace& p) { p.found = -1; }), "extent_places[0].found");
    refuses(Response{}, place([](ExtentPlace& p) { p.population = -1; }), "extent_places[0].population");
    refuses(Response{}, place([](ExtentPlace& p) { p.answer = "no ref"; }), "extent_places[0].answer");
    refuses(
        Response{}, [](Response& r) { r.causeMethod = "a\nb"; }, "cause_method");
    refuses(
        Response{},
        [](Response& r) {
            r.whys = {"because", " "};
        },
        "whys[1]");
    refuses(
        Response{}, [](Response& r) { r.whys.assign(21, "why"); }, "whys");
    refuses(
        Response{},
        [](Response& r) {
            r.fishbone = {{"", "c"}};
        },
        "fishbone[0].branch");
    refuses(
        Response{},
        [](Response& r) {
            r.fishbone = {{"people", ""}};
        },
        "fishbone[0].cause");
    refuses(
        Response{},
        [](Response& r) {
            r.fishbone.assign(101, {"people", "c"});
        },
        "fishbone");
    refuses(
        Response{},
        [](Response& r) {
            r.rootCauses = {{"1", "t"}};
        },
        "root_causes[0].code");
    refuses(
        Response{},
        [](Response& r) {
            r.rootCauses = {{"RC-1", "t"}, {"RC-1", "u"}};
        },
        "root_causes[1].code");
    refuses(
        Response{},
        [](Response& r) {
            r.rootCauses = {{"RC-1", ""}};
        },
        "root_causes[0].text");
}

BOOST_AUTO_TEST_CASE(check_fields) {
    refuses(
        check(), [](EffectivenessCheck& c) { c.round = 0; }, "round");
    refuses(
        check(), [](EffectivenessCheck& c) { c.criterion.clear(); }, "criterion");
    refuses(
        check(), [](EffectivenessCheck& c) { c.plannedOn = Date::of(1822, 1, 1); }, "planned_on");
    refuses(
        check(), [](EffectivenessCheck& c) { c.doneOn = Date::of(1822, 1, 1); }, "done_on");
    refuses(
        check(), [](EffectivenessCheck& c) { c.note = tooLong; }, "note");
    refuses(
        check(), [](EffectivenessCheck& c) { c.kpiBefore = "1\n2"; }, "kpi_before");
    refuses(
        check(), [](EffectivenessCheck& c) { c.kpiAfter = "1\n2"; }, "kpi_after");
}

BOOST_AUTO_TEST_CASE(action_fields) {
    refuses(
        action(), [](Action& a) { a.ref = ActionRef("1"); }, "ref");
    refuses(
        action(), [](Action& a) { a.title.clear(); }, "title");
    refuses(
        action(), [](Action& a) { a.description = tooLong; }, "description");
    refuses(
        action(), [](Action& a) { a.rootCause = "cause one"; }, "root_cause");
    refuses(
        action(), [](Action& a) { a.ownerRole = "a\nb"; }, "owner_role");
    refuses(
        action(), [](Action& a) { a.due = Date::of(1822, 1, 1); }, "due");
    refuses(
        action(), [](Action& a) { a.doneOn = Date::of(1822, 1, 1); }, "done_on");
    refuses(
        action(), [](Action& a) { a.cost = std::string(201, '9'); }, "cost");
    refuses(
        action(), [](Action& a) { a.lesson = tooLong; }, "lesson");
    const ExtensionRequest good{Date::of(2023, 1, 1), "supplier is late", {}, {}, {}, "", {}};
    refuses(
        action(), [&](Action& a) { a.extensions = {good}, a.extensions[0].reason = ""; },
        "extensions[0].reason");
    refuses(
        action(), [&](Action& a) { a.extensions = {good}, a.extensions[0].asked = {-1'000'000}; },
        "extensions[0].asked");
    refuses(
        action(), [&](Action& a) { a.extensions = {good}, a.extensions[0].decisionNote = tooLong; },
        "extensions[0].decision_note");
    refuses(
        action(), [&](Action& a) { a.extensions.assign(101, good); }, "extensions");
}

BOOST_AUTO_TEST_CASE(evidence_version_fields) {
    using V = EvidenceVersion;
    refuses(
        version(), [](V& v) { v.ref = EvidenceRef("E/1"); }, "ref");
    refuses(
        version(), [](V& v) { v.number = 0; }, "number");
    for (const char* name : {"", "..", "a/b", "a\\b", "a\nb",
                             "\xE2\x80\xAE"
                             "fdp.exe",
                             "\xFF"}) {
        refuses(
            version(), [&](V& v) { v.originalName = name; }, "file_name");
    }
    refuses(
        version(), [](V& v) { v.originalName = std::string(300, 'x'); }, "file_name");
    for (const char* type : {"text", "/csv", "text/", "te xt/csv", "text/c,v"}) {
        refuses(
            version(), [&](V& v) { v.mediaType = type; }, "media_type");
    }
    for (const char* type :
         {"text/csv", "application/vnd.ms-excel", "image/svg+xml", "text/plain; charset=utf-8"}) {
        takes(version(), [&](V& v) { v.mediaType = type; });
    }
    refuses(
        version(), [](V& v) { v.source = std::string(501, 'x'); }, "source");
    refuses(
        version(), [](V& v) { v.periodFrom = Date::of(2022, 2, 2), v.periodTo = Date::of(2022, 2, 1); },
        "period_to");
    refuses(
        version(), [](V& v) { v.periodFrom = Date::of(1822, 1, 1); }, "period_from");
    refuses(
        version(), [](V& v) { v.validUntil = Date::of(3000, 1, 1); }, "valid_until");
    refuses(
        version(), [](V& v) { v.stateReason = tooLong; }, "state_reason");
}

BOOST_AUTO_TEST_CASE(request_fields) {
    refuses(
        request(), [](EvidenceRequest& r) { r.ref = RequestRef("-"); }, "ref");
    refuses(
        request(), [](EvidenceRequest& r) { r.text = "\n"; }, "text");
    refuses(
        request(),
        [](EvidenceRequest& r) {
            r.items = {"a", "a"};
        },
        "items[1]");
    refuses(
        request(), [](EvidenceRequest& r) { r.due = Date::of(1822, 1, 1); }, "due");
    refuses(
        request(), [](EvidenceRequest& r) { r.returnNote = tooLong; }, "return_note");
}

BOOST_AUTO_TEST_CASE(catalog_fields) {
    refuses(
        catalog(), [](Catalog& c) { c.code = "20000"; }, "code");
    refuses(
        catalog(), [](Catalog& c) { c.title.clear(); }, "title");
    refuses(
        catalog(), [](Catalog& c) { c.version = "a\nb"; }, "version");
    refuses(
        catalog(), [](Catalog& c) { c.source = "a\nb"; }, "source");
    refuses(
        catalog(), [](Catalog& c) { c.clauses[2].code.clear(); }, "clauses[2].code");
    refuses(
        catalog(), [](Catalog& c) { c.clauses[2].title = std::string(501, 'x'); }, "clauses[2].title");
    refuses(
        catalog(),
        [](Catalog& c) {
            c.clauses.push_back({"8.6", "8", "again"});
        },
        "clauses[3].code");
    refuses(
        catalog(), [](Catalog& c) { c.clauses[2].parent = "9"; }, "clauses[2].parent");
    refuses(
        catalog(), [](Catalog& c) { c.clauses[2].parent = "8.6.1"; }, "clauses[2].parent");
    Catalog circle = catalog();
    circle.clauses[0].parent = "8.6.1";
    const auto result = validate(circle);
    BOOST_REQUIRE(!result.ok());
    BOOST_TEST(result.error().parts.size() == 3U);
}

BOOST_AUTO_TEST_CASE(references) {
    for (const char* good : {"F-0092", "IA-2022-03", "a1", "x.y"})
        BOOST_TEST(checkReference("ref", good).ok());
    for (const std::string& bad : {std::string{}, std::string("F"), std::string("1F"), std::string("F 1"),
                                   std::string("F/1"), std::string("F_1"), std::string(41, 'F')}) {
        const auto result = checkReference("ref", bad);
        BOOST_REQUIRE(!result.ok());
        BOOST_TEST(result.error().type == "reference");
        BOOST_TEST(result.error().field == "ref");
    }
}

BOOST_AUTO_TEST_SUITE_END()
