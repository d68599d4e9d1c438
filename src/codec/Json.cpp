#include "tickmark/codec/Json.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>

#include "codec/JsonNumber.h"

namespace tickmark::codec {
namespace {

/// UTF-8 sorts like code points. UTF-16 differs in one place: surrogate pairs (UTF-8 first byte F0 to F4)
/// come before U+E000 to U+FFFF (first byte EE or EF). Lifting those two bytes above all others gives the
/// order of UTF-16.
constexpr unsigned sortWeight(char c) noexcept {
    const unsigned byte = static_cast<std::uint8_t>(c);
    return byte == 0xEEU || byte == 0xEFU ? byte + 0x10U : byte;
}

}  // namespace

bool Json::MemberOrder::operator()(std::string_view a, std::string_view b) const noexcept {
    const std::size_t shared = std::min(a.size(), b.size());
    const auto [left, right] =
        std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(shared), b.begin());
    if (left == a.begin() + static_cast<std::ptrdiff_t>(shared)) return a.size() < b.size();
    return sortWeight(*left) < sortWeight(*right);
}

// Not inline: GCC 12 warns of uninitialised members wherever it inlines the variant's moves at -O2, and every
// user of the header would be told.
Json::Json() noexcept = default;
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;

const bool* Json::boolean() const noexcept { return std::get_if<bool>(&m_value); }
const std::int64_t* Json::integer() const noexcept { return std::get_if<std::int64_t>(&m_value); }
const double* Json::real() const noexcept { return std::get_if<double>(&m_value); }
const std::string* Json::text() const noexcept { return std::get_if<std::string>(&m_value); }
const Json::Array* Json::items() const noexcept { return std::get_if<Array>(&m_value); }
Json::Array* Json::items() noexcept { return std::get_if<Array>(&m_value); }
const Json::Object* Json::members() const noexcept { return std::get_if<Object>(&m_value); }
Json::Object* Json::members() noexcept { return std::get_if<Object>(&m_value); }

Json::Json(double value) {
    // The bounds are checked first: converting a larger double to an integer is undefined.
    const bool whole = std::abs(value) <= largestSafeInteger && std::trunc(value) == value;
    if (whole)
        m_value = static_cast<std::int64_t>(value);
    else
        m_value = value;
}

std::optional<double> Json::number() const noexcept {
    if (const auto* whole = integer()) return static_cast<double>(*whole);
    if (const auto* fraction = real()) return *fraction;
    return std::nullopt;
}

const Json* Json::find(std::string_view name) const noexcept {
    const Object* object = members();
    if (object == nullptr) return nullptr;
    const auto found = object->find(name);
    return found == object->end() ? nullptr : &found->second;
}

std::string_view Json::textAt(std::string_view name) const noexcept {
    const Json* value = find(name);
    const std::string* content = value == nullptr ? nullptr : value->text();
    return content == nullptr ? std::string_view{} : std::string_view(*content);
}

std::int64_t Json::integerAt(std::string_view name, std::int64_t fallback) const noexcept {
    const Json* value = find(name);
    const std::int64_t* content = value == nullptr ? nullptr : value->integer();
    return content == nullptr ? fallback : *content;
}

Json& Json::set(std::string_view name, Json value) {
    if (isNull()) m_value = Object{};
    Object* object = members();
    if (object == nullptr) throw std::logic_error("Json::set was called on a value that is no object");
    object->insert_or_assign(std::string(name), std::move(value));
    return *this;
}

Json& Json::push(Json value) {
    if (isNull()) m_value = Array{};
    Array* array = items();
    if (array == nullptr) throw std::logic_error("Json::push was called on a value that is no array");
    array->push_back(std::move(value));
    return *this;
}

}  // namespace tickmark::codec
