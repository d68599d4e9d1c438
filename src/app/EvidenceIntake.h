// The parts of taking evidence in: what can be judged before a byte is read, and what is entered afterwards.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/app/EvidenceUse.h"

namespace tickmark::app {

/// Bytes that are safe in the archive, with what was found out about them.
struct Arrived {
    archive::StoredObject object{};
    std::string mediaType{};
};

/// What can be refused by the input alone: its facts, the cap. Errors as recordEvidence.
[[nodiscard]] Result<void> checkFacts(const Context& context, const domain::Actor& actor,
                                      const EvidenceInput& input);
/// Whether the archive's disk has room for that many bytes. Errors: Environment "disk-full".
[[nodiscard]] Result<void> checkRoom(const Context& context, std::uint64_t announced);
/// The facts with everything that needs the catalog: target, rights, the references it makes.
[[nodiscard]] Result<void> checkArrival(Context& context, storage::ReadSession& session,
                                        const domain::Actor& actor, const EvidenceInput& input);

/// Two inputs answer the same thing when these are equal.
[[nodiscard]] std::string targetName(const EvidenceInput& input);

[[nodiscard]] archive::PutExpectation expectationOf(const Context& context, const EvidenceInput& input,
                                                    const std::function<void(std::uint64_t)>& progress);

/// What else belongs into the transaction that enters files.
using AlsoEnter = std::function<Result<void>(storage::WriteSession&, const std::vector<Receipt>&)>;
/// Rows, links and events of files whose bytes are safe, in one transaction. `inputs` and `arrived` go
/// together.
[[nodiscard]] Result<std::vector<Receipt>> enterEvidence(Context& context, const domain::Actor& actor,
                                                         const std::vector<const EvidenceInput*>& inputs,
                                                         const std::vector<Arrived>& arrived,
                                                         const AlsoEnter& also = {});

/// Lets versions answer one request in an open transaction. Errors: as answerRequests.
[[nodiscard]] Result<void> answerRequest(Context& context, storage::WriteSession& session,
                                         const domain::Actor& actor, const std::string& request,
                                         const std::vector<std::string>& versions);

}  // namespace tickmark::app
