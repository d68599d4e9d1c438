#include <algorithm>

#include "domain/FieldReport.h"
#include "tickmark/domain/Validation.h"

namespace tickmark::domain {
namespace {

bool isLowerOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool isAccountName(std::string_view name) {
    return name.size() >= 2 && name.size() <= 40 && isLowerOrDigit(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return isLowerOrDigit(c) || c == '-' || c == '.'; });
}

}  // namespace

Result<std::string> checkReference(std::string_view field, std::string_view text) {
    const bool fits = text.size() >= 2 && text.size() <= 40 && isLetter(text.front()) &&
                      std::all_of(text.begin(), text.end(), [](char c) {
                          return isLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
                      });
    if (fits) return std::string(text);
    Error error = invalid("reference", std::string(field), "This is not a reference.",
                          "Write it like F-0092 or IA-2022-03.");
    error.rule = "2 to 40 letters, digits, dots and dashes, beginning with a letter";
    return error;
}

Result<void> validate(Party& party) {
    FieldReport report;
    if (!isAccountName(party.account)) {
        report.complain(
            "account", "This is not an account name.",
            "2 to 40 lower-case letters, digits, dashes and dots, beginning with a letter or a digit",
            "Write it like process-owner.");
    } else if (party.account == "system") {
        report.complain("account", "The name \"system\" stands for the program itself.",
                        "any name but system", "Choose another name.");
    }
    report.text("name", party.name, titleRule);
    report.day("valid_from", party.validFrom);
    report.day("valid_until", party.validUntil);
    if (party.validFrom && party.validUntil && *party.validUntil < *party.validFrom) {
        report.complain("valid_until", "The last day lies before the first.",
                        "the last day is the first or a later one", "Choose a later last day.");
    }
    return report.finish();
}

}  // namespace tickmark::domain
