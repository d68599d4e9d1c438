// Forms of pages that prove they come from our own page.
#pragma once

#include <memory>
#include <vector>

#include "tickmark/http/server/Form.h"
#include "tickmark/http/server/Request.h"

namespace tickmark::http {

/// Reads a urlencoded form and compares its field `csrf` with the caller's session; the field is not among
/// what is returned. Without a session (the sign-in form) the gate's check of Origin and Sec-Fetch-Site is
/// what protects, and no field is asked for. Errors: as readUrlEncodedForm; Forbidden "csrf".
[[nodiscard]] Result<std::vector<NameValue>> readCheckedForm(Request& request, const FormLimits& limits = {});

/// Opens a multipart form whose first part must be the text field `csrf`; the caller goes on with next().
/// Errors: as MultipartForm; Forbidden "csrf".
[[nodiscard]] Result<std::unique_ptr<MultipartForm>> openCheckedForm(Request& request,
                                                                     FormLimits limits = {});

}  // namespace tickmark::http
