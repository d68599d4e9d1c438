// Which part of an audit a bundle covers, over the API.
#include <boost/test/unit_test.hpp>

#include "http/ApiFixture.h"

namespace tickmark::http::test {
namespace {

/// An audit with two issued findings.
struct Audited {
    Audited()
        : audit(site.newAudit()), first(site.newIssuedFinding(audit)), second(site.newIssuedFinding(audit)) {}
    /// Asks for a bundle with these members beside "audit".
    [[nodiscard]] Reply ask(const std::string& path, const std::string& more) {
        return site.as("lea").post("/api/v1/bundles" + path, R"({"audit":")" + audit + "\"," + more + "}");
    }
    Site site{};
    std::string audit;
    std::string first;
    std::string second;
};

std::vector<std::string> textsAt(const codec::Json& object, std::string_view name) {
    std::vector<std::string> texts;
    for (const codec::Json& item : *object.find(name)->items()) texts.push_back(*item.text());
    return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(api_bundle_selection, Audited)

BOOST_AUTO_TEST_CASE(named_findings_are_selected_previewed_and_told) {
    const std::string wish = R"("findings":[")" + second + R"("])";
    const Reply preview = must(200, ask("/preview", wish));
    BOOST_TEST(preview.json.integerAt("findings") == 1);
    BOOST_TEST(preview.json.find("selection")->textAt("kind") == "findings");
    const Reply sealed = must(201, ask("", wish));
    const Reply view = must(200, site.as("lea").get(sealed.header("Location")));
    const codec::Json& selection = *view.json.find("selection");
    BOOST_TEST(selection.textAt("kind") == "findings");
    BOOST_TEST((textsAt(selection, "findings") == Texts{second}));
}

BOOST_AUTO_TEST_CASE(a_delta_names_what_changed_and_what_did_not) {
    const std::string before = must(201, ask("", R"("title":"First")")).text("ref");
    const std::string at = "/api/v1/findings/" + first;
    must(200, site.as("pia").put(at + "/response", R"({"correction":"The callers were asked."})",
                                 site.as("pia").get(at).tag()));
    const Reply sealed = must(201, ask("", R"("since":")" + before + "\""));
    const codec::Json selection =
        *must(200, site.as("lea").get(sealed.header("Location"))).json.find("selection");
    BOOST_TEST(selection.textAt("since") == before);
    BOOST_TEST((textsAt(selection, "findings") == Texts{first}));
    BOOST_TEST((textsAt(selection, "unchanged") == Texts{second}));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_selected_is_refused_in_plain_words) {
    const std::string before = must(201, ask("", R"("title":"First")")).text("ref");
    const std::string other = site.newIssuedFinding(site.newAudit());
    const auto refused = [&](const std::string& wish) { return must(400, ask("", wish)).body; };
    const auto says = [](const std::string& body, const std::string& words) {
        return body.find(words) != std::string::npos;
    };
    BOOST_TEST(says(refused(R"("findings":["F-9999"])"), "F-9999"));
    BOOST_TEST(says(refused(R"("findings":[")" + other + R"("])"), other));
    BOOST_TEST(says(refused(R"("since":"B-9999")"), "B-9999"));
    BOOST_TEST(says(must(422, ask("", R"("since":")" + before + "\"")).body, "Nothing changed"));
    BOOST_TEST(says(refused(R"("since":")" + before + R"(","findings":[")" + first + R"("])"), "not both"));
    BOOST_TEST(says(must(400, ask("/preview", R"("class":"huge")")).body, "huge"));
}

BOOST_AUTO_TEST_CASE(a_small_bundle_fits_the_portable_class) { must(201, ask("", R"("class":"portable")")); }

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::http::test
