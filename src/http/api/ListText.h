// Long lists written straight into one text, without a value per member.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "tickmark/codec/Json.h"

namespace tickmark::http::api {

/// {"items":[…],"next":"…"}. Members are asked for in the order in which they stand.
class ListText {
  public:
    ListText() {
        m_text.reserve(32U * 1024U);
        m_text += "{\"items\":[";
    }
    void openItem() {
        m_text += m_first ? "{" : ",{";
        m_first = false;
        m_firstMember = true;
    }
    void closeItem() { m_text += '}'; }
    /// `name` is ASCII without anything to escape.
    void text(std::string_view name, std::string_view value) {
        member(name);
        codec::appendJsonString(m_text, value);
    }
    /// Leaves empty values out.
    void textIf(std::string_view name, std::string_view value) {
        if (!value.empty()) text(name, value);
    }
    /// ["…","…"] from texts that stand in one text with ", " between them.
    void texts(std::string_view name, std::string_view joined) {
        member(name);
        m_text += '[';
        while (!joined.empty()) {
            const std::size_t end = std::min(joined.find(", "), joined.size());
            codec::appendJsonString(m_text, joined.substr(0, end));
            joined.remove_prefix(std::min(end + 2, joined.size()));
            if (!joined.empty()) m_text += ',';
        }
        m_text += ']';
    }
    template <class Number>
    void number(std::string_view name, Number value) {
        member(name);
        char digits[24];
        const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
        m_text.append(std::begin(digits), end);
    }
    void flag(std::string_view name, bool value) {
        member(name);
        m_text += value ? "true" : "false";
    }
    /// {"account","name"}, or null when there is neither.
    void person(std::string_view name, std::string_view account, std::string_view shown) {
        member(name);
        if (account.empty() && shown.empty()) {
            m_text += "null";
            return;
        }
        m_text += "{\"account\":";
        codec::appendJsonString(m_text, account);
        m_text += ",\"name\":";
        codec::appendJsonString(m_text, shown);
        m_text += '}';
    }
    /// Ends the list; `next` empty means that nothing follows and leaves the member out.
    [[nodiscard]] std::string finish(std::string_view next) && {
        m_text += ']';
        if (!next.empty()) {
            m_text += ",\"next\":";
            codec::appendJsonString(m_text, next);
        }
        m_text += '}';
        return std::move(m_text);
    }

  private:
    void member(std::string_view name) {
        if (!m_firstMember) m_text += ',';
        m_firstMember = false;
        m_text.append("\"").append(name).append("\":");
    }
    std::string m_text{};
    bool m_first = true;
    bool m_firstMember = true;
};

}  // namespace tickmark::http::api
