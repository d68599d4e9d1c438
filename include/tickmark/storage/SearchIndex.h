// Full text over evidence, actions, improvement items and lessons. Findings have theirs with their list
// (listFindings); this one follows the ledger and may be a moment behind.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Evidence.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

enum class SearchKind { Finding, Evidence, Action, Improvement, Lesson };
[[nodiscard]] std::string_view toText(SearchKind kind) noexcept;
[[nodiscard]] std::optional<SearchKind> searchKindFrom(std::string_view text) noexcept;

/// One thing as it can be found. `entity` is its id (of evidence: the version's).
struct SearchDocument {
    SearchKind kind = SearchKind::Evidence;
    std::int64_t entity = 0;
    std::string ref{};  ///< as people write it, e.g. "E-0117/v1"
    std::string title{};
    std::string body{};
};

/// Adds it, or replaces what was known of it. Findings are not for this index: Internal.
[[nodiscard]] Result<void> putSearchDocument(WriteSession& session, const SearchDocument& document);
/// Forgets it, words and all. Fine when it was never known.
[[nodiscard]] Result<void> dropSearchDocument(WriteSession& session, SearchKind kind, std::int64_t entity);
/// Forgets everything, so that the next passes make the index again.
[[nodiscard]] Result<void> clearSearchIndex(WriteSession& session);

/// The first ledger position that the index has not followed yet with this reader of documents.
[[nodiscard]] Result<LedgerPosition> searchPosition(ReadSession& session, std::int64_t reader);
[[nodiscard]] Result<void> setSearchPosition(WriteSession& session, LedgerPosition next, std::int64_t reader);

/// What became of the words of an evidence version.
struct EvidenceWords {
    std::string outcome{};   ///< "read", "cut", "none", or the type of the refusal ("locked-document")
    std::string note{};      ///< the refusal in a sentence
    std::int64_t bytes = 0;  ///< of text
    std::int64_t reader = 0;
};
[[nodiscard]] Result<void> setEvidenceWords(WriteSession& session, domain::EvidenceVersionId version,
                                            const EvidenceWords& words);
[[nodiscard]] Result<std::optional<EvidenceWords>> evidenceWords(ReadSession& session,
                                                                 domain::EvidenceVersionId version);

/// In `title` and `passage`, what matched stands between these two, which no text that people send can hold.
inline constexpr char matchBegins = '\x01';
inline constexpr char matchEnds = '\x02';

struct SearchHit {
    struct Id {
        std::int64_t value = 0;
    };
    Id id{};  ///< the order of the list
    std::string ref{};
    std::string title{};
    std::string passage{};  ///< the words around the first match
};
/// Newest first, what the scope reaches. Words as searchExpression reads them; without any the page is empty.
[[nodiscard]] Result<Page<SearchHit>> searchDocuments(ReadSession& session, const Scope& scope,
                                                      SearchKind kind, std::string_view typed,
                                                      const PageRequest& page);

}  // namespace tickmark::storage
