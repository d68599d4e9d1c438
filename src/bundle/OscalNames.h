// Identifiers and value forms of OSCAL (NIST, data types of version 1.1.3).
#pragma once

#include <string>
#include <string_view>

#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::bundle::oscal {

/// The version that the documents are written in.
inline constexpr std::string_view oscalVersion = "1.1.3";
/// What qualifies the properties that OSCAL itself does not know.
inline constexpr std::string_view nameSpace = "urn:tickmark:bundle:1";

/// Names things by RFC 4122 version 5: the same organisation, kind and name give the same identifier, in
/// every bundle.
class Identifiers {
  public:
    explicit Identifiers(std::string_view organisation) : m_organisation(organisation) {}
    /// `kind` is a word of this program: "finding", "party".
    [[nodiscard]] std::string of(std::string_view kind, std::string_view name) const;
    /// "#" and the identifier: how one part of a document refers to another.
    [[nodiscard]] std::string link(std::string_view kind, std::string_view name) const {
        return "#" + of(kind, name);
    }

  private:
    std::string m_organisation;
};

/// A token (an XML name without a colon) that stands for any text: the text itself when it is one, otherwise
/// "c-" and the text, with a dash for each byte that may not occur.
[[nodiscard]] std::string tokenOf(std::string_view text);

/// One line without white space at its ends, as OSCAL's strings are; empty when nothing is left.
[[nodiscard]] std::string lineOf(std::string_view text);

/// The text, or the other one when it is empty: OSCAL asks for a description in many places.
[[nodiscard]] std::string textOr(std::string_view text, std::string_view other);

/// The first moment of a day, in UTC.
[[nodiscard]] std::string momentOf(const Date& day);

/// A list of properties in this program's name space; empty values are left out.
class Props {
  public:
    Props& add(std::string_view name, std::string_view value);
    [[nodiscard]] codec::Json take() { return std::move(m_list); }

  private:
    codec::Json m_list = codec::Json::array();
};

}  // namespace tickmark::bundle::oscal
