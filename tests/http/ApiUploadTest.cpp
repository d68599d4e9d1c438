// Files go in whole or not at all, and come out as they went in.
#include <boost/test/unit_test.hpp>

#include <random>

#include "http/ApiFixture.h"
#include "http/api/DigestField.h"
#include "http/download/ProvedStream.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::http::test {
namespace {

std::string noise(std::size_t size) {
    std::mt19937_64 random(size);
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i + 8 <= size; i += 8) {
        const std::uint64_t word = random();
        for (std::size_t k = 0; k < 8; ++k) bytes[i + k] = static_cast<char>(word >> (8 * k));
    }
    return bytes;
}

std::string digestHeader(std::string_view bytes) {
    return "Repr-Digest: " + api::digestField(crypto::Sha256::of(bytes)) + "\r\n";
}

/// How many versions and how many files of any kind the archive knows.
struct Kept {
    std::size_t versions = 0;
    std::size_t files = 0;
    bool operator==(const Kept&) const = default;
};
Kept keptBy(Site& site) {
    const Reply list = must(200, site.as("lea").get("/api/v1/evidence?limit=200"));
    return {list.json.find("items")->items()->size(),
            tickmark::test::filesBelow(site.context->directory.archive()).size()};
}

/// An upload spelled byte by byte.
std::string rawUpload(const Client& client, const std::string& audit, const std::string& lines,
                      std::string_view body) {
    return "POST /api/v1/evidence?audit=" + audit +
           "&file_name=a.bin&title=A HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "Cookie: tickmark=" + client.cookie +
           "\r\nX-CSRF-Token: " + client.csrf + "\r\nContent-Type: application/octet-stream\r\n" + lines +
           "\r\n" + std::string(body);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(api_uploads)

BOOST_AUTO_TEST_CASE(a_large_file_comes_back_as_it_went_in) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string bytes = noise(64U * 1024U * 1024U);
    const Reply receipt =
        must(201, site.as("lea").upload("audit=" + audit + "&file_name=large.bin&title=Large", bytes,
                                        digestHeader(bytes)));
    const std::string hex = crypto::Sha256::of(bytes).hex();
    BOOST_TEST(receipt.text("sha256") == hex);
    BOOST_TEST(receipt.json.integerAt("size") == 64 * 1024 * 1024);
    BOOST_TEST(receipt.json.integerAt("ledger_position") > 0);
    BOOST_TEST(!receipt.text("checkpoint").empty());
    BOOST_TEST(must(200, site.as("lea").get(receipt.header("Location"))).text("sha256") == hex);
    const Reply back =
        must(200, site.as("lea").get("/api/v1/evidence/" + receipt.text("ref") + "/v/1/content"));
    BOOST_TEST((back.body == bytes));
    BOOST_TEST(back.header("Repr-Digest") == api::digestField(crypto::Sha256::of(bytes)));
    BOOST_TEST(back.header("Content-Security-Policy") == "sandbox; default-src 'none'");
    BOOST_TEST(back.header("X-Content-Type-Options") == "nosniff");
    BOOST_TEST(back.header("Content-Disposition").starts_with("attachment"));
    BOOST_TEST(back.header("Content-Type") == "application/octet-stream");
}

