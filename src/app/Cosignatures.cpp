// What witnesses answer, matched to the heads that this log signed.
#include "tickmark/ledger/Cosignature.h"

#include <algorithm>

#include "app/Access.h"
#include "tickmark/app/Witnesses.h"
#include "tickmark/storage/Witnesses.h"

namespace tickmark::app {
namespace {

constexpr std::int64_t clockTolerance = 60 * 60;  // seconds that a witness's clock may be ahead

/// A signature line that fits a head.
struct Match {
    storage::WitnessRow witness{};
    storage::LedgerHead head{};
    std::string note{};
    Timestamp at{};
};

/// The lines of one answer against what this log knows.
class Matching {
  public:
    Matching(std::vector<storage::LedgerHead> heads, std::vector<storage::WitnessRow> witnesses)
        : m_heads(std::move(heads)), m_witnesses(std::move(witnesses)) {
        std::reverse(m_heads.begin(), m_heads.end());  // an answer is most often about a late head
    }

    Result<std::vector<Match>> match(const std::vector<std::string>& lines) {
        std::vector<Match> found;
        for (const std::string& line : lines) {
            for (const auto& witness : m_witnesses) TM_CHECK(matchLine(line, witness, found));
        }
        if (!found.empty()) return found;
        return refused("unknown-witness", "The file holds no cosignature by a witness that this log knows.",
                       "Add the witness with `tickmark ledger witness add NAME KEY`, as it printed its key.");
    }

  private:
    Result<void> matchLine(const std::string& line, const storage::WitnessRow& witness,
                           std::vector<Match>& found) const {
        TM_TRY(const auto key, ledger::VerifierKey::parse(witness.verifierKey, ledger::KeyUse::Cosignature));
        bool itsLine = false;
        for (const auto& head : m_heads) {
            TM_TRY(std::string note, ledger::withSignatureLine(head.note, line));
            const auto fact = ledger::findCosignature(note, key);
            if (fact) {
                found.push_back({witness, head, std::move(note), fact->at});
                return {};
            }
            if (fact.error().kind == ErrorKind::NotFound) return {};
            itsLine = true;
        }
        if (!itsLine) return {};
        return refused(
            "cosignature-unfit",
            "The cosignature by " + witness.name +
                " fits no head that this log signed and kept: it is of another log, or was changed.",
            "Make a new request with `tickmark ledger request --for " + witness.name + "`.");
    }

    std::vector<storage::LedgerHead> m_heads;
    std::vector<storage::WitnessRow> m_witnesses;
};

Result<void> timeIsPast(const Context& context, const Match& match) {
    if (match.at.seconds() <= context.now().seconds() + clockTolerance) return {};
    return refused("cosignature-time",
                   "The cosignature by " + match.witness.name + " is dated " + match.at.iso() +
                       ", which lies in the future.",
                   "Compare the clocks of both machines, then have the head cosigned again.");
}

}  // namespace

Result<std::vector<CosignedView>> takeCosignatures(Context& context, const domain::Actor& actor,
                                                   const std::string& text) {
    TM_CHECK(mustAdminister(actor, "bring cosignatures"));
    TM_TRY(const auto lines, ledger::signatureLines(text));
    return context.database->write([&](storage::WriteSession& session) -> Result<std::vector<CosignedView>> {
        TM_TRY(auto heads, storage::keptCheckpoints(session));
        TM_TRY(auto witnesses, storage::listWitnesses(session));
        TM_TRY(const auto matches, Matching(std::move(heads), std::move(witnesses)).match(lines));
        std::vector<CosignedView> taken;
        for (const Match& match : matches) {
            TM_CHECK(timeIsPast(context, match));
            ledger::Event event = eventOf(context, actor, "witness.cosign");
            event.subject = "witness";
            event.ref = match.witness.name;
            event.facts.set("size", match.head.size).set("root", match.head.root.hex());
            event.facts.set("cosigned_at", match.at.iso());
            TM_CHECK(storage::saveCosigned(session, match.witness.id, match.head.size, match.note, match.at,
                                           event));
            taken.push_back({match.witness.name, match.head.size, match.at});
        }
        return taken;
    });
}

}  // namespace tickmark::app
