#include <algorithm>

#include "tickmark/domain/Finding.h"

namespace tickmark::domain {

const std::vector<FindingClass>& defaultFindingClasses() {
    static const std::vector<FindingClass> classes{
        {"major", "Major nonconformity", FindingKind::Nonconformity, true},
        {"minor", "Minor nonconformity", FindingKind::Nonconformity, false},
        {"observation", "Observation", FindingKind::Suggestion, false},
        {"opportunity", "Opportunity for improvement", FindingKind::Suggestion, false},
        {"conformity", "Conformity", FindingKind::Conformity, false},
    };
    return classes;
}

const FindingClass* findingClass(std::string_view code) noexcept {
    const std::vector<FindingClass>& classes = defaultFindingClasses();
    const auto found = std::find_if(classes.begin(), classes.end(),
                                    [code](const FindingClass& entry) { return entry.code == code; });
    return found == classes.end() ? nullptr : &*found;
}

}  // namespace tickmark::domain
