// Journey 1: an evidence file arrives.
#include <algorithm>
#include <deque>
#include <filesystem>
#include <iterator>

#include "app/Access.h"
#include "app/EvidenceIntake.h"
#include "app/EvidenceTarget.h"
#include "app/MediaType.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

domain::EvidenceVersion versionFrom(const EvidenceInput& input, const Arrived& arrived,
                                    const domain::Actor& actor, Timestamp now) {
    domain::EvidenceVersion version;
    version.digest = arrived.object.digest;
    version.size = arrived.object.size;
    version.mediaType = arrived.mediaType;
    version.originalName = input.fileName;
    version.source = input.source;
    version.collectedAt = input.collectedAt;
    version.periodFrom = input.periodFrom;
    version.periodTo = input.periodTo;
    version.validUntil = input.validUntil;
    version.confidentiality = input.confidentiality;
    version.receivedBy = actor.id;
    version.receivedAt = now;
    return version;
}

Result<std::string> titleFrom(const EvidenceInput& input) {
    return cleanText("title", input.title.empty() ? input.fileName : input.title, {1, 300, false});
}

/// The piece of evidence that the input names as the one it is a new version of, if the actor may know it.
Result<domain::Evidence> namedEvidence(Context& context, storage::ReadSession& session,
                                       const domain::Actor& actor, const domain::Audit& audit,
                                       const EvidenceInput& input) {
    const domain::EvidenceRef ref(input.evidence);
    auto newest = storage::findEvidenceVersionVisible(session, ref, 0, scopeOf(context, actor));
    if (!newest && newest.error().kind != ErrorKind::NotFound) return std::move(newest).error();
    if (!newest || newest->audit != audit.id) {
        return invalid("unknown-reference", "evidence",
                       "There is no evidence \"" + input.evidence + "\" in audit " + audit.ref.text() + ".",
                       "Check the spelling, or leave the field out to begin a new piece of evidence.");
    }
    return storage::findEvidence(session, newest->evidence);
}

/// The piece of evidence that the version belongs to: the one named, or a new one with the next of the
/// references.
Result<domain::Evidence> evidenceFor(Context& context, storage::WriteSession& session,
                                     const domain::Actor& actor, const EvidenceTarget& target,
                                     const EvidenceInput& input, std::deque<std::string>& refs) {
    if (!input.evidence.empty()) return namedEvidence(context, session, actor, target.audit, input);
    domain::Evidence evidence;
    evidence.audit = target.audit.id;
    TM_TRY(evidence.title, titleFrom(input));
    evidence.createdAt = context.now();
    if (refs.empty()) return internal("There are fewer references than new pieces of evidence.");
    evidence.ref = domain::EvidenceRef(refs.front());
    refs.pop_front();
    TM_TRY([[maybe_unused]] const auto position,
           storage::save(session, evidence, eventOf(context, actor, "evidence.create")));
    return evidence;
}

Result<domain::EvidenceVersionId> redactedOriginal(Context& context, storage::ReadSession& session,
                                                   const domain::Actor& actor, const domain::Audit& audit,
                                                   const EvidenceInput& input) {
    TM_TRY(const auto ids,
           versionsNamed(session, "redaction_of", {input.redactionOf}, audit.id, scopeOf(context, actor)));
    return ids.front();
}

Result<std::int64_t> nextNumber(storage::ReadSession& session, const domain::Evidence& evidence,
                                bool existed) {
    if (!existed) return std::int64_t{1};
    TM_TRY(const auto versions, storage::versionsOf(session, evidence.id));
    return versions.empty() ? 1 : versions.back().number + 1;
}

/// The same bytes in the same audit, received earlier, or empty.
Result<std::string> earlierName(storage::ReadSession& session, const domain::EvidenceVersion& version) {
    storage::EvidenceFilter filter;
    filter.audit = version.audit;
    filter.digest = version.digest;
    TM_TRY(const auto page, storage::listEvidence(session, storage::everything(), filter, {200, {}}));
    std::string name;
    for (const auto& row : page.rows) {
        if (row.id != version.id) name = row.ref + "/v" + std::to_string(row.number);
    }
    return name;
}

