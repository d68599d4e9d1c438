#include "bundle/EntryNames.h"

#include <algorithm>
#include <tuple>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::bundle::entry {
namespace {

int placeOf(std::string_view name) noexcept {
    if (name == mimetype) return 0;
    if (isMeta(name)) return 3;
    return isPayload(name) ? 2 : 1;
}

/// How the names of one kind begin and end.
struct MetaForm {
    MetaKind kind = MetaKind::Signature;
    std::string_view before{};
    std::string_view after{};
};
constexpr std::array<MetaForm, 5> metaForms{{
    {MetaKind::Statement, "META-INF/statement", ".json"},
    {MetaKind::AsicManifest, "META-INF/ASiCManifest", ".xml"},
    {MetaKind::Signature, "META-INF/signature", ".p7s"},
    {MetaKind::ArchiveManifest, "META-INF/ASiCArchiveManifest", ".xml"},
    {MetaKind::Timestamp, "META-INF/timestamp", ".tst"},
}};

std::optional<unsigned> threeDigits(std::string_view text) noexcept {
    unsigned number = 0;
    if (text.size() != 3) return std::nullopt;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + static_cast<unsigned>(c - '0');
    }
    if (number == 0) return std::nullopt;
    return number;
}

bool metaComesBefore(std::string_view a, std::string_view b) noexcept {
    const auto left = metaNameOf(a);
    const auto right = metaNameOf(b);
    if (!left || !right) return left.has_value() != right.has_value() ? left.has_value() : a < b;
    return std::make_tuple(left->ofArchive(), left->number, left->kind) <
           std::make_tuple(right->ofArchive(), right->number, right->kind);
}

std::optional<std::string> brokenSegmentRule(std::string_view segment) {
    if (segment.empty()) return "a name must not have an empty segment";
    if (segment == "." || segment == "..") return "a name must not climb with '.' or '..'";
    if (segment.front() == ' ') return "a segment must not begin with a space";
    if (segment.back() == ' ' || segment.back() == '.') return "a segment must not end with a space or dot";
    return std::nullopt;
}

}  // namespace

std::string nameOf(const MetaName& meta) {
    const std::string digits = std::to_string(meta.number);
    const MetaForm& form = metaForms.at(static_cast<std::size_t>(meta.kind));
    std::string name(form.before);
    if (digits.size() < 3) name.append(3 - digits.size(), '0');
    return name.append(digits).append(form.after);
}

std::optional<MetaName> metaNameOf(std::string_view name) noexcept {
    for (const MetaForm& form : metaForms) {
        if (!name.starts_with(form.before) || !name.ends_with(form.after)) continue;
        if (name.size() != form.before.size() + 3 + form.after.size()) continue;
        const auto number = threeDigits(name.substr(form.before.size(), 3));
        const bool fits = number && (form.kind != MetaKind::Statement || *number > 1);
        if (fits) return MetaName{form.kind, *number};
    }
    return std::nullopt;
}

bool comesBefore(std::string_view a, std::string_view b) noexcept {
    const int left = placeOf(a);
    const int right = placeOf(b);
    if (left != right) return left < right;
    return isMeta(a) ? metaComesBefore(a, b) : a < b;
}

std::string_view nameOf(SizeClass sizeClass) noexcept {
    return sizeClass == SizeClass::Large ? "large" : "portable";
}

std::optional<std::string> brokenNameRule(std::string_view name) {
    if (name.empty() || name.size() > 255) return "a name must have 1 to 255 bytes";
    for (const char c : name) {
        if (c < ' ' || c > '~') return "a name must be printable ASCII";
        if (std::string_view("\\:*?\"<>|%").find(c) != std::string_view::npos) {
            return std::string("a name must not hold '") + c + "'";
        }
    }
    std::string_view rest = name;
    while (true) {
        const auto slash = rest.find('/');
        if (auto broken = brokenSegmentRule(rest.substr(0, slash))) return broken;
        if (slash == std::string_view::npos) return std::nullopt;
        rest = rest.substr(slash + 1);
    }
}

namespace {

constexpr std::uint64_t kibi = 1024;
constexpr std::uint64_t mebi = 1024 * kibi;

std::optional<std::uint64_t> metaLimit(std::string_view name, std::uint64_t manifestLimit) noexcept {
    const auto meta = metaNameOf(name);
    if (!meta) return std::nullopt;
    switch (meta->kind) {
        case MetaKind::AsicManifest:
        case MetaKind::ArchiveManifest:
            return manifestLimit;
        case MetaKind::Signature:
            return mebi;
        case MetaKind::Statement:
        case MetaKind::Timestamp:
            return 64 * kibi;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> limitOf(std::string_view name, SizeClass sizeClass) noexcept {
    const bool large = sizeClass == SizeClass::Large;
    const std::uint64_t lists = (large ? 64 : 4) * mebi;
    if (isMeta(name)) return metaLimit(name, lists);
    if (name == mimetype) return mimetypeContent.size();
    if (name == payloadManifest || name == tagManifest) return lists;
    if (name == manifest || name == measurements || name == reviewInputs || name == reviewMinutes ||
        name == oscalResults || name == oscalPoam)
        return (large ? 256 : 16) * mebi;
    if (name == trail || name == entryProofs) return 64 * mebi;
    if (name == bagIt || name == bagInfo || name == root || name == history) return 64 * kibi;
    if (name == checkpoint || name == seal || name == sealProof) return 64 * kibi;
    return std::nullopt;
}

bool isKnown(std::string_view name) noexcept {
    return name == root || name == measurements || name == reviewInputs || name == reviewMinutes ||
           name.starts_with(evidenceFolder) ||
           std::find(required.begin(), required.end(), name) != required.end();
}

std::string shown(std::string_view name) {
    constexpr std::size_t longest = 120;
    std::string text;
    for (const char c : name.substr(0, longest)) {
        if (c >= ' ' && c <= '~') {
            text += c;
        } else {
            const auto byte = static_cast<std::uint8_t>(c);
            text += "\\x" + toHex(ByteView(&byte, 1));
        }
    }
    return name.size() > longest ? text + "..." : text;
}

}  // namespace tickmark::bundle::entry
