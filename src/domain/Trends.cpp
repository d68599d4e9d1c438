#include "tickmark/domain/Trends.h"

#include <algorithm>
#include <array>
#include <set>

#include "domain/TellingWords.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::domain {
namespace {

constexpr std::size_t longestFacet = 200;
constexpr std::size_t monthLetters = 7;  ///< "2022-11"

std::string_view closureOf(const Finding& finding) {
    if (!finding.closeDue) return "no_date";
    return *finding.closeDue < Date::of(finding.changedAt) ? "late" : "on_time";
}

std::string_view effectOf(const Finding& finding) {
    std::string_view effect;
    for (const EffectivenessCheck& check : finding.checks) {
        if (!check.verdict) continue;
        if (*check.verdict == EffectivenessVerdict::NotEffective) return "failed";
        effect = "worked";
    }
    return effect;
}

/// The cause of `earlier` that is most like one of `later`, when it is similar at all.
std::string similarCause(const Finding& later, const Finding& earlier) {
    double best = 0;
    std::string text;
    for (const RootCause& mine : later.responses.back().rootCauses) {
        for (const RootCause& theirs : earlier.responses.back().rootCauses) {
            const double alike = likeness(mine.text, theirs.text);
            if (alike <= best) continue;
            best = alike;
            text = theirs.text;
        }
    }
    return best < similarFrom ? std::string() : text;
}

bool hasCause(const Finding& finding) {
    return !finding.responses.empty() && !finding.responses.back().rootCauses.empty();
}

std::vector<std::string> commonClauses(const Finding& one, const Finding& other) {
    std::vector<std::string> common;
    for (const std::string& clause : one.clauses) {
        if (std::find(other.clauses.begin(), other.clauses.end(), clause) != other.clauses.end())
            common.push_back(clause);
    }
    return common;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

}  // namespace

std::string_view toText(FindingFacet value) noexcept {
    switch (value) {
        case FindingFacet::Process:
            return "process";
        case FindingFacet::Branch:
            return "branch";
        case FindingFacet::Cause:
            return "cause";
        case FindingFacet::Closure:
            return "closure";
        case FindingFacet::Effect:
            return "effect";
        case FindingFacet::ClosedIn:
            return "closed_in";
        case FindingFacet::CheckOn:
            return "check_on";
    }
    return "process";
}

std::string facetText(std::string_view text) {
    std::string out = lower(text);
    std::size_t points = 0;
    for (std::size_t at = 0; at < out.size(); ++at) {
        if ((static_cast<unsigned char>(out[at]) & 0xC0U) == 0x80U) continue;
        if (points++ == longestFacet) {
            out.resize(at);
            break;
        }
    }
    return out;
}

FacetValues facetsOf(const Finding& finding) {
    std::set<std::pair<std::string, std::string>> all;
    const auto add = [&](FindingFacet facet, std::string_view text) {
        if (!text.empty()) all.emplace(toText(facet), facetText(text));
    };
    add(FindingFacet::Process, finding.process);
    if (!finding.responses.empty()) {
        for (const FishboneCause& cause : finding.responses.back().fishbone)
            add(FindingFacet::Branch, cause.branch);
        for (const RootCause& cause : finding.responses.back().rootCauses)
            add(FindingFacet::Cause, cause.text);
    }
    if (finding.state == FindingState::Closed) {
        add(FindingFacet::Closure, closureOf(finding));
        add(FindingFacet::ClosedIn, Date::of(finding.changedAt).iso().substr(0, monthLetters));
    }
    add(FindingFacet::Effect, effectOf(finding));
    if (const EffectivenessCheck* check = bookedCheck(finding))
        add(FindingFacet::CheckOn, check->plannedOn->iso());
    return {all.begin(), all.end()};
}

const EffectivenessCheck* bookedCheck(const Finding& finding) noexcept {
    if (finding.state != FindingState::PlanAccepted && finding.state != FindingState::Implemented &&
        finding.state != FindingState::Verified)
        return nullptr;
    const auto at = std::find_if(finding.checks.begin(), finding.checks.end(), [&](const auto& check) {
        return check.round == finding.round && check.plannedOn && !check.verdict;
    });
    return at == finding.checks.end() ? nullptr : &*at;
}

bool countsInTrends(const Finding& finding) noexcept {
    const FindingClass* scheme = findingClass(finding.classCode);
    if (scheme != nullptr && scheme->kind == FindingKind::Conformity) return false;
    return finding.state != FindingState::Draft && finding.state != FindingState::Discarded &&
           finding.state != FindingState::Withdrawn;
}

double likeness(std::string_view one, std::string_view other) {
    const auto mine = tellingWords(one);
    const auto theirs = tellingWords(other);
    std::size_t common = 0;
    for (const auto& [stem, word] : mine) common += theirs.contains(stem) ? 1U : 0U;
    if (common < 2) return 0;
    return static_cast<double>(common) / static_cast<double>(std::min(mine.size(), theirs.size()));
}

std::optional<RepeatSign> repeatSign(const Finding& later, const Finding& earlier) {
    RepeatSign sign;
    sign.clauses = commonClauses(later, earlier);
    if (sign.clauses.empty() || later.id == earlier.id) return std::nullopt;
    const bool noProcess = later.process.empty() || earlier.process.empty();
    if (!noProcess && facetText(later.process) != facetText(earlier.process)) return std::nullopt;
    if (!noProcess) sign.process = later.process;
    sign.causeKnown = hasCause(later);
    if (sign.causeKnown) {
        if (hasCause(earlier)) sign.cause = similarCause(later, earlier);
        if (sign.cause.empty()) return std::nullopt;
        return sign;
    }
    if (!noProcess) return sign;
    const double alike = likeness(later.title + " " + later.nature, earlier.title + " " + earlier.nature);
    if (alike < similarFrom) return std::nullopt;
    return sign;
}

std::string RepeatSign::reason() const {
    std::string text = (clauses.size() == 1 ? "Same clause " : "Same clauses ") + joined(clauses);
    text += process.empty() ? ", no process to compare" : ", same process " + process;
    if (!causeKnown)
        return text + (process.empty() ? ", like words; no cause known yet." : "; no cause known yet.");
    return text + ", similar cause: " + cause;
}

}  // namespace tickmark::domain
