#include "tickmark/view/CauseDiagrams.h"

#include <algorithm>
#include <utility>

#include "tickmark/foundation/Text.h"

namespace tickmark::view {
namespace {

// All lengths are in the picture's own units, which are pixels: it is never scaled up.
constexpr int lineHeight = 16;
constexpr int boxWidth = 600;
constexpr int boxPadding = 10;
constexpr int arrowLength = 26;
constexpr std::size_t boxLetters = 82;
constexpr int columnWidth = 250;
constexpr int slant = 56;  ///< how far a bone leans towards the head
constexpr std::size_t columnLetters = 24;
constexpr std::size_t headLetters = 26;
constexpr int headWidth = 210;
constexpr int causeGap = 8;

bool continues(char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) == 0x80U; }

/// How many bytes the first `letters` code points take.
std::size_t bytesOf(std::string_view text, std::size_t letters) {
    std::size_t at = 0;
    for (std::size_t seen = 0; at < text.size(); ++at) {
        if (continues(text[at])) continue;
        if (seen++ == letters) break;
    }
    return at;
}

std::vector<std::string_view> wordsOf(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    std::vector<std::string_view> words;
    for (std::size_t at = text.find_first_not_of(blanks); at != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(blanks, at), text.size());
        words.push_back(text.substr(at, end - at));
        at = text.find_first_not_of(blanks, end);
    }
    return words;
}

std::string px(int value) { return std::to_string(value); }

int heightOf(const std::vector<std::string>& lines) { return static_cast<int>(lines.size()) * lineHeight; }

/// Texts of one block; `top` is the upper edge of its first line. Returns the lower edge of the last.
int putLines(Model& model, const std::vector<std::string>& lines, int x, int top, std::string_view style) {
    for (const std::string& line : lines) {
        model.add("LINE")
            .set("X", px(x))
            .set("Y", px(top + lineHeight - 4))
            .set("STYLE", std::string(style))
            .set("TEXT", line);
        top += lineHeight;
    }
    return top;
}

void putStroke(Model& model, int fromX, int fromY, int toX, int toY, std::string_view style) {
    model.add("STROKE")
        .set("X1", px(fromX))
        .set("Y1", px(fromY))
        .set("X2", px(toX))
        .set("Y2", px(toY))
        .set("STYLE", std::string(style));
}

/// One box of the chain with its label in the first line. Returns its lower edge.
int putBox(Model& model, int top, const std::string& label, std::string_view text, std::string_view style) {
    const auto lines = wrapped(text, boxLetters);
    const int height = 2 * boxPadding + lineHeight + heightOf(lines);
    model.add("BOX")
        .set("X", "1")
        .set("Y", px(top))
        .set("WIDTH", px(boxWidth))
        .set("HEIGHT", px(height))
        .set("STYLE", std::string(style));
    const int below = putLines(model, {label}, boxPadding, top + boxPadding, "label");
    putLines(model, lines, boxPadding, below, style);
    return top + height;
}

void putArrow(Model& model, int top) {
    constexpr int x = 40;
    putStroke(model, x, top, x, top + arrowLength, "arrow");
    putStroke(model, x - 5, top + arrowLength - 7, x, top + arrowLength, "arrow");
    putStroke(model, x + 5, top + arrowLength - 7, x, top + arrowLength, "arrow");
}

void putSize(Model& model, std::string_view id, int width, int height, std::string title, std::string words) {
    model.set("ID", std::string(id)).set("WIDTH", px(width)).set("HEIGHT", px(height));
    model.set("HEADLINE", std::move(title)).set("WORDS", std::move(words));
}

/// The causes of one branch, in the order written.
struct Bone {
    std::string branch{};
    std::vector<std::string> causes{};
};

std::vector<Bone> bonesOf(const std::vector<domain::FishboneCause>& fishbone) {
    std::vector<Bone> bones;
    for (const domain::FishboneCause& cause : fishbone) {
        const std::string key = lower(trim(cause.branch));
        auto same = std::find_if(bones.begin(), bones.end(),
                                 [&](const Bone& bone) { return lower(bone.branch) == key; });
        if (same == bones.end()) {
            bones.push_back({std::string(trim(cause.branch)), {}});
            same = bones.end() - 1;
        }
        same->causes.push_back(cause.cause);
    }
    return bones;
}

int heightOf(const Bone& bone) {
    int height = heightOf(wrapped(bone.branch, columnLetters)) + causeGap;
    for (const std::string& cause : bone.causes) height += heightOf(wrapped(cause, columnLetters)) + causeGap;
    return height;
}

int tallest(const std::vector<Bone>& bones, std::size_t first) {
    int height = 0;
    for (std::size_t i = first; i < bones.size(); i += 2) height = std::max(height, heightOf(bones[i]));
    return height;
}

