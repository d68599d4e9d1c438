// The texts that come with an upload, as the input of a hand-over.
#include <algorithm>
#include <array>

#include "tickmark/app/Uploads.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::app {
namespace {

struct TextFact {
    std::string_view name;
    std::string EvidenceInput::*member;
};
constexpr std::array<TextFact, 9> texts{{
    {"audit", &EvidenceInput::audit},
    {"finding", &EvidenceInput::finding},
    {"action", &EvidenceInput::action},
    {"evidence", &EvidenceInput::evidence},
    {"title", &EvidenceInput::title},
    {"file_name", &EvidenceInput::fileName},
    {"filename", &EvidenceInput::fileName},
    {"source", &EvidenceInput::source},
    {"redaction_of", &EvidenceInput::redactionOf},
}};

struct DayFact {
    std::string_view name;
    std::optional<Date> EvidenceInput::*member;
};
constexpr std::array<DayFact, 3> days{{
    {"period_from", &EvidenceInput::periodFrom},
    {"period_to", &EvidenceInput::periodTo},
    {"valid_until", &EvidenceInput::validUntil},
}};

/// What upload clients send without being asked.
constexpr std::array<std::string_view, 4> passedOver{"name", "type", "filetype", "relativePath"};

Error bad(std::string_view name, std::string message, std::string fix) {
    return invalid("upload-facts", std::string(name), std::move(message), std::move(fix));
}

template <class Fact, std::size_t count>
const Fact* named(const std::array<Fact, count>& facts, std::string_view name) {
    const auto* found =
        std::find_if(facts.begin(), facts.end(), [name](const Fact& fact) { return fact.name == name; });
    return found == facts.end() ? nullptr : found;
}

/// References separated by blanks or commas: the first is the target, the others are answered too.
void setRequests(EvidenceInput& input, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" ,"), text.size());
        if (end > 0 && input.request.empty())
            input.request = std::string(text.substr(0, end));
        else if (end > 0)
            input.furtherRequests.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

Result<void> setWord(EvidenceInput& input, const std::string& name, const std::string& value) {
    if (name == "collected_at") {
        const auto at = Timestamp::parse(value);
        if (!at) return bad(name, "This is not a time.", "Write it like 2022-11-18T09:30:00Z.");
        input.collectedAt = *at;
        return {};
    }
    if (name == "sha256") {
        const auto digest = Digest::parse(value);
        if (!digest) return bad(name, "This is not a SHA-256.", "Write 64 lower-case hexadecimal digits.");
        input.declaredDigest = *digest;
        return {};
    }
    if (name == "confidentiality") {
        const auto word = domain::confidentialityFrom(value);
        if (!word) return bad(name, "\"" + value + "\" is not one of the words for this.", "Leave it out.");
        input.confidentiality = *word;
        return {};
    }
    return bad(name, "There is no such text for an upload.", "Leave it out, or check the spelling.");
}

Result<void> setFact(EvidenceInput& input, const std::string& name, const std::string& value) {
    if (std::find(passedOver.begin(), passedOver.end(), name) != passedOver.end() || value.empty()) return {};
    if (name == "request") {
        setRequests(input, value);
        return {};
    }
    if (const TextFact* fact = named(texts, name)) {
        input.*fact->member = value;
        return {};
    }
    if (const DayFact* fact = named(days, name)) {
        const auto day = Date::parse(value);
        if (!day) return bad(name, "This is not a day.", "Write it like 2022-11-18.");
        input.*fact->member = *day;
        return {};
    }
    return setWord(input, name, value);
}

}  // namespace

Result<EvidenceInput> evidenceInputFrom(const UploadFacts& facts) {
    EvidenceInput input;
    std::vector<Error> problems;
    for (const auto& [name, value] : facts) {
        if (auto set = setFact(input, name, value); !set) problems.push_back(std::move(set).error());
    }
    if (problems.empty()) return input;
    if (problems.size() == 1) return problems.front();
    Error error = invalid("upload-facts", "Upload-Metadata",
                          std::to_string(problems.size()) + " texts of the upload are wrong.");
    error.parts = std::move(problems);
    return error;
}

}  // namespace tickmark::app