BOOST_AUTO_TEST_CASE(an_empty_file_and_a_second_version_are_taken) {
    Site site;
    const std::string audit = site.newAudit();
    const Reply empty = must(201, site.as("lea").upload("audit=" + audit + "&file_name=e&title=E", ""));
    BOOST_TEST(empty.json.integerAt("size") == 0);
    const Reply second =
        must(201, site.as("lea").upload("audit=" + audit + "&evidence=" + empty.text("ref") +
                                            "&file_name=e2&period_from=2026-01-01&period_to=2026-01-31",
                                        "now with content"));
    BOOST_TEST(second.text("version") == empty.text("ref") + "/v2");
    const Reply view = site.as("lea").get("/api/v1/evidence/" + empty.text("ref"));
    BOOST_TEST(view.json.find("versions")->items()->size() == 2U);
    const Reply same =
        must(201, site.as("lea").upload("audit=" + audit + "&file_name=x&title=X", "now with content"));
    BOOST_TEST(same.text("same_as") == empty.text("ref") + "/v2");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_an_upload_leaves_nothing_behind) {
    Site site(std::make_shared<SystemClock>(), 1'000'000);
    const std::string audit = site.newAudit();
    const Client& lea = site.as("lea");
    const Kept before = keptBy(site);
    const std::string to = "audit=" + audit + "&title=A&file_name=";
    const auto field = [](const Reply& reply) {
        return std::to_string(reply.status) + " " + reply.problem();
    };

    BOOST_TEST(field(lea.upload(to + "a", "bytes", digestHeader("other"))) == "400 digest-mismatch");
    BOOST_TEST(field(lea.upload(to + "a", "bytes", "Repr-Digest: sha-256=abcd\r\n")) == "400 digest-field");
    BOOST_TEST(lea.upload(to + "a", "bytes", "Repr-Digest: sha-256=abcd\r\n").text("field") == "Repr-Digest");
    BOOST_TEST(field(lea.upload(to + "a", "bytes", "Repr-Digest: md5=:AAAA:\r\n")) == "400 digest-field");
    BOOST_TEST(lea.upload(to + "a", std::string(1'000'001, 'x')).status == 413);
    for (const char* name : {"", "..%2Fpasswd", "a%5Cb", "a%0Ab", "%E2%80%AEexe.txt", ".."}) {
        BOOST_TEST_CONTEXT(name) BOOST_TEST(lea.upload(to + name, "bytes").status == 400);
    }
    BOOST_TEST(lea.upload(to + std::string(300, 'n'), "bytes").text("field") == "file_name");
    BOOST_TEST(field(lea.upload("title=A&file_name=a", "bytes")) == "400 target");
    BOOST_TEST(field(lea.upload(to + "a&finding=F-0001", "bytes")) == "400 target");
    BOOST_TEST(lea.upload("finding=F-9999&title=A&file_name=a", "bytes").status == 404);
    BOOST_TEST(lea.upload(to + "a&valid_until=tomorrow", "bytes").text("field") == "valid_until");
    BOOST_TEST(lea.upload(to + "a&confidentiality=loud", "bytes").text("field") == "confidentiality");
    BOOST_TEST((keptBy(site) == before));
}

