// What the catalog costs. Usage: storage_bench FOLDER [FINDINGS]; FOLDER must lie on a real disk and be
// empty. Prints one line per figure; each ratio compares two runs of this program on this machine.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tickmark/crypto/Ed25519.h"
#include "tickmark/ledger/Checkpoint.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Maintenance.h"
#include "tickmark/storage/Parties.h"

namespace {

using namespace tickmark;
using namespace tickmark::storage;
using Steady = std::chrono::steady_clock;

const crypto::Ed25519Key& key() {
    static const crypto::Ed25519Key made = crypto::Ed25519Key::generate();
    return made;
}

template <class T>
T need(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", describe(result.error()).c_str());
        std::exit(1);
    }
    return std::move(result).value();
}

double microsSince(Steady::time_point begin) {
    return std::chrono::duration<double, std::micro>(Steady::now() - begin).count();
}

std::unique_ptr<Database> openAt(const std::filesystem::path& folder, std::size_t batch) {
    std::filesystem::create_directories(folder);
    DatabaseOptions options;
    options.folder = folder;
    options.create = true;
    options.maximumBatch = batch;
    options.signer = [](const ledger::Checkpoint& head) { return ledger::signCheckpoint(head, key()); };
    return need(Database::open(options));
}

ledger::Event event() {
    ledger::Event made;
    made.at = Timestamp{1'700'000'000'000'000};
    made.actor = "anna";
    made.role = "LA";
    made.via = "session";
    made.kind = "finding.draft";
    return made;
}

domain::Finding finding(const std::string& ref, domain::AuditId audit, domain::PartyId owner, int number) {
    domain::Finding made;
    made.ref = domain::FindingRef(ref);
    made.audit = audit;
    made.state = number % 3 == 0 ? domain::FindingState::Closed : domain::FindingState::Issued;
    made.title = "Incidents without category in sample " + std::to_string(number);
    made.clauses = {"8.6.1", "8.7"};
    made.requirement =
        "Incidents shall be recorded, classified and prioritised with regard to impact and urgency.";
    made.objectiveEvidence = "12 of 40 sampled tickets of March lack a category; the export is attached.";
    made.nature = "Classification is not enforced by the tool and not reviewed by the process owner.";
    made.owner = owner;
    made.closeDue = Date::of(2023, 1, 1).plusDays(number % 365);
    made.createdAt = Timestamp{1'700'000'000'000'000};
    made.changedAt = made.createdAt;
    return made;
}

struct Ground {
    domain::PartyId owner{};
    std::vector<domain::AuditId> audits{};
};

Ground ground(Database& database) {
    Ground made;
    domain::Party owner{.account = "paul", .name = "Process owner", .role = domain::Role::ProcessOwner};
    need(database.write([&](WriteSession& session) { return save(session, owner, event()); }));
    made.owner = owner.id;
    for (int number = 0; number < 60; ++number) {
        domain::Audit audit;
        audit.ref = domain::AuditRef("IA-" + std::to_string(number));
        audit.title = "Audit";
        audit.team.push_back({.party = owner.id});
        need(database.write([&](WriteSession& session) { return save(session, audit, event()); }));
        made.audits.push_back(audit.id);
    }
    return made;
}

long residentKilobytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("VmRSS:", 0) == 0) return std::strtol(line.c_str() + 6, nullptr, 10);
    }
    return 0;
}

// Durable creates per second by 64 threads, and the slow end of their latency.
double createRate(const std::filesystem::path& folder, std::size_t batch, int each, const char* name) {
    const auto database = openAt(folder, batch);
    const Ground on = ground(*database);
    std::vector<std::vector<double>> latencies(64);
    const auto begin = Steady::now();
    const std::clock_t cpu = std::clock();
    std::vector<std::thread> threads;
    for (std::size_t thread = 0; thread < latencies.size(); ++thread) {
        threads.emplace_back([&, thread] {
            for (int number = 0; number < each; ++number) {
                const auto start = Steady::now();
                need(database->write([&](WriteSession& session) {
                    auto made = finding("T" + std::to_string(thread) + "-" + std::to_string(number),
                                        on.audits[0], on.owner, number);
                    return save(session, made, event());
                }));
                latencies[thread].push_back(microsSince(start));
            }
        });
    }
    for (auto& thread : threads) thread.join();
    const double seconds = microsSince(begin) / 1e6;
    std::vector<double> all;
    for (const auto& part : latencies) all.insert(all.end(), part.begin(), part.end());
    std::sort(all.begin(), all.end());
    const auto figures = database->figures();
    const double rate = static_cast<double>(all.size()) / seconds;
    std::printf(
        "%-28s %9.0f /s   p50 %6.2f ms   p99 %6.2f ms   %llu writes in %llu commits, %.1f us of processor "
        "each\n",
        name, rate, all[all.size() / 2] / 1e3, all[all.size() * 99 / 100] / 1e3,
        static_cast<unsigned long long>(figures.writes), static_cast<unsigned long long>(figures.commits),
        static_cast<double>(std::clock() - cpu) * 1e6 / CLOCKS_PER_SEC / static_cast<double>(all.size()));
    return rate;
}

