// Owners hand a file over from their home; what it answers is one choice among different things.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

constexpr const char* boundary = "BOUNDARY-OF-A-TEST";

std::string part(const std::string& name, const std::string& value) {
    return std::string("--") + boundary + "\r\nContent-Disposition: form-data; name=\"" + name +
           "\"\r\n\r\n" + value + "\r\n";
}

Reply handOver(const Client& client, const std::string& csrf, const std::string& answers) {
    const std::string body = part("csrf", csrf) + part("back", "/") + part("answers", answers) + "--" +
                             boundary +
                             "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"r.txt\"\r\n"
                             "Content-Type: text/plain\r\n\r\na record\r\n--" +
                             boundary + "--\r\n";
    return client.send({"POST", "/evidence/hand-over", body,
                        std::string("multipart/form-data; boundary=") + boundary, "Accept: text/html\r\n"});
}

bool says(const Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

std::string csrfIn(const Reply& reply) {
    const std::string mark = "data-csrf=\"";
    const auto begin = reply.body.find(mark) + mark.size();
    return reply.body.substr(begin, reply.body.find('"', begin) - begin);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(home_drop)

BOOST_AUTO_TEST_CASE(a_file_goes_to_the_chosen_finding_and_a_wrong_choice_takes_nothing) {
    Site site;
    const std::string audit = site.newAudit();
    const std::string finding = site.newIssuedFinding(audit);
    const Client& pia = site.as("pia");
    const Reply home = must(200, pia.get("/"));
    BOOST_REQUIRE(says(home, "value=\"finding:" + finding + "\""));
    const std::string csrf = csrfIn(home);
    BOOST_TEST(says(must(400, handOver(pia, csrf, "")), "what the file answers"));
    must(400, handOver(pia, csrf, "audit:" + audit));
    BOOST_TEST(handOver(pia, csrf, "finding:F-999999").status >= 400);
    BOOST_TEST(must(303, handOver(pia, csrf, "finding:" + finding)).header("Location") == "/");
    BOOST_TEST(says(must(200, pia.get("/findings/" + finding)), "r.txt"));
}

BOOST_AUTO_TEST_CASE(nobody_without_something_open_is_offered_a_place_for_files) {
    Site site;
    BOOST_TEST(!says(must(200, site.as("pia").get("/")), "id=\"drop\""));
    BOOST_TEST(!says(must(200, site.as("lea").get("/")), "id=\"drop\""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
