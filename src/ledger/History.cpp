#include "tickmark/ledger/History.h"

#include <optional>
#include <stdexcept>

#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/ledger/Tree.h"

namespace tickmark::ledger {
namespace {

using codec::Json;

constexpr std::size_t longestName = 200;
constexpr std::size_t longestProof = 64;

Error badHistory(std::string message) { return invalid("history", "", std::move(message)); }

Json entryJson(const HistoryEntry& entry) {
    Json proof = Json::array();
    for (const Digest& hash : entry.proof) proof.push(hash.hex());
    return Json::object()
        .set("kind", toText(entry.kind))
        .set("name", entry.name)
        .set("checkpoint", entry.checkpoint)
        .set("proof", std::move(proof));
}

std::string textOfEntries(const std::vector<HistoryEntry>& entries) {
    Json list = Json::array();
    for (const HistoryEntry& entry : entries) list.push(entryJson(entry));
    return codec::canonicalJson(Json::object().set("entries", std::move(list)));
}

std::optional<HistoryKind> kindFrom(std::string_view text) {
    for (const HistoryKind kind : {HistoryKind::Bundle, HistoryKind::Witness}) {
        if (toText(kind) == text) return kind;
    }
    return std::nullopt;
}

Result<std::vector<Digest>> readProof(const Json* list, const std::string& where) {
    if (list == nullptr || list->items() == nullptr || list->items()->size() > longestProof)
        return badHistory(where + " has no proof, or one longer than any tree is high.");
    std::vector<Digest> proof;
    for (const Json& item : *list->items()) {
        if (item.text() == nullptr) return badHistory(where + " has a hash that is no text.");
        auto hash = Digest::parse(*item.text());
        if (!hash) return badHistory(where + " has a hash that is not 64 hexadecimal digits.");
        proof.push_back(*hash);
    }
    return proof;
}

Result<HistoryEntry> readEntry(const Json& json, const std::string& where) {
    if (json.members() == nullptr || json.members()->size() != 4)
        return badHistory(where + " does not consist of kind, name, checkpoint and proof.");
    const auto kind = kindFrom(json.textAt("kind"));
    if (!kind) return badHistory(where + " is neither of a bundle nor of a witness.");
    HistoryEntry entry{*kind, std::string(json.textAt("name")), std::string(json.textAt("checkpoint")), {}};
    if (entry.name.empty() || entry.name.size() > longestName)
        return badHistory(where + " has no name, or one longer than 200 bytes.");
    if (const auto head = readCheckpoint(entry.checkpoint); !head)
        return badHistory(where + ": " + head.error().message);
    TM_TRY(entry.proof, readProof(json.find("proof"), where));
    return entry;
}

Error brokenHistory(std::string message) { return {ErrorKind::Damaged, "history", std::move(message)}; }

std::string describeEntry(const HistoryEntry& entry) {
    return (entry.kind == HistoryKind::Bundle ? "The head of bundle " : "The head that witness ") +
           entry.name + (entry.kind == HistoryKind::Bundle ? "" : " cosigned");
}

}  // namespace

std::string_view toText(HistoryKind value) noexcept {
    switch (value) {
        case HistoryKind::Bundle:
            return "bundle";
        case HistoryKind::Witness:
            return "witness";
    }
    return "";
}

std::string writeHistory(const std::vector<HistoryEntry>& entries) {
    std::string text = textOfEntries(entries);
    if (entries.size() > mostHistoryEntries || text.size() > longestHistory)
        throw std::logic_error("a history beyond its bounds; fitHistory chooses what fits");
    return text;
}

std::vector<HistoryEntry> fitHistory(std::vector<HistoryEntry> entries) {
    if (entries.size() > mostHistoryEntries) entries.resize(mostHistoryEntries);
    while (textOfEntries(entries).size() > longestHistory) entries.pop_back();
    return entries;
}

Result<std::vector<HistoryEntry>> readHistory(std::string_view text) {
    if (text.size() > longestHistory)
        return Error{ErrorKind::TooLarge, "history", "The history is longer than 64 KiB."};
    const auto json = codec::parseJson(text);
    if (!json || codec::canonicalJson(*json) != text)
        return badHistory("The history is not canonical JSON (RFC 8785).");
    const Json* list = json->find("entries");
    if (json->members() == nullptr || json->members()->size() != 1 || list == nullptr ||
        list->items() == nullptr)
        return badHistory("The history does not consist of a list of entries.");
    if (list->items()->size() > mostHistoryEntries)
        return Error{ErrorKind::TooLarge, "history", "The history has more than 100 entries."};
    std::vector<HistoryEntry> entries;
    for (const Json& item : *list->items()) {
        TM_TRY(HistoryEntry entry, readEntry(item, "Entry " + std::to_string(entries.size() + 1)));
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<void> checkHistoryEntry(const HistoryEntry& entry, const Checkpoint& now, const VerifierKey& logKey) {
    TM_TRY(const Checkpoint before, openCheckpoint(entry.checkpoint, logKey));
    const std::string head = describeEntry(entry);
    if (before.origin != now.origin) return brokenHistory(head + " is of another log.");
    if (before.size > now.size) {
        return brokenHistory(head + " has " + std::to_string(before.size) + " entries, more than the " +
                             std::to_string(now.size) + " of the log now: the log was rolled back.");
    }
    if (!consistencyHolds(before.size, now.size, before.root, now.root, entry.proof)) {
        return brokenHistory(head + ", " + std::to_string(before.size) +
                             " entries, is not how the log begins now: the log was rewritten, or the proof "
                             "was changed.");
    }
    return {};
}

}  // namespace tickmark::ledger
