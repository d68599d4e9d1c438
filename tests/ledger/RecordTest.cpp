#include "tickmark/ledger/Record.h"

#include <boost/test/unit_test.hpp>
#include <random>

using namespace tickmark;
using namespace tickmark::domain;

namespace {

/// Fills values from a seed: every text, list and optional is sometimes empty, sometimes not.
class Filler {
  public:
    explicit Filler(unsigned seed) : m_random(seed) {}

    std::int64_t number(std::int64_t from, std::int64_t to) {
        return std::uniform_int_distribution<std::int64_t>(from, to)(m_random);
    }
    bool coin() { return number(0, 1) == 1; }
    std::string text() {
        static const std::vector<std::string> some{"",
                                                   "a",
                                                   "\"\\/\b\f\n\r\t\x01",
                                                   "Größe",
                                                   "\xF0\x9F\x94\x92 lock",
                                                   std::string(300, 'x'),
                                                   "null",
                                                   "\xEF\xBF\xBF",
                                                   "0"};
        return some[static_cast<std::size_t>(number(0, static_cast<std::int64_t>(some.size()) - 1))];
    }
    Timestamp moment() { return {number(-30'000'000'000'000'000, 200'000'000'000'000'000)}; }
    Date day() { return {static_cast<std::int32_t>(number(-350'000, 2'900'000))}; }
    std::optional<Date> maybeDay() { return coin() ? std::optional(day()) : std::nullopt; }
    template <class Tag>
    void id(Id<Tag>& value) {
        value.value = coin() ? number(1, 9'007'199'254'740'991) : 0;
    }
    template <class Value>
    Value id() {
        Value value;
        id(value);
        return value;
    }
    template <class Enum>
    Enum oneOf(Enum last) {
        return static_cast<Enum>(number(0, static_cast<std::int64_t>(last)));
    }
    template <class Make>
    auto list(Make make) {
        std::vector<decltype(make())> items;
        for (std::int64_t i = number(0, 3); i > 0; --i) items.push_back(make());
        return items;
    }
    Digest digest() {
        std::array<std::uint8_t, Digest::size> bytes{};
        if (coin()) {
            for (auto& byte : bytes) byte = static_cast<std::uint8_t>(number(0, 255));
        }
        return Digest(bytes);
    }

  private:
    std::mt19937 m_random;
};

Party make(Filler& f, const Party& /*kind*/) {
    return {f.id<PartyId>(), f.text(),     f.text(), f.oneOf(Role::Administrator),
            f.maybeDay(),    f.maybeDay(), f.coin(), f.moment(),
            f.number(0, 9)};
}
Catalog make(Filler& f, const Catalog& /*kind*/) {
    return {f.id<CatalogId>(), f.text(), f.text(),
            f.text(),          f.text(), f.list([&] { return Clause{f.text(), f.text(), f.text()}; }),
            f.number(0, 9)};
}
Audit make(Filler& f, const Audit& /*kind*/) {
    Audit audit;
    audit.id = f.id<AuditId>();
    audit.ref = AuditRef(f.text());
    for (std::string* text : {&audit.title, &audit.programme, &audit.auditee, &audit.catalog, &audit.criteria,
                              &audit.scope, &audit.plan, &audit.conclusion}) {
        *text = f.text();
    }
    audit.type = f.oneOf(AuditType::Recertification);
    audit.state = f.oneOf(AuditState::Cancelled);
    audit.sites = f.list([&] { return f.text(); });
    audit.from = f.maybeDay();
    audit.to = f.maybeDay();
    audit.team = f.list([&] { return TeamMember{f.id<PartyId>(), f.coin(), f.text()}; });
    audit.checklist = f.list([&] {
        ChecklistItem row{f.text(), f.text(), f.text(), {f.text(), f.text(), f.number(0, 2), f.text()}};
        row.row = f.id<ChecklistRowId>();
        if (f.coin()) row.result = f.oneOf(CheckResult::NotExamined);
        row.reason = f.text();
        row.findings = f.list([&] { return f.id<FindingId>(); });
        row.evidence = f.list([&] { return f.id<EvidenceVersionId>(); });
        row.by = f.id<PartyId>();
        if (f.coin()) row.at = f.moment();
        if (f.coin()) row.rev = f.number(1, 9);
        return row;
    });
    audit.shares = f.list([&] { return AuditShare{f.id<PartyId>(), f.day()}; });
    audit.createdAt = f.moment();
    audit.rev = f.number(0, 9);
    return audit;
}
Response someResponse(Filler& f) {
    return {f.number(1, 3),
            f.text(),
            f.text(),
            f.text(),
            f.list([&] { return f.text(); }),
            f.list([&] {
                return FishboneCause{f.text(), f.text()};
            }),
            f.list([&] {
                return RootCause{f.text(), f.text()};
            }),
            f.id<PartyId>(),
            f.moment(),
            f.list([&] {
                return ExtentPlace{f.oneOf(ExtentKind::Population),
                                   f.text(),
                                   f.text(),
                                   f.number(0, 9),
                                   f.number(0, 99),
                                   f.number(0, 9),
                                   f.text(),
                                   f.text()};
            })};
}
EffectivenessCheck someCheck(Filler& f) {
    EffectivenessCheck check{f.number(1, 3), f.text(), f.maybeDay(), f.maybeDay(),   {},
                             f.text(),       f.text(), f.text(),     f.id<PartyId>()};
    if (f.coin()) check.verdict = f.oneOf(EffectivenessVerdict::NotEffective);
    return check;
}
Finding make(Filler& f, const Finding& /*kind*/) {
    Finding finding;
    finding.id = f.id<FindingId>();
    finding.ref = FindingRef(f.text());
    finding.audit = f.id<AuditId>();
    for (std::string* text : {&finding.classCode, &finding.title, &finding.requirement,
                              &finding.objectiveEvidence, &finding.nature, &finding.extent, &finding.risk,
                              &finding.process, &finding.service, &finding.repeatOf, &finding.sourceRef}) {
        *text = f.text();
    }
    finding.state = f.oneOf(FindingState::Closed);
    finding.clauses = f.list([&] { return f.text(); });
    finding.owner = f.id<PartyId>();
    finding.responseDue = f.maybeDay();
    finding.closeDue = f.maybeDay();
    finding.round = f.number(1, 3);
    finding.classHistory = f.list([&] {
        return ClassChange{f.text(), f.text(), f.text(), f.id<PartyId>(), f.moment()};
    });
    finding.evidence = f.list([&] { return f.id<EvidenceVersionId>(); });
    finding.responses = f.list([&] { return someResponse(f); });
    finding.checks = f.list([&] { return someCheck(f); });
    finding.createdBy = f.id<PartyId>();
    finding.createdAt = f.moment();
    finding.changedAt = f.moment();
    finding.rev = f.number(0, 9);
    return finding;
}
ExtensionRequest someExtension(Filler& f) {
    ExtensionRequest extension{f.day(), f.text(), f.id<PartyId>(), f.moment(), {}, f.text(), f.id<PartyId>()};
    if (f.coin()) extension.approved = f.coin();
    return extension;
}
Action make(Filler& f, const Action& /*kind*/) {
    Action action;
    action.id = f.id<ActionId>();
    action.ref = ActionRef(f.text());
    action.finding = f.id<FindingId>();
    action.kind = f.oneOf(ActionKind::Improvement);
    action.state = f.oneOf(ActionState::Cancelled);
    action.heldFrom = f.oneOf(ActionState::Cancelled);
    for (std::string* text : {&action.title, &action.description, &action.rootCause, &action.ownerRole,
                              &action.cost, &action.lesson}) {
        *text = f.text();
    }
    action.owner = f.id<PartyId>();
    action.due = f.maybeDay();
    action.doneOn = f.maybeDay();
    action.extensions = f.list([&] { return someExtension(f); });
    action.evidence = f.list([&] { return f.id<EvidenceVersionId>(); });
    action.createdAt = f.moment();
    action.rev = f.number(0, 9);
    return action;
}
Evidence make(Filler& f, const Evidence& /*kind*/) {
    return {f.id<EvidenceId>(), EvidenceRef(f.text()), f.id<AuditId>(), f.text(), f.moment(), f.number(0, 9)};
}
EvidenceVersion make(Filler& f, const EvidenceVersion& /*kind*/) {
    EvidenceVersion version;
    version.id = f.id<EvidenceVersionId>();
    version.evidence = f.id<EvidenceId>();
    version.ref = EvidenceRef(f.text());
    version.audit = f.id<AuditId>();
    version.number = f.number(1, 9);
    version.digest = f.digest();
    version.size = static_cast<std::uint64_t>(f.number(0, 9'007'199'254'740'991));
    for (std::string* text :
         {&version.mediaType, &version.originalName, &version.source, &version.stateReason}) {
        *text = f.text();
    }
    if (f.coin()) version.collectedAt = f.moment();
    version.periodFrom = f.maybeDay();
    version.periodTo = f.maybeDay();
    version.validUntil = f.maybeDay();
    version.confidentiality = f.oneOf(Confidentiality::Secret);
    version.redactionOf = f.id<EvidenceVersionId>();
    version.state = f.oneOf(EvidenceState::Withdrawn);
    version.withdrawalProposedBy = f.id<PartyId>();
    version.receivedBy = f.id<PartyId>();
    version.receivedAt = f.moment();
    version.ledgerPosition = f.number(0, 99);
    version.rev = f.number(0, 9);
    return version;
}
EvidenceRequest make(Filler& f, const EvidenceRequest& /*kind*/) {
    return {f.id<RequestId>(),
            RequestRef(f.text()),
            f.id<AuditId>(),
            f.id<FindingId>(),
            f.oneOf(RequestState::Cancelled),
            f.text(),
            f.list([&] { return f.text(); }),
            f.id<PartyId>(),
            f.maybeDay(),
            f.text(),
            f.list([&] { return f.id<EvidenceVersionId>(); }),
            f.moment(),
            f.number(0, 9)};
}
double someNumber(Filler& f) { return static_cast<double>(f.number(-1'000'000, 1'000'000)) / 7; }
template <class Make>
auto maybe(Filler& f, Make make) {
    return f.coin() ? std::optional(make()) : std::nullopt;
}
std::vector<RowFilter> someFilters(Filler& f) {
    return f.list([&] { return RowFilter{f.text(), f.oneOf(FilterOperator::NotEmpty), f.text()}; });
}
MeasurementRule someRule(Filler& f) {
    MeasurementRule rule;
    rule.only = someFilters(f);
    rule.rows = f.oneOf(RowChoice::Distinct);
    rule.where = someFilters(f);
    rule.aggregation = f.oneOf(Aggregation::Percentile);
    rule.hits = someFilters(f);
    for (std::string* text : {&rule.key, &rule.value, &rule.from, &rule.to, &rule.time, &rule.dateFormat})
        *text = f.text();
    rule.unit = maybe(f, [&] { return f.oneOf(DurationUnit::Days); });
    rule.percentile = maybe(f, [&] { return someNumber(f); });
    rule.grouping = f.oneOf(Grouping::EqualGroups);
    rule.groups = maybe(f, [&] { return f.number(0, 99); });
    rule.missing = f.list([&] { return f.text(); });
    return rule;
}
Measurement somePoint(Filler& f) {
    return {f.text(),
            maybe(f, [&] { return f.moment(); }),
            maybe(f, [&] { return f.moment(); }),
            someNumber(f),
            f.number(0, 99),
            maybe(f, [&] { return f.number(0, 99); })};
}
ComparedSide someSide(Filler& f) {
    return {f.number(0, 99), someNumber(f), maybe(f, [&] { return f.number(0, 99); })};
}
Comparison someComparison(Filler& f) {
    return {f.day(), f.oneOf(ComparedAs::Percentile), someSide(f), someSide(f), maybe(f, [&] {
                return TestOutcome{f.oneOf(ChanceTest::WelchT), someNumber(f),
                                   maybe(f, [&] { return someNumber(f); }), someNumber(f)};
            })};
}
Kpi make(Filler& f, const Kpi& /*kind*/) {
    Kpi kpi;
    kpi.id = f.id<KpiId>();
    kpi.ref = KpiRef(f.text());
    for (std::string* text : {&kpi.name, &kpi.unit, &kpi.source, &kpi.process, &kpi.service})
        *text = f.text();
    kpi.direction = maybe(f, [&] { return f.oneOf(KpiDirection::LowerIsBetter); });
    kpi.baseline = maybe(f, [&] { return someNumber(f); });
    kpi.target = maybe(f, [&] { return someNumber(f); });
    kpi.liveOn = f.maybeDay();
    kpi.owner = f.id<PartyId>();
    kpi.rule = maybe(f, [&] { return someRule(f); });
    kpi.createdAt = f.moment();
    kpi.rev = f.number(0, 9);
    return kpi;
}
KpiSeries make(Filler& f, const KpiSeries& /*kind*/) {
    KpiSeries series;
    series.id = f.id<SeriesId>();
    series.ref = SeriesRef(f.text());
    series.kpi = f.id<KpiId>();
    series.evidence = f.id<EvidenceVersionId>();
    series.digest = f.digest();
    series.rule = maybe(f, [&] { return someRule(f); });
    series.points = f.list([&] { return somePoint(f); });
    series.rowsRead = f.number(0, 99);
    series.leftOut = f.number(0, 99);
    series.comparison = maybe(f, [&] { return someComparison(f); });
    series.note = f.text();
    series.withdrawn = f.text();
    series.by = f.id<PartyId>();
    series.createdAt = f.moment();
    series.rev = f.number(0, 9);
    return series;
}
Bundle make(Filler& f, const Bundle& /*kind*/) {
    Bundle bundle;
    bundle.id = f.id<BundleId>();
    bundle.ref = BundleRef(f.text());
    bundle.audit = f.id<AuditId>();
    bundle.state = f.oneOf(BundleState::Revoked);
    for (std::string* text : {&bundle.title, &bundle.fileName, &bundle.signer, &bundle.reason, &bundle.level})
        *text = f.text();
    bundle.signatures = f.list([&] {
        return BundleSignature{f.text(), f.text(), f.text(), f.text(),
                               f.text(), f.text(), f.coin(), f.moment()};
    });
    bundle.withheld = f.list([&] { return WithheldFile{f.id<EvidenceVersionId>(), f.text()}; });
    bundle.digest = f.digest();
    bundle.size = static_cast<std::uint64_t>(f.number(0, 1'000'000));
    bundle.files = f.number(0, 99);
    bundle.supersedes = BundleRef(f.text());
    bundle.supersedesDigest = f.digest();
    bundle.snapshotSize = static_cast<std::uint64_t>(f.number(0, 1'000'000));
    bundle.selection = {f.oneOf(SelectionKind::Delta),
                        f.list([&] { return f.text(); }),
                        BundleRef(f.text()),
                        f.digest(),
                        static_cast<std::uint64_t>(f.number(0, 1'000'000)),
                        f.list([&] { return f.text(); })};
    bundle.sealedBy = f.id<PartyId>();
    if (f.coin()) bundle.sealedAt = f.moment();
    bundle.createdAt = f.moment();
    bundle.rev = f.number(0, 9);
    return bundle;
}

Lesson make(Filler& f, const Lesson& /*kind*/) {
    Lesson lesson;
    lesson.id = f.id<LessonId>();
    lesson.ref = LessonRef(f.text());
    lesson.kind = f.oneOf(LessonKind::Failure);
    for (std::string* text : {&lesson.title, &lesson.happened, &lesson.advice}) *text = f.text();
    LessonScope& scope = lesson.appliesTo;
    for (auto* list : {&scope.processes, &scope.services, &scope.clauses, &scope.tags})
        *list = f.list([&] { return f.text(); });
    lesson.improvement = f.id<ImprovementId>();
    lesson.finding = f.id<FindingId>();
    lesson.audit = f.id<AuditId>();
    lesson.author = f.id<PartyId>();
    lesson.at = f.moment();
    if (f.coin()) lesson.retraction = LessonRetraction{f.id<PartyId>(), f.moment(), f.text()};
    lesson.rev = f.number(0, 9);
    return lesson;
}

ImprovementItem make(Filler& f, const ImprovementItem& /*kind*/) {
    ImprovementItem item;
    item.id = f.id<ImprovementId>();
    item.ref = ImprovementRef(f.text());
    item.source = f.oneOf(ImprovementSource::ManagementReview);
    item.finding = f.id<FindingId>();
    item.state = f.oneOf(ImprovementState::Cancelled);
    item.heldFrom = f.oneOf(ImprovementState::Cancelled);
    for (std::string* text : {&item.sourceRef, &item.title, &item.description, &item.process, &item.service,
                              &item.objective, &item.cost, &item.kpi, &item.unit, &item.baseline,
                              &item.target, &item.analysis, &item.plan, &item.result, &item.outcome})
        *text = f.text();
    item.owner = f.id<PartyId>();
    item.value = f.number(0, 5);
    item.effort = f.number(0, 5);
    item.due = f.maybeDay();
    if (f.coin()) item.approval = PlanApproval{f.id<PartyId>(), f.moment()};
    item.round = f.number(1, 9);
    item.progress = f.number(0, 100);
    if (f.coin()) {
        item.lesson = ImprovementLesson{f.oneOf(ImprovementLessonKind::Failure), f.text(), f.text(),
                                        f.list([&] { return f.text(); })};
    }
    item.evidence = f.list([&] { return f.id<EvidenceVersionId>(); });
    item.extensions = f.list([&] {
        ExtensionRequest extension;
        extension.asked = f.day();
        extension.reason = f.text();
        extension.by = f.id<PartyId>();
        extension.at = f.moment();
        if (f.coin()) extension.approved = f.coin();
        extension.decisionNote = f.text();
        extension.decidedBy = f.id<PartyId>();
        return extension;
    });
    item.createdBy = f.id<PartyId>();
    item.createdAt = f.moment();
    item.changedAt = f.moment();
    item.rev = f.number(0, 9);
    return item;
}

PolicyVersion make(Filler& f, const PolicyVersion& /*kind*/) {
    PolicyVersion version;
    version.id = f.id<PolicyVersionId>();
    version.ref = PolicyVersionRef(f.text());
    version.version = f.number(1, 9);
    version.state = f.oneOf(PolicyState::Superseded);
    for (std::string* text : {&version.title, &version.text, &version.changes, &version.comment})
        *text = f.text();
    version.effectiveOn = f.maybeDay();
    version.reviewOn = f.maybeDay();
    if (f.coin()) version.writers = {f.id<PartyId>(), f.id<PartyId>()};
    version.decidedBy = f.id<PartyId>();
    if (f.coin()) version.approvedAt = f.moment();
    version.createdAt = f.moment();
    version.changedAt = f.moment();
    version.rev = f.number(0, 9);
    return version;
}

Objective make(Filler& f, const Objective& /*kind*/) {
    Objective objective;
    objective.id = f.id<ObjectiveId>();
    objective.ref = ObjectiveRef(f.text());
    objective.state = f.oneOf(ObjectiveState::Withdrawn);
    for (std::string* text : {&objective.title, &objective.statement, &objective.process, &objective.service,
                              &objective.kpi, &objective.unit, &objective.stateReason})
        *text = f.text();
    objective.owner = f.id<PartyId>();
    if (f.coin()) objective.direction = f.oneOf(KpiDirection::LowerIsBetter);
    if (f.coin()) objective.baseline = static_cast<double>(f.number(0, 9'000)) / 4;
    if (f.coin()) objective.target = static_cast<double>(f.number(0, 9'000)) / 4;
    if (f.coin()) objective.current = static_cast<double>(f.number(0, 9'000)) / 4;
    objective.currentEvidence = f.id<EvidenceVersionId>();
    objective.startOn = f.maybeDay();
    objective.targetOn = f.maybeDay();
    objective.proposedBy = f.id<PartyId>();
    objective.decidedBy = f.id<PartyId>();
    objective.createdAt = f.moment();
    objective.changedAt = f.moment();
    objective.rev = f.number(0, 9);
    return objective;
}

ManagementReview make(Filler& f, const ManagementReview& /*kind*/) {
    ManagementReview review;
    review.id = f.id<ReviewId>();
    review.ref = ReviewRef(f.text());
    review.state = f.oneOf(ReviewState::Cancelled);
    for (std::string* text :
         {&review.title, &review.chair, &review.conclusions, &review.inputs, &review.comment, &review.bundle})
        *text = f.text();
    review.day = f.maybeDay();
    review.from = f.maybeDay();
    review.to = f.maybeDay();
    review.participants = f.list([&] { return f.text(); });
    review.notes = f.list([&] { return ReviewNote{f.oneOf(ReviewTopic::Resources), f.text()}; });
    review.decisions = f.list([&] {
        return ReviewDecision{f.text(), f.id<PartyId>(), f.maybeDay(), f.text()};
    });
    review.inputsDigest = f.digest();
    if (f.coin()) review.heldAt = f.moment();
    review.writers = f.list([&] { return f.id<PartyId>(); });
    review.approvedBy = f.id<PartyId>();
    if (f.coin()) review.approvedAt = f.moment();
    review.bundleDigest = f.digest();
    review.bundleSize = f.number(0, 9'000);
    review.createdBy = f.id<PartyId>();
    review.createdAt = f.moment();
    review.rev = f.number(0, 9);
    return review;
}

Feedback make(Filler& f, const Feedback& /*kind*/) {
    Feedback feedback;
    feedback.id = f.id<FeedbackId>();
    feedback.ref = FeedbackRef(f.text());
    feedback.state = f.oneOf(FeedbackState::Dismissed);
    feedback.from = f.oneOf(FeedbackSide::Supplier);
    feedback.kind = f.oneOf(FeedbackKind::Suggestion);
    feedback.severity = f.oneOf(FeedbackSeverity::High);
    for (std::string* text : {&feedback.givenBy, &feedback.channel, &feedback.service, &feedback.process,
                              &feedback.text, &feedback.answer, &feedback.reason, &feedback.item})
        *text = f.text();
    feedback.received = f.maybeDay();
    feedback.createdBy = f.id<PartyId>();
    feedback.createdAt = f.moment();
    feedback.changedAt = f.moment();
    feedback.rev = f.number(0, 9);
    return feedback;
}

ServiceReview make(Filler& f, const ServiceReview& /*kind*/) {
    ServiceReview review;
    review.id = f.id<ServiceReviewId>();
    review.ref = ServiceReviewRef(f.text());
    review.state = f.oneOf(ServiceReviewState::Closed);
    review.service = f.text();
    review.side = f.oneOf(ServiceReviewSide::Supplier);
    review.counterpart = f.text();
    review.date = f.maybeDay();
    review.from = f.maybeDay();
    review.to = f.maybeDay();
    review.attendees = f.list([&] { return f.text(); });
    review.levels = f.list([&] { return ServiceLevel{f.text(), f.text(), f.text(), f.text(), f.coin()}; });
    review.points = f.list([&] {
        return ServiceReviewPoint{f.text(), f.id<PartyId>(), f.maybeDay(), f.oneOf(PointDecision::NoAction),
                                  f.text(), f.text()};
    });
    review.createdBy = f.id<PartyId>();
    review.createdAt = f.moment();
    review.changedAt = f.moment();
    review.rev = f.number(0, 9);
    return review;
}

template <class Entity>
void comesBackEqual(const Entity& entity) {
    const std::string record = ledger::encode(entity);
    BOOST_TEST_CONTEXT(record) {
        const Result<Entity> again = ledger::decode<Entity>(record);
        BOOST_REQUIRE_MESSAGE(again.ok(), (again.ok() ? std::string{} : describe(again.error())));
        BOOST_TEST((*again == entity));
        BOOST_TEST(ledger::encode(*again) == record);
    }
}

template <class Entity>
void everyMemberIsNeededOrKnown(const Entity& entity) {
    const codec::Json record = *codec::parseJson(ledger::encode(entity));
    for (const auto& [name, value] : *record.members()) {
        codec::Json wrong = record;
        wrong.set(name, value.members() != nullptr ? codec::Json(1) : codec::Json::object());
        const auto refusedType = ledger::decode<Entity>(codec::canonicalJson(wrong));
        BOOST_TEST_CONTEXT("member " << name) {
            BOOST_REQUIRE(!refusedType.ok());
            BOOST_TEST((refusedType.error().kind == ErrorKind::Damaged));
            BOOST_TEST(refusedType.error().type == "record");
            BOOST_TEST(refusedType.error().field == name);
        }
        // Without the member it is either refused or another entity, never the same one.
        codec::Json without = record;
        without.members()->erase(name);
        const auto shorter = ledger::decode<Entity>(codec::canonicalJson(without));
        BOOST_TEST_CONTEXT("without " << name) { BOOST_TEST((!shorter.ok() || !(*shorter == entity))); }
    }
    codec::Json more = record;
    more.set("extra", 1);
    const auto unknown = ledger::decode<Entity>(codec::canonicalJson(more));
    BOOST_REQUIRE(!unknown.ok());
    BOOST_TEST(unknown.error().field == "extra");
    BOOST_TEST((unknown.error().kind == ErrorKind::Damaged));
}

using Entities = std::tuple<Party, Catalog, Audit, Finding, Action, Evidence, EvidenceVersion,
                            EvidenceRequest, Bundle, ImprovementItem, Kpi, KpiSeries, Objective,
                            PolicyVersion, ManagementReview, Lesson, Feedback, ServiceReview>;

}  // namespace

BOOST_AUTO_TEST_SUITE(records)

BOOST_AUTO_TEST_CASE_TEMPLATE(an_empty_entity_comes_back_equal, Entity, Entities) {
    comesBackEqual(Entity{});
}

BOOST_AUTO_TEST_CASE_TEMPLATE(filled_entities_come_back_equal, Entity, Entities) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        Filler filler(seed);
        comesBackEqual(make(filler, Entity{}));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_record_with_a_changed_member_is_damaged, Entity, Entities) {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        Filler filler(seed);
        everyMemberIsNeededOrKnown(make(filler, Entity{}));
    }
}

BOOST_AUTO_TEST_CASE(a_finding_has_one_spelling) {
    Finding finding;
    finding.id = {92};
    finding.ref = FindingRef("F-0092");
    finding.audit = {3};
    finding.title = "Priorities are not confirmed";
    finding.clauses = {"8.6.1"};
    finding.owner = {7};
    finding.closeDue = Date::of(2022, 11, 18);
    finding.evidence = {{144}};
    finding.checks = {
        {2, "below 5 %", std::nullopt, std::nullopt, EffectivenessVerdict::NotEffective, "", "", "", {4}}};
    finding.rev = 1;
    BOOST_TEST(
        ledger::encode(finding) ==
        R"({"audit":3,"changed_at":"1970-01-01T00:00:00.000000Z","checks":[{"by":4,"criterion":"below 5 %",)"
        R"("round":2,"verdict":"not_effective"}],"class":"minor","clauses":["8.6.1"],"close_due":"2022-11-18",)"
        R"("created_at":"1970-01-01T00:00:00.000000Z","evidence":[144],"id":92,"owner":7,"ref":"F-0092","rev":1,)"
        R"("round":1,"state":"draft","title":"Priorities are not confirmed","v":1})");
}

BOOST_AUTO_TEST_CASE(an_evidence_version_names_its_digest_sha256) {
    EvidenceVersion version;
    version.digest =
        Digest::parse("85eb91cb00000000000000000000000000000000000000000000000013d7d5e3").value();
    const std::string record = ledger::encode(version);
    BOOST_TEST(record.find(R"("sha256":"85eb91cb0)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_damaged_record_names_the_member_inside_a_list) {
    Finding finding;
    finding.responses = {{1, "", "", "", {}, {}, {{"RC-1", "no training"}}, {}, {}}};
    std::string record = ledger::encode(finding);
    const auto at = record.find("\"RC-1\"");
    BOOST_REQUIRE(at != std::string::npos);
    record.replace(at, 6, "7");
    const auto decoded = ledger::decode<Finding>(record);
    BOOST_REQUIRE(!decoded.ok());
    BOOST_TEST(decoded.error().field == "responses[0].root_causes[0].code");
    BOOST_TEST(decoded.error().message ==
               "A stored record is damaged: its member \"responses[0].root_causes[0].code\" is not a text.");
}

BOOST_AUTO_TEST_CASE(a_record_that_is_no_object_or_of_another_version_is_damaged) {
    const std::string good = ledger::encode(Evidence{});
    std::string newer = good;
    newer.replace(newer.find("\"v\":1"), 5, "\"v\":2");
    std::string empty = good;
    empty.replace(empty.find("\"rev\""), 0, "\"ref\":\"\",");
    for (const std::string& record :
         {std::string{}, std::string("[]"), std::string("7"), good + "}", good.substr(1), newer, empty}) {
        const auto decoded = ledger::decode<Evidence>(record);
        BOOST_TEST_CONTEXT(record) {
            BOOST_REQUIRE(!decoded.ok());
            BOOST_TEST((decoded.error().kind == ErrorKind::Damaged));
            BOOST_TEST(decoded.error().type == "record");
        }
    }
}

BOOST_AUTO_TEST_CASE(words_and_days_that_do_not_exist_are_damage) {
    Audit audit;
    audit.from = Date::of(2022, 11, 18);
    const std::string record = ledger::encode(audit);
    const std::vector<std::pair<std::string, std::string>> changes{
        {"\"internal\"", "\"Internal\""},
        {"2022-11-18", "2022-11-31"},
        {"1970-01-01T00:00:00.000000Z", "1970-01-01T00:00:00Z"},
        {"\"rev\":0", "\"rev\":0.5"},
    };
    for (const auto& [from, to] : changes) {
        std::string changed = record;
        BOOST_REQUIRE(changed.find(from) != std::string::npos);
        changed.replace(changed.find(from), from.size(), to);
        BOOST_TEST(!ledger::decode<Audit>(changed).ok(), changed);
    }
}

BOOST_AUTO_TEST_SUITE_END()
