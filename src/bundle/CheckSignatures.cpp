// E40 to E52: every signature, what it says, and the path from its certificate to what the verifier trusts.
#include <algorithm>

#include "bundle/EntryNames.h"
#include "bundle/SignatureFiles.h"
#include "tickmark/bundle/SignerStatement.h"

namespace tickmark::bundle {
namespace {

using crypto::SignatureFlaw;

constexpr std::string_view sealRole = "seal";

std::string_view word(crypto::Commitment commitment) {
    switch (commitment) {
        case crypto::Commitment::Origin:
            return "origin";
        case crypto::Commitment::Approval:
            return "approval";
        case crypto::Commitment::Receipt:
            return "receipt";
    }
    return {};
}

Level levelOf(crypto::Level level) {
    switch (level) {
        case crypto::Level::B:
            return Level::B;
        case crypto::Level::T:
            return Level::T;
        case crypto::Level::LT:
            return Level::LT;
    }
    return Level::B;
}

/// The first trusted archive timestamp that covers a group.
const GroupState* archiveOver(const Inspection& inspection, std::size_t group) {
    for (std::size_t i = group + 1; i < inspection.groups.size(); ++i) {
        if (inspection.groups[i].trustedTime) return &inspection.groups[i];
    }
    return nullptr;
}

/// One run over one signature.
class SignatureCheck {
  public:
    SignatureCheck(Inspection& inspection, crypto::CadesContext context, std::size_t number)
        : m_inspection(inspection), m_context(std::move(context)), m_number(number) {
        m_fact.file = group().proofName();
    }

    SignatureFact run() {
        const std::string_view signature = m_inspection.text(m_fact.file);
        const std::string_view signedFile = m_inspection.text(group().manifestName());
        readStatement();
        if (!group().proof || signature.empty()) {
            fail("E40", "There is no signature.");
        } else if (!group().manifest) {
            fail("E40", "There is no manifest that this signature could be made over.");
        } else {
            check(signature, signedFile);
        }
        return std::move(m_fact);
    }

  private:
    [[nodiscard]] const Group& group() const { return m_inspection.order.groups[m_number]; }
    [[nodiscard]] bool isSeal() const { return group().number == 1; }
    void fail(std::string_view code, std::string message) {
        m_inspection.outcome.fail(code, m_fact.file, std::move(message));
    }

    void check(std::string_view signature, std::string_view signedFile) {
        const GroupState* archive = archiveOver(m_inspection, m_number);
        if (archive != nullptr) m_context.provenTime = archive->trustedTime;
        const auto checked = crypto::checkCades(viewOf(signature), viewOf(signedFile), m_context);
        m_fact.intact = m_said;
        m_fact.trusted = checked.anchor.has_value();
        take(checked);
        m_fact.level = levelOf(checked.level);
        if (archive != nullptr && m_fact.level == Level::LT) m_fact.level = Level::LTA;
        if (checked.timestamp && checked.timestamp->trusted() && checked.timestamp->signer) {
            m_fact.authority = checked.timestamp->signer->subject();
        } else if (archive != nullptr) {
            m_fact.authority = archive->authority;
        }
        for (const auto& problem : checked.problems) place(problem, checked.anchor.has_value());
        if (checked.timestamp) checkSignatureTimestamp(m_inspection, m_fact, *checked.timestamp);
        checkCommitment(checked.commitment);
        m_fact.trusted = m_fact.trusted && m_fact.intact;
        if (checked.anchor && !checked.revocationKnown &&
            m_inspection.outcome.status("I52") == CheckStatus::Passed)
            m_inspection.outcome.leave("I52", "no usable revocation list");
    }

    void take(const crypto::SignatureReport& checked) {
        if (checked.signer) {
            m_fact.signer = checked.signer->subject();
            m_fact.fingerprint = checked.signer->fingerprint().hex();
        }
        if (checked.anchor) m_fact.anchor = checked.anchor->subject();
        if (checked.commitment) m_fact.commitment = word(*checked.commitment);
        m_fact.signingTime = checked.signingTime;
        m_fact.trustedTime = checked.provenTime;
    }

    void readStatement() {
        if (isSeal()) {
            m_fact.role = sealRole;
            m_said = true;
            return;
        }
        const std::string name = group().nameOf(entry::MetaKind::Statement);
        if (!group().statement) return;  // E30 reports it
        auto statement = SignerStatement::parse(m_inspection.text(name));
        if (!statement) {
            const Error& error = statement.error();
            m_inspection.outcome.fail("E40", name,
                                      (error.field.empty() ? "" : error.field + ": ") + error.message);
            return;
        }
        m_said = true;
        m_fact.role = toText(statement->role);
        m_fact.decision = toText(statement->decision);
        m_fact.comment = statement->comment;
        m_fact.name = statement->name;
        m_expected = statement->commitment();
        if (!m_inspection.bagInfo || statement->bundleRef == m_inspection.bagInfo->bundleRef) return;
        m_said = false;
        m_inspection.outcome.fail(
            "E40", name,
            "The statement is about bundle " + entry::shown(statement->bundleRef) + ", not about this one.");
    }

