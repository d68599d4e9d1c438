#include "tickmark/storage/Improvements.h"

#include "Sample.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/ledger/Record.h"

using namespace tickmark;
using namespace tickmark::storage;
using namespace tickmark::storage::sample;
using domain::ImprovementSource;
using domain::ImprovementState;
using domain::Reach;

namespace {

const Date today = Date::of(2023, 1, 15);

/// Four items: one of a finding that Paul owns, one that he owns, one that Anna recorded, one of nobody.
struct Register : Catalogued {
    domain::Party carla = party("carla", domain::Role::CertificationAuditor);
    domain::Finding answered = finding("F-0001", main.id);

    Register() {
        store(*database, carla);
        main.shares.push_back({.party = carla.id, .until = today});
        store(*database, main);
        answered.owner = owner.id;
        store(*database, answered);
        auto first = item("II-0001", ImprovementSource::Audit, ImprovementState::GoalsSet);
        first.finding = answered.id;
        first.process = "Incident management";
        first.due = today.plusDays(-1);
        store(*database, first);
        auto second = item("II-0002", ImprovementSource::Idea, ImprovementState::Closed);
        second.owner = owner.id;
        second.service = "E-mail";
        second.due = today.plusDays(-1);
        store(*database, second);
        auto third = item("II-0003", ImprovementSource::Risk, ImprovementState::OnHold);
        third.createdBy = lead.id;
        third.due = today;
        third.kpi = "K-0001";
        store(*database, third);
        auto fourth = item("II-0004", ImprovementSource::Idea, ImprovementState::Identified);
        fourth.objective = "OB-0001";
        store(*database, fourth);
    }
    static domain::ImprovementItem item(const std::string& ref, ImprovementSource source,
                                        ImprovementState state) {
        domain::ImprovementItem made;
        made.ref = domain::ImprovementRef(ref);
        made.source = source;
        made.state = state;
        made.title = "Item " + ref;
        return made;
    }
    domain::EvidenceVersion hand(const std::string& ref, domain::PartyId by) {
        domain::Evidence evidence{.ref = domain::EvidenceRef(ref), .audit = main.id, .title = ref};
        store(*database, evidence);
        domain::EvidenceVersion version;
        version.evidence = evidence.id;
        version.ref = evidence.ref;
        version.audit = main.id;
        version.digest = crypto::Sha256::of(ref);
        version.receivedBy = by;
        store(*database, version);
        return version;
    }
    Scope as(Reach reach, const domain::Party& who) const {
        return {.reach = reach, .party = who.id, .today = today};
    }
    std::string list(const Scope& scope, const ImprovementFilter& filter = {}) {
        const auto page = read([&](ReadSession& s) { return listImprovements(s, scope, filter, {}); });
        std::string refs;
        for (const ImprovementRow& row : page.rows) refs += (refs.empty() ? "" : " ") + row.ref;
        return refs;
    }
    Scope all() const { return as(Reach::Everything, lead); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(storage_improvements)

BOOST_AUTO_TEST_CASE(an_item_comes_back_with_its_record_and_passes_the_check) {
    Register r;
    const auto version = r.hand("E-0001", r.owner.id);
    auto item = r.read([](ReadSession& s) { return findImprovement(s, domain::ImprovementRef("II-0001")); });
    item.evidence = {version.id};
    item.value = 5;
    item.effort = 2;
    item.lesson =
        domain::ImprovementLesson{domain::ImprovementLessonKind::Failure, "", "Ask first.", {"intake"}};
    store(*r.database, item);
    BOOST_TEST((r.read([&](ReadSession& s) { return findImprovement(s, item.ref); }) == item));
    BOOST_TEST(r.read([](ReadSession& s) { return recordOf(s, "improvement", "II-0001"); }) ==
               ledger::encode(item));
    const auto page = r.read([&](ReadSession& s) { return listImprovements(s, r.all(), {}, {}); });
    BOOST_TEST(page.rows.back().score == 250);
    BOOST_TEST(page.rows.back().findingRef == "F-0001");
    BOOST_TEST(r.check().ok());
}

BOOST_AUTO_TEST_CASE(references_of_the_register_count_up) {
    Register r;
    BOOST_TEST(need(r.database->write([](WriteSession& s) { return nextRef(s, RefSeries::Improvement); })) ==
               "II-0005");
}

BOOST_AUTO_TEST_CASE(everybody_sees_what_concerns_them) {
    Register r;
    const auto stranger = party("sam", domain::Role::ProcessOwner);
    BOOST_TEST(r.list(r.all()) == "II-0004 II-0003 II-0002 II-0001");
    BOOST_TEST(r.list(r.as(Reach::OwnItems, r.owner)) == "II-0002 II-0001");
    BOOST_TEST(r.list(r.as(Reach::TeamAudits, r.lead)) == "II-0003 II-0001");
    BOOST_TEST(r.list(r.as(Reach::SharedAudits, r.carla)) == "II-0001");
    Scope later = r.as(Reach::SharedAudits, r.carla);
    later.today = today.plusDays(1);
    BOOST_TEST(r.list(later).empty());
    BOOST_TEST(r.list(r.as(Reach::OwnItems, stranger)).empty());
    BOOST_TEST(r.list(r.as(Reach::Nothing, r.lead)).empty());
}

BOOST_AUTO_TEST_CASE(one_item_is_found_by_whom_it_concerns_only) {
    Register r;
    r.read([&](ReadSession& s) -> Result<bool> {
        const auto find = [&](const char* ref, const Scope& scope) {
            return findImprovementVisible(s, domain::ImprovementRef(ref), scope);
        };
        BOOST_TEST(find("II-0001", r.as(Reach::OwnItems, r.owner)).ok());
        BOOST_TEST((find("II-0004", r.as(Reach::OwnItems, r.owner)).error().kind == ErrorKind::NotFound));
        BOOST_TEST((find("II-0003", r.as(Reach::SharedAudits, r.carla)).error().kind == ErrorKind::NotFound));
        BOOST_TEST((find("II-9999", r.all()).error().kind == ErrorKind::NotFound));
        return true;
    });
}

BOOST_AUTO_TEST_CASE(each_filter_narrows_the_list) {
    Register r;
    const auto with = [&](auto set) {
        ImprovementFilter filter;
        set(filter);
        return r.list(r.all(), filter);
    };
    BOOST_TEST(with([](auto& f) { f.source = ImprovementSource::Idea; }) == "II-0004 II-0002");
    BOOST_TEST(with([](auto& f) {
                   f.states = {ImprovementState::OnHold, ImprovementState::Closed};
               }) == "II-0003 II-0002");
    BOOST_TEST(with([](auto& f) { f.process = "Incident management"; }) == "II-0001");
    BOOST_TEST(with([](auto& f) { f.service = "E-mail"; }) == "II-0002");
    BOOST_TEST(with([](auto& f) { f.kpi = "K-0001"; }) == "II-0003");
    BOOST_TEST(with([](auto& f) { f.objective = "OB-0001"; }) == "II-0004");
    BOOST_TEST(with([&](auto& f) { f.owner = r.owner.id; }) == "II-0002");
    BOOST_TEST(with([&](auto& f) { f.finding = r.answered.id; }) == "II-0001");
    BOOST_TEST(with([](auto& f) { f.overdue = true; }) == "II-0001");
    BOOST_TEST(with([](auto& f) { f.openOnly = true; }) == "II-0004 II-0003 II-0001");
    BOOST_TEST(with([](auto& f) { f.dueBefore = today; }) == "II-0002 II-0001");
    BOOST_TEST(with([](auto& f) { f.dueAfter = today.plusDays(-1); }) == "II-0003");
}

BOOST_AUTO_TEST_CASE(pages_follow_each_other_without_gaps) {
    Register r;
    std::string refs;
    PageRequest page{.limit = 3};
    do {
        const auto part = r.read([&](ReadSession& s) { return listImprovementItems(s, r.all(), {}, page); });
        for (const auto& item : part.rows) refs += item.ref.text() + " ";
        page.after = part.next;
    } while (!page.after.empty());
    BOOST_TEST(refs == "II-0004 II-0003 II-0002 II-0001 ");
}

BOOST_AUTO_TEST_CASE(counts_follow_the_scope) {
    Register r;
    const auto counts = [&](const Scope& scope) {
        const auto found = r.read([&](ReadSession& s) { return countImprovements(s, scope); });
        std::string text;
        for (const auto& one : found.byState) text += one.state + "=" + std::to_string(one.number) + " ";
        return text + "overdue=" + std::to_string(found.overdue);
    };
    BOOST_TEST(counts(r.all()) == "closed=1 goals_set=1 identified=1 on_hold=1 overdue=1");
    BOOST_TEST(counts(r.as(Reach::SharedAudits, r.carla)) == "goals_set=1 overdue=1");
    BOOST_TEST(counts(r.as(Reach::Nothing, r.lead)) == "overdue=0");
}

BOOST_AUTO_TEST_CASE(an_item_names_only_the_evidence_that_the_reader_may_see) {
    Register r;
    const auto own = r.hand("E-0001", r.owner.id);
    const auto foreign = r.hand("E-0002", r.lead.id);
    auto item = r.read([](ReadSession& s) { return findImprovement(s, domain::ImprovementRef("II-0002")); });
    item.evidence = {foreign.id, own.id};
    store(*r.database, item);
    const auto seen = [&](const Scope& scope) {
        return r.read([&](ReadSession& s) { return visibleEvidenceOf(s, item, scope); });
    };
    BOOST_TEST((seen(r.as(Reach::OwnItems, r.owner)) == std::vector{own.id}));
    BOOST_TEST((seen(r.all()) == std::vector{foreign.id, own.id}));
}

BOOST_AUTO_TEST_SUITE_END()