Result<Receipt> insert(Context& context, storage::WriteSession& session, const domain::Actor& actor,
                       const EvidenceTarget& target, const EvidenceInput& input, const Arrived& arrived,
                       std::deque<std::string>& refs) {
    TM_TRY(const domain::Evidence evidence, evidenceFor(context, session, actor, target, input, refs));
    domain::EvidenceVersion version = versionFrom(input, arrived, actor, context.now());
    version.evidence = evidence.id;
    version.ref = evidence.ref;
    version.audit = target.audit.id;
    TM_TRY(version.number, nextNumber(session, evidence, !input.evidence.empty()));
    if (!input.redactionOf.empty()) {
        TM_TRY(version.redactionOf, redactedOriginal(context, session, actor, target.audit, input));
    }
    TM_CHECK(domain::validate(version));
    ledger::Event event = eventOf(context, actor, "evidence.receive");
    event.facts.set("sha256", version.digest.hex())
        .set("size", version.size)
        .set("name", version.originalName)
        .set("media_type", version.mediaType)
        .set("audit", target.audit.ref.text())
        .set("answers", target.ref());
    TM_TRY([[maybe_unused]] const auto position, storage::save(session, version, std::move(event)));

    Receipt receipt;
    receipt.evidenceTitle = evidence.title;
    receipt.audit = target.audit.ref.text();
    receipt.answers = target.ref();
    receipt.receivedBy = actor.account;
    if (arrived.object.alreadyThere) {
        TM_TRY(receipt.sameAs, earlierName(session, version));
        receipt.sameBytesBefore = !receipt.sameAs.empty();
    }
    receipt.version = std::move(version);
    return receipt;
}

/// Enters one file after the other; files with the same target are linked to it at once, so that its record
/// is written once for all of them.
class Entry {
  public:
    Entry(Context& context, storage::WriteSession& session, const domain::Actor& actor)
        : m_context(&context), m_session(&session), m_actor(&actor) {}

    /// Takes the references that the inputs will need, all at once.
    Result<void> begin(const std::vector<const EvidenceInput*>& inputs) {
        const auto fresh = std::count_if(inputs.begin(), inputs.end(),
                                         [](const EvidenceInput* input) { return input->evidence.empty(); });
        TM_TRY(auto refs,
               storage::nextRefs(*m_session, storage::RefSeries::Evidence, static_cast<std::size_t>(fresh)));
        m_refs.assign(std::move_iterator(refs.begin()), std::move_iterator(refs.end()));
        return {};
    }

    Result<void> add(const EvidenceInput& input, const Arrived& arrived) {
        const std::string name = targetName(input);
        if (!m_target || name != m_targetName) {
            TM_CHECK(linkWaiting());
            TM_TRY(m_target, targetOf(*m_context, *m_session, *m_actor, input));
            m_targetName = name;
        }
        TM_TRY(Receipt receipt, insert(*m_context, *m_session, *m_actor, *m_target, input, arrived, m_refs));
        m_receipts.push_back(std::move(receipt));
        return {};
    }

    Result<std::vector<Receipt>> finish() {
        TM_CHECK(linkWaiting());
        return std::move(m_receipts);
    }

  private:
    Result<void> linkWaiting() {
        if (m_linked == m_receipts.size()) return {};
        std::vector<const domain::EvidenceVersion*> versions;
        for (; m_linked < m_receipts.size(); ++m_linked) versions.push_back(&m_receipts[m_linked].version);
        return link(*m_context, *m_session, *m_actor, *m_target, versions);
    }

    Context* m_context;
    storage::WriteSession* m_session;
    const domain::Actor* m_actor;
    std::optional<EvidenceTarget> m_target{};
    std::string m_targetName{};
    std::vector<Receipt> m_receipts{};
    std::size_t m_linked = 0;
    std::deque<std::string> m_refs{};
};

Result<void> answerFurther(Context& context, storage::WriteSession& session, const domain::Actor& actor,
                           const EvidenceInput& input, const Receipt& receipt) {
    for (const std::string& request : input.furtherRequests) {
        TM_CHECK(answerRequest(context, session, actor, request, {versionName(receipt.version)}));
    }
    return {};
}

/// Further requests must be of the same audit and take files, as the first one.
Result<void> checkFurther(Context& context, storage::ReadSession& session, const domain::Actor& actor,
                          const EvidenceInput& input, domain::AuditId audit) {
    for (const std::string& request : input.furtherRequests) {
        EvidenceInput further;
        further.request = request;
        TM_TRY(const EvidenceTarget target, targetOf(context, session, actor, further));
        if (target.audit.id == audit && request != input.request) continue;
        return invalid("unknown-reference", "request",
                       request + " cannot be answered by the same file as " + input.request + ".",
                       "Name each request once, all of one audit.");
    }
    return {};
}

}  // namespace

std::string targetName(const EvidenceInput& input) {
    return input.finding + "|" + input.action + "|" + input.request + "|" + input.audit;
}

