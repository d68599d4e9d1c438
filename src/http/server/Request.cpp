#include "tickmark/http/server/Request.h"

#include <algorithm>
#include <array>

#include "tickmark/foundation/Text.h"

namespace tickmark::http {
namespace {

/// The body of a request that announced none.
class NoBody final : public ByteSource {
  public:
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> /*buffer*/) override {
        return std::size_t{0};
    }
};

ByteSource& noBody() {
    static NoBody none;
    return none;
}

Error tooLarge(std::size_t cap) {
    return {ErrorKind::TooLarge,
            "body-too-large",
            "The body is larger than " + std::to_string(cap) + " bytes.",
            "body",
            {},
            "Send less at once."};
}

}  // namespace

std::optional<std::string_view> find(const std::vector<NameValue>& list, std::string_view name) {
    const auto found =
        std::find_if(list.begin(), list.end(), [name](const NameValue& entry) { return entry.name == name; });
    if (found == list.end()) return std::nullopt;
    return found->value;
}

std::string_view valueOf(const std::vector<NameValue>& list, std::string_view name) {
    return find(list, name).value_or(std::string_view{});
}

std::vector<std::string_view> valuesOf(const std::vector<NameValue>& list, std::string_view name) {
    std::vector<std::string_view> values;
    for (const NameValue& entry : list) {
        if (entry.name == name) values.emplace_back(entry.value);
    }
    return values;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    std::optional<std::string_view> found;
    std::string_view rest = header("cookie");
    while (!rest.empty()) {
        const std::size_t end = rest.find(';');
        const std::string_view pair = trim(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
        const std::string_view value = pair.substr(equals + 1);
        if (found && *found != value) return std::nullopt;
        found = value;
    }
    return found;
}

std::string Request::mediaType() const {
    const std::string_view type = header("content-type");
    return lower(trim(type.substr(0, type.find(';'))));
}

ByteSource& Request::body() { return m_body != nullptr ? *m_body : noBody(); }

Result<std::string> Request::bodyText(std::size_t cap) {
    if (contentLength && *contentLength > cap) return tooLarge(cap);
    std::string text;
    text.reserve(contentLength.value_or(0));
    std::array<std::uint8_t, 8192> buffer{};
    for (;;) {
        TM_TRY(const std::size_t count, body().read(buffer));
        if (count == 0) return text;
        if (text.size() + count > cap) return tooLarge(cap);
        text.append(textOf(ByteView(buffer).first(count)));
    }
}

}  // namespace tickmark::http
