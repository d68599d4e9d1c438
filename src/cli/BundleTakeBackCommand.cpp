// tickmark bundle take-back: a file that was signed elsewhere.
#include "cli/BundleAppending.h"
#include "tickmark/app/Signing.h"

namespace tickmark::cli {
namespace {

namespace fs = std::filesystem;

struct TakeBackOptions {
    std::string account{};
    std::string ref{};
    fs::path file{};
};

Outcome takeBack(Program& program, const TakeBackOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    TM_TRY(const auto bundle,
           app::takeSignedBundle(*context, actor, domain::BundleRef(options.ref), options.file));
    codec::Json json;
    json.set("bundle", bundle.ref.text()).set("level", bundle.level).set("sha256", bundle.digest.hex());
    json.set("signatures", bundle.signatures.size());
    print(program, json,
          "Took back " + bundle.ref.text() + ": " + std::to_string(bundle.signatures.size()) +
              " signatures, level " + bundle.level + "\nSHA-256 " + bundle.digest.hex() + "\n");
    return 0;
}

}  // namespace

void addBundleTakeBack(CLI::App& group, Program& program) {
    auto taking = std::make_shared<TakeBackOptions>();
    CLI::App* command = addCommand(group, program, "take-back",
                                   "Take a bundle back that was signed elsewhere", taking, takeBack);
    command->add_option("bundle", taking->ref, "Reference of the bundle")->required();
    command->add_option("file", taking->file, "The signed file")->required();
    command->add_option("--as", taking->account, "Account that hands it back")->required();
}

}  // namespace tickmark::cli
