#include <set>

#include "RawDatabase.h"
#include "Sample.h"
#include "storage/Connection.h"
#include "storage/SearchText.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using namespace tickmark::storage;
using namespace tickmark::storage::sample;

BOOST_AUTO_TEST_SUITE(storage_listing)

namespace {

std::vector<std::string> refsOf(const Page<FindingRow>& page) {
    std::vector<std::string> refs;
    for (const auto& row : page.rows) refs.push_back(row.ref);
    return refs;
}

std::string joined(const Page<FindingRow>& page) {
    std::string text;
    for (const auto& ref : refsOf(page)) text += (text.empty() ? "" : " ") + ref;
    return text;
}

std::string listed(Catalogued& c, const FindingFilter& filter, const Scope& scope = everyone()) {
    return joined(c.read([&](ReadSession& s) { return listFindings(s, scope, filter, {}); }));
}

// Five findings that differ in everything one can filter by.
struct Filtered : Catalogued {
    domain::Audit second = audit("IA-2023-01");

    Filtered() {
        store(*database, second);
        put("F-0001", [](domain::Finding& f) { f.classCode = "major"; });
        put("F-0002", [&](domain::Finding& f) {
            f.owner = owner.id;
            f.closeDue = Date::of(2023, 3, 1);
            f.state = domain::FindingState::Responded;
        });
        put("F-0003", [&](domain::Finding& f) {
            f.audit = second.id;
            f.clauses = {"8.7.1", "8.6.1", "8.7.1"};
            f.closeDue = Date::of(2023, 1, 1);
        });
        put("F-0004", [](domain::Finding& f) {
            f.state = domain::FindingState::Closed;
            f.title = "Problem records without root cause";
            f.closeDue = Date::of(2023, 2, 1);
        });
        put("F-0005", [](domain::Finding& f) { f.state = domain::FindingState::Draft; });
    }
    template <class Change>
    void put(const std::string& ref, Change&& change) {
        domain::Finding made = finding(ref, main.id);
        change(made);
        store(*database, made);
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(each_filter_finds_what_it_names) {
    Filtered c;
    BOOST_TEST(listed(c, {}) == "F-0005 F-0004 F-0003 F-0002 F-0001");
    BOOST_TEST(listed(c, {.classCode = "major"}) == "F-0001");
    BOOST_TEST(listed(c, {.states = {domain::FindingState::Closed}}) == "F-0004");
    BOOST_TEST(listed(c, {.states = {domain::FindingState::Closed, domain::FindingState::Draft}}) ==
               "F-0005 F-0004");
    BOOST_TEST(listed(c, {.audit = c.second.id}) == "F-0003");
    BOOST_TEST(listed(c, {.clause = "8.7.1"}) == "F-0003");
    BOOST_TEST(listed(c, {.clause = "8.6.1"}) == "F-0005 F-0004 F-0003 F-0002 F-0001");
    BOOST_TEST(listed(c, {.clause = "8.6"}).empty());
    BOOST_TEST(listed(c, {.owner = c.owner.id}) == "F-0002");
    BOOST_TEST(listed(c, {.dueBefore = Date::of(2023, 2, 1)}) == "F-0003");
    BOOST_TEST(listed(c, {.dueAfter = Date::of(2023, 1, 1)}) == "F-0004 F-0002");
    BOOST_TEST(listed(c, {.openOnly = true}) == "F-0005 F-0003 F-0002 F-0001");
    BOOST_TEST(listed(c, {.q = "root cause"}) == "F-0004");
    BOOST_TEST(listed(c, {.q = "f-0003"}) == "F-0003");
    BOOST_TEST(listed(c, {.q = "enforced tool", .clause = "8.7.1"}) == "F-0003");
    BOOST_TEST(listed(c, {.order = FindingOrder::CloseDue}) == "F-0003 F-0004 F-0002");
    BOOST_TEST(listed(c, {.openOnly = true, .order = FindingOrder::CloseDue}) == "F-0003 F-0002");
}

BOOST_AUTO_TEST_CASE(a_row_shows_names_clauses_and_counts) {
    Filtered c;
    domain::Finding of = c.read([](ReadSession& s) { return findFinding(s, domain::FindingRef("F-0002")); });
    domain::Action one = sample::action("AC-0001", of.id);
    domain::Action two = sample::action("AC-0002", of.id);
    two.state = domain::ActionState::Cancelled;
    store(*c.database, one);
    store(*c.database, two);
    const auto page =
        c.read([&](ReadSession& s) { return listFindings(s, everyone(), {.owner = c.owner.id}, {}); });
    BOOST_REQUIRE_EQUAL(page.rows.size(), 1U);
    const FindingRow& row = page.rows.front();
    BOOST_TEST(row.auditRef == "IA-2022-03");
    BOOST_TEST(row.ownerAccount == "paul");
    BOOST_TEST(row.ownerName == "Person paul");
    BOOST_TEST(row.clauses == "8.6.1");
    BOOST_TEST(row.closeDue == "2023-03-01");
    BOOST_TEST(row.responseDue.empty());
    BOOST_TEST(row.state == "responded");
    BOOST_TEST(row.actions == 1);
    BOOST_TEST(row.rev == 1);
}

BOOST_AUTO_TEST_CASE(pages_are_complete_and_without_doubles_while_others_insert) {
    Catalogued c;
    need(c.database->write([&](WriteSession& s) -> Result<void> {
        for (int number = 0; number < 95; ++number) {
            domain::Finding made = finding("X-" + std::to_string(number), c.main.id);
            made.closeDue = Date::of(2023, 1, 1).plusDays(number % 7);
            TM_CHECK(save(s, made, event("finding.draft")));
        }
        return {};
    }));
    for (const auto order : {FindingOrder::Newest, FindingOrder::CloseDue}) {
        std::vector<std::string> seen;
        PageRequest page{.limit = 10};
        int inserted = 0;
        do {
            const auto answer =
                c.read([&](ReadSession& s) { return listFindings(s, everyone(), {.order = order}, page); });
            for (const auto& ref : refsOf(answer)) {
                if (ref.front() == 'X') seen.push_back(ref);
            }
            page.after = answer.next;
            domain::Finding made =
                finding("Y-" + std::to_string(static_cast<int>(order) * 100 + ++inserted), c.main.id);
            made.closeDue = Date::of(2022, 1, 1);
            store(*c.database, made);
        } while (!page.after.empty());
        BOOST_TEST(seen.size() == 95U);
        BOOST_TEST(std::set<std::string>(seen.begin(), seen.end()).size() == 95U);
    }
}

BOOST_AUTO_TEST_CASE(a_full_last_page_has_no_next) {
    Filtered c;
    const auto page = c.read([](ReadSession& s) { return listFindings(s, everyone(), {}, {.limit = 5}); });
    BOOST_TEST(page.rows.size() == 5U);
    BOOST_TEST(page.next.empty());
}

BOOST_AUTO_TEST_CASE(a_wrong_page_names_its_field) {
    Filtered c;
    const auto fieldFor = [&](const PageRequest& page) {
        const auto answer =
            c.database->read([&](ReadSession& s) { return listFindings(s, everyone(), {}, page); });
        return answer ? std::string("fine") : answer.error().field;
    };
    BOOST_TEST(fieldFor({.limit = 0}) == "limit");
    BOOST_TEST(fieldFor({.limit = 201}) == "limit");
    BOOST_TEST(fieldFor({.limit = 200}) == "fine");
    for (const char* wrong : {"x", "n", "n-1", "n1x", "k1.2023-01-01", "n99999999999999999999"}) {
        BOOST_TEST(fieldFor({.after = wrong}) == "after", wrong);
    }
}

BOOST_AUTO_TEST_CASE(nothing_a_person_types_is_an_error_of_the_full_text) {
    Filtered c;
    for (const char* typed : {"\"",
                              "'",
                              "\"\"\"",
                              "AND",
                              "OR NOT",
                              "NEAR(",
                              "title:x",
                              "*",
                              "a*b",
                              "-",
                              "(",
                              "^root",
                              "😀",
                              "😀 root",
                              "root\tcause\n",
                              "\x01\x02",
                              "{ref title}: x",
                              "+",
                              "f-0003\"",
                              "ünïcode"}) {
        const auto answer =
            c.database->read([&](ReadSession& s) { return listFindings(s, everyone(), {.q = typed}, {}); });
        BOOST_TEST(answer.ok(), typed);
    }
    BOOST_TEST(listed(c, {.q = std::string("ro\0ot", 5)}).empty());
    BOOST_TEST(listed(c, {.q = "   "}) == "F-0005 F-0004 F-0003 F-0002 F-0001");
    BOOST_TEST(listed(c, {.q = "\"'("}).empty());
    BOOST_TEST(listed(c, {.q = "roo"}) == "F-0004");
    BOOST_TEST(listed(c, {.q = "roo cause"}).empty());
    BOOST_TEST(listed(c, {.q = std::string(100'000, 'a')}).empty());
    BOOST_TEST(searchExpression("say \"hi\"") == "\"say\" AND \"\"\"hi\"\"\"*");
}

BOOST_AUTO_TEST_CASE(the_full_text_follows_a_change) {
    Filtered c;
    domain::Finding changed =
        c.read([](ReadSession& s) { return findFinding(s, domain::FindingRef("F-0004")); });
    changed.nature = "Nobody owns the zebra process.";
    store(*c.database, changed);
    BOOST_TEST(listed(c, {.q = "zebra"}) == "F-0004");
    changed.nature = "Nobody owns it.";
    store(*c.database, changed);
    BOOST_TEST(listed(c, {.q = "zebra"}).empty());
    RawDatabase raw(c.folder.database());
    BOOST_TEST(
        raw.refusalOf("INSERT INTO finding_search (finding_search, rank) VALUES ('integrity-check', 1)")
            .empty());
}

BOOST_AUTO_TEST_CASE(every_offered_filter_walks_an_index) {
    Filtered c;
    RawDatabase raw(c.folder.database());
    // The module's own statements, as they stand in its cache: run each list once, then explain what was
    // prepared.
    const std::vector<FindingFilter> filters{
        {},
        {.q = "root"},
        {.states = {domain::FindingState::Issued}},
        {.states = {domain::FindingState::Issued, domain::FindingState::Closed}},
        {.classCode = "major"},
        {.audit = c.main.id},
        {.clause = "8.6.1"},
        {.owner = c.owner.id},
        {.dueBefore = Date::of(2023, 1, 1)},
        {.dueAfter = Date::of(2023, 1, 1)},
        {.openOnly = true},
        {.order = FindingOrder::CloseDue},
        {.openOnly = true, .order = FindingOrder::CloseDue}};
    std::vector<Scope> scopes{everyone()};
    for (const auto reach :
         {domain::Reach::TeamAudits, domain::Reach::OwnItems, domain::Reach::SharedAudits}) {
        scopes.push_back({.reach = reach, .party = c.lead.id, .today = Date::of(2023, 1, 1)});
    }
    need(c.database->read([&](ReadSession& s) -> Result<void> {
        for (const auto& scope : scopes) {
            for (const auto& filter : filters) TM_CHECK(listFindings(s, scope, filter, {}));
            TM_CHECK(listActions(s, scope, {}, {}));
            TM_CHECK(listEvidence(s, scope, {}, {}));
            TM_CHECK(listRequests(s, scope, {}, {}));
            TM_CHECK(listAudits(s, scope, {}, {}));
            TM_CHECK(listBundles(s, scope, {}, {}));
            TM_CHECK(countFor(s, scope));
        }
        int explained = 0;
        for (sqlite3_stmt* statement = sqlite3_next_stmt(s.connection().handle(), nullptr);
             statement != nullptr; statement = sqlite3_next_stmt(s.connection().handle(), statement)) {
            const std::string sql = sqlite3_sql(statement);
            if (sql.find("FROM") == std::string::npos || sql.find("finding_tally f") != std::string::npos)
                continue;
            sqlite3_stmt* plan = nullptr;
            BOOST_REQUIRE_EQUAL(
                sqlite3_prepare_v2(raw.handle(), ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &plan, nullptr),
                SQLITE_OK);
            while (sqlite3_step(plan) == SQLITE_ROW) {
                const void* text = sqlite3_column_text(plan, 3);
                const std::string step = static_cast<const char*>(text);
                const bool scan = step.rfind("SCAN", 0) == 0 &&
                                  step.find("VIRTUAL TABLE INDEX") == std::string::npos &&
                                  step.find("SCAN (") == std::string::npos;
                BOOST_TEST(!scan, sql << ": " << step);
            }
            sqlite3_finalize(plan);
            ++explained;
        }
        BOOST_TEST(explained >= 40);
        return {};
    }));
}

BOOST_AUTO_TEST_CASE(the_dashboard_counts_by_class_and_state) {
    Filtered c;
    const auto counts = c.read([](ReadSession& s) {
        return countFor(s, {.reach = domain::Reach::Everything, .today = Date::of(2023, 2, 15)});
    });
    std::string text;
    for (const auto& count : counts.openFindings) {
        text += count.classCode + "/" + count.state + "=" + std::to_string(count.count) + " ";
    }
    BOOST_TEST(text == "major/issued=1 minor/issued=1 minor/responded=1 ");
    BOOST_TEST(counts.findingsPastDue == 1);  // F-0004 is closed, F-0002 is due later
    const auto own = c.read([&](ReadSession& s) {
        return countFor(
            s, {.reach = domain::Reach::OwnItems, .party = c.owner.id, .today = Date::of(2023, 4, 1)});
    });
    BOOST_TEST(own.ownFindings == 1);
    BOOST_TEST(own.findingsPastDue == 1);
    BOOST_REQUIRE_EQUAL(own.openFindings.size(), 1U);
    BOOST_TEST(own.openFindings.front().state == "responded");
}

BOOST_AUTO_TEST_CASE(the_other_lists_filter_and_page) {
    Filtered c;
    Database& database = *c.database;
    domain::Evidence evidence{.ref = domain::EvidenceRef("E-0001"), .audit = c.main.id, .title = "Export"};
    store(database, evidence);
    for (int number = 1; number <= 3; ++number) {
        domain::EvidenceVersion version;
        version.evidence = evidence.id;
        version.ref = evidence.ref;
        version.audit = c.main.id;
        version.number = number;
        version.digest = crypto::Sha256::of(std::to_string(number));
        version.state = number == 3 ? domain::EvidenceState::Withdrawn : domain::EvidenceState::Received;
        store(database, version);
    }
    const auto refs = [&](const EvidenceFilter& filter) {
        std::string text;
        for (const auto& row :
             c.read([&](ReadSession& s) { return listEvidence(s, everyone(), filter, {}); }).rows) {
            text += std::to_string(row.number);
        }
        return text;
    };
    BOOST_TEST(refs({}) == "321");
    BOOST_TEST(refs({.states = {domain::EvidenceState::Received}}) == "21");
    BOOST_TEST(refs({.digest = crypto::Sha256::of(std::string_view("2"))}) == "2");
    BOOST_TEST(refs({.audit = c.second.id}).empty());
    int objects = 0;
    int withdrawn = 0;
    need(database.read([&](ReadSession& s) {
        return eachExpectedObject(s, [&](const ExpectedObject& object) -> Result<void> {
            ++objects;
            withdrawn += object.withdrawn ? 1 : 0;
            return {};
        });
    }));
    BOOST_TEST(objects == 3);
    BOOST_TEST(withdrawn == 1);
    const auto events = c.read([](ReadSession& s) { return listEvents(s, {.ref = "E-0001/v2"}, {}); });
    BOOST_TEST(events.rows.size() == 1U);
    const auto head = c.read([](ReadSession& s) { return ledgerHead(s); });
    std::size_t walked = 0;
    PageRequest page{.limit = 3};
    do {
        const auto answer = c.read([&](ReadSession& s) { return listEvents(s, {}, page); });
        walked += answer.rows.size();
        page.after = answer.next;
    } while (!page.after.empty());
    BOOST_TEST(walked == head.size);
    std::string accounts;
    page = {.limit = 1};
    do {
        const auto answer = c.read([&](ReadSession& s) { return listParties(s, {}, page); });
        accounts += answer.rows.front().account + " ";
        page.after = answer.next;
    } while (!page.after.empty());
    BOOST_TEST(accounts == "anna paul ");
}

BOOST_AUTO_TEST_SUITE_END()
