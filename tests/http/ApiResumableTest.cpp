// A file in pieces: tus 1.0.0.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"
#include "http/api/UploadHeaders.h"
#include "tickmark/app/Uploads.h"
#include "tickmark/crypto/Checksum.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::http::test {
namespace {

const std::string base = "/api/v1/uploads";
const std::string version = "Tus-Resumable: 1.0.0\r\n";

std::string metadata(const std::vector<std::pair<std::string, std::string>>& facts) {
    std::string line;
    for (const auto& [key, value] : facts) {
        line.append(line.empty() ? "" : ",").append(key).append(" ").append(toBase64(viewOf(value)));
    }
    return "Upload-Metadata: " + line + "\r\n";
}

/// A conversation about one file.
struct Tus {
    const Client& client;
    std::string where{};

    Reply create(const std::string& length, const std::string& facts) {
        Reply reply =
            client.send({"POST", base, "", "", version + "Upload-Length: " + length + "\r\n" + facts});
        where = reply.header("Location");
        return reply;
    }
    [[nodiscard]] Reply head() const { return client.send({"HEAD", where, "", "", version}); }
    [[nodiscard]] Reply patch(std::size_t offset, const std::string& bytes,
                              const std::string& more = {}) const {
        return client.send({"PATCH", where, bytes, "application/offset+octet-stream",
                            version + "Upload-Offset: " + std::to_string(offset) + "\r\n" + more});
    }
    [[nodiscard]] Reply end() const { return client.send({"DELETE", where, "", "", version}); }
};

std::string sumLine(crypto::ChecksumKind kind, const std::string& bytes) {
    crypto::Checksum sum(kind);
    sum.update(viewOf(bytes));
    return std::string("Upload-Checksum: ") + (kind == crypto::ChecksumKind::Sha1 ? "sha1 " : "sha256 ") +
           toBase64(sum.finish()) + "\r\n";
}

std::size_t versionsOf(Site& site) {
    return must(200, site.as("lea").get("/api/v1/evidence?limit=200")).json.find("items")->items()->size();
}

std::size_t partsOf(Site& site) {
    return tickmark::test::filesBelow(site.context->directory.uploads()).size();
}

std::string shortOf(const Reply& reply) { return std::to_string(reply.status) + " " + reply.problem(); }

/// A clock that the test moves on.
class MovedClock final : public Clock {
  public:
    [[nodiscard]] Timestamp now() const override { return m_system.now().plusSeconds(seconds); }
    std::int64_t seconds = 0;

