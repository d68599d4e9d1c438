// Many files with the cost of few syncs and few transactions.
#include "app/EvidenceIntake.h"
#include "app/MediaType.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/storage/EvidenceRows.h"

namespace tickmark::app {

struct StoredBatch::State {
    std::vector<EvidenceInput> inputs{};
    std::vector<Arrived> arrived{};
};

StoredBatch::StoredBatch(std::unique_ptr<State> state) : m_state(std::move(state)) {}
StoredBatch::StoredBatch(StoredBatch&&) noexcept = default;
StoredBatch& StoredBatch::operator=(StoredBatch&&) noexcept = default;
StoredBatch::~StoredBatch() = default;

namespace {

/// Says which file is meant.
Error naming(const std::string& fileName, Error error) {
    error.field = fileName;
    return error;
}

/// A refusal of the archive names the item by its number ("items[3]").
Error namingItem(const std::vector<EvidenceFile>& files, Error error) {
    constexpr std::string_view prefix = "items[";
    if (!error.field.starts_with(prefix)) return error;
    const std::size_t item = std::strtoull(error.field.c_str() + prefix.size(), nullptr, 10);
    return item < files.size() ? naming(files[item].input.fileName, std::move(error)) : error;
}

/// The first file of each target is judged in full, the others by their own facts.
Result<void> checkAll(Context& context, const domain::Actor& actor, const std::vector<EvidenceFile>& files) {
    return context.database->read([&](storage::ReadSession& session) -> Result<void> {
        for (std::size_t i = 0; i < files.size(); ++i) {
            const EvidenceInput& input = files[i].input;
            const EvidenceInput* before = i == 0 ? nullptr : &files[i - 1].input;
            const bool known = before != nullptr && targetName(input) == targetName(*before) &&
                               input.evidence == before->evidence && input.redactionOf == before->redactionOf;
            auto checked =
                known ? checkFacts(context, actor, input) : checkArrival(context, session, actor, input);
            if (!checked && known) return naming(input.fileName, std::move(checked).error());
            TM_CHECK(checked);
        }
        return {};
    });
}

}  // namespace

Result<StoredBatch> storeEvidenceBatch(Context& context, const domain::Actor& actor,
                                       std::vector<EvidenceFile>& files) {
    TM_CHECK(checkAll(context, actor, files));
    auto state = std::make_unique<StoredBatch::State>();
    std::vector<std::string> types(files.size());
    std::vector<archive::Store::BatchItem> items;
    items.reserve(files.size());
    TypeJudges judges;
    for (EvidenceFile& file : files) {
        std::string& type = types[items.size()];
        items.push_back({[&file, &judges, &type]() -> Result<std::unique_ptr<ByteSource>> {
                             TM_TRY(auto source, file.open());
                             return judges.watch(std::move(source), type);
                         },
                         expectationOf(context, file.input, {})});
    }
    auto objects = context.archive->putBatch(items);
    if (!objects) return namingItem(files, std::move(objects).error());
    judges.finish();
    for (std::size_t i = 0; i < files.size(); ++i) {
        state->arrived.push_back({(*objects)[i], std::move(types[i])});
        state->inputs.push_back(std::move(files[i].input));
    }
    return StoredBatch(std::move(state));
}

Result<std::vector<Receipt>> enterEvidenceBatch(Context& context, const domain::Actor& actor,
                                                const StoredBatch& batch) {
    std::vector<const EvidenceInput*> inputs;
    for (const EvidenceInput& input : batch.m_state->inputs) inputs.push_back(&input);
    if (inputs.empty()) return std::vector<Receipt>{};
    return enterEvidence(context, actor, inputs, batch.m_state->arrived);
}

Result<std::vector<Receipt>> recordEvidenceBatch(Context& context, const domain::Actor& actor,
                                                 std::vector<EvidenceFile>& files) {
    TM_TRY(const StoredBatch batch, storeEvidenceBatch(context, actor, files));
    return enterEvidenceBatch(context, actor, batch);
}

}  // namespace tickmark::app
