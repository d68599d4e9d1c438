// CSV (RFC 4180) read as it streams by: memory holds one row, whatever the file's size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Result.h"

namespace tickmark::codec {

struct CsvStreamLimits {
    std::size_t maximumCell = 200'000;  ///< bytes of one cell; a quote that is never closed ends here
    std::size_t maximumColumns = 2'000;
};

/// Strict as parseCsv is: UTF-8 with or without a byte order mark, whole cells in quotes, every row as wide
/// as the header. Stops at the first problem: a log that has one is no evidence to compute from. feed any
/// number of times, then finish; after an error neither is called again.
class CsvStream {
  public:
    /// Told the columns' names, once, before any row.
    using OnHeader = std::function<Result<void>(const std::vector<std::string>&)>;
    /// Told the line on which the row begins (the header is on line 1) and its cells.
    using OnRow = std::function<Result<void>(std::size_t, const std::vector<std::string>&)>;

    CsvStream(OnHeader onHeader, OnRow onRow, const CsvStreamLimits& limits = {});
    CsvStream(const CsvStream&) = delete;
    CsvStream& operator=(const CsvStream&) = delete;
    ~CsvStream();

    /// Errors: Invalid "csv" naming the line, and whatever the callbacks return.
    [[nodiscard]] Result<void> feed(std::string_view bytes);
    /// The end of the text. Errors: as feed; a quote that is still open, a text without a header.
    [[nodiscard]] Result<void> finish();

  private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace tickmark::codec
