// Many writers: threads, processes, and processes that die.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <thread>
#include <vector>

#include "RawDatabase.h"
#include "Sample.h"

using namespace tickmark;
using namespace tickmark::storage;
using namespace tickmark::storage::sample;

namespace {

constexpr const char* folderVariable = "TICKMARK_TEST_FOLDER";
constexpr const char* nameVariable = "TICKMARK_TEST_NAME";
constexpr const char* keyVariable = "TICKMARK_TEST_KEY";

// Children sign with the same key as the test that started them.
DatabaseOptions childOptions() {
    static const crypto::Ed25519Key key = need(crypto::Ed25519Key::fromPem(std::getenv(keyVariable)));
    DatabaseOptions options = optionsFor(std::getenv(folderVariable));
    options.signer = [](const ledger::Checkpoint& head) { return ledger::signCheckpoint(head, key); };
    return options;
}

Result<LedgerPosition> saveOne(Database& database, domain::AuditId in, const std::string& ref) {
    return database.write([&](WriteSession& session) {
        domain::Finding made = finding(ref, in);
        return save(session, made, event("finding.draft"));
    });
}

// Starts this program again with one of the child cases below; a fork alone would share threads' locks.
pid_t startChild(const char* testCase, const Folder& folder, const std::string& name) {
    const std::string pem = key().toPem();
    const pid_t child = fork();
    if (child != 0) return child;
    setenv(folderVariable, folder.path().c_str(), 1);
    setenv(nameVariable, name.c_str(), 1);
    setenv(keyVariable, pem.c_str(), 1);
    const std::string run = std::string("--run_test=storage_child/") + testCase;
    execl("/proc/self/exe", "storage_tests", run.c_str(), "--log_level=nothing", "--report_level=no",
          static_cast<char*>(nullptr));
    _exit(127);
}

int waitFor(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(storage_child, *boost::unit_test::disabled())

// Writes findings and notes each reference in a file of its own after it was acknowledged, until killed.
BOOST_AUTO_TEST_CASE(writes_until_killed) {
    const auto database = need(Database::open(childOptions()));
    const std::string name = std::getenv(nameVariable);
    const auto in =
        need(database->read([](ReadSession& s) { return findAudit(s, domain::AuditRef("IA-2022-03")); })).id;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            std::ofstream log(std::filesystem::path(std::getenv(folderVariable)) /
                              ("acknowledged-" + name + std::to_string(thread)));
            for (int number = 0;; ++number) {
                const std::string ref = name + std::to_string(thread) + "-" + std::to_string(number);
                if (saveOne(*database, in, ref)) log << ref << std::endl;
            }
        });
    }
    for (auto& thread : threads) thread.join();
}

