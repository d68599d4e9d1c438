// Bodies of plain HTML forms: urlencoded and multipart.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/http/server/Request.h"

namespace tickmark::http {

/// Caps of one form.
struct FormLimits {
    std::size_t bytes = 1024U * 1024U;      ///< of a urlencoded body, or of all text parts together
    std::size_t fields = 1000;              ///< parts or pairs
    std::size_t valueBytes = 256U * 1024U;  ///< of one text value
};

/// Decodes `a=b&c=d` (WHATWG URL, application/x-www-form-urlencoded): '+' is a space; strict percent
/// encoding, UTF-8 without NUL. Errors: Invalid "form"; TooLarge "form-too-large".
[[nodiscard]] Result<std::vector<NameValue>> parseUrlEncoded(std::string_view text,
                                                             const FormLimits& limits = {});

/// Reads a urlencoded request body. Errors: as parseUrlEncoded and Request::body; Invalid "media-type".
[[nodiscard]] Result<std::vector<NameValue>> readUrlEncodedForm(Request& request,
                                                                const FormLimits& limits = {});

/// multipart/form-data (RFC 7578) read part by part from the body, without keeping files in memory.
///
///     TM_TRY(auto form, MultipartForm::open(request));
///     for (;;) { TM_TRY(const bool more, form->next()); if (!more) break;
///                if (form->isFile()) stage(form->content()); else { TM_TRY(auto text, form->text()); ... } }
///
/// Parts arrive before the request is known to be whole: keep nothing for good before next() has returned
/// false. The content of a file that is the last part ends only when the closing boundary was seen and the
/// whole declared body was consumed, so a form whose file stands last may commit at its end.
class MultipartForm {
  public:
    /// Errors: Invalid "media-type" when the request is no multipart/form-data; Invalid "boundary" when the
    /// boundary is not 1 to 70 characters of RFC 2046 section 5.1.1.
    [[nodiscard]] static Result<std::unique_ptr<MultipartForm>> open(Request& request,
                                                                     FormLimits limits = {});

    MultipartForm(const MultipartForm&) = delete;
    MultipartForm& operator=(const MultipartForm&) = delete;
    virtual ~MultipartForm() = default;

    /// Moves to the next part, skipping what is unread of this one; false after the closing boundary, when
    /// the whole body was consumed. Errors: Invalid "form" (malformed, no closing boundary), TooLarge
    /// "form-too-large", and those of Request::body.
    [[nodiscard]] virtual Result<bool> next() = 0;
    [[nodiscard]] virtual const std::string& name() const = 0;
    /// Whether the part carries a file name. A file input left empty sends an empty one.
    [[nodiscard]] virtual bool isFile() const = 0;
    /// As sent, unchecked (see checkFileName in foundation/Text.h), with %22, %0D and %0A decoded as browsers
    /// encode them.
    [[nodiscard]] virtual const std::string& fileName() const = 0;
    [[nodiscard]] virtual const std::string& mediaType() const = 0;
    /// The part's bytes. Errors of read: as next().
    [[nodiscard]] virtual ByteSource& content() = 0;
    /// The part's bytes as UTF-8 text. Errors: as next(); Invalid "form" when not UTF-8.
    [[nodiscard]] virtual Result<std::string> text() = 0;

  protected:
    MultipartForm() = default;
};

}  // namespace tickmark::http
