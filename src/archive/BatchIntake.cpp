#include "archive/BatchIntake.h"

#include <algorithm>
#include <cstring>
#include <string>

#include "archive/FileCalls.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::archive {

namespace {

constexpr std::size_t mostWorkers = 3;
/// Parcels beyond one for each worker: one being filled, one ready.
constexpr std::size_t spareParcels = 2;

std::unique_ptr<Parcel> newParcel() {
    auto parcel = std::make_unique<Parcel>();
    parcel->bytes = makeBuffer(intakeStep);
    return parcel;
}

/// Says which item the sender has to mend.
Error naming(std::size_t item, Error error) {
    if (error.field.empty() && (error.kind == ErrorKind::Invalid || error.kind == ErrorKind::TooLarge)) {
        error.field = "items[" + std::to_string(item) + "]";
    }
    return error;
}

}  // namespace

BatchIntake::BatchIntake(StagingAreas& areas, std::vector<Store::BatchItem>& items)
    : m_areas(areas), m_items(items), m_staged(items.size()), m_filling(newParcel()) {}

BatchIntake::~BatchIntake() { finish(); }

Result<std::vector<StagedObject>> BatchIntake::run() {
    readEverything();
    if (m_workers.empty()) {
        stagePieces(m_areas.at(0),
                    *m_filling);  // all of it fitted into one parcel: no thread was worth its while
    } else {
        m_full.push(std::move(m_filling));
    }
    finish();
    if (m_failure) return naming(m_failure->item, std::move(m_failure->error));
    return std::move(m_staged);
}

void BatchIntake::readEverything() {
    for (std::size_t index = 0; index < m_items.size() && !m_stop; ++index) {
        if (Result<void> read = readItem(index); !read) fail(index, std::move(read).error());
    }
}

Result<void> BatchIntake::readItem(std::size_t index) {
    const PutExpectation& expected = m_items[index].expected;
    TM_CHECK(checkDeclared(expected));
    TM_TRY(const std::unique_ptr<ByteSource> source, m_items[index].open());
    CheckedSource checked(*source, expected);
    TM_TRY(std::size_t count, checked.fill(m_filling->room()));
    if (!checked.ended() && m_filling->used > 0) {
        // It needs more room than was left here: it goes on at the front of the next parcel.
        startNextParcel(count);
        TM_TRY(const std::size_t more, checked.fill(m_filling->room().subspan(count)));
        count += more;
    }
    if (checked.ended()) {
        m_filling->pieces.push_back({index, m_filling->used, count});
        m_filling->used += count;
        return {};
    }
    Buffer first = std::exchange(m_filling->bytes, makeBuffer(intakeStep));
    lookAt(index, {first.get(), intakeStep});
    TM_TRY(m_staged[index], stageLarge(m_areas.at(0), checked, std::move(first)));
    return m_staged[index].file.close();
}

void BatchIntake::startNextParcel(std::size_t carried) {
    if (m_workers.empty()) {
        const std::size_t cores = std::max(2U, std::thread::hardware_concurrency());
        const std::size_t workers = std::min(mostWorkers, cores - 1);
        for (std::size_t i = 1; i < workers + spareParcels; ++i) m_free.push(newParcel());
        for (std::size_t i = 0; i < workers; ++i) {
            m_workers.emplace_back([this, i] { work(m_areas.at(i + 1)); });
        }
    }
    std::unique_ptr<Parcel> next = m_free.pop();
    std::memcpy(next->bytes.get(), m_filling->room().data(), carried);
    m_full.push(std::exchange(m_filling, std::move(next)));
}

void BatchIntake::work(StagingArea& area) {
    while (std::unique_ptr<Parcel> parcel = m_full.pop()) {
        try {
            stagePieces(area, *parcel);
        } catch (const std::exception&) {
            fail(parcel->pieces.front().item,
                 internal("The file could not be handled because of a fault in the program."));
        }
        parcel->used = 0;
        parcel->pieces.clear();
        m_free.push(std::move(parcel));
    }
}

void BatchIntake::stagePieces(StagingArea& area, const Parcel& parcel) {
    for (const Parcel::Piece& piece : parcel.pieces) {
        if (m_stop) return;
        if (Result<void> staged = stagePiece(area, parcel, piece); !staged)
            fail(piece.item, std::move(staged).error());
    }
}

Result<void> BatchIntake::stagePiece(StagingArea& area, const Parcel& parcel, const Parcel::Piece& piece) {
    const ByteView content = parcel.contentOf(piece);
    const Digest digest = crypto::Sha256::of(content);
    TM_CHECK(compareDigest(m_items[piece.item].expected, digest));
    StagedObject& staged = m_staged[piece.item];
    TM_TRY(staged, stageSmall(area, content, digest));
    lookAt(piece.item, content);
    return staged.file.close();
}

void BatchIntake::lookAt(std::size_t item, ByteView beginning) const {
    if (m_items[item].look) m_items[item].look(beginning);
}

void BatchIntake::fail(std::size_t item, Error error) {
    const std::lock_guard lock(m_mutex);
    if (!m_failure || item < m_failure->item) m_failure = Failure{item, std::move(error)};
    m_stop = true;
}

void BatchIntake::finish() {
    m_full.close();
    m_workers.clear();  // joins
}

}  // namespace tickmark::archive