/// Draws one bone from its outer end to the spine; the causes stand beside it, each with a twig.
void putBone(Model& model, const Bone& bone, int left, int spine, bool above, int reach) {
    const int outer = above ? spine - reach : spine + reach;
    putStroke(model, left, outer, left + slant, spine, "bone");
    const int textX = left + slant + 12;
    int top = above ? outer : spine + causeGap;
    top = putLines(model, wrapped(bone.branch, columnLetters), textX, top, "label") + causeGap;
    for (const std::string& cause : bone.causes) {
        const int middle = top + lineHeight / 2;
        const int run = reach == 0 ? 0 : slant * (above ? middle - outer : outer - middle) / reach;
        putStroke(model, left + run, middle, textX - 4, middle, "twig");
        top = putLines(model, wrapped(cause, columnLetters), textX, top, "cause") + causeGap;
    }
}

std::string fishboneWords(const std::vector<Bone>& bones, std::string_view problem) {
    std::string words = said("Problem: {}.", {problem});
    for (const Bone& bone : bones) {
        words += " " + bone.branch + ": ";
        for (std::size_t i = 0; i < bone.causes.size(); ++i) words += (i == 0 ? "" : "; ") + bone.causes[i];
        words += ".";
    }
    return words;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    width = std::max<std::size_t>(width, 1);
    std::vector<std::string> lines;
    std::string line;
    const auto flush = [&] {
        if (!line.empty()) lines.push_back(std::exchange(line, {}));
    };
    for (std::string_view word : wordsOf(text)) {
        if (!line.empty() && codePoints(line) + 1 + codePoints(word) > width) flush();
        while (codePoints(word) > width) {
            const std::size_t bytes = bytesOf(word, width);
            lines.emplace_back(word.substr(0, bytes));
            word.remove_prefix(bytes);
        }
        if (!line.empty()) line += ' ';
        line += word;
    }
    flush();
    return lines;
}

void putFiveWhys(Model& model, std::string_view id, std::string_view problem,
                 const domain::Response& response) {
    if (response.whys.empty()) return;
    Model& picture = model.include("WHYS_DIAGRAM", "parts/diagram.html");
    std::string words = said("Problem: {}.", {problem});
    int bottom = putBox(picture, 1, said("Problem"), problem, "problem");
    for (std::size_t i = 0; i < response.whys.size(); ++i) {
        const std::string label = said("Why {}", {std::to_string(i + 1)});
        putArrow(picture, bottom);
        bottom = putBox(picture, bottom + arrowLength, label, response.whys[i], "why");
        words += " " + label + ": " + response.whys[i] + ".";
    }
    for (const domain::RootCause& cause : response.rootCauses) {
        const std::string label = said("Root cause {}", {cause.code});
        putArrow(picture, bottom);
        bottom = putBox(picture, bottom + arrowLength, label, cause.text, "root");
        words += " " + label + ": " + cause.text + ".";
    }
    const std::string count = std::to_string(response.whys.size());
    putSize(picture, id, boxWidth + 2, bottom + 1,
            said(response.whys.size() == 1 ? "The chain of one why" : "The chain of {} whys", {count}),
            std::move(words));
}

void putFishbone(Model& model, std::string_view id, std::string_view problem,
                 const domain::Response& response) {
    if (response.fishbone.empty()) return;
    Model& picture = model.include("FISHBONE_DIAGRAM", "parts/diagram.html");
    const std::vector<Bone> bones = bonesOf(response.fishbone);
    const auto head = wrapped(problem, headLetters);
    const int headHeight = heightOf(head) + 2 * boxPadding;
    const int upper = std::max(tallest(bones, 0) + causeGap, headHeight / 2 + 1);
    const int under = std::max(tallest(bones, 1) + 2 * causeGap, headHeight / 2 + 1);
    const int spine = upper + 1;
    const int columns = static_cast<int>((bones.size() + 1) / 2);
    const int spineEnd = columns * columnWidth + slant;
    for (std::size_t i = 0; i < bones.size(); ++i) {
        const bool above = i % 2 == 0;
        putBone(picture, bones[i], 4 + static_cast<int>(i / 2) * columnWidth, spine, above,
                above ? upper : under);
    }
    putStroke(picture, 4, spine, spineEnd, spine, "spine");
    picture.add("BOX")
        .set("X", px(spineEnd))
        .set("Y", px(spine - headHeight / 2))
        .set("WIDTH", px(headWidth))
        .set("HEIGHT", px(headHeight))
        .set("STYLE", "problem");
    putLines(picture, head, spineEnd + boxPadding, spine - headHeight / 2 + boxPadding, "problem");
    putSize(picture, id, spineEnd + headWidth + 2, upper + under + 2,
            said(bones.size() == 1 ? "Fishbone with one branch" : "Fishbone with {} branches",
                 {std::to_string(bones.size())}),
            fishboneWords(bones, problem));
}

}  // namespace tickmark::view