  private:
    SystemClock m_system{};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(api_resumable)

BOOST_AUTO_TEST_CASE(a_file_in_three_pieces_becomes_evidence_with_the_last_one) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string bytes = "first|second|third";
    Tus tus{site.as("lea")};
    const Reply made = must(201, tus.create("18", metadata({{"filename", "a b.txt"},
                                                            {"audit", audit},
                                                            {"source", "ticket tool"},
                                                            {"filetype", "text/plain"}})));
    BOOST_TEST(made.header("Tus-Resumable") == "1.0.0");
    BOOST_TEST(made.header("Upload-Expires").ends_with(" GMT"));
    BOOST_TEST(tus.head().header("Upload-Offset") == "0");
    BOOST_TEST(must(204, tus.patch(0, "first|")).header("Upload-Offset") == "6");
    const Reply head = must(200, tus.head());
    BOOST_TEST(head.header("Upload-Offset") == "6");
    BOOST_TEST(head.header("Upload-Length") == "18");
    BOOST_TEST(head.header("Cache-Control") == "no-store");
    must(204, tus.patch(6, "second|"));
    const std::size_t before = versionsOf(site);
    const Reply last = must(204, tus.patch(13, "third"));
    BOOST_TEST(versionsOf(site) == before + 1);
    const std::string name = last.header("Tickmark-Evidence");
    BOOST_REQUIRE(name.ends_with("/v1"));
    const Reply receipt =
        must(200, site.as("lea").get("/api/v1/evidence/" + name.substr(0, name.find('/')) + "/v/1/receipt"));
    BOOST_TEST(receipt.text("sha256") == crypto::Sha256::of(bytes).hex());
    BOOST_TEST(receipt.text("file_name") == "a b.txt");
    BOOST_TEST(receipt.text("media_type") == "text/plain");
    BOOST_TEST(receipt.text("audit") == audit);
    BOOST_TEST(partsOf(site) == 0U);
    // The answer was lost: asking again and sending again tell the same and add nothing.
    BOOST_TEST(tus.head().header("Tickmark-Evidence") == name);
    BOOST_TEST(must(204, tus.patch(18, "")).header("Tickmark-Evidence") == name);
    BOOST_TEST(site.as("lea").get(tus.where).text("version") == name);
    BOOST_TEST(versionsOf(site) == before + 1);
}

BOOST_AUTO_TEST_CASE(what_was_not_asked_for_in_the_protocols_words_is_refused) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string facts = metadata({{"filename", "a.txt"}, {"audit", audit}});
    const Client& lea = site.as("lea");
    Tus tus{lea};
    const Reply old =
        lea.send({"POST", base, "", "", "Tus-Resumable: 0.2.2\r\nUpload-Length: 1\r\n" + facts});
    BOOST_TEST(shortOf(old) == "412 tus-version");
    BOOST_TEST(old.header("Tus-Version") == "1.0.0");
    BOOST_TEST(shortOf(tus.create("", facts)) == "400 upload-header");
    BOOST_TEST(shortOf(tus.create("-1", facts)) == "400 upload-header");
    BOOST_TEST(shortOf(tus.create("5", "Upload-Metadata: filename a.txt\r\n")) == "400 upload-header");
    BOOST_TEST(shortOf(tus.create("5", metadata({{"filename", "a"}, {"audit", audit}, {"colour", "red"}}))) ==
               "400 upload-facts");
    BOOST_TEST(shortOf(tus.create("5", metadata({{"filename", "a"}}))) == "400 target");
    BOOST_TEST(shortOf(tus.create("5", metadata({{"filename", "../a"}, {"audit", audit}}))) ==
               "400 file-name");
    BOOST_TEST(shortOf(tus.create("99999999999999", facts)) == "413 over-cap");
    must(201, tus.create("5", facts));
    BOOST_TEST(shortOf(tus.patch(1, "abc")) == "409 upload-offset");
    BOOST_TEST(shortOf(tus.patch(0, "abcdef")) == "400 too-long");
    BOOST_TEST(tus.head().header("Upload-Offset") == "0");
    const Reply plain =
        lea.send({"PATCH", tus.where, "abc", "application/octet-stream", version + "Upload-Offset: 0\r\n"});
    BOOST_TEST(shortOf(plain) == "415 media-type");
    const Reply options = must(204, site.nobody().send({"OPTIONS", base}));
    BOOST_TEST(options.header("Tus-Extension") == "creation,termination,checksum,expiration");
    BOOST_TEST(options.header("Tus-Checksum-Algorithm") == "sha256,sha1");
}

BOOST_AUTO_TEST_CASE(a_piece_that_differs_from_its_checksum_does_not_count) {
    Site site;
    const std::string audit = site.newAudit();
    Tus tus{site.as("lea")};
    must(201, tus.create("10", metadata({{"filename", "a.txt"}, {"audit", audit}})));
    const auto sha1 = crypto::ChecksumKind::Sha1;
    const auto sha256 = crypto::ChecksumKind::Sha256;
    must(204, tus.patch(0, "01234", sumLine(sha1, "01234")));
    BOOST_TEST(shortOf(tus.patch(5, "56789", sumLine(sha256, "56788"))) == "460 checksum-mismatch");
    BOOST_TEST(tus.head().header("Upload-Offset") == "5");
    BOOST_TEST(shortOf(tus.patch(5, "56789", "Upload-Checksum: md5 AAAA\r\n")) == "400 upload-header");
    const Reply last = must(204, tus.patch(5, "56789", sumLine(sha256, "56789")));
    const std::string name = last.header("Tickmark-Evidence");
    const Reply receipt =
        must(200, site.as("lea").get("/api/v1/evidence/" + name.substr(0, name.find('/')) + "/v/1/receipt"));
    BOOST_TEST(receipt.text("sha256") == crypto::Sha256::of("0123456789").hex());
}

