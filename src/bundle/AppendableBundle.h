// A finished bundle, opened to have something added to it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bundle/BagInfo.h"
#include "bundle/DigestList.h"
#include "bundle/EntryOrder.h"
#include "bundle/FileBytes.h"
#include "bundle/ZipLayout.h"
#include "tickmark/bundle/Appending.h"

namespace tickmark::bundle {

/// Holds the file open, so that all of it is of one moment. The layout is canonical, the required files are
/// there, and every group is whole.
class AppendableBundle {
  public:
    /// Errors: NotFound "file", Environment "file-io", Damaged "bundle-layout".
    [[nodiscard]] static Result<AppendableBundle> open(const std::filesystem::path& path);

    [[nodiscard]] const FileBytes& file() const noexcept { return m_file; }
    [[nodiscard]] const ZipLayout& layout() const noexcept { return m_layout; }
    [[nodiscard]] const std::vector<Group>& groups() const noexcept { return m_order.groups; }
    [[nodiscard]] const Group& lastGroup() const noexcept { return m_order.groups.back(); }
    [[nodiscard]] const BagInfo& bagInfo() const noexcept { return m_bagInfo; }
    [[nodiscard]] unsigned count(bool archive) const noexcept;

    /// A file that has a limit, whole. Errors: Damaged "bundle-layout", Environment "file-io".
    [[nodiscard]] Result<std::string> text(std::string_view name) const;
    /// What a manifest that stands behind the last group covers, and no file's digest is computed but those
    /// of the last group: the rest stands in the last group's manifest. `lastProof` is its signature or
    /// token, which may be about to be replaced. Errors: Damaged "bundle-broken" when that manifest is not
    /// canonical or does not list exactly what stands before it.
    [[nodiscard]] Result<DigestList> coveredNext(std::string_view lastProof) const;
    /// Re-hashes everything and checks what needs no anchor: layout, names, coverage, digests, signatures.
    /// Errors: Damaged "bundle-broken" with the first problem, Refused "cancelled", Environment "file-io".
    [[nodiscard]] Result<void> verify(const AppendOptions& options) const;

  private:
    explicit AppendableBundle(FileBytes file) : m_file(std::move(file)) {}
    [[nodiscard]] Result<void> read();
    [[nodiscard]] Result<void> checkGroups() const;

    FileBytes m_file;
    ZipLayout m_layout{};
    EntryOrder m_order{};
    BagInfo m_bagInfo{};
};

/// Damaged "bundle-layout" / "bundle-broken".
[[nodiscard]] Error unusableBundle(std::string type, std::string message);

}  // namespace tickmark::bundle
