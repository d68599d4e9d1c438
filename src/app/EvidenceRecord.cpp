// Journey 1: an evidence file arrives.
#include <filesystem>

#include "app/Access.h"
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

/// Bytes that are safe in the archive, with what was found out about them.
struct Arrived {
    archive::StoredObject object{};
    std::string mediaType{};
};

Result<void> diskHasRoom(const Context& context, std::uint64_t announced) {
    std::error_code failed;
    const auto space = std::filesystem::space(context.directory.archive(), failed);
    if (failed) return {};  // The write itself will say what is wrong.
    const std::uint64_t reserve = context.settings.diskReserve;
    if (space.available >= reserve && space.available - reserve >= announced) return {};
    return environment("disk-full", "The disk that holds the archive is nearly full; the file was not taken.",
                       "Make room on the disk, then hand the file over again.");
}

Result<void> checkInput(Context& context, const EvidenceInput& input) {
    TM_TRY([[maybe_unused]] const std::string name, checkFileName("file_name", input.fileName));
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
    return diskHasRoom(context, input.declaredSize.value_or(0));
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

/// The piece of evidence that the version belongs to: the one named, or a new one.
Result<domain::Evidence> evidenceFor(Context& context, storage::WriteSession& session,
                                     const domain::Actor& actor, const EvidenceTarget& target,
                                     const EvidenceInput& input) {
    if (!input.evidence.empty()) {
        auto evidence = storage::findEvidence(session, domain::EvidenceRef(input.evidence));
        if (!evidence && evidence.error().kind != ErrorKind::NotFound) return std::move(evidence).error();
        if (!evidence || evidence->audit != target.audit.id) {
            return invalid(
                "unknown-reference", "evidence",
                "There is no evidence \"" + input.evidence + "\" in audit " + target.audit.ref.text() + ".");
        }
        return evidence;
    }
    domain::Evidence evidence;
    evidence.audit = target.audit.id;
    TM_TRY(evidence.title,
           cleanText("title", input.title.empty() ? input.fileName : input.title, {1, 300, false}));
    evidence.createdAt = context.now();
    TM_TRY(const std::string ref, storage::nextRef(session, storage::RefSeries::Evidence));
    evidence.ref = domain::EvidenceRef(ref);
    TM_TRY([[maybe_unused]] const auto position,
           storage::save(session, evidence, eventOf(context, actor, "evidence.create")));
    return evidence;
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
                       const EvidenceTarget& target, const EvidenceInput& input, const Arrived& arrived) {
    TM_TRY(const domain::Evidence evidence, evidenceFor(context, session, actor, target, input));
    domain::EvidenceVersion version = versionFrom(input, arrived, actor, context.now());
    version.evidence = evidence.id;
    version.ref = evidence.ref;
    version.audit = target.audit.id;
    TM_TRY(version.number, nextNumber(session, evidence, !input.evidence.empty()));
    if (!input.redactionOf.empty()) {
        TM_TRY(const auto original, versionsNamed(session, "redaction_of", {input.redactionOf},
                                                  target.audit.id, scopeOf(context, actor)));
        version.redactionOf = original.front();
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

/// Rows, links and events of files whose bytes are safe, in one transaction.
Result<std::vector<Receipt>> commit(Context& context, const domain::Actor& actor,
                                    const std::vector<const EvidenceInput*>& inputs,
                                    const std::vector<Arrived>& arrived) {
    auto receipts =
        context.database->write([&](storage::WriteSession& session) -> Result<std::vector<Receipt>> {
            std::vector<Receipt> made;
            std::vector<domain::EvidenceVersion> waiting;
            std::optional<EvidenceTarget> target;
            std::string targetRef;
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                const EvidenceInput& input = *inputs[i];
                const std::string ref =
                    input.finding + "|" + input.action + "|" + input.request + "|" + input.audit;
                if (!target || ref != targetRef) {
                    if (target && !waiting.empty()) TM_CHECK(link(context, session, actor, *target, waiting));
                    waiting.clear();
                    TM_TRY(target, targetOf(context, session, actor, input));
                    targetRef = ref;
                }
                TM_TRY(Receipt receipt, insert(context, session, actor, *target, input, arrived[i]));
                waiting.push_back(receipt.version);
                made.push_back(std::move(receipt));
            }
            if (target && !waiting.empty()) TM_CHECK(link(context, session, actor, *target, waiting));
            return made;
        });
    if (!receipts) return receipts;
    const auto head =
        context.database->read([](storage::ReadSession& session) { return storage::ledgerHead(session); });
    for (Receipt& receipt : *receipts) {
        if (head) receipt.checkpoint = head->note;
    }
    return receipts;
}

Result<std::unique_ptr<ByteSource>> openSniffed(const EvidenceFile& file, std::string& type) {
    TM_TRY(auto source, file.open());
    return std::unique_ptr<ByteSource>(std::make_unique<TypeSniffer>(std::move(source), type));
}

}  // namespace

Result<void> mayRecordEvidence(Context& context, const domain::Actor& actor, const EvidenceInput& input) {
    auto target = context.database->read(
        [&](storage::ReadSession& session) { return targetOf(context, session, actor, input); });
    if (!target) return std::move(target).error();
    return checkInput(context, input);
}

Result<Receipt> recordEvidence(Context& context, const domain::Actor& actor, const EvidenceInput& input,
                               ByteSource& bytes, const std::function<void(std::uint64_t)>& progress) {
    TM_CHECK(mayRecordEvidence(context, actor, input));
    HeadKeeper keeper(bytes);
    TM_TRY(const archive::StoredObject object,
           context.archive->put(keeper, expectationOf(context, input, progress)));
    TM_TRY(auto receipts, commit(context, actor, {&input}, {{object, mediaTypeOf(keeper.head())}}));
    return std::move(receipts.front());
}

Result<std::vector<Receipt>> recordEvidenceBatch(Context& context, const domain::Actor& actor,
                                                 std::vector<EvidenceFile>& files) {
    if (files.empty()) return std::vector<Receipt>{};
    std::vector<archive::Store::BatchItem> items;
    std::vector<const EvidenceInput*> inputs;
    std::vector<std::string> types(files.size());
    for (std::size_t i = 0; i < files.size(); ++i) {
        EvidenceFile& file = files[i];
        const bool sameTarget = i > 0 && file.input.finding == files[i - 1].input.finding &&
                                file.input.action == files[i - 1].input.action &&
                                file.input.request == files[i - 1].input.request &&
                                file.input.audit == files[i - 1].input.audit;
        if (sameTarget)
            TM_CHECK(checkInput(context, file.input));
        else
            TM_CHECK(mayRecordEvidence(context, actor, file.input));
        inputs.push_back(&file.input);
        items.push_back({[&file, &type = types[i]]() { return openSniffed(file, type); },
                         expectationOf(context, file.input, {})});
    }
    TM_TRY(const auto objects, context.archive->putBatch(items));
    std::vector<Arrived> arrived;
    for (std::size_t i = 0; i < objects.size(); ++i) arrived.push_back({objects[i], types[i]});
    return commit(context, actor, inputs, arrived);
}

}  // namespace tickmark::app