BOOST_AUTO_TEST_CASE(what_arrived_before_the_connection_broke_is_kept) {
    Site site;
    const std::string audit = site.newAudit();
    const Client& lea = site.as("lea");
    const std::string bytes(3'000'000, 'x');
    Tus tus{lea};
    must(201, tus.create("3000000", metadata({{"filename", "big.bin"}, {"audit", audit}})));
    RawClient raw(site.server->port());
    raw.send("PATCH " + tus.where + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: tickmark=" + lea.cookie +
             "\r\nX-CSRF-Token: " + lea.csrf + "\r\n" + version +
             "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: "
             "3000000\r\n\r\n" +
             bytes.substr(0, 1'000'000));
    raw.finish();
    BOOST_TEST(raw.read().status == 400);
    const std::size_t at = std::stoul(must(200, tus.head()).header("Upload-Offset"));
    BOOST_TEST(at == 1'000'000U);
    const Reply last = must(204, tus.patch(at, bytes.substr(at)));
    BOOST_TEST(last.header("Upload-Offset") == "3000000");
    BOOST_TEST(!last.header("Tickmark-Evidence").empty());
}

BOOST_AUTO_TEST_CASE(an_upload_belongs_to_its_person_and_needs_the_sessions_secret) {
    Site site;
    const std::string audit = site.newAudit();
    Tus tus{site.as("lea")};
    must(201, tus.create("4", metadata({{"filename", "a.txt"}, {"audit", audit}})));
    const Tus other{site.as("aud"), tus.where};
    BOOST_TEST(other.head().status == 404);
    BOOST_TEST(other.patch(0, "abcd").status == 404);
    BOOST_TEST(other.end().status == 404);
    Client bare = site.as("lea");
    bare.csrf.clear();
    const Tus without{bare, tus.where};
    BOOST_TEST(shortOf(without.patch(0, "abcd")) == "403 csrf");
    Ask elsewhere{"PATCH", tus.where, "abcd", "application/offset+octet-stream",
                  version + "Upload-Offset: 0\r\nOrigin: https://elsewhere.example\r\n"};
    BOOST_TEST(shortOf(site.as("lea").send(elsewhere)) == "403 cross-site");
    BOOST_TEST(tus.head().header("Upload-Offset") == "0");
    must(204, tus.end());
    BOOST_TEST(tus.head().status == 404);
    BOOST_TEST(partsOf(site) == 0U);
}

BOOST_AUTO_TEST_CASE(a_hand_over_that_its_target_no_longer_takes_is_refused_at_its_end) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string request = site.newRequest(audit);
    const std::string at = "/api/v1/requests/" + request;
    const Client& lea = site.as("lea");
    must(200, lea.post(at + "/events", R"({"event":"open"})", lea.get(at).tag()));
    Tus tus{lea};
    must(201, tus.create("4", metadata({{"filename", "a.txt"}, {"request", request}})));
    must(204, tus.patch(0, "ab"));
    must(200, lea.post(at + "/events", R"({"event":"cancel","reason":"Not needed."})", lea.get(at).tag()));
    BOOST_TEST(shortOf(tus.patch(2, "cd")) == "422 request-state");
    BOOST_TEST(tus.head().status == 404);
    BOOST_TEST(partsOf(site) == 0U);
    BOOST_TEST(versionsOf(site) == 0U);
}

