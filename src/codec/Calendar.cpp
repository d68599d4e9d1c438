#include "tickmark/codec/Calendar.h"

#include <libical/ical.h>

#include <cstdlib>
#include <memory>
#include <new>

namespace tickmark::codec {
namespace {

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;
struct FreeText {
    void operator()(char* text) const { std::free(text); }  // NOLINT(cppcoreguidelines-no-malloc)
};

std::string printable(const std::string& text) {
    std::string clean;
    clean.reserve(text.size());
    for (const char c : text) {
        const bool control = static_cast<unsigned char>(c) < ' ' || c == '\x7f';
        clean += control && c != '\n' ? ' ' : c;
    }
    return clean;
}

void add(icalcomponent* component, icalproperty* property) {
    if (property == nullptr) throw std::bad_alloc();
    icalcomponent_add_property(component, property);
}

icaltimetype dayOf(Date date) {
    icaltimetype time = icaltime_null_date();
    const std::string iso = date.iso();
    time.year = date.year();
    time.month = std::stoi(iso.substr(5, 2));
    time.day = std::stoi(iso.substr(8, 2));
    return time;
}

icaltimetype momentOf(Timestamp moment) {
    return icaltime_from_timet_with_zone(moment.seconds(), 0, icaltimezone_get_utc_timezone());
}

Component eventOf(const CalendarDay& day, Timestamp stamp) {
    Component event(icalcomponent_new_vevent());
    if (!event) throw std::bad_alloc();
    add(event.get(), icalproperty_new_uid(printable(day.uid).c_str()));
    add(event.get(), icalproperty_new_dtstamp(momentOf(stamp)));
    add(event.get(), icalproperty_new_dtstart(dayOf(day.date)));
    add(event.get(), icalproperty_new_summary(printable(day.summary).c_str()));
    add(event.get(), icalproperty_new_description(printable(day.description).c_str()));
    if (!day.category.empty()) add(event.get(), icalproperty_new_categories(printable(day.category).c_str()));
    if (!day.url.empty()) add(event.get(), icalproperty_new_url(printable(day.url).c_str()));
    add(event.get(), icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    return event;
}

}  // namespace

std::string writeCalendar(const CalendarFile& calendar) {
    const Component file(icalcomponent_new_vcalendar());
    if (!file) throw std::bad_alloc();
    add(file.get(), icalproperty_new_version("2.0"));
    add(file.get(), icalproperty_new_prodid(printable(calendar.product).c_str()));
    add(file.get(), icalproperty_new_method(ICAL_METHOD_PUBLISH));
    icalproperty* name = icalproperty_new_x(printable(calendar.name).c_str());
    if (name == nullptr) throw std::bad_alloc();
    icalproperty_set_x_name(name, "X-WR-CALNAME");
    add(file.get(), name);
    for (const CalendarDay& day : calendar.days)
        icalcomponent_add_component(file.get(), eventOf(day, calendar.stamp).release());
    const std::unique_ptr<char, FreeText> text(icalcomponent_as_ical_string_r(file.get()));
    if (!text) throw std::bad_alloc();
    return text.get();
}

}  // namespace tickmark::codec
