#include "tickmark/view/ValueEffort.h"

#include <map>

#include "tickmark/view/Words.h"

namespace tickmark::view {
namespace {

constexpr std::int64_t left = 40;
constexpr std::int64_t cellWidth = 88;
constexpr std::int64_t top = 8;
constexpr std::int64_t cellHeight = 62;
constexpr std::int64_t most = 5;  ///< of the scale
constexpr std::int64_t lineHeight = 14;
constexpr std::size_t stacked = 4;

std::string px(std::int64_t number) { return std::to_string(number); }

bool judged(const ValueEffortItem& item) {
    return item.value >= 1 && item.value <= most && item.effort >= 1 && item.effort <= most;
}

using Place = std::pair<std::int64_t, std::int64_t>;  ///< value, effort

void putPlace(Model& figure, const Place& place, const std::vector<const ValueEffortItem*>& items) {
    const std::int64_t x = left + (place.second - 1) * cellWidth + 14;
    std::int64_t y = top + (most - place.first) * cellHeight + 10;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i + 1 == stacked && items.size() > stacked) {
            const auto rest = static_cast<std::int64_t>(items.size() - i);
            figure.add("REST")
                .set("X", px(x))
                .set("Y", px(y + 4))
                .set("WORD", said("{} more", {countText(rest)}));
            return;
        }
        const ValueEffortItem& item = *items[i];
        Model& mark = figure.add("ITEM");
        mark.set("HREF", item.href).set("REF", item.ref).set("X", px(x)).set("Y", px(y));
        mark.set("TEXT_X", px(x + 8)).set("TEXT_Y", px(y + 4));
        mark.set("WORDS", said("{}: value {}, effort {}",
                               {item.ref + " " + item.title, px(item.value), px(item.effort)}));
        y += lineHeight;
    }
}

}  // namespace

void putValueEffort(Model& model, std::string_view name, std::string_view id, std::string_view title,
                    const std::vector<ValueEffortItem>& items) {
    std::map<Place, std::vector<const ValueEffortItem*>> places;
    std::string words;
    std::int64_t unjudged = 0;
    for (const ValueEffortItem& item : items) {
        if (!judged(item)) {
            ++unjudged;
            continue;
        }
        places[{item.value, item.effort}].push_back(&item);
        words += said("{}: value {}, effort {}", {item.ref, px(item.value), px(item.effort)}) + ". ";
    }
    if (places.empty()) return;
    Model& figure = model.include(name, "parts/value-effort.html");
    figure.set("ID", std::string(id)).set("HEADLINE", std::string(title)).set("WORDS", words);
    for (std::int64_t i = 1; i <= most; ++i) {
        figure.add("ACROSS").set("X", px(left + (i - 1) * cellWidth + cellWidth / 2)).set("WORD", px(i));
        figure.add("UP").set("Y", px(top + (most - i) * cellHeight + cellHeight / 2)).set("WORD", px(i));
    }
    for (const auto& [place, there] : places) putPlace(figure, place, there);
    for (const ValueEffortItem& item : items) {
        if (!judged(item)) continue;
        figure.add("ROW")
            .set("HREF", item.href)
            .set("REF", item.ref)
            .set("NAME", item.title)
            .set("VALUE", px(item.value))
            .set("EFFORT", px(item.effort));
    }
    figure.set("SOURCE",
               unjudged == 0
                   ? said("Each mark is an open item; value and effort as judged in the register.")
                   : said("Each mark is an open item; value and effort as judged in the register, {} not "
                          "judged yet.",
                          {countText(unjudged)}));
}

}  // namespace tickmark::view
