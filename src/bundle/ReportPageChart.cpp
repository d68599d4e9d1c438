#include "bundle/ReportPageParts.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::bundle::page {
namespace {

constexpr std::int64_t width = 420;
constexpr std::int64_t rowHeight = 26;
constexpr std::int64_t labelWidth = 206;
constexpr std::int64_t numberWidth = 46;

std::string attribute(std::string_view name, std::int64_t value) {
    return " " + std::string(name) + "=\"" + std::to_string(value) + "\"";
}

/// As much of a label as there is room for; the description holds all of it.
std::string fitted(const std::string& label) {
    constexpr std::size_t longest = 28;
    if (codePoints(label) <= longest) return label;
    std::size_t end = 0;
    for (std::size_t points = 0; end < label.size(); ++end) {
        const bool begins = (static_cast<unsigned char>(label[end]) & 0xC0U) != 0x80U;
        if (begins && ++points == longest) break;
    }
    return label.substr(0, end) + "\xE2\x80\xA6";
}

/// What the picture shows, for those who do not see it.
std::string inWords(const std::vector<Bar>& bars) {
    std::string text;
    for (const Bar& bar : bars) {
        text += (text.empty() ? "" : ", ") + bar.label + ": " + std::to_string(bar.count);
    }
    return text.empty() ? "None." : text + ".";
}

void row(Markup& out, const Bar& bar, std::int64_t place, std::int64_t largest) {
    constexpr std::int64_t room = width - labelWidth - numberWidth;
    const std::int64_t top = place * rowHeight;
    const std::int64_t length = largest == 0 ? 0 : bar.count * room / largest;
    out.element("text", fitted(bar.label),
                attribute("x", labelWidth - 8) + attribute("y", top + 17) + " text-anchor=\"end\"");
    // A count above zero is never drawn as nothing.
    const std::int64_t shown = bar.count > 0 && length < 2 ? 2 : length;
    out.raw("<rect class=\"bar\"" + attribute("x", labelWidth) + attribute("y", top + 4) +
            attribute("width", shown) + attribute("height", rowHeight - 8) + "/>\n");
    out.element("text", grouped(static_cast<std::uint64_t>(bar.count)),
                attribute("x", labelWidth + shown + 6) + attribute("y", top + 17));
}

}  // namespace

void barChart(Markup& out, std::string_view name, std::string_view title, const std::vector<Bar>& bars) {
    std::int64_t largest = 0;
    for (const Bar& bar : bars) largest = std::max(largest, bar.count);
    const auto height = static_cast<std::int64_t>(std::max<std::size_t>(bars.size(), 1)) * rowHeight;
    const std::string id = "chart-" + std::string(name);
    out.open("figure").element("figcaption", title);
    out.open("svg", " xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 " +
                        std::to_string(width) + " " + std::to_string(height) + "\" aria-labelledby=\"" + id +
                        "-title " + id + "-desc\"");
    out.element("title", title, " id=\"" + id + "-title\"");
    out.element("desc", inWords(bars), " id=\"" + id + "-desc\"");
    if (bars.empty()) {
        out.element("text", "None", " x=\"0\" y=\"17\"");
    } else {
        out.raw("<line class=\"rule\"" + attribute("x1", labelWidth) + attribute("x2", labelWidth) +
                attribute("y1", 0) + attribute("y2", height) + "/>\n");
    }
    std::int64_t place = 0;
    for (const Bar& bar : bars) row(out, bar, place++, largest);
    out.close("svg").close("figure");
}

}  // namespace tickmark::bundle::page
