#include "bundle/AppendableBundle.h"

#include <algorithm>
#include <set>

#include "bundle/EntryNames.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle {
namespace {

/// What a signer or an authority must not put a name under. Trust and completeness are not judged: a bundle
/// may be signed by somebody who brings no anchor.
constexpr std::array<std::string_view, 5> codesThatMatter{"E10", "E20", "E30", "E31", "E40"};

Error brokenAt(const ZipFault& fault) {
    return unusableBundle("bundle-layout",
                          (fault.place.empty() ? std::string() : fault.place + ": ") + fault.message);
}

bool matters(const Problem& problem) {
    return !problem.open &&
           std::find(codesThatMatter.begin(), codesThatMatter.end(), problem.code) != codesThatMatter.end();
}

}  // namespace

Error unusableBundle(std::string type, std::string message) {
    Error error;
    error.kind = ErrorKind::Damaged;
    error.type = std::move(type);
    error.message = std::move(message);
    error.fix = "Verify the file, and get the bundle again from where it came from. Nothing was written.";
    return error;
}

Result<AppendableBundle> AppendableBundle::open(const std::filesystem::path& path) {
    TM_TRY(FileBytes file, FileBytes::open(path));
    AppendableBundle bundle(std::move(file));
    TM_CHECK(bundle.read());
    return bundle;
}

Result<void> AppendableBundle::read() {
    TM_TRY(m_layout, readZipLayout(m_file));
    if (!m_layout.faults.empty()) return brokenAt(m_layout.faults.front());
    m_order = orderOf(m_layout.entries);
    if (!m_order.faults.empty()) return brokenAt(m_order.faults.front());
    std::set<std::string_view> names;
    for (const ZipEntry& found : m_layout.entries) names.insert(found.name);
    for (const std::string_view name : entry::required) {
        if (names.contains(name)) continue;
        return unusableBundle("bundle-layout", "The bundle has no " + std::string(name) + ".");
    }
    TM_TRY(const std::string info, text(entry::bagInfo));
    auto parsed = BagInfo::parse(info);
    if (!parsed) return unusableBundle("bundle-layout", "bag-info.txt: " + parsed.error().message);
    m_bagInfo = *std::move(parsed);
    const auto faults = brokenClassRules(m_layout.entries, m_order, m_bagInfo.sizeClass);
    if (!faults.empty()) return brokenAt(faults.front());
    return checkGroups();
}

Result<void> AppendableBundle::checkGroups() const {
    for (const Group& group : m_order.groups) {
        const bool needsStatement = !group.archive && group.number > 1;
        if (group.manifest && group.proof && (group.statement || !needsStatement)) continue;
        return unusableBundle("bundle-layout", "The group of " + group.proofName() + " is not whole.");
    }
    return {};
}

unsigned AppendableBundle::count(bool archive) const noexcept {
    return static_cast<unsigned>(std::count_if(m_order.groups.begin(), m_order.groups.end(),
                                               [=](const Group& group) { return group.archive == archive; }));
}

Result<std::string> AppendableBundle::text(std::string_view name) const {
    const auto limit = entry::limitOf(name, m_bagInfo.sizeClass);
    const auto found = std::find_if(m_layout.entries.begin(), m_layout.entries.end(),
                                    [&](const ZipEntry& one) { return one.name == name; });
    if (found == m_layout.entries.end() || !limit || found->size > *limit) {
        return unusableBundle("bundle-layout", std::string(name) + " is missing or larger than its limit.");
    }
    std::string content;
    const auto read = readZipEntry(m_file, *found, [&](ByteView piece) -> Result<void> {
        content.append(textOf(piece));
        return {};
    });
    if (!read && read.error().kind != ErrorKind::Environment) {
        return unusableBundle("bundle-broken", std::string(name) + ": " + read.error().message);
    }
    if (!read) return read.error();
    return content;
}

Result<DigestList> AppendableBundle::coveredNext(std::string_view lastProof) const {
    const Group& last = lastGroup();
    TM_TRY(const std::string xml, text(last.manifestName()));
    auto listed = parseAsicManifest(xml, {last.archive, last.number});
    if (!listed) {
        return unusableBundle("bundle-broken", last.manifestName() + ": " + listed.error().message);
    }
    DigestList covered = *std::move(listed);
    std::size_t expected = 0;
    for (std::size_t i = 0; i < last.covers(); ++i) {
        const std::string& name = m_layout.entries[i].name;
        if (name == entry::mimetype) continue;
        ++expected;
        if (covered.find(name) == covered.end()) {
            return unusableBundle("bundle-broken", last.manifestName() + " does not list " + name + ".");
        }
    }
    if (covered.size() != expected) {
        return unusableBundle("bundle-broken", last.manifestName() + " lists a file that is not there.");
    }
    covered.insert_or_assign(last.manifestName(), crypto::Sha256::of(xml));
    covered.insert_or_assign(last.proofName(), crypto::Sha256::of(lastProof));
    return covered;
}

Result<void> AppendableBundle::verify(const AppendOptions& options) const {
    bool goesOn = true;
    VerifyOptions verifying;
    if (options.progress) {
        verifying.progress = [&](std::uint64_t done, std::uint64_t total) {
            goesOn = goesOn && options.progress(done, total);
        };
    }
    TM_TRY(const Report report,
           verifyBundle("/proc/self/fd/" + std::to_string(m_file.descriptor()), verifying));
    if (!goesOn) return refused("cancelled", "The work was cancelled.");
    const auto found = std::find_if(report.problems.begin(), report.problems.end(), &matters);
    if (found == report.problems.end()) return {};
    return unusableBundle("bundle-broken", found->code + " " + found->place + ": " + found->message);
}

}  // namespace tickmark::bundle
