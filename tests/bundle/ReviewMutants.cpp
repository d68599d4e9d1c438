// Forgeries of the minutes of a management review.
#include "bundle/Forging.h"

namespace tickmark::bundle::test {
namespace {

/// What a sealing of minutes holds; organisation, product and trail are the house's own.
Content minutesContent(const Content& house) {
    Content content;
    content.organisation = house.organisation;
    content.product = house.product;
    content.snapshotAt = house.snapshotAt;
    content.trail = house.trail;
    content.bundle.ref = domain::BundleRef("B-0020");
    content.bundle.title = "Management review";
    ReviewMinutes review;
    review.ref = "MR-0001";
    review.title = "Management review";
    review.day = Date::of(sealTime);
    review.approvedBy = "tm-01";
    review.approvedAt = sealTime.plusSeconds(-60);
    review.inputs = R"({"as_of":"2023-12-14","computed_at":"2023-12-14T00:00:00.000000Z","topics":[]})";
    review.minutes = R"({"conclusions":"The system works.","ref":"MR-0001"})";
    content.review = std::move(review);
    return content;
}

/// Sealed minutes, changed; entered and signed anew by the organisation itself when `resealed`.
Make minutes(const Change& change, bool resealed) {
    return [change, resealed](Forge& forge) {
        const Content kept = forge.house.content;
        forge.house.content = minutesContent(kept);
        const auto target = forge.house.folder / "minutes.evidence.zip";
        std::filesystem::remove(target);
        expected(forge.house.seal(target));
        Parts parts = takeApart(target);
        change(parts, forge);
        if (resealed) reseal(parts, forge.house, "B-0020");
        forge.house.content = kept;
        return parts.zip();
    };
}

}  // namespace

std::vector<Mutant> reviewMutants() {
    const std::string inputs(entry::reviewInputs);
    const std::string text(entry::reviewMinutes);
    return {
        {"good-minutes-of-a-review",
         "",
         minutes([](Parts&, Forge&) {}, false),
         {{"anchor.pem"}},
         Verdict::Pass},
        {"minutes-changed", "E31",
         minutes([=](Parts& p, Forge&) { replaceIn(p.at(text), "works", "fails"); }, false)},
        {"minutes-changed-and-sealed-again", "E80",
         minutes([=](Parts& p, Forge&) { replaceIn(p.at(text), "works", "fails"); }, true)},
        {"frozen-inputs-changed-and-sealed-again", "E80",
         minutes([=](Parts& p, Forge&) { replaceIn(p.at(inputs), "12-14\"", "12-13\""); }, true)},
        {"frozen-inputs-left-out", "E90", minutes([=](Parts& p, Forge&) { p.remove(inputs); }, true)},
        {"minutes-left-out", "E90", minutes([=](Parts& p, Forge&) { p.remove(text); }, true)},
        {"minutes-that-nobody-approved", "E80",
         minutes([](Parts& p, Forge&) { replaceIn(p.at(entry::manifest), "\"approved_by\":\"tm-01\",", ""); },
                 true)},
        {"minutes-with-an-assessment", "E90",
         minutes([](Parts& p, Forge&) { p.add(std::string(entry::oscalPoam), "{}"); }, true)},
        {"minutes-in-the-bundle-of-an-audit", "E90", product([=](Parts& p, Forge&) { p.add(inputs, "{}"); })},
    };
}

}  // namespace tickmark::bundle::test
