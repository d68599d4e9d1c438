#include "ledger/record/Reader.h"

namespace tickmark::ledger::fields {

Error damagedRecord(const std::string& member, std::string_view problem) {
    Error error{ErrorKind::Damaged, "record",
                member.empty() ? "A stored record " + std::string(problem) + "."
                               : "A stored record is damaged: its member \"" + member + "\" " +
                                     std::string(problem) + "."};
    error.field = member;
    error.fix = "Compare it with the ledger (tickmark check) and restore it from a backup.";
    return error;
}

Result<codec::Json> objectOf(std::string_view record) {
    codec::JsonLimits limits;
    // Ours, not a request's: a catalog of twenty thousand clauses is one record.
    limits.maximumBytes = 64U * 1024 * 1024;
    limits.maximumItems = 2'000'000;
    auto json = codec::parseJson(record, limits);
    if (!json) return damagedRecord("", "is not readable JSON");
    if (json->members() == nullptr) return damagedRecord("", "is not a JSON object");
    return json;
}

Reader::Reader(const codec::Json& object, std::string path, std::optional<Error>& problem)
    : m_object(object), m_path(std::move(path)), m_problem(problem) {}

void Reader::complain(const std::string& place, std::string_view problem) {
    if (!m_problem) m_problem = damagedRecord(place, problem);
}

void Reader::finish() {
    const codec::Json::Object* all = m_object.members();
    if (all == nullptr) return;
    for (const auto& [name, value] : *all) {
        if (!m_known.contains(name)) complain(m_path + name, "is not known here");
    }
}

void Reader::fill(const codec::Json& json, bool& value, const std::string& place) {
    if (const bool* found = json.boolean()) {
        value = *found;
    } else {
        complain(place, "is neither true nor false");
    }
}

void Reader::fill(const codec::Json& json, std::int64_t& value, const std::string& place) {
    if (const std::int64_t* found = json.integer()) {
        value = *found;
    } else {
        complain(place, "is not a whole number");
    }
}

void Reader::fill(const codec::Json& json, std::uint64_t& value, const std::string& place) {
    const std::int64_t* found = json.integer();
    if (found == nullptr || *found < 0) return complain(place, "is not a whole number from zero up");
    value = static_cast<std::uint64_t>(*found);
}

void Reader::fill(const codec::Json& json, double& value, const std::string& place) {
    const std::optional<double> found = json.number();
    if (!found) return complain(place, "is not a number");
    value = *found;
}

void Reader::fill(const codec::Json& json, std::string& value, const std::string& place) {
    if (const std::string* found = json.text()) {
        value = *found;
    } else {
        complain(place, "is not a text");
    }
}

void Reader::fill(const codec::Json& json, Digest& value, const std::string& place) {
    std::string text;
    fill(json, text, place);
    auto digest = Digest::parse(text);
    if (!digest) return complain(place, "is not a digest");
    value = *digest;
}

void Reader::fill(const codec::Json& json, Timestamp& value, const std::string& place) {
    std::string text;
    fill(json, text, place);
    auto moment = Timestamp::parse(text);
    if (!moment || moment->iso() != text) return complain(place, "is not a UTC time with six decimals");
    value = *moment;
}

void Reader::fill(const codec::Json& json, Date& value, const std::string& place) {
    std::string text;
    fill(json, text, place);
    auto day = Date::parse(text);
    if (!day) return complain(place, "is not a date");
    value = *day;
}

}  // namespace tickmark::ledger::fields
