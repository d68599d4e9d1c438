#include "archive/Intake.h"

#include <algorithm>
#include <string>

#include "archive/FileCalls.h"
#include "archive/IntakePipeline.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::archive {

namespace {

Error overCap(std::uint64_t cap) {
    return {ErrorKind::TooLarge,
            "over-cap",
            "The file is larger than " + std::to_string(cap) + " bytes.",
            {},
            "A file may have at most " + std::to_string(cap) + " bytes.",
            "Send a smaller file, or ask the administrator to raise the limit.",
            {}};
}

Error truncated(std::uint64_t taken, std::uint64_t declared) {
    return invalid(
        "truncated", {},
        "The file ended after " + std::to_string(taken) + " of " + std::to_string(declared) + " bytes.",
        "Send the whole file again.");
}

Error tooLong(std::uint64_t declared) {
    return invalid("too-long", {},
                   "The file goes on after the declared " + std::to_string(declared) + " bytes.",
                   "Declare the file's real length and send it again.");
}

}  // namespace

Result<void> checkDeclared(const PutExpectation& expected) {
    if (expected.size && *expected.size > expected.cap) return overCap(expected.cap);
    return {};
}

Result<void> compareDigest(const PutExpectation& expected, const Digest& digest) {
    if (!expected.digest || *expected.digest == digest) return {};
    return invalid(
        "digest-mismatch", {},
        "The file's SHA-256 is " + digest.hex() + ", but " + expected.digest->hex() + " was declared.",
        "Check that the file is the one you meant, then send it again.");
}

Result<std::size_t> CheckedSource::fill(std::span<std::uint8_t> buffer) {
    std::size_t filled = 0;
    while (filled < buffer.size() && !m_ended) {
        // Never more than one byte beyond what is allowed: that byte is enough to refuse.
        const std::uint64_t limit = std::min(m_expected.cap, m_expected.size.value_or(UINT64_MAX));
        const std::uint64_t wanted = limit - m_taken == UINT64_MAX ? UINT64_MAX : limit - m_taken + 1;
        const auto space = std::min<std::uint64_t>(buffer.size() - filled, wanted);
        TM_TRY(const std::size_t count,
               m_source.read(buffer.subspan(filled, static_cast<std::size_t>(space))));
        if (count == 0) {
            TM_CHECK(end());
            break;
        }
        filled += count;
        m_taken += count;
        TM_CHECK(checkCount());
    }
    report(m_ended);
    return filled;
}

Result<void> CheckedSource::checkCount() const {
    if (m_taken > m_expected.cap) return overCap(m_expected.cap);
    if (m_expected.size && m_taken > *m_expected.size) return tooLong(*m_expected.size);
    return {};
}

Result<void> CheckedSource::end() {
    m_ended = true;
    if (m_expected.size && m_taken < *m_expected.size) return truncated(m_taken, *m_expected.size);
    return {};
}

void CheckedSource::report(bool last) {
    if (!m_expected.progress || m_taken == m_reported) return;
    if (!last && m_taken - m_reported < intakeStep) return;
    m_reported = m_taken;
    m_expected.progress(m_taken);
}

Result<void> CheckedSource::compare(const Digest& digest) const { return compareDigest(m_expected, digest); }

Result<StagedObject> stage(StagingArea& area, ByteSource& source, const PutExpectation& expected) {
    TM_CHECK(checkDeclared(expected));
    CheckedSource checked(source, expected);
    Buffer first = makeBuffer(intakeStep);
    TM_TRY(const std::size_t count, checked.fill({first.get(), intakeStep}));
    if (!checked.ended()) return stageLarge(area, checked, std::move(first));
    const ByteView content(first.get(), count);
    const Digest digest = crypto::Sha256::of(content);
    TM_CHECK(checked.compare(digest));
    return stageSmall(area, content, digest);
}

Result<StagedObject> stageLarge(StagingArea& area, CheckedSource& source, Buffer first) {
    TM_TRY(StagedFile file, StagedFile::createIn(area));
    IntakePipeline pipeline(file.fd());
    TM_TRY(const Digest digest, pipeline.run(source, std::move(first)));
    TM_CHECK(source.compare(digest));
    TM_CHECK(file.checkWhole(source.taken()));
    return StagedObject{std::move(file), digest, source.taken()};
}

Result<StagedObject> stageSmall(StagingArea& area, ByteView content, const Digest& digest) {
    TM_TRY(StagedFile file, StagedFile::createIn(area));
    TM_CHECK(writeAll(Place::Archive, file.fd(), content));
    TM_CHECK(file.checkWhole(content.size()));
    return StagedObject{std::move(file), digest, content.size()};
}

}  // namespace tickmark::archive