    void checkCommitment(const std::optional<crypto::Commitment>& commitment) {
        if (!commitment || *commitment == m_expected) return;
        m_fact.intact = false;
        fail("E40", "The signature commits to " + std::string(word(*commitment)) +
                        ", where it must commit to " + std::string(word(m_expected)) + ".");
    }

    void place(const crypto::SignatureProblem& problem, bool anchored) {
        switch (problem.flaw) {
            case SignatureFlaw::Malformed:
            case SignatureFlaw::Mismatch:
            case SignatureFlaw::CertificateBinding:
                m_fact.intact = false;
                return fail("E40", problem.message);
            case SignatureFlaw::KeyUsage:
            case SignatureFlaw::Validity:
                return distrust("E50", problem.message);
            case SignatureFlaw::NoAnchor:
            case SignatureFlaw::Chain:
                return placeTrust(problem, anchored);
            case SignatureFlaw::Revoked:
                return distrust("E51", problem.message);
            case SignatureFlaw::NoRevocationData:
                if (anchored) m_inspection.outcome.leaveWithProblem("I52", m_fact.file, problem.message);
                return;
            case SignatureFlaw::Imprint:
            case SignatureFlaw::SigningTime:
                return fail("E60", problem.message);
        }
    }

    void distrust(std::string_view code, const std::string& message) {
        m_fact.trusted = false;
        fail(code, message);
    }

    /// Without an anchor there is no path that could be right or wrong. Other organisations have other roots,
    /// so that nobody vouches for a later signer leaves the question open when the seal itself is trusted.
    void placeTrust(const crypto::SignatureProblem& problem, bool anchored) {
        m_fact.trusted = false;
        if (m_context.anchors.empty()) return;
        const auto& signatures = m_inspection.report.signatures;
        const bool sealTrusted = !signatures.empty() && signatures.front().trusted;
        if (isSeal() || anchored || !sealTrusted) return fail("E50", problem.message);
        m_inspection.outcome.leaveWithProblem("E50", m_fact.file, problem.message);
    }

    Inspection& m_inspection;
    crypto::CadesContext m_context;
    std::size_t m_number;
    SignatureFact m_fact{};
    crypto::Commitment m_expected = crypto::Commitment::Origin;
    bool m_said = false;  ///< whether the statement, where one must be, can stand
};

/// One person cannot be the seal, the lead auditor and the certification auditor at once.
void checkSigners(Inspection& inspection) {
    auto& signatures = inspection.report.signatures;
    for (std::size_t i = 1; i < signatures.size(); ++i) {
        if (signatures[i].fingerprint.empty()) continue;
        const auto end = signatures.begin() + static_cast<std::ptrdiff_t>(i);
        const auto same = std::find_if(signatures.begin(), end, [&](const SignatureFact& earlier) {
            return earlier.fingerprint == signatures[i].fingerprint && earlier.role != signatures[i].role;
        });
        if (same == end) continue;
        signatures[i].intact = signatures[i].trusted = false;
        inspection.outcome.fail("E40", signatures[i].file,
                                "It was made with the same certificate as " + same->file +
                                    ", although another role must sign with a key of its own.");
    }
}

void leaveTrust(Outcome& outcome, const std::string& reason) {
    for (const std::string_view code : {"E50", "E51", "I52"}) outcome.leave(code, reason);
}

void conclude(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    const auto& signatures = inspection.report.signatures;
    const std::size_t count = signatures.size();
    outcome.summarise("E40", std::to_string(count) + (count == 1 ? " signature" : " signatures"));
    if (inspection.options->anchors.empty()) {
        return leaveTrust(outcome, "no anchor was given: the signatures fit, but nobody said whom to trust");
    }
    std::string anchors;
    for (const SignatureFact& fact : signatures) {
        if (fact.anchor.empty() || anchors.find(fact.anchor) != std::string::npos) continue;
        anchors += (anchors.empty() ? "" : "; ") + fact.anchor;
    }
    if (anchors.empty()) return leaveTrust(outcome, "no signature leads to an anchor");
    outcome.summarise("E50", anchors);
    inspection.report.level = Level::LTA;
    for (const SignatureFact& fact : signatures)
        inspection.report.level = std::min(inspection.report.level, fact.level);
}

crypto::CadesContext contextOf(const Inspection& inspection) {
    crypto::CadesContext context;
    context.anchors = inspection.options->anchors;
    context.timestampAnchors = inspection.options->timestampAnchors;
    context.extraCrls = inspection.options->crls;
    if (inspection.has(entry::root)) {
        auto candidates = crypto::Certificate::allFromPem(inspection.text(entry::root));
        if (candidates) context.extraCertificates = *std::move(candidates);
    }
    return context;
}

}  // namespace

void checkSignatures(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    for (const std::string_view code : {"E40", "E50", "E51", "I52"}) outcome.begin(code);
    const auto& groups = inspection.order.groups;
    const crypto::CadesContext context = contextOf(inspection);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (groups[i].archive) continue;
        inspection.report.signatures.push_back(SignatureCheck(inspection, context, i).run());
    }
    if (inspection.report.signatures.empty()) {
        outcome.fail("E40", entry::signature, "There is no signature.");
        leaveTrust(outcome, "there is no signature");
    } else {
        checkSigners(inspection);
        conclude(inspection);
    }
    concludeTimestamps(inspection);
}

}  // namespace tickmark::bundle
