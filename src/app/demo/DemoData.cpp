#include "app/demo/DemoData.h"

#include "tickmark/embedded/demoFiles.h"

namespace tickmark::app::demo {

Result<std::string_view> file(std::string_view name) {
    for (const EmbeddedFile& one : embedded::demoFiles()) {
        if (one.name == name) return one.text;
    }
    return internal("The demonstration's file " + std::string(name) + " is not part of this program.");
}

Result<codec::CsvTable> table(std::string_view name, const std::vector<std::string>& columns) {
    TM_TRY(const std::string_view text, file(name));
    return codec::parseCsv(text, columns);
}

Result<codec::Json> document(std::string_view name) {
    TM_TRY(const std::string_view text, file(name));
    return codec::parseJson(text);
}

}  // namespace tickmark::app::demo
