#include "bundle/BagInfo.h"

#include <charconv>

namespace tickmark::bundle {
namespace {

constexpr std::string_view sealOnly = "seal";
constexpr std::string_view withApproval = "seal approval";

std::string oneLine(std::string_view value) {
    std::string line(value);
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) c = ' ';
    }
    return line;
}

bool takeNumber(std::string_view& text, std::uint64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

bool readOxum(std::string_view text, BagInfo& info) {
    if (!takeNumber(text, info.payloadBytes) || !text.starts_with('.')) return false;
    text.remove_prefix(1);
    return takeNumber(text, info.payloadFiles) && text.empty();
}

/// Takes the line "LABEL: value" off the front.
Result<std::string> take(std::string_view& rest, std::string_view label) {
    const auto end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    const bool fits = end != std::string_view::npos && line.starts_with(label) &&
                      line.substr(label.size()).starts_with(": ");
    if (!fits) {
        return invalid("bag-info", std::string(label),
                       "This label is missing, or does not stand in its place.");
    }
    rest.remove_prefix(end + 1);
    return std::string(line.substr(label.size() + 2));
}

}  // namespace

std::string BagInfo::text() const {
    std::string out;
    const auto line = [&out](std::string_view label, std::string_view value) {
        out.append(label).append(": ").append(oneLine(value)).append("\n");
    };
    line("Source-Organization", organisation);
    line("External-Identifier", bundleRef);
    line("Bag-Software-Agent", product);
    line("Bagging-Date", day);
    line("Payload-Oxum", std::to_string(payloadBytes) + "." + std::to_string(payloadFiles));
    line("Tickmark-Profile", profile);
    line("Tickmark-Class", entry::nameOf(sizeClass));
    line("Tickmark-Signatories", approvalAnnounced ? withApproval : sealOnly);
    line("Tickmark-Ledger-Key", ledgerKey);
    return out;
}

Result<BagInfo> BagInfo::parse(std::string_view text) {
    BagInfo info;
    std::string_view rest = text;
    TM_TRY(info.organisation, take(rest, "Source-Organization"));
    TM_TRY(info.bundleRef, take(rest, "External-Identifier"));
    TM_TRY(info.product, take(rest, "Bag-Software-Agent"));
    TM_TRY(info.day, take(rest, "Bagging-Date"));
    TM_TRY(const std::string oxum, take(rest, "Payload-Oxum"));
    TM_TRY(info.profile, take(rest, "Tickmark-Profile"));
    TM_TRY(const std::string sizeClass, take(rest, "Tickmark-Class"));
    TM_TRY(const std::string signatories, take(rest, "Tickmark-Signatories"));
    TM_TRY(info.ledgerKey, take(rest, "Tickmark-Ledger-Key"));
    if (!readOxum(oxum, info)) {
        return invalid("bag-info", "Payload-Oxum",
                       "It must be the number of bytes, a dot and the number of files.");
    }
    if (sizeClass == entry::nameOf(entry::SizeClass::Large)) info.sizeClass = entry::SizeClass::Large;
    info.approvalAnnounced = signatories == withApproval;
    if (sizeClass != entry::nameOf(info.sizeClass)) {
        return invalid("bag-info", "Tickmark-Class", "It must be 'portable' or 'large'.");
    }
    if (!info.approvalAnnounced && signatories != sealOnly) {
        return invalid("bag-info", "Tickmark-Signatories", "It must be 'seal' or 'seal approval'.");
    }
    if (info.text() != text)
        return invalid("bag-info", "", "The file holds more than the labels of the profile.");
    return info;
}

}  // namespace tickmark::bundle
