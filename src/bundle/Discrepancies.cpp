#include "bundle/Discrepancies.h"

namespace tickmark::bundle {
namespace {

// A hostile file must not fill the memory with complaints: what lies beyond is counted, but not gathered.
constexpr std::size_t mostGathered = 4000;

std::string joined(const std::vector<std::string>& lists) {
    std::string text;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        if (i != 0) text += i + 1 == lists.size() ? " and " : ", ";
        text += lists[i];
    }
    return text;
}

}  // namespace

void Discrepancies::fail(Outcome& outcome, Kind kind, const std::string& name, const std::string& lists) {
    switch (kind) {
        case Kind::NotListed:
            outcome.fail("E30", name, "The file is not listed in " + lists + ".");
            return;
        case Kind::NotThere:
            outcome.fail("E30", name, "The file is not there, but listed in " + lists + ".");
            return;
        case Kind::MustNotBeListed:
            outcome.fail("E30", name, "The file must not be listed in " + lists + ".");
            return;
        case Kind::Unreadable:
            outcome.fail("E31", name,
                         "The file cannot be read, so its digest in " + lists + " does not hold.");
            return;
        case Kind::DigestDiffers:
            outcome.fail("E31", name, "The file does not have the digest that is listed in " + lists + ".");
            return;
    }
}

void Discrepancies::add(Kind kind, const std::string& name, std::string_view list) {
    const auto found = m_found.find({name, kind});
    if (found != m_found.end()) {
        found->second.emplace_back(list);
    } else if (m_found.size() < mostGathered) {
        m_found[{name, kind}].emplace_back(list);
    } else {
        fail(m_outcome, kind, name, std::string(list));
    }
}

void Discrepancies::tell() {
    for (const auto& [what, lists] : m_found) fail(m_outcome, what.second, what.first, joined(lists));
    m_found.clear();
}

namespace {

/// How a file and what a list says of it disagree; nothing when they agree.
std::optional<Discrepancies::Kind> difference(const ReadFile& file, const Digest* listed, bool mustBe) {
    using Kind = Discrepancies::Kind;
    if (listed == nullptr) return mustBe ? std::optional(Kind::NotListed) : std::nullopt;
    if (!mustBe) return Kind::MustNotBeListed;
    if (!file.hashed) return Kind::Unreadable;
    if (file.digest != *listed) return Kind::DigestDiffers;
    return std::nullopt;
}

}  // namespace

bool compareList(const Inspection& inspection, std::string_view listName, const DigestList& listed,
                 const std::function<bool(std::string_view, const ReadFile&)>& covers,
                 Discrepancies& discrepancies) {
    using Kind = Discrepancies::Kind;
    bool agrees = true;
    const auto add = [&](Kind kind, const std::string& name) {
        agrees = false;
        discrepancies.add(kind, name, listName);
    };
    // Both are in ascending order of names, so that one walk over both is enough.
    auto wanted = listed.begin();
    for (const auto& [name, file] : inspection.files) {
        for (; wanted != listed.end() && wanted->first < name; ++wanted) add(Kind::NotThere, wanted->first);
        const bool isListed = wanted != listed.end() && wanted->first == name;
        const auto differs = difference(file, isListed ? &wanted->second : nullptr, covers(name, file));
        if (differs) add(*differs, name);
        if (isListed) ++wanted;
    }
    for (; wanted != listed.end(); ++wanted) add(Kind::NotThere, wanted->first);
    return agrees;
}

}  // namespace tickmark::bundle