BOOST_AUTO_TEST_CASE(a_truncated_upload_is_refused_and_forgotten) {
    Site site;
    const std::string audit = site.newAudit();
    const Kept before = keptBy(site);
    RawClient raw(site.server->port());
    raw.send(rawUpload(site.as("lea"), audit, "Content-Length: 100000\r\n", std::string(70'000, 'x')));
    raw.finish();
    const Answer answer = raw.read();
    BOOST_TEST(answer.status == 400);
    BOOST_TEST(answer.has("truncated"));
    BOOST_TEST((keptBy(site) == before));
}

BOOST_AUTO_TEST_CASE(a_body_longer_than_declared_is_caught_by_its_digest) {
    Site site;
    const std::string audit = site.newAudit();
    const Kept before = keptBy(site);
    RawClient raw(site.server->port());
    raw.send(rawUpload(site.as("lea"), audit, "Content-Length: 5\r\n" + digestHeader("bytes and more"),
                       "bytes and more"));
    const Answer answer = raw.read();
    BOOST_TEST(answer.status == 400);
    BOOST_TEST(answer.has("digest-mismatch"));
    // The rest is no request: it is refused and the connection ends, nothing of it runs.
    const Answer rest = raw.read();
    BOOST_TEST((rest.status == 400 || rest.status == 0));
    BOOST_TEST((keptBy(site) == before));
}

BOOST_AUTO_TEST_CASE(lengths_that_do_not_hold_are_refused_before_anything_is_read) {
    Site site;
    const std::string audit = site.newAudit();
    const Kept before = keptBy(site);
    const auto status = [&](const std::string& lines, const std::string& body) {
        RawClient raw(site.server->port());
        return raw.ask(rawUpload(site.as("lea"), audit, lines, body)).status;
    };
    const int chunked = status("Transfer-Encoding: chunked\r\n", "5\r\nbytes\r\n0\r\n\r\n");
    BOOST_TEST((chunked == 411 || chunked == 501));
    BOOST_TEST(status("Content-Length: 5\r\nContent-Length: 6\r\n", "bytes") == 400);
    BOOST_TEST(status("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "bytes") == 400);
    BOOST_TEST(status("", "") == 411);
    BOOST_TEST((keptBy(site) == before));
}

BOOST_AUTO_TEST_CASE(whoever_may_not_hand_over_is_told_before_the_body_is_sent) {
    Site site;
    const std::string audit = site.newAudit();
    RawClient raw(site.server->port());
    raw.send(rawUpload(site.as("otto"), audit, "Content-Length: 900000\r\nExpect: 100-continue\r\n", ""));
    const Answer answer = raw.read();
    BOOST_TEST(answer.status == 404);
}

BOOST_AUTO_TEST_CASE(a_damaged_object_is_not_handed_out) {
    Site site;
    const std::string ref = site.newEvidence(site.newAudit(), "original bytes");
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(site.context->directory.archive())) {
        if (!entry.is_regular_file() || entry.file_size() != 14) continue;
        std::filesystem::permissions(entry.path(), std::filesystem::perms::owner_all);
        FILE* file = std::fopen(entry.path().c_str(), "r+b");
        BOOST_REQUIRE(file != nullptr);
        std::fputc('X', file);
        std::fclose(file);
    }
    const Reply reply = site.as("lea").get("/api/v1/evidence/" + ref + "/v/1/content");
    BOOST_TEST(reply.body.find("riginal bytes") == std::string::npos);
    BOOST_TEST(reply.status == 500);
    BOOST_TEST(reply.problem() == "object-damaged");
    const Reply view = site.as("lea").get("/api/v1/evidence/" + ref);
    BOOST_TEST(view.json.find("versions")->items()->front().textAt("state") == "quarantined");
}

BOOST_AUTO_TEST_CASE(a_large_damaged_object_never_arrives_complete) {
    Site site;
    const std::string bytes = noise(3U * ProvedStream::step);
    const std::string ref = site.newEvidence(site.newAudit(), bytes);
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(site.context->directory.archive())) {
        if (!entry.is_regular_file() || entry.file_size() != bytes.size()) continue;
        std::filesystem::permissions(entry.path(), std::filesystem::perms::owner_all);
        FILE* file = std::fopen(entry.path().c_str(), "r+b");
        BOOST_REQUIRE(file != nullptr);
        std::fputc(bytes.front() + 1, file);
        std::fclose(file);
    }
    const Reply reply = site.as("lea").get("/api/v1/evidence/" + ref + "/v/1/content");
    BOOST_TEST(reply.body.size() < bytes.size());
    const Reply view = site.as("lea").get("/api/v1/evidence/" + ref);
    BOOST_TEST(view.json.find("versions")->items()->front().textAt("state") == "quarantined");
}

BOOST_AUTO_TEST_CASE(a_proved_stream_gives_every_byte_in_reads_of_any_size) {
    const std::string bytes = noise(2U * ProvedStream::step) + "tail";
    for (const std::size_t size : {bytes.size(), std::size_t{2} * ProvedStream::step,
                                   std::size_t{ProvedStream::step}, std::size_t{1}, std::size_t{0}}) {
        for (const std::size_t window : {std::size_t{1000}, std::size_t{70'000}}) {
            const std::string_view part = std::string_view(bytes).substr(0, size);
            auto stream = ProvedStream::open(std::make_unique<MemorySource>(viewOf(part)));
            BOOST_REQUIRE(stream.ok());
            std::string got;
            Bytes buffer(window);
            for (;;) {
                const auto count = (*stream)->read(buffer);
                BOOST_REQUIRE(count.ok());
                if (*count == 0) break;
                got.append(textOf(ByteView(buffer).first(*count)));
            }
            BOOST_TEST((got == part));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
