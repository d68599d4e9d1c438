#include "domain/FieldReport.h"

#include <set>

#include "tickmark/domain/Validation.h"

namespace tickmark::domain {
namespace {

std::string inWords(const TextRule& rule) {
    const std::string most = std::to_string(rule.maximum);
    const std::string length =
        rule.minimum == 0 ? "at most " + most : std::to_string(rule.minimum) + " to " + most;
    return length + (rule.multiline ? " characters, line breaks allowed" : " characters on one line");
}

}  // namespace

std::string itemField(std::string_view list, std::size_t index, std::string_view member) {
    std::string field = std::string(list) + "[" + std::to_string(index) + "]";
    if (!member.empty()) field += "." + std::string(member);
    return field;
}

void FieldReport::add(std::string_view field, Error error) {
    error.field = std::string(field);
    m_problems.push_back(std::move(error));
}

void FieldReport::complain(std::string_view field, std::string message, std::string rule, std::string fix) {
    Error error = invalid("validation", std::string(field), std::move(message), std::move(fix));
    error.rule = std::move(rule);
    m_problems.push_back(std::move(error));
}

void FieldReport::text(std::string_view field, std::string& value, const TextRule& rule) {
    auto clean = cleanText(field, value, rule);
    if (clean) {
        value = *std::move(clean);
        return;
    }
    Error error = std::move(clean).error();
    error.rule = inWords(rule);
    m_problems.push_back(std::move(error));
}

void FieldReport::texts(std::string_view field, std::vector<std::string>& values, const TextRule& rule,
                        std::size_t most, bool unique) {
    atMost(field, values.size(), most);
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < values.size(); ++i) {
        text(itemField(field, i), values[i], rule);
        if (unique && !seen.insert(values[i]).second) {
            complain(itemField(field, i), "\"" + values[i] + "\" stands here twice.", "each one once",
                     "Remove the second one.");
        }
    }
}

void FieldReport::undivided(std::string_view field, const std::string& code) {
    if (code.find_first_of(" ,;") == std::string::npos) return;
    complain(field, "\"" + code + "\" reads like several clauses.",
             "a code without spaces, commas or semicolons", "Write it as one word, like A.5.1.");
}

void FieldReport::reference(std::string_view field, const std::string& value) {
    if (value.empty()) return;
    auto checked = checkReference(field, value);
    if (!checked) m_problems.push_back(std::move(checked).error());
}

void FieldReport::atMost(std::string_view field, std::size_t count, std::size_t most) {
    if (count <= most) return;
    complain(field, "There are " + std::to_string(count) + " entries.",
             "at most " + std::to_string(most) + " entries", "Keep it to " + std::to_string(most) + ".");
}

void FieldReport::atLeast(std::string_view field, std::int64_t value, std::int64_t least) {
    if (value >= least) return;
    complain(field, std::to_string(value) + " is too small.", "at least " + std::to_string(least),
             "Write " + std::to_string(least) + " or more.");
}

void FieldReport::order(std::string_view laterField, const std::optional<Date>& earlier,
                        const std::optional<Date>& later, std::string_view earlierField) {
    if (!earlier || !later || *earlier <= *later) return;
    complain(laterField,
             later->iso() + " is before " + earlier->iso() + " (" + std::string(earlierField) + ").",
             "not before " + std::string(earlierField), "Correct one of the two dates.");
}

void FieldReport::day(std::string_view field, const std::optional<Date>& value) {
    if (!value || (*value >= Date::of(1900, 1, 1) && *value <= Date::of(2999, 12, 31))) return;
    complain(field, "This day is out of range.", "a day in the years 1900 to 2999", "Correct the year.");
}

Result<void> FieldReport::finish() {
    if (m_problems.empty()) return {};
    const std::size_t count = m_problems.size();
    Error error =
        invalid("validation", "",
                count == 1 ? "One field breaks a rule." : std::to_string(count) + " fields break a rule.",
                count == 1 ? "Correct it and send it again." : "Correct them and send it again.");
    error.parts = std::move(m_problems);
    return error;
}

}  // namespace tickmark::domain
