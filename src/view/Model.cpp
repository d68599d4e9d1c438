#include "tickmark/view/Page.h"
#include "tickmark/view/TimeZone.h"
#include "tickmark/view/Words.h"

namespace tickmark::view {
namespace {

Model& putTime(Model& model, std::string_view name, Timestamp moment, std::string shown, std::string hover) {
    constexpr std::size_t toSeconds = 19;  // HTML takes at most three decimals
    const std::string base(name);
    model.set(base + "_ISO", moment.iso().substr(0, toSeconds) + "Z").set(base + "_HOVER", std::move(hover));
    return model.set(name, std::move(shown));
}

}  // namespace

Model& Model::set(std::string_view name, std::string value) {
    m_texts.insert_or_assign(std::string(name), std::move(value));
    return *this;
}

Model& Model::setIf(std::string_view name, std::string value) {
    if (!value.empty()) show("HAS_" + std::string(name));
    return set(name, std::move(value));
}

Model& Model::say(std::string_view name, std::string_view english) { return set(name, said(english)); }

Model& Model::sayIf(std::string_view name, std::string_view english) { return setIf(name, said(english)); }

Model& Model::setTime(std::string_view name, Timestamp moment) {
    return putTime(*this, name, moment, localTimeText(moment), timeText(moment));
}

Model& Model::setLogged(std::string_view name, Timestamp moment) {
    return putTime(*this, name, moment, timeText(moment), localTimeText(moment));
}

Model& Model::show(std::string_view section) {
    add(section);
    return *this;
}

Model& Model::showIf(bool condition, std::string_view section) {
    if (condition) show(section);
    return *this;
}

Model& Model::add(std::string_view section) {
    m_children.push_back({std::string(section), {}, std::deque<Model>(1)});
    return m_children.back().model.front();
}

Model& Model::include(std::string_view name, std::string_view templateName) {
    m_children.push_back({std::string(name), std::string(templateName), std::deque<Model>(1)});
    return m_children.back().model.front();
}

}  // namespace tickmark::view
