#include "bundle/ReportWords.h"

namespace tickmark::bundle {

std::string_view idOf(Statement statement) noexcept {
    switch (statement) {
        case Statement::Intact:
            return "intact";
        case Statement::Authentic:
            return "authentic";
        case Statement::Complete:
            return "complete";
        case Statement::InTheLog:
            return "in_the_log";
    }
    return {};
}

std::string_view titleOf(Statement statement) noexcept {
    switch (statement) {
        case Statement::Intact:
            return "Intact";
        case Statement::Authentic:
            return "Authentic";
        case Statement::Complete:
            return "Complete";
        case Statement::InTheLog:
            return "In the log";
    }
    return {};
}

std::string shownTime(Timestamp time) {
    std::string text = time.iso().substr(0, 19);
    text[10] = ' ';
    return text + " UTC";
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace tickmark::bundle
