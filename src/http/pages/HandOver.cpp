#include "http/pages/HandOver.h"

#include <algorithm>
#include <array>

#include "http/gate/Telemetry.h"
#include "tickmark/app/EvidenceUse.h"

namespace tickmark::http::pages {
namespace {

/// What the fields before the file said.
struct HandOver {
    app::EvidenceInput input{};
    std::string back{};
};

struct TextField {
    std::string_view name;
    std::string app::EvidenceInput::*member;
};
constexpr std::array<TextField, 7> textFields{{
    {"finding", &app::EvidenceInput::finding},
    {"action", &app::EvidenceInput::action},
    {"request", &app::EvidenceInput::request},
    {"audit", &app::EvidenceInput::audit},
    {"evidence", &app::EvidenceInput::evidence},
    {"source", &app::EvidenceInput::source},
    {"title", &app::EvidenceInput::title},
}};

struct DayField {
    std::string_view name;
    std::optional<Date> app::EvidenceInput::*member;
};
constexpr std::array<DayField, 3> dayFields{{
    {"period_from", &app::EvidenceInput::periodFrom},
    {"period_to", &app::EvidenceInput::periodTo},
    {"valid_until", &app::EvidenceInput::validUntil},
}};

Error badField(const std::string& name, std::string message) {
    return invalid("form", name, std::move(message),
                   "Load the page again and hand the file over from there.");
}

Result<bool> setDay(app::EvidenceInput& input, const std::string& name, const std::string& value) {
    for (const DayField& field : dayFields) {
        if (field.name != name) continue;
        if (value.empty()) return true;
        auto day = Date::parse(value);
        if (!day) return invalid("date", name, "This is not a day.", "Write it like 2022-11-18.");
        input.*field.member = *day;
        return true;
    }
    return false;
}

/// "request:RQ-0007": what one list of different things chooses.
Result<void> setTarget(app::EvidenceInput& input, const std::string& value) {
    const std::size_t colon = value.find(':');
    const std::string kind = value.substr(0, colon);
    const bool known =
        colon != std::string::npos && (kind == "finding" || kind == "action" || kind == "request");
    if (!known) {
        return invalid("target", "answers", "It was not said what the file answers.",
                       "Choose the request, finding or action that it answers.");
    }
    const auto field = std::find_if(textFields.begin(), textFields.end(),
                                    [&](const TextField& each) { return each.name == kind; });
    input.*field->member = value.substr(colon + 1);
    return {};
}

Result<void> setField(HandOver& given, const std::string& name, std::string value) {
    const auto text = std::find_if(textFields.begin(), textFields.end(),
                                   [&](const auto& field) { return field.name == name; });
    if (text != textFields.end()) {
        given.input.*text->member = std::move(value);
        return {};
    }
    if (name == "answers") return setTarget(given.input, value);
    TM_TRY(const bool isDay, setDay(given.input, name, value));
    if (isDay) return {};
    if (name == "back") {
        given.back = std::move(value);
        return {};
    }
    if (name != "confidentiality") return badField(name, "The form has a field that is not known here.");
    if (value.empty()) return {};
    const auto word = domain::confidentialityFrom(value);
    if (!word) return badField(name, "This is not one of the words for confidentiality.");
    given.input.confidentiality = *word;
    return {};
}

/// The file's bytes, whose end is believed only when nothing of the form follows: until then the request may
/// still turn out to be broken.
class LastPart final : public ByteSource {
  public:
    explicit LastPart(MultipartForm& form) : m_form(&form) {}

    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        if (m_ended || buffer.empty()) return std::size_t{0};
        TM_TRY(const std::size_t count, m_form->content().read(buffer));
        if (count > 0) return count;
        TM_TRY(const bool more, m_form->next());
        if (more) return badField(m_form->name(), "The file must be the last part of the form.");
        m_ended = true;
        return std::size_t{0};
    }

  private:
    MultipartForm* m_form;
    bool m_ended = false;
};

/// Only an address of ours: what a form says must not lead a person to another site.
bool isLocal(std::string_view address) {
    const bool plain = std::all_of(address.begin(), address.end(),
                                   [](char c) { return c > ' ' && c < '\x7f' && c != '\\'; });
    return plain && address.starts_with('/') && !address.starts_with("//");
}

Result<app::Receipt> receive(WebApp& web, Request& request, HandOver& given) {
    TM_TRY(const auto form, openCheckedForm(request));
    for (;;) {
        TM_TRY(const bool more, form->next());
        if (!more) return badField("file", "The form came without a file.");
        if (form->isFile()) break;
        const std::string name = form->name();
        TM_TRY(std::string value, form->text());
        TM_CHECK(setField(given, name, std::move(value)));
    }
    if (form->name() != "file") return badField(form->name(), "The form has a file that is not known here.");
    given.input.fileName = form->fileName();
    if (given.input.fileName.empty()) {
        return invalid("file-name", "file", "No file was chosen.", "Choose a file, then hand it over.");
    }
    LastPart bytes(*form);
    return app::recordEvidence(*web.context, callerOf(request).actor, given.input, bytes);
}

Response refusedPage(WebApp& web, Request& request, const std::string& back, const Error& error) {
    Frame frame;
    frame.title = view::said("The file was not taken");
    frame.section = "/evidence";
    frame.error = &error;
    frame.status = statusOf(error);
    return page(web, request, frame, "pages/evidence-refused.html",
                [&](view::Model& model) { model.set("BACK", isLocal(back) ? back : "/evidence"); });
}

Result<Response> handOver(WebApp& web, Request& request, const PathParameters&) {
    HandOver given;
    const auto receipt = receive(web, request, given);
    if (!receipt) return refusedPage(web, request, given.back, receipt.error());
    if (web.telemetry) web.telemetry->metrics.addUploaded(receipt->version.size);
    if (isLocal(given.back)) return redirectResponse(given.back);
    return redirectResponse("/evidence/" + encoded(receipt->version.ref.text()) + "/v/" +
                            std::to_string(receipt->version.number) + "/receipt");
}

}  // namespace

Result<void> addHandOver(Router& router, WebApp& web) {
    constexpr std::uint64_t roomForFields = 2U * 1024U * 1024U;
    Route route;
    route.method = "POST";
    route.pattern = "/evidence/hand-over";
    route.name = "form.evidence-hand-over";
    route.needsCsrf = true;
    route.isUpload = true;
    route.bodyCap = web.context->settings.uploadCap + roomForFields;
    route.roles = "LA AU PO AO";
    return addRow(router, web, std::move(route), handOver);
}

}  // namespace tickmark::http::pages
