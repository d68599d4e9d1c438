#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::WithheldFile> Item>
void members(Visitor& visit, Item& item) {
    visit("version", item.version);
    visit("reason", item.reason);
}

template <class Visitor, Is<domain::BundleSignature> Item>
void members(Visitor& visit, Item& item) {
    visit("role", item.role);
    visit("decision", item.decision);
    visit("comment", item.comment);
    visit("name", item.name);
    visit("signer", item.signer);
    visit("fingerprint", item.fingerprint);
    visit("trusted", item.trusted);
    visit("at", item.at);
}

template <class Visitor, Is<domain::BundleSelection> Item>
void members(Visitor& visit, Item& item) {
    visit("kind", item.kind);
    visit("findings", item.findings);
    visit("since", item.since);
    visit("since_sha256", item.sinceDigest);
    visit("since_log_size", item.sinceLogSize);
    visit("unchanged", item.unchanged);
}

template <class Visitor, Is<domain::Bundle> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("audit", item.audit);
    visit("state", item.state);
    visit("title", item.title);
    visit("withheld", item.withheld);
    visit("file_name", item.fileName);
    visit("sha256", item.digest);
    visit("size", item.size);
    visit("files", item.files);
    visit("supersedes", item.supersedes);
    visit("supersedes_sha256", item.supersedesDigest);
    visit("selection", item.selection);
    visit("snapshot_size", item.snapshotSize);
    visit("signatures", item.signatures);
    visit("level", item.level);
    visit("signer", item.signer);
    visit("sealed_by", item.sealedBy);
    visit("sealed_at", item.sealedAt);
    visit("reason", item.reason);
    visit("created_at", item.createdAt);
    visit("rev", item.rev);
}

}  // namespace fields

std::string encode(const domain::Bundle& bundle) { return fields::written(bundle); }

template <>
Result<domain::Bundle> decode<domain::Bundle>(std::string_view record) {
    return fields::readBack<domain::Bundle>(record);
}

}  // namespace tickmark::ledger
