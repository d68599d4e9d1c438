#include "tickmark/app/Witnesses.h"

#include <algorithm>

#include "app/Access.h"
#include "tickmark/ledger/Cosignature.h"
#include "tickmark/ledger/Witness.h"
#include "tickmark/storage/Witnesses.h"

namespace tickmark::app {
namespace {

constexpr std::int64_t daySeconds = 24 * 60 * 60;

WitnessView viewOf(const storage::WitnessRow& row) {
    return {row.name, row.verifierKey, row.added, row.size, row.at};
}

Result<std::vector<storage::WitnessRow>> knownWitnesses(Context& context) {
    return context.database->read(
        [](storage::ReadSession& session) { return storage::listWitnesses(session); });
}

ledger::Event witnessEvent(const Context& context, const domain::Actor& actor, const char* kind,
                           const std::string& name) {
    ledger::Event event = eventOf(context, actor, kind);
    event.subject = "witness";
    event.ref = name;
    return event;
}

Error unknownWitness(const std::string& name) {
    Error error = notFound("witness \"" + name + "\"");
    error.fix = "See `tickmark ledger witness list`, or add it with `tickmark ledger witness add NAME KEY`.";
    return error;
}

}  // namespace

Result<std::vector<WitnessView>> listWitnesses(Context& context) {
    TM_TRY(const auto rows, knownWitnesses(context));
    std::vector<WitnessView> views;
    views.reserve(rows.size());
    for (const auto& row : rows) views.push_back(viewOf(row));
    return views;
}

Result<WitnessView> addWitness(Context& context, const domain::Actor& actor, const std::string& name,
                               const std::string& verifierKey) {
    TM_CHECK(mustAdminister(actor, "add witnesses"));
    TM_TRY(const auto key, ledger::VerifierKey::parse(verifierKey, ledger::KeyUse::Cosignature));
    if (key.name != name) {
        return invalid("witness-name", "name",
                       "The key belongs to \"" + key.name + "\", not to \"" + name + "\".",
                       "Write the name that stands in front of the key's first plus sign.");
    }
    storage::WitnessRow row;
    row.name = name;
    row.verifierKey = verifierKey;
    row.added = context.now();
    auto added =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            if (storage::findWitness(session, name)) {
                return Error{ErrorKind::Conflict,
                             "duplicate",
                             "There is a witness \"" + name + "\" already.",
                             "name",
                             {},
                             "Remove it first when its key was replaced."};
            }
            ledger::Event event = witnessEvent(context, actor, "witness.add", name);
            event.facts.set("key", verifierKey);
            return storage::addWitness(session, row, event);
        });
    if (!added) return std::move(added).error();
    return viewOf(row);
}

Result<void> removeWitness(Context& context, const domain::Actor& actor, const std::string& name) {
    TM_CHECK(mustAdminister(actor, "remove witnesses"));
    auto removed =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            if (!storage::findWitness(session, name)) return unknownWitness(name);
            return storage::removeWitness(session, name, context.now(),
                                          witnessEvent(context, actor, "witness.remove", name));
        });
    if (!removed) return std::move(removed).error();
    return {};
}

Result<WitnessRequestFile> witnessRequest(Context& context, const domain::Actor& actor,
                                          const std::string& name, std::optional<std::uint64_t> since) {
    TM_CHECK(mustAdminister(actor, "ask witnesses"));
    return context.database->write([&](storage::WriteSession& session) -> Result<WitnessRequestFile> {
        const auto witness = storage::findWitness(session, name);
        if (!witness) return unknownWitness(name);
        TM_TRY(const auto head, storage::ledgerHead(session));
        if (head.note.empty())
            return refused("empty-log", "The log has no entry yet, so there is no head to cosign.");
        const std::uint64_t old = since ? *since : witness->size.value_or(0);
        if (old > head.size) {
            return invalid("size", "since",
                           "The log has " + std::to_string(head.size) + " entries; it never had " +
                               std::to_string(old) + ".",
                           "If the witness says it saw so many, this log was rolled back: find out why.");
        }
        TM_TRY(auto proof, ledger::consistencyProof(old, head.size, storage::nodeReader(session)));
        TM_CHECK(storage::keepCheckpoint(session, head));
        const ledger::WitnessRequest request{old, std::move(proof), head.note};
        return WitnessRequestFile{old, head.size, request.text()};
    });
}

Result<void> mustBeWitnessed(Context& context) {
    const std::int64_t days = context.settings.witnessMaxAgeDays;
    if (days == 0) return {};
    TM_TRY(const auto witnesses, knownWitnesses(context));
    std::optional<Timestamp> newest;
    for (const auto& witness : witnesses) {
        if (witness.size && (!newest || *newest < witness.at)) newest = witness.at;
    }
    const std::int64_t age = newest ? context.now().seconds() - newest->seconds() : 0;
    if (newest && age <= days * daySeconds) return {};
    const std::string missing = newest ? "the newest head of the log that a witness cosigned is " +
                                             std::to_string(age / daySeconds) + " days old, and at most " +
                                             std::to_string(days) + " are allowed"
                                       : "no witness has cosigned a head of the log yet";
    Error error = refused("witness-required", "A bundle cannot be sealed yet: " + missing + ".",
                          "Run `tickmark ledger request --for NAME --out FILE`, have the witness cosign it, "
                          "and bring the answer with `tickmark ledger cosign FILE`.");
    error.rule = "The setting witness_max_age_days asks for a witness.";
    return error;
}

}  // namespace tickmark::app
