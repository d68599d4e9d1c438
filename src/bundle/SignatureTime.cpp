#include "bundle/SignatureTime.h"

#include <algorithm>

#include "tickmark/crypto/Cms.h"
#include "tickmark/crypto/Timestamp.h"

namespace tickmark::bundle {
namespace {

using crypto::SignatureFlaw;

/// What leaves the question of trust open, but is no fault of the token.
bool isOpen(const crypto::SignatureProblem& problem) {
    return problem.flaw == SignatureFlaw::NoAnchor || problem.flaw == SignatureFlaw::NoRevocationData;
}

std::size_t problemsOf(ByteView signature, ByteView content, const Stamping& stamping) {
    crypto::CadesContext context;
    context.anchors = stamping.anchors;
    context.timestampAnchors = stamping.anchors;
    const auto report = crypto::checkCades(signature, content, context);
    return report.problems.size() + (report.timestamp ? report.timestamp->problems.size() : 0);
}

}  // namespace

Result<Bytes> askedToken(const Digest& imprint, const Stamping& stamping) {
    TM_TRY(const Bytes answer, stamping.ask(imprint));
    TM_TRY(Bytes token, crypto::tidyToken(answer, stamping.anchors));
    const auto report = crypto::checkTimestamp(token, imprint, stamping.anchors, stamping.crls);
    for (const auto& problem : report.problems) {
        if (isOpen(problem)) continue;
        return invalid("timestamp", "timestamp",
                       "The authority's timestamp is not usable: " + problem.message,
                       "Ask another time-stamp authority, or tell this one.");
    }
    return token;
}

Result<Bytes> withLists(ByteView signature, ByteView content, const Stamping& stamping) {
    Bytes made(signature.begin(), signature.end());
    std::size_t problems = problemsOf(made, content, stamping);
    for (const Bytes& list : stamping.crls) {
        TM_TRY(Bytes longer, crypto::addRevocationData(made, {list}, {}));
        const std::size_t then = problemsOf(longer, content, stamping);
        if (then > problems) continue;
        made = std::move(longer);
        problems = then;
    }
    return made;
}

Result<Bytes> withTimestamp(ByteView signature, ByteView content, const Stamping& stamping) {
    TM_TRY(const Digest imprint, crypto::signatureImprint(signature));
    TM_TRY(const Bytes token, askedToken(imprint, stamping));
    TM_TRY(const Bytes stamped, crypto::addSignatureTimestamp(signature, token));
    return withLists(stamped, content, stamping);
}

}  // namespace tickmark::bundle