void seed(const std::filesystem::path& folder, int count) {
    const auto database = openAt(folder, 1024);
    const Ground on = ground(*database);
    const auto begin = Steady::now();
    const std::clock_t cpu = std::clock();
    need(database->write([&](WriteSession& session) -> Result<int> {
        for (int number = 0; number < count; ++number) {
            auto made = finding("F-" + std::to_string(number),
                                on.audits[static_cast<std::size_t>(number) % 60], on.owner, number);
            TM_CHECK(save(session, made, event()));
        }
        return count;
    }));
    std::printf("%-28s %9.2f s   %6.1f us of processor each\n", "seed in one write", microsSince(begin) / 1e6,
                static_cast<double>(std::clock() - cpu) * 1e6 / CLOCKS_PER_SEC / count);
}

void listCost(Database& database, const char* name, const Scope& scope, const FindingFilter& filter,
              int rounds) {
    std::vector<double> costs;
    std::size_t bytes = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = Steady::now();
        need(database.read([&](ReadSession& session) {
            return eachFinding(session, scope, filter, {},
                               [&](const FindingRow& row) { bytes += row.title.size(); });
        }));
        costs.push_back(microsSince(begin));
    }
    std::sort(costs.begin(), costs.end());
    std::printf("%-28s %9.1f us  p99 %8.1f us%s\n", name, costs[costs.size() / 2],
                costs[costs.size() * 99 / 100], bytes == 0 ? "  (empty)" : "");
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        std::fprintf(stderr, "usage: storage_bench FOLDER [FINDINGS]\n");
        return 2;
    }
    const std::filesystem::path folder = arguments[1];
    const int findings = count > 2 ? std::atoi(arguments[2]) : 100'000;
    const double alone = createRate(folder / "alone", 1, 30, "create, a commit each");
    const double grouped = createRate(folder / "grouped", 1024, 300, "create, group commit");
    std::printf("%-28s %9.1f x (target 5)\n", "group commit gains", grouped / alone);

    seed(folder / "large", findings);
    const long before = residentKilobytes();
    auto begin = Steady::now();
    const auto database = openAt(folder / "large", 1024);
    std::printf("%-28s %9.2f ms\n", "open", microsSince(begin) / 1e3);
    const Scope all = everything();
    const auto paul = need(database->read([](ReadSession& s) { return findPartyByAccount(s, "paul"); })).id;
    const Scope team{.reach = domain::Reach::TeamAudits, .party = paul, .today = Date::of(2023, 6, 1)};
    listCost(*database, "list 50 newest", all, {}, 2000);
    listCost(*database, "list 50 newest, team scope", team, {}, 2000);
    listCost(*database, "list 50 by state", team, {.states = {domain::FindingState::Issued}}, 2000);
    listCost(*database, "list 50 by clause", team, {.clause = "8.7"}, 2000);
    listCost(*database, "list 50 by close due", team, {.order = FindingOrder::CloseDue}, 2000);
    listCost(*database, "full text, common words", team, {.q = "incidents without cat"}, 500);
    listCost(*database, "full text, rare word", team, {.q = "4711"}, 500);
    const Scope stranger{.reach = domain::Reach::TeamAudits, .party = {4711}, .today = Date::of(2023, 6, 1)};
    listCost(*database, "list, no audit visible", stranger, {}, 20);
    begin = Steady::now();
    need(database->read([&](ReadSession& session) { return countFor(session, team); }));
    std::printf("%-28s %9.2f ms\n", "dashboard counts", microsSince(begin) / 1e3);
    begin = Steady::now();
    for (int round = 0; round < 10'000; ++round) (void)database->changeStamp();
    std::printf("%-28s %9.2f us\n", "change stamp", microsSince(begin) / 1e4);
    std::printf("%-28s %9ld KiB (%ld before opening)\n", "resident", residentKilobytes(), before);
    begin = Steady::now();
    const auto verifier = ledger::VerifierKey::of("tickmark", key().publicKey());
    const auto report = need(checkCatalog(*database, verifier));
    std::printf("%-28s %9.2f s   %zu problems\n", "check", microsSince(begin) / 1e6, report.problems.size());
    begin = Steady::now();
    need(backupDatabase(*database, folder / "copy.db"));
    std::printf("%-28s %9.2f s\n", "backup", microsSince(begin) / 1e6);
    return report.ok() ? 0 : 1;
}
