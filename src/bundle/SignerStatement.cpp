#include "tickmark/bundle/SignerStatement.h"

#include <algorithm>
#include <array>

#include "tickmark/codec/Json.h"

namespace tickmark::bundle {
namespace {

using codec::Json;

constexpr std::string_view format = "tickmark-statement";
constexpr std::array<std::string_view, 6> memberNames{"format",   "bundle",  "role",
                                                      "decision", "comment", "name"};
constexpr std::size_t longestReference = 100;
constexpr std::size_t longestComment = 2000;
constexpr std::size_t longestName = 200;

Error bad(std::string_view member, std::string message) {
    return invalid("statement", std::string(member), std::move(message));
}

/// Characters of well-formed UTF-8.
std::size_t lengthOf(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Result<void> checkMembers(const Json& json) {
    if (json.members() == nullptr) return bad("", "The statement is no JSON object.");
    for (const auto& [name, value] : *json.members()) {
        if (std::find(memberNames.begin(), memberNames.end(), name) == memberNames.end())
            return bad(name, "The statement has a member that the format does not know.");
        if (value.text() == nullptr) return bad(name, "The member is no text.");
    }
    for (const std::string_view name : memberNames) {
        if (json.find(name) == nullptr) return bad(name, "The member is missing.");
    }
    return {};
}

Result<void> readRole(const Json& json, SignerStatement& statement) {
    const std::string_view role = json.textAt("role");
    if (role != toText(SignatoryRole::LeadAuditor) && role != toText(SignatoryRole::CertificationAuditor))
        return bad("role", "It must be 'lead-auditor' or 'certification-auditor'.");
    const bool lead = role == toText(SignatoryRole::LeadAuditor);
    statement.role = lead ? SignatoryRole::LeadAuditor : SignatoryRole::CertificationAuditor;
    const std::string_view decision = json.textAt("decision");
    if (lead && decision != toText(Decision::Approved))
        return bad("decision", "A lead auditor's decision is 'approved'.");
    if (lead) return {};
    if (decision != toText(Decision::Accepted) && decision != toText(Decision::Rejected))
        return bad("decision", "A certification auditor's decision is 'accepted' or 'rejected'.");
    statement.decision = decision == toText(Decision::Accepted) ? Decision::Accepted : Decision::Rejected;
    return {};
}

Result<void> checkTexts(const SignerStatement& statement) {
    const std::size_t reference = lengthOf(statement.bundleRef);
    if (reference == 0 || reference > longestReference)
        return bad("bundle", "It must be the bundle's reference, 1 to 100 characters.");
    const std::size_t name = lengthOf(statement.name);
    if (name == 0 || name > longestName) return bad("name", "It must have 1 to 200 characters.");
    if (lengthOf(statement.comment) > longestComment)
        return bad("comment", "It must have at most 2,000 characters.");
    if (statement.decision == Decision::Rejected && statement.comment.empty())
        return bad("comment", "A rejection must say why.");
    return {};
}

}  // namespace

std::string_view toText(SignatoryRole role) noexcept {
    return role == SignatoryRole::LeadAuditor ? "lead-auditor" : "certification-auditor";
}

std::string_view toText(Decision decision) noexcept {
    switch (decision) {
        case Decision::Approved:
            return "approved";
        case Decision::Accepted:
            return "accepted";
        case Decision::Rejected:
            return "rejected";
    }
    return {};
}

std::string SignerStatement::text() const {
    return codec::canonicalJson(Json::object()
                                    .set("format", format)
                                    .set("bundle", bundleRef)
                                    .set("role", toText(role))
                                    .set("decision", toText(decision))
                                    .set("comment", comment)
                                    .set("name", name));
}

Result<SignerStatement> SignerStatement::parse(std::string_view text) {
    codec::JsonLimits limits;
    limits.maximumDepth = 2;
    limits.maximumItems = memberNames.size() + 2;
    const auto json = codec::parseJson(text, limits);
    if (!json) return bad("", json.error().message);
    TM_CHECK(checkMembers(*json));
    if (codec::canonicalJson(*json) != text)
        return bad("", "The statement is not canonical JSON (RFC 8785).");
    if (json->textAt("format") != format) return bad("format", "It must be 'tickmark-statement'.");
    SignerStatement statement;
    statement.bundleRef = json->textAt("bundle");
    statement.comment = json->textAt("comment");
    statement.name = json->textAt("name");
    TM_CHECK(readRole(*json, statement));
    TM_CHECK(checkTexts(statement));
    return statement;
}

crypto::Commitment SignerStatement::commitment() const noexcept {
    return decision == Decision::Rejected ? crypto::Commitment::Receipt : crypto::Commitment::Approval;
}

}  // namespace tickmark::bundle
