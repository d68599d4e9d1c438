// Tallies of the trend review: they equal their lists, in every scope, and follow from the records.
#include <functional>

#include "storage/RawDatabase.h"
#include "storage/Sample.h"
#include "tickmark/storage/Trends.h"
#include "tickmark/storage/Waiting.h"

using namespace tickmark;
using namespace tickmark::storage;
using namespace tickmark::storage::sample;
using domain::FindingFacet;

namespace {

struct Trending : Catalogued {
    domain::Audit second = audit("IA-2023-01");
    int made = 0;

    Trending() {
        second.from = Date::of(2023, 2, 1);
        second.to = Date::of(2023, 2, 3);
        store(*database, second);
        put(main.id, "minor", "Incident", domain::FindingState::Issued, {"8.6.1", "7.5"});
        put(main.id, "major", "incident", domain::FindingState::Closed, {"8.6.1"});
        put(second.id, "minor", "Change", domain::FindingState::Responded, {"8.5.1"});
        put(second.id, "minor", "Incident", domain::FindingState::Responded, {"8.6.1"});
        put(second.id, "minor", "Incident", domain::FindingState::Draft, {"8.6.1"});
        put(second.id, "minor", "Incident", domain::FindingState::Withdrawn, {"8.6.1"});
        put(second.id, "conformity", "Incident", domain::FindingState::Issued, {"8.6.1"});
    }
    void put(domain::AuditId in, const std::string& code, const std::string& process,
             domain::FindingState state, const std::vector<std::string>& clauses) {
        domain::Finding one = finding("F-" + std::to_string(1000 + ++made), in);
        one.classCode = code;
        one.process = process;
        one.state = state;
        one.clauses = clauses;
        one.owner = owner.id;
        one.closeDue = Date::of(2022, 11, 30);
        one.responses.resize(1);
        one.responses[0].rootCauses = {{"RC-1", "No Rule"}};
        one.responses[0].fishbone = {{"People", "few"}, {"people", "new"}};
        one.checks.resize(1);
        if (state == domain::FindingState::Closed)
            one.checks[0].verdict = domain::EffectivenessVerdict::Effective;
        store(*database, one);
    }
    std::vector<TrendCount> counts(const TrendKey& key, const Scope& scope = everyone()) {
        return read([&](ReadSession& session) { return countTrend(session, scope, key); });
    }
    std::int64_t total(const TrendKey& key, const std::string& value, const Scope& scope = everyone()) {
        std::int64_t sum = 0;
        for (const auto& one : counts(key, scope)) sum += one.value == value ? one.count : 0;
        return sum;
    }
    std::size_t listed(FindingFilter filter, const Scope& scope = everyone()) {
        filter.counted = true;
        return read([&](ReadSession& session) {
                   return listFindings(session, scope, filter, {200, {}});
               })
            .rows.size();
    }
};

TrendKey by(FindingFacet facet) { return {TrendKey::Kind::Facet, facet}; }
constexpr TrendKey byClause{TrendKey::Kind::Clause};
constexpr TrendKey byClass{TrendKey::Kind::Class};

Scope ofOwner(domain::PartyId party) {
    return Scope{.reach = domain::Reach::OwnItems, .party = party, .today = Date::of(2026, 1, 1)};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(trend_tallies, Trending)

BOOST_AUTO_TEST_CASE(each_key_counts_what_was_issued_and_nothing_else) {
    BOOST_TEST(total(byClause, "8.6.1") == 3);
    BOOST_TEST(total(byClause, "7.5") == 1);
    BOOST_TEST(total(byClass, "minor") == 3);
    BOOST_TEST(total(byClass, "major") == 1);
    BOOST_TEST(total(byClass, "conformity") == 0);
    BOOST_TEST(total(by(FindingFacet::Process), "incident") == 3);
    BOOST_TEST(total(by(FindingFacet::Cause), "no rule") == 4);
    BOOST_TEST(total(by(FindingFacet::Branch), "people") == 4);
    BOOST_TEST(total(by(FindingFacet::Closure), "late") == 1);
    BOOST_TEST(total(by(FindingFacet::Effect), "worked") == 1);
}

BOOST_AUTO_TEST_CASE(every_count_equals_its_list_whichever_way_it_is_counted) {
    using Change = std::function<void(FindingFilter&)>;
    const std::vector<std::vector<Change>> choices{
        {[](FindingFilter&) {}, [](FindingFilter& f) { f.auditedFrom = Date::of(2023, 1, 1); },
         [](FindingFilter& f) { f.auditedTo = Date::of(2022, 12, 31); },
         [](FindingFilter& f) { f.undated = true; }},
        {[](FindingFilter&) {}, [](FindingFilter& f) { f.clause = "8.6.1"; },
         [](FindingFilter& f) {
             f.facets = {{FindingFacet::Process, "INCIDENT"}};
         },
         [](FindingFilter& f) {
             f.clause = "8.6.1";
             f.facets = {{FindingFacet::Closure, "late"}};
         }},
        {[](FindingFilter&) {}, [](FindingFilter& f) { f.classCode = "minor"; },
         [this](FindingFilter& f) { f.audit = second.id; }},
        {[](FindingFilter&) {}, [this](FindingFilter& f) { f.owner = owner.id; }},
        {[](FindingFilter&) {}, [](FindingFilter& f) { f.openOnly = true; },
         [](FindingFilter& f) { f.order = FindingOrder::CloseDue; }},
        {[](FindingFilter& f) { f.counted = true; }, [](FindingFilter& f) { f.counted = false; }}};
    std::vector<FindingFilter> filters{{}};
    for (const auto& ways : choices) {
        std::vector<FindingFilter> next;
        for (const FindingFilter& filter : filters) {
            for (const Change& way : ways) {
                next.push_back(filter);
                way(next.back());
            }
        }
        filters = std::move(next);
    }
    std::size_t some = 0;
    for (const Scope& scope :
         {everyone(), ofOwner(owner.id), Scope{.reach = domain::Reach::TeamAudits, .party = lead.id}}) {
        for (std::size_t i = 0; i < filters.size(); ++i) {
            const auto whole = read([&](ReadSession& session) {
                return listFindings(session, scope, filters[i], {200, {}});
            });
            const std::size_t rows = whole.rows.size();
            // In pages of one it may be found in another way than as a whole.
            std::string next;
            for (const FindingRow& row : whole.rows) {
                const auto page = read([&](ReadSession& session) {
                    return listFindings(session, scope, filters[i], {1, next});
                });
                BOOST_REQUIRE(page.rows.size() == 1U);
                BOOST_TEST(page.rows.front().ref == row.ref, "filter " << i);
                next = page.next;
            }
            BOOST_TEST(next.empty(), "filter " << i);
            const auto count =
                read([&](ReadSession& session) { return countFindings(session, scope, filters[i]); });
            BOOST_TEST(static_cast<std::size_t>(count) == rows,
                       "filter " << i << " in reach " << static_cast<int>(scope.reach));
            some += rows > 0 ? 1 : 0;
        }
    }
    BOOST_TEST(some > 100);
}

BOOST_AUTO_TEST_CASE(every_number_equals_its_list_in_every_scope) {
    for (const Scope& scope : {everyone(), ofOwner(owner.id), ofOwner(lead.id),
                               Scope{.reach = domain::Reach::TeamAudits, .party = lead.id},
                               Scope{.reach = domain::Reach::Nothing}}) {
        BOOST_TEST_CONTEXT(static_cast<int>(scope.reach)) {
            for (const TrendCount& one : counts(byClause, scope)) {
                FindingFilter filter;
                filter.clause = one.value;
                filter.audit = one.audit;
                filter.classCode = one.classCode;
                BOOST_TEST(listed(filter, scope) == static_cast<std::size_t>(one.count), one.value);
            }
            for (const TrendCount& one : counts(byClass, scope)) {
                FindingFilter filter;
                filter.audit = one.audit;
                filter.classCode = one.value;
                BOOST_TEST(listed(filter, scope) == static_cast<std::size_t>(one.count), one.value);
            }
            for (const FindingFacet facet :
                 {FindingFacet::Process, FindingFacet::Branch, FindingFacet::Cause, FindingFacet::Closure,
                  FindingFacet::Effect, FindingFacet::ClosedIn}) {
                for (const TrendCount& one : counts(by(facet), scope)) {
                    FindingFilter filter;
                    filter.facets = {{facet, one.value}};
                    filter.audit = one.audit;
                    filter.classCode = one.classCode;
                    BOOST_TEST(listed(filter, scope) == static_cast<std::size_t>(one.count), one.value);
                }
            }
        }
    }
    BOOST_TEST(counts(byClause, ofOwner(owner.id)).size() == counts(byClause).size());
    BOOST_TEST(counts(byClause, ofOwner(lead.id)).empty());
    BOOST_TEST(counts(byClass, Scope{.reach = domain::Reach::Nothing}).empty());
}

BOOST_AUTO_TEST_CASE(audits_stand_in_time_with_their_findings_and_the_list_takes_their_days) {
    const auto audits = read([&](ReadSession& session) { return trendAudits(session, everyone()); });
    BOOST_REQUIRE(audits.size() == 2U);
    BOOST_TEST(audits[0].ref == "IA-2022-03");
    BOOST_TEST(audits[0].findings == 2);
    BOOST_TEST(audits[0].open == 1);
    BOOST_TEST((audits[1].day == Date::of(2023, 2, 3)));
    FindingFilter filter;
    filter.auditedFrom = Date::of(2023, 1, 1);
    BOOST_TEST(listed(filter) == 2U);
    filter.auditedFrom.reset();
    filter.auditedTo = Date::of(2022, 12, 31);
    filter.openOnly = true;
    BOOST_TEST(listed(filter) == 1U);
    filter = {};
    filter.undated = true;
    BOOST_TEST(listed(filter) == 0U);
    main.from.reset();
    store(*database, main);
    BOOST_TEST(listed(filter) == 2U);
    BOOST_TEST(read([&](ReadSession& session) { return trendAudits(session, everyone()); }).back().ref ==
               "IA-2022-03");
}

BOOST_AUTO_TEST_CASE(candidates_for_a_repeat_are_earlier_of_another_audit_and_share_clause_and_process) {
    const auto of = [&](const char* ref) {
        const auto one = read([&](ReadSession& s) { return findFinding(s, domain::FindingRef(ref)); });
        std::vector<std::string> refs;
        for (const auto& found :
             read([&](ReadSession& s) { return repeatCandidates(s, everyone(), one, 10); }))
            refs.push_back(found.ref.text());
        return refs;
    };
    BOOST_TEST(of("F-1004") == (std::vector<std::string>{"F-1002", "F-1001"}),
               boost::test_tools::per_element());
    BOOST_TEST(of("F-1003").empty());
    BOOST_TEST(of("F-1001").empty());
}

BOOST_AUTO_TEST_CASE(facets_change_with_the_finding_and_pass_the_check) {
    auto one = read([&](ReadSession& s) { return findFinding(s, domain::FindingRef("F-1001")); });
    one.process = "Problem";
    store(*database, one);
    BOOST_TEST(total(by(FindingFacet::Process), "incident") == 2);
    BOOST_TEST(total(by(FindingFacet::Process), "problem") == 1);
    BOOST_TEST(check().ok());
    RawDatabase(folder.database()).execute("DELETE FROM finding_facet WHERE facet = 'cause'");
    BOOST_TEST(!check().ok());
}

BOOST_AUTO_TEST_CASE(an_older_catalog_gets_what_its_records_state) {
    const auto answered =
        read([](ReadSession& session) { return findFinding(session, domain::FindingRef("F-1001")); });
    domain::Action asks = action("AC-0001", answered.id);
    asks.due = Date::of(2022, 12, 1);
    asks.extensions = {{.asked = Date::of(2022, 12, 20), .reason = "Leave", .approved = false},
                       {.asked = Date::of(2022, 12, 15), .reason = "Leave"}};
    store(*database, asks);
    domain::Action quiet = action("AC-0002", answered.id);
    quiet.extensions = {{.asked = Date::of(2022, 12, 20), .reason = "Leave", .approved = true}};
    store(*database, quiet);
    const auto asked = [&] {
        return read([](ReadSession& session) { return askedExtensions(session, everyone(), 10); });
    };
    const auto before = asked();
    BOOST_REQUIRE(before.size() == 1U);
    BOOST_TEST(before.front().asked.iso() == "2022-12-15");
    BOOST_TEST(before.front().due.iso() == "2022-12-01");
    database.reset();
    {
        RawDatabase raw(folder.database());
        raw.execute("DROP TABLE audit_check; DROP INDEX audit_days");
        raw.execute("DROP TABLE passkey_challenge; DROP TABLE passkey");
        raw.execute("DROP TABLE finding_owner_tally; DROP INDEX finding_owner_newest");
        raw.execute("DROP TABLE malware_scan; DROP TABLE malware_release");
        raw.execute("DROP TABLE pending_sign_in; DROP TABLE recovery_code; DROP TABLE second_factor");
        raw.execute("DROP INDEX action_extension; ALTER TABLE action DROP COLUMN extension_asked");
        raw.execute("DROP TABLE lesson_tag; DROP TABLE lesson; DROP TABLE policy_version");
        raw.execute("DROP TABLE work_problem; DROP TABLE work_run; DROP TABLE object_proof");
        raw.execute("DROP TABLE storage_sample; ALTER TABLE session DROP COLUMN address");
        raw.execute("ALTER TABLE session DROP COLUMN agent");
        raw.execute(
            "DROP TABLE finding_facet; DROP TABLE idea; DROP TABLE digest; DROP TABLE mail_address; "
            "DROP TABLE calendar_feed; DROP TABLE search_index; DROP TABLE search_text; DROP TABLE "
            "search_position; DROP TABLE upload; DROP TABLE evidence_words; DROP TABLE objective; DROP TABLE "
            "management_review; "
            "DROP TABLE saved_filter; DROP TABLE preference; DROP TABLE feedback; DROP TABLE service_review; "
            "DROP TABLE trend_tally; DROP INDEX finding_state_due; DROP INDEX finding_audit_state; "
            "PRAGMA user_version = 8");
    }
    database = openIn(folder);
    BOOST_TEST(total(by(FindingFacet::Cause), "no rule") == 4);
    BOOST_REQUIRE(asked().size() == 1U);
    BOOST_TEST(asked().front().ref == "AC-0001");
    BOOST_TEST(check().ok());
}

BOOST_AUTO_TEST_SUITE_END()