BOOST_AUTO_TEST_CASE(a_declared_digest_that_differs_refuses_the_file) {
    Site site;
    const std::string audit = site.newAudit();
    Tus tus{site.as("lea")};
    must(201, tus.create("4", metadata({{"filename", "a.txt"},
                                        {"audit", audit},
                                        {"sha256", crypto::Sha256::of("other").hex()}})));
    BOOST_TEST(shortOf(tus.patch(0, "abcd")) == "400 digest-mismatch");
    BOOST_TEST(tus.head().status == 404);
    const Reply empty = must(201, tus.create("0", metadata({{"filename", "e.txt"}, {"audit", audit}})));
    BOOST_TEST(empty.header("Tickmark-Evidence").ends_with("/v1"));
}

BOOST_AUTO_TEST_CASE(one_file_answers_several_requests) {
    Site site;
    const std::string audit = site.newAudit();
    const Client& lea = site.as("lea");
    std::vector<std::string> requests;
    for (int i = 0; i < 2; ++i) {
        requests.push_back(site.newRequest(audit));
        const std::string at = "/api/v1/requests/" + requests.back();
        must(200, lea.post(at + "/events", R"({"event":"open"})", lea.get(at).tag()));
    }
    Tus tus{lea};
    must(201,
         tus.create("4", metadata({{"filename", "a.txt"}, {"request", requests[0] + " " + requests[1]}})));
    const std::string name = must(204, tus.patch(0, "abcd")).header("Tickmark-Evidence");
    for (const std::string& request : requests) {
        const Reply view = must(200, lea.get("/api/v1/requests/" + request));
        BOOST_TEST(view.body.find(name.substr(0, name.find('/'))) != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(abandoned_uploads_end_and_one_person_has_only_so_many) {
    auto clock = std::make_shared<MovedClock>();
    Site site(clock);
    site.context->settings.uploadsPerPerson = 2;
    site.context->settings.uploadBytesPerPerson = 100;
    site.context->settings.sessionIdleMinutes = 60 * 24 * 365;
    site.context->settings.sessionHours = 24 * 365;
    const std::string audit = site.newAudit();
    const std::string facts = metadata({{"filename", "a.txt"}, {"audit", audit}});
    Tus one{site.as("lea")};
    Tus two{site.as("lea")};
    Tus three{site.as("lea")};
    must(201, one.create("60", facts));
    BOOST_TEST(shortOf(two.create("41", facts)) == "422 upload-limit");
    must(201, two.create("40", facts));
    BOOST_TEST(shortOf(three.create("0", facts)) == "422 upload-limit");
    clock->seconds = 71 * 3600;
    must(204, two.patch(0, "still here"));
    clock->seconds = 73 * 3600;
    BOOST_TEST(one.head().status == 404);
    const auto swept = app::sweepUploads(*site.context);
    BOOST_REQUIRE(swept.ok());
    BOOST_TEST(*swept == 1U);
    BOOST_TEST(partsOf(site) == 1U);
    BOOST_TEST(two.head().header("Upload-Offset") == "10");
}

BOOST_AUTO_TEST_CASE(a_file_of_bytes_that_no_upload_knows_is_removed) {
    Site site;
    const std::filesystem::path folder = site.context->directory.uploads();
    std::filesystem::create_directories(folder);
    const auto stray = folder / "0123456789abcdef0123456789abcdef.part";
    std::fclose(std::fopen(stray.c_str(), "w"));
    BOOST_REQUIRE(app::sweepUploads(*site.context).ok());
    BOOST_TEST(!std::filesystem::exists(stray));
}

BOOST_AUTO_TEST_CASE(times_are_written_as_http_writes_them) {
    BOOST_TEST(api::httpTime(Timestamp{784111777000000}) == "Sun, 06 Nov 1994 08:49:37 GMT");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
