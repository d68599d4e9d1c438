#include "apps/witness/AddHead.h"

#include "apps/witness/BroughtFile.h"
#include "tickmark/ledger/Cosignature.h"

namespace tickmark::witness {
namespace {

/// One file that is brought, and what is known of its log.
class Judgement {
  public:
    Judgement(const WitnessFolder& folder, const AddRequest& request, const Clock& clock)
        : m_folder(folder), m_request(request), m_clock(clock) {}

    Result<Added> run() {
        TM_TRY(m_file, readBrought(m_request.file));
        TM_TRY(m_head, ledger::readCheckpoint(m_file.checkpoint));
        TM_TRY(m_seen, m_folder.find(m_head.origin));
        if (auto judged = judge(); !judged) return refuse(std::move(judged).error());
        TM_TRY(std::string line,
               ledger::cosign(m_file.checkpoint, m_folder.name(), m_folder.key(), m_clock.now()));
        const Timestamp now = m_clock.now();
        TM_CHECK(m_folder.keep({m_key, m_file.checkpoint, m_seen ? m_seen->firstAt : now, now}));
        return Added{m_head.origin, m_head.size, m_before, std::move(line)};
    }

  private:
    Result<void> judge() {
        TM_CHECK(chooseKey());
        if (const auto opened = ledger::openCheckpoint(m_file.checkpoint, m_key); !opened)
            return wrongKey(opened.error());
        if (!m_seen) return firstContact();
        TM_TRY(const ledger::Checkpoint before, ledger::openCheckpoint(m_seen->checkpoint, m_key));
        m_before = before.size;
        TM_TRY(const ledger::BroughtHead brought, proofFrom(m_file, m_head, before, m_key));
        return ledger::judgeExtension(before, brought);
    }

    Result<void> chooseKey() {
        if (m_request.logKey.empty()) {
            if (m_seen) {
                m_key = m_seen->key;
                return {};
            }
            return Error{ErrorKind::Undecided,
                         "first-contact",
                         "This witness has not seen the log " + m_head.origin + " before.",
                         {},
                         {},
                         "Get the log's verifier key from its owner over another way than this file, and "
                         "give --log KEY --first."};
        }
        TM_TRY(m_key, ledger::VerifierKey::parse(m_request.logKey));
        if (m_seen && m_seen->key.text() != m_key.text()) {
            return Error{ErrorKind::Damaged, "log-key",
                         "The key of the log " + m_head.origin +
                             " differs from the one this witness knows since first contact."};
        }
        return {};
    }

    Result<void> wrongKey(const Error& cause) const {
        if (cause.kind == ErrorKind::Damaged) {
            return Error{ErrorKind::Damaged, "log-key",
                         "The checkpoint is not signed by the log's key, so it says nothing about the log: " +
                             cause.message};
        }
        return cause;
    }

    Result<void> firstContact() const {
        if (m_request.first) return {};
        return Error{ErrorKind::Undecided,
                     "first-contact",
                     "This witness has not seen the log " + m_head.origin +
                         " before, so there is nothing to compare the head with.",
                     {},
                     {},
                     "Give --first to begin here: what the log held until now is then taken on trust, and "
                     "only what changes from now on is noticed."};
    }

    /// What contradicts is kept; what only lacks something may come again.
    Error refuse(Error cause) const {
        if (cause.kind != ErrorKind::Damaged) return cause;
        const std::string seen = m_seen ? m_seen->checkpoint : std::string();
        const auto kept = m_folder.keepRefused(
            {cause.type, cause.message, m_head.origin, seen, m_file.checkpoint, m_clock.now()});
        if (!kept) return kept.error();
        cause.rule = "A witness cosigns only what extends the head it saw last.";
        cause.fix = "Both heads are kept in " + kept->string() + ". Ask the log's owner to explain them.";
        return cause;
    }

    const WitnessFolder& m_folder;
    const AddRequest& m_request;
    const Clock& m_clock;
    BroughtFile m_file{};
    ledger::Checkpoint m_head{};
    std::optional<SeenLog> m_seen{};
    ledger::VerifierKey m_key{};
    std::optional<std::uint64_t> m_before{};
};

}  // namespace

Result<Added> addHead(const WitnessFolder& folder, const AddRequest& request, const Clock& clock) {
    return Judgement(folder, request, clock).run();
}

}  // namespace tickmark::witness