Result<void> checkFacts(const Context& context, const domain::Actor& actor, const EvidenceInput& input) {
    TM_TRY([[maybe_unused]] const std::string name, checkFileName("file_name", input.fileName));
    TM_TRY([[maybe_unused]] const std::string title, titleFrom(input));
    domain::EvidenceVersion version = versionFrom(input, {}, actor, context.now());
    version.ref = domain::EvidenceRef("E-0000");  // its own is given once the bytes are safe
    TM_CHECK(domain::validate(version));
    if (input.declaredSize && *input.declaredSize > context.settings.uploadCap) {
        return Error{
            ErrorKind::TooLarge,
            "over-cap",
            "The file has " + std::to_string(*input.declaredSize) + " bytes.",
            "content-length",
            "One file may have " + std::to_string(context.settings.uploadCap) + " bytes (upload_cap).",
            "Split it, or ask the administrator to raise the cap.",
            {}};
    }
    return {};
}

Result<void> checkRoom(const Context& context, std::uint64_t announced) {
    std::error_code failed;
    const auto space = std::filesystem::space(context.directory.archive(), failed);
    if (failed) return {};  // The write itself will say what is wrong.
    const std::uint64_t reserve = context.settings.diskReserve;
    if (space.available >= reserve && space.available - reserve >= announced) return {};
    return environment("disk-full", "The disk that holds the archive is nearly full; the file was not taken.",
                       "Make room on the disk, then hand the file over again.");
}

Result<void> checkArrival(Context& context, storage::ReadSession& session, const domain::Actor& actor,
                          const EvidenceInput& input) {
    TM_TRY(const EvidenceTarget target, targetOf(context, session, actor, input));
    if (!input.evidence.empty()) TM_CHECK(namedEvidence(context, session, actor, target.audit, input));
    if (!input.redactionOf.empty()) {
        TM_CHECK(redactedOriginal(context, session, actor, target.audit, input));
    }
    TM_CHECK(checkFurther(context, session, actor, input, target.audit.id));
    return checkFacts(context, actor, input);
}

archive::PutExpectation expectationOf(const Context& context, const EvidenceInput& input,
                                      const std::function<void(std::uint64_t)>& progress) {
    archive::PutExpectation expected;
    expected.size = input.declaredSize;
    expected.digest = input.declaredDigest;
    expected.cap = context.settings.uploadCap;
    expected.progress = progress;
    return expected;
}

Result<std::vector<Receipt>> enterEvidence(Context& context, const domain::Actor& actor,
                                           const std::vector<const EvidenceInput*>& inputs,
                                           const std::vector<Arrived>& arrived, const AlsoEnter& also) {
    auto receipts =
        context.database->write([&](storage::WriteSession& session) -> Result<std::vector<Receipt>> {
            Entry entry(context, session, actor);
            TM_CHECK(entry.begin(inputs));
            for (std::size_t i = 0; i < inputs.size(); ++i) TM_CHECK(entry.add(*inputs[i], arrived[i]));
            TM_TRY(auto entered, entry.finish());
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                TM_CHECK(answerFurther(context, session, actor, *inputs[i], entered[i]));
            }
            if (also) TM_CHECK(also(session, entered));
            return entered;
        });
    if (!receipts) return receipts;
    // The files are entered whatever this read says; without a head the receipt can be fetched again.
    const auto head =
        context.database->read([](storage::ReadSession& session) { return storage::ledgerHead(session); });
    for (Receipt& receipt : *receipts) {
        if (head) receipt.checkpoint = head->note;
    }
    return receipts;
}

Result<void> mayRecordEvidence(Context& context, const domain::Actor& actor, const EvidenceInput& input) {
    TM_CHECK(context.database->read(
        [&](storage::ReadSession& session) { return checkArrival(context, session, actor, input); }));
    return checkRoom(context, input.declaredSize.value_or(0));
}

Result<Receipt> recordEvidence(Context& context, const domain::Actor& actor, const EvidenceInput& input,
                               ByteSource& bytes, const std::function<void(std::uint64_t)>& progress) {
    TM_CHECK(mayRecordEvidence(context, actor, input));
    HeadKeeper keeper(bytes);
    TM_TRY(const archive::StoredObject object,
           context.archive->put(keeper, expectationOf(context, input, progress)));
    TM_TRY(auto receipts, enterEvidence(context, actor, {&input}, {{object, mediaTypeOf(keeper.head())}}));
    return std::move(receipts.front());
}

}  // namespace tickmark::app