BOOST_AUTO_TEST_CASE(writes_a_hundred) {
    const auto database = need(Database::open(childOptions()));
    const std::string name = std::getenv(nameVariable);
    const auto in =
        need(database->read([](ReadSession& s) { return findAudit(s, domain::AuditRef("IA-2022-03")); })).id;
    for (int number = 0; number < 100; ++number) {
        BOOST_REQUIRE(saveOne(*database, in, name + "-" + std::to_string(number)).ok());
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(storage_writers)

BOOST_AUTO_TEST_CASE(sixty_four_threads_share_commits) {
    Catalogued c;
    const auto before = c.database->figures();
    std::atomic<int> refusedWrites{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 64; ++thread) {
        threads.emplace_back([&, thread] {
            for (int number = 0; number < 20; ++number) {
                const std::string ref = "T" + std::to_string(thread) + "-" + std::to_string(number);
                if (!saveOne(*c.database, c.main.id, ref)) ++refusedWrites;
                const auto found =
                    c.database->read([&](ReadSession& s) { return findFinding(s, domain::FindingRef(ref)); });
                if (!found) ++refusedWrites;  // acknowledged means readable
            }
        });
    }
    for (auto& thread : threads) thread.join();
    BOOST_TEST(refusedWrites == 0);
    const auto after = c.database->figures();
    BOOST_TEST(after.writes - before.writes == 1280U);
    BOOST_TEST(after.commits - before.commits < 640U);
    BOOST_TEST(c.check().ok());
}

BOOST_AUTO_TEST_CASE(a_refused_closure_leaves_the_others_of_its_batch) {
    Catalogued c;
    std::atomic<int> good{0};
    std::atomic<int> bad{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 32; ++thread) {
        threads.emplace_back([&, thread] {
            const auto answer = c.database->write([&](WriteSession& s) -> Result<void> {
                domain::Finding made = finding("B-" + std::to_string(thread), c.main.id);
                TM_CHECK(save(s, made, event("finding.draft")));
                if (thread % 2 == 0) return refused("guard", "No.");
                return {};
            });
            ++(answer ? good : bad);
        });
    }
    for (auto& thread : threads) thread.join();
    BOOST_TEST(good == 16);
    BOOST_TEST(bad == 16);
    RawDatabase raw(c.folder.database());
    BOOST_TEST(raw.text("SELECT count(*) FROM finding") == "16");
    BOOST_TEST(c.check().ok());
}

BOOST_AUTO_TEST_CASE(a_write_inside_a_write_is_refused_and_does_not_hang) {
    Catalogued c;
    const auto answer = c.database->write([&](WriteSession&) -> Result<void> {
        return c.database->write([](WriteSession&) -> Result<void> { return {}; });
    });
    BOOST_REQUIRE(!answer);
    BOOST_TEST((answer.error().kind == ErrorKind::Internal));
}

BOOST_AUTO_TEST_CASE(two_processes_write_one_ledger) {
    Catalogued c;
    const std::uint64_t stamp = c.database->changeStamp();
    const pid_t first = startChild("writes_a_hundred", c.folder, "P");
    const pid_t second = startChild("writes_a_hundred", c.folder, "Q");
    for (int number = 0; number < 100; ++number) {
        need(saveOne(*c.database, c.main.id, "R-" + std::to_string(number)));
    }
    BOOST_TEST(waitFor(first) == 0);
    BOOST_TEST(waitFor(second) == 0);
    BOOST_TEST(c.database->changeStamp() != stamp);
    RawDatabase raw(c.folder.database());
    BOOST_TEST(raw.text("SELECT count(*) FROM finding") == "300");
    BOOST_TEST(c.check().ok());
}

BOOST_AUTO_TEST_CASE(a_long_log_is_carried_back_while_the_catalog_is_open) {
    Catalogued c;
    const auto before = std::filesystem::file_size(c.folder.database());
    for (int number = 0; number < 300; ++number) {
        domain::Finding made = finding("W-" + std::to_string(number), c.main.id);
        made.nature = std::string(18'000, 'n');
        store(*c.database, made);
    }
    const auto carried = [&] { return std::filesystem::file_size(c.folder.database()) - before; };
    for (int tries = 0; tries < 2000 && carried() < 1'000'000; ++tries) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    BOOST_TEST(carried() >= 1'000'000U);
    BOOST_TEST(c.check().ok());
}

BOOST_AUTO_TEST_CASE(the_stamp_changes_with_every_commit_and_only_then) {
    Catalogued c;
    const std::uint64_t before = c.database->changeStamp();
    BOOST_TEST(c.database->changeStamp() == before);
    c.add("F-0001");
    const std::uint64_t after = c.database->changeStamp();
    BOOST_TEST(after != before);
    BOOST_TEST(c.database->changeStamp() == after);
    RawDatabase raw(c.folder.database());
    raw.execute("INSERT INTO throttle VALUES ('x', 1, 1, 1)");
    BOOST_TEST(c.database->changeStamp() != after);
}

BOOST_AUTO_TEST_CASE(what_was_acknowledged_survives_a_kill) {
    for (int round = 0; round < 5; ++round) {
        Folder folder;
        {
            const auto database = openIn(folder);
            auto main = audit("IA-2022-03");
            store(*database, main);
        }
        const pid_t child = startChild("writes_until_killed", folder, "K");
        usleep(static_cast<useconds_t>(400'000 + round * 53'000));
        kill(child, SIGKILL);
        BOOST_TEST(WIFSIGNALED(waitFor(child)));
        const auto database = openIn(folder);
        std::size_t acknowledged = 0;
        for (int thread = 0; thread < 4; ++thread) {
            std::ifstream log(folder.path() / ("acknowledged-K" + std::to_string(thread)));
            for (std::string ref; std::getline(log, ref) && !log.eof(); ++acknowledged) {
                BOOST_TEST(
                    database->read([&](ReadSession& s) { return findFinding(s, domain::FindingRef(ref)); })
                        .ok(),
                    ref);
            }
        }
        BOOST_TEST(acknowledged > 0U);
        // The next writer goes on where the dead one stopped.
        const auto in = need(database->read([](ReadSession& s) {
                            return findAudit(s, domain::AuditRef("IA-2022-03"));
                        })).id;
        need(saveOne(*database, in, "after-the-kill"));
        const auto report = need(checkCatalog(*database, verifier()));
        for (const auto& problem : report.problems)
            BOOST_TEST_MESSAGE(problem.code << " " << problem.subject);
        BOOST_TEST(report.ok());
    }
}

BOOST_AUTO_TEST_SUITE_END()
