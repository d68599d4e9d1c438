// Timestamps for a finished bundle: inside its last signature, or over everything.
#include <algorithm>

#include "bundle/AppendableBundle.h"
#include "bundle/AppendedFile.h"
#include "bundle/EntryNames.h"
#include "bundle/SignatureTime.h"
#include "tickmark/bundle/Appending.h"
#include "tickmark/crypto/Cms.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle {
namespace {

using entry::MetaKind;

/// One run of timestampBundle().
class Timestamping {
  public:
    Timestamping(const AppendableBundle& bundle, const AppendOptions& options)
        : m_bundle(bundle), m_options(options) {}

    Result<void> run(WantedLevel level) {
        TM_TRY(m_lastProof, m_bundle.text(last().proofName()));
        if (!last().archive) TM_CHECK(strengthenLast(level));
        if (level == WantedLevel::LTA) TM_CHECK(addArchive());
        if (!m_replaced && m_archiveManifest.empty()) return nothingToDo(level);
        return {};
    }

    [[nodiscard]] Addition addition() const {
        Addition made;
        made.replacesLast = m_replaced;
        if (m_replaced) made.members.push_back({last().proofName(), viewOf(m_lastProof)});
        if (!m_archiveManifest.empty()) {
            made.members.push_back({nameOfNew(MetaKind::ArchiveManifest), viewOf(m_archiveManifest)});
            made.members.push_back({nameOfNew(MetaKind::Timestamp), ByteView(m_token)});
        }
        return made;
    }

    [[nodiscard]] std::vector<std::string> takeSentences() { return std::move(m_done); }

  private:
    [[nodiscard]] const Group& last() const noexcept { return m_bundle.lastGroup(); }
    [[nodiscard]] unsigned archiveNumber() const noexcept { return m_bundle.count(true) + 1; }
    [[nodiscard]] std::string nameOfNew(MetaKind kind) const {
        return entry::nameOf({kind, archiveNumber()});
    }

    [[nodiscard]] Stamping stamping(bool withLists) const {
        return {m_options.timestamp, m_options.anchors, withLists ? m_options.crls : std::vector<Bytes>()};
    }

    static Error nothingToDo(WantedLevel level) {
        return refused("nothing-to-do",
                       level == WantedLevel::T
                           ? "The last signature has a timestamp already."
                           : "The last signature has a timestamp and the revocation lists that serve it.",
                       "Ask for level LTA to protect everything with an archive timestamp.");
    }

    /// The last signature is the only one that may still change.
    Result<void> strengthenLast(WantedLevel level) {
        const std::string name = last().proofName();
        auto parts = crypto::partsOfCades(viewOf(m_lastProof));
        if (!parts) return unusableBundle("bundle-broken", name + ": " + parts.error().message);
        TM_TRY(const std::string manifest, m_bundle.text(last().manifestName()));
        const bool lists = level != WantedLevel::T;
        Bytes made = bytesOf(m_lastProof);
        if (!parts->timestampToken) {
            TM_TRY(made, withTimestamp(made, viewOf(manifest), stamping(lists)));
            m_done.push_back(name + " got a timestamp.");
        } else if (lists) {
            TM_TRY(made, withLists(made, viewOf(manifest), stamping(true)));
        }
        TM_TRY(const auto after, crypto::partsOfCades(made));
        if (after.crls.size() > parts->crls.size()) {
            m_done.push_back(name + " got " + std::to_string(after.crls.size() - parts->crls.size()) +
                             " revocation lists.");
        }
        m_replaced = textOf(made) != m_lastProof;
        m_lastProof = std::string(textOf(made));
        return {};
    }

    Result<void> addArchive() {
        if (archiveNumber() > mostArchiveGroups) {
            return refused("too-many-timestamps", "The bundle has 50 archive timestamps, which is the most.",
                           "Seal a new bundle that supersedes this one.");
        }
        TM_TRY(const DigestList covered, m_bundle.coveredNext(m_lastProof));
        m_archiveManifest = asicManifest(covered, {true, archiveNumber()});
        TM_TRY(m_token, askedToken(crypto::Sha256::of(m_archiveManifest), stamping(true)));
        m_done.push_back(nameOfNew(MetaKind::Timestamp) +
                         (last().archive ? " was added: the archive timestamp was renewed."
                                         : " was added: an archive timestamp over everything before it."));
        return {};
    }

    const AppendableBundle& m_bundle;
    const AppendOptions& m_options;
    std::string m_lastProof{};
    bool m_replaced = false;
    std::string m_archiveManifest{};
    Bytes m_token{};
    std::vector<std::string> m_done{};
};

}  // namespace

Result<WantedLevel> wantedLevelFrom(std::string_view text) {
    if (text == "T") return WantedLevel::T;
    if (text == "LT") return WantedLevel::LT;
    if (text == "LTA") return WantedLevel::LTA;
    return invalid("level", "level", "\"" + std::string(text) + "\" is no level.", "Write T, LT or LTA.");
}

Result<AppendedBundle> timestampBundle(const std::filesystem::path& in, const std::filesystem::path& out,
                                       WantedLevel level, const AppendOptions& options) {
    TM_TRY(const AppendableBundle bundle, AppendableBundle::open(in));
    if (bundle.lastGroup().archive && level != WantedLevel::LTA) {
        return refused("nothing-to-do", "An archive timestamp covers every signature of the bundle already.",
                       "Ask for level LTA to renew it.");
    }
    if (options.verifyFirst) TM_CHECK(bundle.verify(options));
    Timestamping stamping(bundle, options);
    TM_CHECK(stamping.run(level));
    TM_TRY(AppendedBundle made, writeAddition(bundle, in, out, stamping.addition(), options));
    made.done = stamping.takeSentences();
    return made;
}

}  // namespace tickmark::bundle
