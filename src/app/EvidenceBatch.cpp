// Many files with the cost of few syncs and few transactions.
#include "app/EvidenceIntake.h"
#include "app/MediaType.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/storage/EvidenceRows.h"

namespace tickmark::app {

struct EvidenceBatch::State {
    std::vector<EvidenceInput> inputs{};
    std::unique_ptr<archive::StagedBatch> staged{};
    std::vector<Arrived> arrived{};
};

EvidenceBatch::EvidenceBatch(std::unique_ptr<State> state) : m_state(std::move(state)) {}
EvidenceBatch::EvidenceBatch(EvidenceBatch&&) noexcept = default;
EvidenceBatch& EvidenceBatch::operator=(EvidenceBatch&&) noexcept = default;
EvidenceBatch::~EvidenceBatch() = default;

namespace {

/// Says which file is meant.
Error naming(const std::string& fileName, Error error) {
    error.field = fileName;
    return error;
}

/// A refusal of the archive names the item by its number ("items[3]").
Error namingItem(const std::vector<EvidenceInput>& inputs, Error error) {
    constexpr std::string_view prefix = "items[";
    if (!error.field.starts_with(prefix)) return error;
    const std::size_t item = std::strtoull(error.field.c_str() + prefix.size(), nullptr, 10);
    return item < inputs.size() ? naming(inputs[item].fileName, std::move(error)) : error;
}

/// The first file of each target is judged in full, the others by their own facts.
Result<void> checkAll(Context& context, const domain::Actor& actor, const std::vector<EvidenceFile>& files) {
    std::uint64_t announced = 0;
    const auto judged = context.database->read([&](storage::ReadSession& session) -> Result<void> {
        for (std::size_t i = 0; i < files.size(); ++i) {
            const EvidenceInput& input = files[i].input;
            const EvidenceInput* before = i == 0 ? nullptr : &files[i - 1].input;
            const bool known = before != nullptr && targetName(input) == targetName(*before) &&
                               input.evidence == before->evidence && input.redactionOf == before->redactionOf;
            auto checked =
                known ? checkFacts(context, actor, input) : checkArrival(context, session, actor, input);
            if (!checked && known) return naming(input.fileName, std::move(checked).error());
            TM_CHECK(checked);
            announced += input.declaredSize.value_or(0);
        }
        return {};
    });
    TM_CHECK(judged);
    return checkRoom(context, announced);
}

}  // namespace

Result<EvidenceBatch> stageEvidenceBatch(Context& context, const domain::Actor& actor,
                                         std::vector<EvidenceFile>& files) {
    TM_CHECK(checkAll(context, actor, files));
    auto state = std::make_unique<EvidenceBatch::State>();
    state->arrived.resize(files.size());
    std::vector<archive::Store::BatchItem> items;
    items.reserve(files.size());
    for (EvidenceFile& file : files) {
        std::string& type = state->arrived[items.size()].mediaType;
        items.push_back({std::move(file.open), expectationOf(context, file.input, {}),
                         [&type](ByteView beginning) { type = mediaTypeOf(beginning); }});
        state->inputs.push_back(std::move(file.input));
    }
    auto staged = context.archive->stageBatch(items);
    if (!staged) return namingItem(state->inputs, std::move(staged).error());
    state->staged = *std::move(staged);
    return EvidenceBatch(std::move(state));
}

Result<void> storeEvidenceBatch(Context& context, EvidenceBatch& batch) {
    EvidenceBatch::State& state = *batch.m_state;
    auto objects = context.archive->publishBatch(std::move(state.staged));
    if (!objects) return namingItem(state.inputs, std::move(objects).error());
    for (std::size_t i = 0; i < objects->size(); ++i) state.arrived[i].object = (*objects)[i];
    return {};
}

Result<std::vector<Receipt>> enterEvidenceBatch(Context& context, const domain::Actor& actor,
                                                const EvidenceBatch& batch) {
    std::vector<const EvidenceInput*> inputs;
    inputs.reserve(batch.m_state->inputs.size());
    for (const EvidenceInput& input : batch.m_state->inputs) inputs.push_back(&input);
    if (inputs.empty()) return std::vector<Receipt>{};
    return enterEvidence(context, actor, inputs, batch.m_state->arrived);
}

Result<std::vector<Receipt>> recordEvidenceBatch(Context& context, const domain::Actor& actor,
                                                 std::vector<EvidenceFile>& files) {
    TM_TRY(EvidenceBatch batch, stageEvidenceBatch(context, actor, files));
    TM_CHECK(storeEvidenceBatch(context, batch));
    return enterEvidenceBatch(context, actor, batch);
}

}  // namespace tickmark::app
