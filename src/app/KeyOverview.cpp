#include "tickmark/app/KeyOverview.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>

#include "app/Access.h"
#include "app/KeyFiles.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/storage/Bundles.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

bool sameSerial(const std::string& a, const std::string& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

using BundlesByKey = std::map<std::string, std::vector<std::string>>;

Result<BundlesByKey> signedBundles(Context& context) {
    return context.database->read([](storage::ReadSession& session) -> Result<BundlesByKey> {
        TM_TRY(const auto bundles, everyRow([&](const storage::PageRequest& page) {
                   return storage::listBundles(session, storage::everything(), {}, page);
               }));
        BundlesByKey signedBy;
        for (const domain::Bundle& bundle : bundles) {
            for (const domain::BundleSignature& signature : bundle.signatures) {
                auto& refs = signedBy[signature.fingerprint];
                if (refs.empty() || refs.back() != bundle.ref.text()) refs.push_back(bundle.ref.text());
            }
        }
        return signedBy;
    });
}

class Collector {
  public:
    Collector(const Context& context, const BundlesByKey& bundles, const crypto::CrlFacts& list)
        : m_context(context), m_bundles(bundles), m_list(list) {}

    void add(CertificateKind kind, const std::string& account, const crypto::Certificate& certificate) {
        CertificateView view{kind,
                             account,
                             certificate.subject(),
                             certificate.fingerprint(),
                             certificate.serialHex(),
                             certificate.notBefore(),
                             certificate.notAfter(),
                             {},
                             {},
                             {},
                             {}};
        view.ended = certificate.notAfter() < m_context.now();
        view.endsSoon =
            !view.ended && certificate.notAfter() < m_context.now().plusSeconds(warnDays * 86'400);
        for (const auto& entry : m_list.revoked) {
            if (sameSerial(entry.serialHex, view.serialHex)) view.revokedAt = entry.at;
        }
        if (const auto found = m_bundles.find(view.fingerprint.hex()); found != m_bundles.end())
            view.bundles = found->second;
        m_views.push_back(std::move(view));
    }

    /// Every certificate file of the folder whose name fits; `account` is read from the name.
    Result<void> addFolder(const fs::path& folder, bool signers) {
        std::vector<fs::path> files;
        std::error_code failed;
        for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
            const std::string name = at->path().filename().string();
            const bool key = name.ends_with(".key.pem") || !name.ends_with(".pem");
            if (!key && (signers || name.starts_with("seal@"))) files.push_back(at->path());
        }
        std::sort(files.begin(), files.end());
        for (const fs::path& file : files) {
            TM_TRY(const std::string pem, archive::readSmallFile(file, keyFileCap));
            TM_TRY(const auto certificate, crypto::Certificate::fromPem(pem));
            const std::string name = file.stem().string();
            const std::size_t mark = name.find('@');
            const bool earlier = mark != std::string::npos;
            if (signers)
                add(earlier ? CertificateKind::EarlierSigner : CertificateKind::Signer, name.substr(0, mark),
                    certificate);
            else
                add(CertificateKind::EarlierSeal, {}, certificate);
        }
        return {};
    }

    [[nodiscard]] std::vector<CertificateView> take() { return std::move(m_views); }

  private:
    const Context& m_context;
    const BundlesByKey& m_bundles;
    const crypto::CrlFacts& m_list;
    std::vector<CertificateView> m_views{};
};

}  // namespace

std::string_view toText(CertificateKind kind) noexcept {
    switch (kind) {
        case CertificateKind::Root:
            return "root";
        case CertificateKind::Seal:
            return "seal";
        case CertificateKind::EarlierSeal:
            return "earlier-seal";
        case CertificateKind::Signer:
            return "signer";
        case CertificateKind::EarlierSigner:
            return "earlier-signer";
    }
    return "root";
}

Result<KeyOverview> showKeys(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "see the keys"));
    TM_TRY(const auto ring, loadKeyRing(context.directory.keys(), context.settings));
    TM_TRY(const RevocationList list, revocationList(context));
    TM_TRY(const BundlesByKey bundles, signedBundles(context));
    Collector collector(context, bundles, list.facts);
    collector.add(CertificateKind::Root, {}, ring->root);
    collector.add(CertificateKind::Seal, {}, ring->seal.certificate());
    TM_CHECK(collector.addFolder(context.directory.keys(), false));
    TM_CHECK(collector.addFolder(context.directory.keys() / "signers", true));
    KeyOverview view;
    view.certificates = collector.take();
    view.ledgerKey = ring->ledgerPublic.text();
    view.listNumber = list.facts.number.value_or(0);
    view.listEntries = static_cast<std::int64_t>(list.facts.revoked.size());
    view.listFrom = list.facts.thisUpdate;
    view.listUntil = list.facts.nextUpdate;
    view.listEnded = view.listUntil && *view.listUntil < context.now();
    view.listEndsSoon =
        view.listUntil && !view.listEnded && *view.listUntil < context.now().plusSeconds(warnDays * 86'400);
    return view;
}

}  // namespace tickmark::app
