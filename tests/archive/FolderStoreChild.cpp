// What the child process of ChildProcess.h does. Disabled, so that a plain run leaves it out.
#include <sys/resource.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

#include "tickmark/archive/Archive.h"

namespace {

using tickmark::ByteSource;
using tickmark::Result;
namespace archive = tickmark::archive;

std::string setting(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing else runs yet
    return value == nullptr ? "" : value;
}

/// Quick to make and different for each number.
class NumberedSource final : public ByteSource {
  public:
    NumberedSource(std::uint64_t number, std::uint64_t length) : m_number(number), m_rest(length) {}
    Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        const std::size_t count = std::min<std::uint64_t>(buffer.size(), m_rest);
        std::memset(buffer.data(), static_cast<int>(m_number % 251), count);
        if (count >= sizeof(m_number)) std::memcpy(buffer.data(), &m_number, sizeof(m_number));
        m_rest -= count;
        return count;
    }

  private:
    std::uint64_t m_number;
    std::uint64_t m_rest;
};

Result<void> takeIn() {
    TM_TRY(const auto store, archive::FolderStore::openAt(setting("TICKMARK_CHILD_ROOT")));
    const std::uint64_t size = std::stoull(setting("TICKMARK_CHILD_SIZE"));
    if (setting("TICKMARK_CHILD_WORK") == "put") {
        NumberedSource source(0, size);
        TM_TRY(const auto stored, store->put(source, {size, {}, UINT64_MAX, {}}));
        return store->prove(stored.digest);
    }
    std::vector<archive::Store::BatchItem> items;
    for (std::uint64_t i = 0; i < 12; ++i) {
        items.push_back({[i, size]() -> Result<std::unique_ptr<ByteSource>> {
                             return std::unique_ptr<ByteSource>(std::make_unique<NumberedSource>(i, size));
                         },
                         {}});
    }
    TM_TRY(const auto stored, store->putBatch(items));
    return {};
}

std::string peakKiB() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "VmHWM:" && status >> word) return word;
    }
    return "0";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(child)

BOOST_AUTO_TEST_CASE(take_files_in, *boost::unit_test::disabled()) {
    const std::uint64_t limit = std::stoull("0" + setting("TICKMARK_CHILD_LIMIT"));
    BOOST_TEST_REQUIRE(!setting("TICKMARK_CHILD_ROOT").empty());
    if (limit > 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit most{limit, limit};
        BOOST_TEST_REQUIRE(::setrlimit(RLIMIT_FSIZE, &most) == 0);
    }
    const Result<void> taken = takeIn();
    std::ofstream(setting("TICKMARK_CHILD_ANSWER"))
        << (taken ? "ok" : taken.error().type) << ' ' << peakKiB() << '\n';
}

BOOST_AUTO_TEST_SUITE_END()
