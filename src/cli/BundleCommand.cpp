// tickmark bundle: preview, seal, list, revoke.
#include "cli/Command.h"
#include "cli/Progress.h"
#include "tickmark/app/Bundles.h"
#include "tickmark/app/Lists.h"

namespace tickmark::cli {
namespace {

struct SealOptions {
    std::string account{};
    app::BundleDraft draft{};
    std::vector<std::string> withheld{};
};

Result<app::BundleDraft> draftOf(const SealOptions& options) {
    app::BundleDraft draft = options.draft;
    for (const std::string& text : options.withheld) {
        const auto equals = text.find('=');
        if (equals == std::string::npos) {
            return invalid("withheld", "--withhold", "\"" + text + "\" gives no reason.",
                           "Write it like E-0117/v1=personal data.");
        }
        draft.withheld.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    return draft;
}

codec::Json bundleJson(const domain::Bundle& bundle, const std::filesystem::path& folder) {
    codec::Json json;
    json.set("bundle", bundle.ref.text())
        .set("state", domain::toText(bundle.state))
        .set("title", bundle.title);
    if (!bundle.fileName.empty()) {
        json.set("file", (folder / bundle.fileName).string()).set("sha256", bundle.digest.hex());
        json.set("size", bundle.size).set("files", bundle.files).set("signer", bundle.signer);
    }
    return json;
}

codec::Json listOf(const std::vector<std::string>& texts) {
    codec::Json list = codec::Json::array();
    for (const std::string& text : texts) list.push(text);
    return list;
}

codec::Json selectionJson(const domain::BundleSelection& selection) {
    codec::Json json;
    json.set("kind", domain::toText(selection.kind));
    if (selection.kind != domain::SelectionKind::Audit) json.set("findings", listOf(selection.findings));
    if (selection.kind != domain::SelectionKind::Delta) return json;
    return json.set("since", selection.since.text()).set("unchanged", listOf(selection.unchanged));
}

Outcome preview(Program& program, const SealOptions& options) {
    TM_TRY(const auto draft, draftOf(options));
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    TM_TRY(const auto shown, app::previewBundle(*context, actor, draft));
    codec::Json missing = codec::Json::array();
    codec::Json withheld = codec::Json::array();
    std::string text = std::to_string(shown.findings) + " findings, " + std::to_string(shown.files) +
                       " files, " + sizeText(shown.bytes) + "\n";
    for (const std::string& ref : shown.selection.findings) text += "contains  " + ref + "\n";
    for (const std::string& ref : shown.selection.unchanged) text += "unchanged " + ref + "\n";
    for (const std::string& name : shown.withheld) {
        withheld.push(name);
        text += "withheld  " + name + "\n";
    }
    for (const std::string& name : shown.missing) {
        missing.push(name);
        text += "MISSING   " + name + "\n";
    }
    codec::Json json;
    json.set("findings", shown.findings).set("files", shown.files).set("bytes", shown.bytes);
    json.set("missing", std::move(missing)).set("withheld", std::move(withheld));
    json.set("selection", selectionJson(shown.selection));
    print(program, json, text);
    return shown.missing.empty() ? 0 : 1;
}

Outcome seal(Program& program, const SealOptions& options) {
    TM_TRY(const auto draft, draftOf(options));
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    Progress bar("Sealing");
    TM_TRY(const auto bundle,
           app::sealBundle(*context, actor, draft, [&](std::uint64_t done, std::uint64_t all) {
               bar.show(done, all);
               return true;
           }));
    const auto file = context->directory.bundles() / bundle.fileName;
    print(
        program, bundleJson(bundle, context->directory.bundles()),
        "Sealed " + bundle.ref.text() + ": " + std::to_string(bundle.files) + " files, " +
            sizeText(bundle.size) + "\n" + file.string() + "\nSHA-256 " + bundle.digest.hex() +
            "\nIt was read back and passed. Verify it anywhere: tickmark-verify FILE --fingerprint SHA256:" +
            context->keys->root.fingerprint().hex());
    return 0;
}

struct ListOptions {
    std::string account{};
};

Outcome list(Program& program, const ListOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    TM_TRY(const auto bundles, app::everyBundle(*context, actor));
    codec::Json json = codec::Json::array();
    std::string text;
    for (const auto& bundle : bundles) {
        json.push(bundleJson(bundle, context->directory.bundles()));
        text += bundle.ref.text() + "  " + std::string(domain::toText(bundle.state)) + "  " + bundle.title +
                "  " + bundle.fileName + "\n";
    }
    print(program, json, text);
    return 0;
}

struct RevokeOptions {
    std::string account{};
    std::string ref{};
    std::string reason{};
};

Outcome revoke(Program& program, const RevokeOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    const domain::BundleRef ref(options.ref);
    TM_TRY(const auto view, app::showBundle(*context, actor, ref));
    TM_TRY(const auto bundle, app::revokeBundle(*context, actor, ref, view.bundle.rev, options.reason));
    print(program, bundleJson(bundle, context->directory.bundles()), "Revoked " + bundle.ref.text() + ".");
    return 0;
}

void describeDraft(CLI::App* command, const std::shared_ptr<SealOptions>& options) {
    command->add_option("--audit", options->draft.audit, "Reference of the audit")->required();
    command->add_option("--as", options->account, "Lead auditor who seals")->required();
    command->add_option("--title", options->draft.title, "Title (default: the audit's)");
    command->add_option("--finding", options->draft.findings, "Only this finding; may be repeated")
        ->option_text("REF");
    command->add_option("--since", options->draft.since, "Only what changed since this bundle of the audit")
        ->option_text("BUNDLE");
    command->add_flag("--portable", options->draft.portableOnly,
                      "Refuse what only the large class can hold (over 950 entries or 1.9 GB)");
    command->add_option("--supersedes", options->draft.supersedes, "Earlier bundle of the same audit");
    command->add_flag("--approval", options->draft.approval,
                      "Announce the lead auditor's approval: without it the bundle is incomplete");
    command->add_option("--withhold", options->withheld, "E-0117/v1=reason; may be repeated");
}

}  // namespace

void addBundle(CLI::App& root, Program& program) {
    CLI::App* group =
        root.add_subcommand("bundle", "Bundles: preview, seal, list, revoke, sign, timestamp, take-back");
    group->require_subcommand(1);
    auto previewed = std::make_shared<SealOptions>();
    describeDraft(
        addCommand(*group, program, "preview", "Show what sealing would contain", previewed, preview),
        previewed);
    auto sealed = std::make_shared<SealOptions>();
    describeDraft(addCommand(*group, program, "seal", "Seal an audit into one signed file", sealed, seal),
                  sealed);
    auto listed = std::make_shared<ListOptions>();
    addCommand(*group, program, "list", "List bundles", listed, list)
        ->add_option("--as", listed->account, "Account that looks")
        ->required();
    auto revoked = std::make_shared<RevokeOptions>();
    CLI::App* command =
        addCommand(*group, program, "revoke", "Declare a bundle no longer valid", revoked, revoke);
    command->add_option("bundle", revoked->ref, "Reference of the bundle")->required();
    command->add_option("--as", revoked->account, "Lead auditor")->required();
    command->add_option("--reason", revoked->reason, "Why")->required();
    addBundleSigning(*group, program);
}

}  // namespace tickmark::cli
