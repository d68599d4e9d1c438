// Reading the whole archive and comparing digests; what is not intact any more is quarantined.
#include <utility>

#include "app/Access.h"
#include "tickmark/app/Upkeep.h"
#include "tickmark/storage/EvidenceRows.h"

namespace tickmark::app {
namespace {

constexpr std::size_t keepEvery = 64;
constexpr std::uint64_t keepBytes = 256ULL * 1024 * 1024;

/// Every version that rests on these bytes and is not quarantined yet.
Result<void> quarantine(Context& context, const domain::Actor& actor, const Digest& digest,
                        const std::string& why) {
    return context.database->write([&](storage::WriteSession& session) -> Result<void> {
        storage::EvidenceFilter filter;
        filter.digest = digest;
        storage::PageRequest page{200, {}};
        do {
            TM_TRY(const auto rows, storage::listEvidence(session, storage::everything(), filter, page));
            page.after = rows.next;
            for (const storage::EvidenceRow& row : rows.rows) {
                TM_TRY(domain::EvidenceVersion version, storage::findEvidenceVersion(session, row.id));
                const bool over = version.state == domain::EvidenceState::Quarantined ||
                                  version.state == domain::EvidenceState::Withdrawn;
                if (over) continue;
                TM_TRY(const auto to, domain::next(version, domain::EvidenceEvent::Quarantine,
                                                   {actor, false, why, context.today()}));
                ledger::Event event =
                    stepEvent(context, actor, "evidence", domain::toText(domain::EvidenceEvent::Quarantine),
                              domain::toText(version.state), domain::toText(to), why);
                version.state = to;
                version.stateReason = why;
                TM_TRY([[maybe_unused]] const auto position,
                       storage::save(session, version, std::move(event)));
            }
        } while (!page.after.empty());
        return {};
    });
}

class Scrubber {
  public:
    Scrubber(Context& context, const domain::Actor& actor, const WorkProgress& progress)
        : m_context(context), m_actor(actor), m_progress(progress) {}

    Result<WorkResult> run() {
        TM_TRY(const auto objects, m_context.database->read([](storage::ReadSession& session) {
            return storage::objectsToProve(session);
        }));
        for (const auto& object : objects) m_total += object.size;
        for (const auto& object : objects) {
            if (!m_progress(m_read, m_total)) return stopped();
            TM_CHECK(look(object));
            if (m_pending.size() >= keepEvery || m_unkept >= keepBytes) TM_CHECK(keep());
        }
        TM_CHECK(keep());
        m_progress(m_read, m_total);
        WorkResult result;
        result.summary = m_problems.empty()
                             ? "Read " + std::to_string(m_looked) + " objects; every one is intact."
                             : std::to_string(m_problems.size()) + " of " + std::to_string(m_looked) +
                                   " objects are not intact.";
        result.facts = R"({"objects":)" + std::to_string(m_looked) + R"(,"bytes":)" + std::to_string(m_read) +
                       R"(,"bad":)" + std::to_string(m_problems.size()) + "}";
        result.problems = std::move(m_problems);
        return result;
    }

  private:
    Result<WorkResult> stopped() {
        TM_CHECK(keep());
        return refused("stopped",
                       "It was stopped after " + std::to_string(m_looked) +
                           " objects; what was proved until then is kept.",
                       "The next scrub goes on with those that were not looked at for the longest.");
    }

    Result<void> look(const storage::ObjectRow& object) {
        const auto proved = m_context.archive->prove(object.digest);
        if (!proved && proved.error().kind == ErrorKind::Environment) {
            TM_CHECK(keep());
            return proved.error();
        }
        const bool missing = !proved && proved.error().kind == ErrorKind::NotFound;
        m_pending.push_back(
            {object.digest, proved ? "intact" : (missing ? "missing" : "damaged"), m_context.now()});
        ++m_looked;
        m_read += object.size;
        m_unkept += object.size;
        if (proved) return {};
        const std::string why = missing ? "Its bytes are not in the archive any more."
                                        : "It no longer has the digest it was received with.";
        m_problems.push_back({missing ? "object-missing" : "object-damaged", object.version, why});
        return quarantine(m_context, m_actor, object.digest, why);
    }

    Result<void> keep() {
        if (m_pending.empty()) return {};
        TM_CHECK(m_context.database->write(
            [&](storage::WriteSession& session) { return storage::saveObjectProofs(session, m_pending); }));
        m_pending.clear();
        m_unkept = 0;
        return {};
    }

    Context& m_context;
    const domain::Actor& m_actor;
    const WorkProgress& m_progress;
    std::vector<storage::ObjectProof> m_pending{};
    std::vector<storage::WorkProblem> m_problems{};
    std::int64_t m_looked = 0;
    std::uint64_t m_read = 0;
    std::uint64_t m_total = 0;
    std::uint64_t m_unkept = 0;
};

Timestamp recentSince(const Context& context) { return context.now().plusSeconds(-recentDays * 86'400); }

}  // namespace

Result<storage::WorkRun> beginScrub(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "begin a scrub"));
    return context.workDesk->begin(actor, "scrub", {}, [&context, actor](const WorkProgress& progress) {
        return Scrubber(context, actor, progress).run();
    });
}

Result<IntegrityView> showIntegrity(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "see what was proved"));
    IntegrityView view;
    TM_TRY(view.runs, listRuns(context, actor, "scrub", 20));
    const Timestamp since = recentSince(context);
    TM_CHECK(context.database->read([&](storage::ReadSession& session) -> Result<void> {
        using storage::ObjectChoice;
        TM_TRY(view.all, storage::countObjects(session, ObjectChoice::All, since));
        TM_TRY(view.recent, storage::countObjects(session, ObjectChoice::Recent, since));
        TM_TRY(view.older, storage::countObjects(session, ObjectChoice::Older, since));
        TM_TRY(view.never, storage::countObjects(session, ObjectChoice::Never, since));
        TM_TRY(view.bad, storage::countObjects(session, ObjectChoice::Bad, since));
        TM_TRY(view.quarantined, storage::countObjects(session, ObjectChoice::Quarantined, since));
        return {};
    }));
    return view;
}

Result<storage::Page<storage::ObjectRow>> listObjects(Context& context, const domain::Actor& actor,
                                                      storage::ObjectChoice choice,
                                                      const storage::PageRequest& page) {
    TM_CHECK(mustAdminister(actor, "see what was proved"));
    return context.database->read([&](storage::ReadSession& session) {
        return storage::listObjects(session, choice, recentSince(context), page);
    });
}

Result<std::int64_t> countObjects(Context& context, const domain::Actor& actor,
                                  storage::ObjectChoice choice) {
    TM_CHECK(mustAdminister(actor, "see what was proved"));
    return context.database->read([&](storage::ReadSession& session) {
        return storage::countObjects(session, choice, recentSince(context));
    });
}

}  // namespace tickmark::app
