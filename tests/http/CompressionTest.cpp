// Pages and assets travel compressed to those who take gzip, and are the same bytes then; downloads never do.
#include <Poco/InflatingStream.h>
#include <Poco/StreamCopier.h>

#include <boost/test/unit_test.hpp>
#include <set>
#include <sstream>

#include "http/ApiFixture.h"
#include "http/gate/Compression.h"

namespace tickmark::http::test {
namespace {

Reply ask(const Client& client, const std::string& target, const std::string& encoding) {
    return client.send({"GET", target, {}, {}, "Accept: text/html\r\nAccept-Encoding: " + encoding + "\r\n"});
}

/// By another implementation than the one that compressed.
std::string inflated(const std::string& bytes) {
    std::istringstream in(bytes);
    Poco::InflatingInputStream inflater(in, Poco::InflatingStreamBuf::STREAM_GZIP);
    std::string out;
    Poco::StreamCopier::copyToString(inflater, out);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(compression)

BOOST_AUTO_TEST_CASE(a_page_is_the_same_page_and_a_fraction_of_its_size) {
    Site site;
    const Client& lea = site.as("lea");
    const Reply plain = must(200, ask(lea, "/findings", "identity"));
    const Reply small = must(200, ask(lea, "/findings", "br;q=1.0, gzip;q=0.8"));
    BOOST_TEST(plain.header("Content-Encoding").empty());
    BOOST_TEST(small.header("Content-Encoding") == "gzip");
    BOOST_TEST(plain.header("Vary") == "Accept-Encoding");
    BOOST_TEST(small.header("Vary") == "Accept-Encoding");
    BOOST_TEST(inflated(small.body) == plain.body);
    BOOST_TEST(small.body.size() * 3 < plain.body.size());
}

BOOST_AUTO_TEST_CASE(the_size_of_a_page_varies_from_one_answer_to_the_next) {
    Site site;
    const Client& lea = site.as("lea");
    std::set<std::size_t> sizes;
    for (int i = 0; i < 20; ++i) sizes.insert(ask(lea, "/findings", "gzip").body.size());
    BOOST_TEST(sizes.size() > 4);
}

BOOST_AUTO_TEST_CASE(an_asset_is_compressed_under_a_weak_tag_that_is_known_again) {
    Site site;
    const Client nobody = site.nobody();
    const Reply small = must(200, ask(nobody, "/assets/tickmark.css", "gzip"));
    const Reply plain = must(200, ask(nobody, "/assets/tickmark.css", "gzip;q=0, identity"));
    BOOST_TEST(inflated(small.body) == plain.body);
    BOOST_TEST(small.header("ETag") == "W/" + plain.header("ETag"));
    for (const Reply& known : {small, plain}) {
        must(304, nobody.send({"GET",
                               "/assets/tickmark.css",
                               {},
                               {},
                               "Accept-Encoding: gzip\r\nIf-None-Match: " + known.header("ETag") + "\r\n"}));
    }
}

BOOST_AUTO_TEST_CASE(evidence_receipts_and_what_programs_get_are_sent_as_they_are) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string evidence = site.newEvidence(audit, std::string(5000, 'a'));
    const Client& lea = site.as("lea");
    const std::string version = evidence.find("/v") == std::string::npos
                                    ? "/evidence/" + evidence + "/v/1"
                                    : "/evidence/" + evidence.substr(0, evidence.find("/v")) + "/v/1";
    const Reply content = must(200, ask(lea, version + "/content", "gzip"));
    BOOST_TEST(content.header("Content-Encoding").empty());
    BOOST_TEST(content.body == std::string(5000, 'a'));
    BOOST_TEST(ask(lea, "/api/v1/findings", "gzip").header("Content-Encoding").empty());
    BOOST_TEST(ask(lea, "/keys/anchor.pem", "gzip").header("Content-Encoding").empty());
}

BOOST_AUTO_TEST_CASE(the_field_is_read_as_it_is_meant) {
    for (const char* yes : {"gzip", "GZIP", "deflate, gzip;q=0.5", "*", "br;q=0, *;q=0.1", " gzip ;q=1"})
        BOOST_TEST(takesGzip(yes), yes);
    for (const char* no : {"", "identity", "gzip;q=0", "gzip;q=0.0, *", "*;q=0", "x-gzip-not", "br"})
        BOOST_TEST(!takesGzip(no), no);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
