// `tickmark check`: rows, objects, ledger and bundles prove each other.
#include <algorithm>
#include <map>

#include "app/CheckCosigned.h"
#include "app/FileDigest.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/storage/Bundles.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Maintenance.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

struct Expectation {
    std::uint64_t size = 0;
    std::string ref{};
    bool withdrawn = false;
};
using Expected = std::map<Digest, Expectation>;

Result<Expected> expectedObjects(Context& context) {
    return context.database->read([](storage::ReadSession& session) -> Result<Expected> {
        Expected expected;
        TM_CHECK(
            storage::eachExpectedObject(session, [&](const storage::ExpectedObject& object) -> Result<void> {
                Expectation& known =
                    expected.try_emplace(object.digest, Expectation{object.size, object.ref, true})
                        .first->second;
                known.withdrawn = known.withdrawn && object.withdrawn;
                if (!object.withdrawn) known.ref = object.ref;
                return {};
            }));
        return expected;
    });
}

class Checker {
  public:
    Checker(Context& context, bool readData,
            const std::function<void(std::uint64_t, std::uint64_t)>& progress)
        : m_context(&context), m_readData(readData), m_progress(&progress) {}

    Result<CheckOutcome> run() {
        TM_CHECK(checkRows());
        TM_CHECK(goOn("witnesses", checkWitnesses()));
        TM_CHECK(goOn("archive", checkArchive()));
        TM_CHECK(goOn("bundles", checkBundles()));
        return std::move(m_outcome);
    }

  private:
    void complain(std::string code, std::string subject, std::string message) {
        m_outcome.problems.push_back({std::move(code), std::move(subject), std::move(message)});
    }

    // A row that cannot be read ends its part of the check; that is a finding of the check, not its failure.
    Result<void> goOn(const std::string& part, Result<void> done) {
        if (done || done.error().kind == ErrorKind::Environment) return done;
        complain("database-damaged", part, "This part cannot be checked: " + done.error().message);
        return {};
    }

    Result<void> checkWitnesses() {
        TM_TRY(auto cosigned, checkCosigned(*m_context));
        for (auto& problem : cosigned) m_outcome.problems.push_back(std::move(problem));
        return {};
    }

    Result<void> checkArchive() {
        TM_TRY(const Expected expected, expectedObjects(*m_context));
        for (const auto& [digest, object] : expected) m_all += object.size;
        TM_CHECK(listObjects(expected));
        for (const auto& [digest, object] : expected) TM_CHECK(checkObject(digest, object));
        if (m_readData) TM_CHECK(proveUnreferenced());
        return {};
    }

    // What no row names may stand there, from an upload that was cut off, but under its own digest only.
    Result<void> proveUnreferenced() {
        for (const std::string& name : m_outcome.unreferenced) {
            TM_TRY(const Digest digest, Digest::parse(name));
            auto proved = m_context->archive->prove(digest);
            if (proved) continue;
            if (proved.error().kind == ErrorKind::Environment) return std::move(proved).error();
            complain("object-damaged", name, "No row names it, and it does not have the digest of its name.");
        }
        return {};
    }

    Result<void> checkRows() {
        TM_TRY(const auto catalog,
               storage::checkCatalog(*m_context->database, m_context->keys->ledgerPublic));
        m_outcome.rows = static_cast<std::int64_t>(catalog.rows);
        m_outcome.entries = static_cast<std::int64_t>(catalog.events);
        for (const auto& problem : catalog.problems) complain(problem.code, problem.subject, problem.message);
        if (!m_readData) return {};
        TM_TRY(const auto search, storage::checkSearch(*m_context->database));
        for (const auto& problem : search) complain(problem.code, problem.subject, problem.message);
        return {};
    }

    Result<void> listObjects(const Expected& expected) {
        return m_context->archive->list(
            [&](const archive::ListedObject& object) {
                ++m_outcome.objects;
                if (!expected.contains(object.digest)) m_outcome.unreferenced.push_back(object.digest.hex());
            },
            [&](const std::string& name) {
                complain("foreign-file", name, "A file lies in the archive that is no object of it.");
            });
    }

    Result<void> checkObject(const Digest& digest, const Expectation& object) {
        auto size = m_context->archive->sizeOf(digest);
        if (!size) {
            if (size.error().kind == ErrorKind::Environment) return std::move(size).error();
            if (!object.withdrawn)
                complain("row-without-object", object.ref, "Its bytes are not in the archive.");
            return {};
        }
        if (*size != object.size) {
            complain("object-damaged", object.ref,
                     "It has " + std::to_string(*size) + " bytes; " + std::to_string(object.size) +
                         " were received.");
            return {};
        }
        if (!m_readData) return {};
        if (auto proved = m_context->archive->prove(digest); !proved) {
            if (proved.error().kind == ErrorKind::Environment) return std::move(proved).error();
            complain("object-damaged", object.ref, "It no longer has the digest it was received with.");
        }
        m_outcome.bytesRead += object.size;
        if (*m_progress) (*m_progress)(m_outcome.bytesRead, m_all);
        return {};
    }

    Result<void> checkBundles() {
        std::string after;
        do {
            TM_TRY(const auto page, m_context->database->read([&](storage::ReadSession& session) {
                return storage::listBundles(session, storage::everything(), {}, {200, after});
            }));
            for (const auto& bundle : page.rows) {
                if (!bundle.fileName.empty()) TM_CHECK(checkBundleFile(bundle));
            }
            after = page.next;
        } while (!after.empty());
        return {};
    }

    Result<void> checkBundleFile(const domain::Bundle& bundle) {
        const fs::path file = m_context->directory.bundles() / bundle.fileName;
        std::error_code failed;
        const auto size = fs::file_size(file, failed);
        if (failed || size != bundle.size) {
            complain("bundle-missing", bundle.ref.text(),
                     failed ? "Its file is missing." : "Its file has another size.");
            return {};
        }
        if (!m_readData) return {};
        TM_TRY(const Digest digest,
               digestOfFile(file, [&](std::uint64_t count) { m_outcome.bytesRead += count; }));
        if (digest != bundle.digest) {
            complain("bundle-damaged", bundle.ref.text(), "It no longer has the digest it was sealed with.");
        }
        return {};
    }

    Context* m_context;
    bool m_readData;
    const std::function<void(std::uint64_t, std::uint64_t)>* m_progress;
    std::uint64_t m_all = 0;
    CheckOutcome m_outcome{};
};

}  // namespace

Result<CheckOutcome> check(Context& context, bool readData,
                           const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    return Checker(context, readData, progress).run();
}

}  // namespace tickmark::app
